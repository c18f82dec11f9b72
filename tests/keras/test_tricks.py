"""Trainings that the grader makes itself: what a submission says of them is worth nothing."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
import recording
from tricks import NONE, TRICKS, Trick
from variants import TRAINER, Variant

from grader.isolation.choice import Isolation
from grader.kernel.backend import Backend
from grader.kernel.kernels import Kernels
from grader.kernel.trainings import Teaching
from grader.pipeline import Entry, Pipeline
from grader.records import Status
from grader.report.document import Report
from grader.training.memo import Memo

Grade = Callable[[Trick], Report]
SOLUTION = Variant("solution", "it is right")
COPY = Variant(
    "copy",
    "it is right in the same way, by other names",
    (
        (TRAINER, "model.", "network."),
        (TRAINER, "model =", "network ="),
        (TRAINER, "history", "what_happened"),
        (TRAINER, "    ### START CODE HERE", "    # My own work.\n\n    ### START CODE HERE"),
    ),
)


@pytest.fixture(scope="module")
def grade(kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> Grade:
    pipeline, folder = Pipeline(kernels), tmp_path_factory.mktemp("tricks")
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


def test_a_copy_in_other_words_is_not_trained_again(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "memo")
    with Kernels(Backend.best(), Isolation.AVAILABLE, teaching=Teaching(memo)) as kernels:
        for variant in (SOLUTION, COPY):
            plan = recording.plan(variant.notebook(), tmp_path)
            assert recording.judge(plan, recording.run_now(plan, kernels)).lost == frozenset()
    assert len(list((tmp_path / "memo").glob("*.training"))) == 1
