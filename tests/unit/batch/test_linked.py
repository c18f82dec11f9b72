"""Whoever hands in a link gets a line that says so, and nothing of what it leads to."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from at_hand import CHOICE
from sample_class import FOLDER

from grader.batch import submissions
from grader.batch.local import Grading, grade_all
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Pipeline
from grader.processes.backend import Backend
from grader.report.document import Report
from grader.resources import home

Make = Callable[..., Path]
Link = Callable[[Path], None]


def to(target: Path | str) -> Link:
    return lambda path: path.symlink_to(target)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "config.json"
    path.write_text('{"auths": {}, "credsStore": "x"}')
    return path


@pytest.fixture
def pipeline() -> Pipeline:
    return Pipeline(Kernels(Backend.best(), Isolation.NONE), CHOICE)


Grade = Callable[[Path], dict[str, Report]]


@pytest.fixture
def graded(tmp_path: Path, pipeline: Pipeline) -> Grade:
    def grade(klass: Path) -> dict[str, Report]:
        out = tmp_path / "out"
        made = grade_all(Grading(pipeline, out, quiet=True), submissions.find([klass], out))
        return {report.submission.path: report for report in made.reports}

    return grade


LINKS = {
    "anothers": to("../alice/C1W4.ipynb"),
    "solution": to(home() / "notebooks" / "solutions" / "C1W4_Assignment.ipynb"),
    "graded-before": to(FOLDER / "ada" / "C1W4_Assignment.ipynb"),
    "json": to("../../config.json"),
    "shadow": to("/etc/shadow"),
    "process": to("/proc/self/environ"),
    "nowhere": to("nothing"),
    "pipe": os.mkfifo,
}


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_a_link_is_rejected_and_nothing_of_it_is_told(
    make: Make, graded: Grade, link: Link
) -> None:
    klass = make("alice/C1W4.ipynb", "mallory/more.ipynb")
    link(klass / "mallory" / "C1W4.ipynb")
    report = graded(klass)["mallory/C1W4.ipynb"]
    assert (report.verdict, report.submission.sha256) == ("rejected", None)


@pytest.mark.usefixtures("secret")
def test_no_key_of_a_linked_file_is_in_the_table(make: Make, graded: Grade, tmp_path: Path) -> None:
    klass = make("mallory/more.ipynb")
    LINKS["json"](klass / "mallory" / "C1W4.ipynb")
    graded(klass)
    assert "credsStore" not in (tmp_path / "out" / "grades.csv").read_text()


def test_a_link_to_a_folder_is_rejected(make: Make, graded: Grade) -> None:
    klass = make("alice/C1W4.ipynb", "carol/C1W4.ipynb")
    (klass / "mallory").symlink_to("alice")
    assert graded(klass)["mallory"].issues[0].message == "mallory is a link."


def test_a_students_only_file_may_not_be_a_link(make: Make, graded: Grade) -> None:
    klass = make("alice/C1W4.ipynb", "carol/C1W4.ipynb")
    (klass / "mallory").mkdir()
    (klass / "mallory" / "work").symlink_to("../alice/C1W4.ipynb")
    assert graded(klass)["mallory"].verdict == "rejected"


def test_the_digest_of_a_rejected_file_is_that_of_what_was_read(make: Make, graded: Grade) -> None:
    report = graded(make("alice/C1W4.ipynb"))["alice/C1W4.ipynb"]
    assert report.submission.sha256 is not None
