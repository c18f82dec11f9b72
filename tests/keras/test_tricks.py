"""Trainings that the grader makes itself: what a submission says of them is worth nothing."""

from collections.abc import Callable

import nbformat
import pytest
from at_hand import CHOICE
from tricks import NONE, TRICKS, Trick

from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Entry, Pipeline
from grader.records import Status
from grader.report.document import Report
from tests.bench import copies

Grade = Callable[[Trick], Report]
NETWORKS, STYLES = 2, 3


@pytest.fixture(scope="module")
def grade(kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> Grade:
    pipeline, folder = Pipeline(kernels, CHOICE), tmp_path_factory.mktemp("tricks")
    made: dict[str, Report] = {}

    def graded(trick: Trick) -> Report:
        if trick.id not in made:
            path = folder / f"{trick.id}.ipynb"
            nbformat.write(trick.notebook(), path)
            made[trick.id] = pipeline.grade(Entry(path, trick.id, path.name)).report
        return made[trick.id]

    return graded


def by_id(trick: Trick) -> str:
    return trick.id


@pytest.mark.parametrize("trick", [NONE, *TRICKS], ids=by_id)
def test_a_trick_does_not_reach_the_target(trick: Trick, grade: Grade) -> None:
    [check] = [each for each in grade(trick).checks if each.id == "target_reached"]
    assert check.status is not Status.PASSED


@pytest.mark.parametrize("trick", TRICKS, ids=by_id)
def test_a_trick_earns_no_more_than_none(trick: Trick, grade: Grade) -> None:
    score = grade(trick).score
    assert score.earned + score.pending <= grade(NONE).score.earned


@pytest.mark.parametrize("trick", TRICKS, ids=by_id)
def test_a_trick_is_named(trick: Trick, grade: Grade) -> None:
    code, words = trick.named
    report = grade(trick)
    told = [(issue.code, issue.message) for issue in report.issues]
    told += [("", check.actual) for check in report.checks]
    assert any(named == code and words in said for named, said in told), told


def test_what_plays_no_trick_is_not_named(grade: Grade) -> None:
    assert grade(NONE).issues == []


@pytest.fixture(scope="module")
def klass(tmp_path_factory: pytest.TempPathFactory) -> copies.Class:
    folder = tmp_path_factory.mktemp("copied")
    return copies.graded(folder, NETWORKS, STYLES, Isolation.AVAILABLE, workers=1)


def test_right_networks_pass_in_whichever_words(klass: copies.Class) -> None:
    assert klass.passed == NETWORKS * STYLES


def test_a_copy_in_other_words_is_not_trained_again(klass: copies.Class) -> None:
    assert (klass.trained, klass.kept) == (klass.needed, klass.needed)
