import asyncio
import gc
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from at_hand import CHOICE

from grader.batch import submissions
from grader.batch.local import Class, Grading, grade_all
from grader.errors import DatasetError, KernelFault
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Entry, Graded, Pipeline
from grader.processes.backend import Backend
from grader.report import html
from grader.report.document import Report

Make = Callable[..., Path]
Grade = Callable[..., Class]


class Faulty(Pipeline):
    def grade(self, entry: Entry, progress: Callable[[str], None] = lambda _: None) -> Graded:
        if entry.id == "b":
            raise KernelFault("No kernel could be started.")
        if entry.id == "c":
            raise ZeroDivisionError
        return super().grade(entry, progress)


@pytest.fixture
def grade(make: Make, tmp_path: Path) -> Grade:
    def grade(
        *names: str, pipeline: type[Pipeline] = Pipeline, quiet: bool = False, jobs: int = 1
    ) -> Class:
        entries = submissions.find([make(*names)])
        grading = Grading(
            pipeline(Kernels(Backend.best(), Isolation.NONE), CHOICE),
            tmp_path / "out",
            quiet=quiet,
            jobs=jobs,
        )
        return grade_all(grading, entries)

    return grade


def test_each_submission_gets_a_line(grade: Grade, capsys: pytest.CaptureFixture[str]) -> None:
    grade("a.ipynb", "b.ipynb")
    # Each as soon as it is graded.
    lines = sorted(line.split()[:2] for line in capsys.readouterr().out.splitlines()[:2])
    assert lines == [["a", "rejected"], ["b", "rejected"]]


def test_the_end_says_where_the_results_are(
    grade: Grade, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    grade("a.ipynb")
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "",
        f"Grades:  {tmp_path}/out/grades.csv",
        f"Reports: {tmp_path}/out/submissions/<id>/report.html",
    ]


def test_the_end_says_how_many_came_out_how(
    grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    grade("a.ipynb", "b.ipynb", "d.ipynb", pipeline=Faulty)
    assert "3 handed in: 2 rejected, 1 not graded\n" in capsys.readouterr().out


def test_the_end_names_what_was_not_graded(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = submissions.search([make("ann/a.ipynb", *(f"ann/{n:02}.png" for n in range(11)))])
    pipeline = Pipeline(Kernels(Backend.best(), Isolation.NONE), CHOICE)
    grade_all(Grading(pipeline, tmp_path / "out", beside=found.beside), found.entries)
    assert "Beside them, and not graded: ann/00.png, ann/01.png" in capsys.readouterr().out


def test_quiet_prints_nothing(grade: Grade, capsys: pytest.CaptureFixture[str]) -> None:
    grade("a.ipynb", quiet=True)
    assert capsys.readouterr() == ("", "")


def test_a_fault_of_the_grader_does_not_stop_the_others(grade: Grade) -> None:
    graded = grade("a.ipynb", "b.ipynb", "c.ipynb", "d.ipynb", pipeline=Faulty)
    assert [report.submission.id for report in graded.reports] == ["a", "d"]


def test_those_that_the_grader_failed_on_are_named(grade: Grade) -> None:
    assert grade("a.ipynb", "b.ipynb", "c.ipynb", pipeline=Faulty).faults == ["b", "c"]


class Missing(Pipeline):
    """Two assignments may be meant; the data of one of them is missing."""

    of_several = True

    def grade(self, entry: Entry, progress: Callable[[str], None] = lambda _: None) -> Graded:
        if entry.id != "a":
            raise DatasetError("data/b: expected images, found nothing.")
        return super().grade(entry, progress)


class OnlyMissing(Missing):
    of_several = False


def test_missing_data_of_one_assignment_does_not_stop_those_of_another(grade: Grade) -> None:
    graded = grade("a.ipynb", "b.ipynb", "c.ipynb", pipeline=Missing)
    assert ([each.submission.id for each in graded.reports], graded.faults) == (["a"], ["b", "c"])


def test_they_have_their_grades(grade: Grade, tmp_path: Path) -> None:
    grade("a.ipynb", "b.ipynb", pipeline=Missing)
    table = (tmp_path / "out" / "grades.csv").read_text("utf-8")
    assert [line.split(",")[0] for line in table.splitlines()[1:]] == ["a"]


def test_missing_data_is_told_once(grade: Grade, capsys: pytest.CaptureFixture[str]) -> None:
    grade("a.ipynb", "b.ipynb", "c.ipynb", pipeline=Missing, quiet=True)
    told = capsys.readouterr().err
    assert told.removeprefix("b").removeprefix("c") == ": data/b: expected images, found nothing.\n"


def test_missing_data_of_the_only_assignment_stops_all(grade: Grade) -> None:
    with pytest.raises(DatasetError):
        grade("b.ipynb", "c.ipynb", pipeline=OnlyMissing)


def test_a_fault_that_is_known_takes_one_line(
    grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    grade("b.ipynb", pipeline=Faulty, quiet=True)
    assert capsys.readouterr().err == "b: the grader failed: No kernel could be started.\n"


def test_a_fault_that_is_not_known_shows_where_it_is(
    grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    grade("c.ipynb", pipeline=Faulty)
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_report_that_cannot_be_made_does_not_stop_the_others(
    grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = html.render

    def fail_on_a(report: Report) -> str:
        if report.submission.id == "a":
            raise ZeroDivisionError
        return render(report)

    monkeypatch.setattr(html, "render", fail_on_a)
    graded = grade("a.ipynb", "b.ipynb")
    assert ([report.submission.id for report in graded.reports], graded.faults) == (["b"], ["a"])


class Meeting(Pipeline):
    """Grades two only when they are graded at the same time."""

    both = threading.Barrier(2, timeout=20)

    def grade(self, entry: Entry, progress: Callable[[str], None] = lambda _: None) -> Graded:
        self.both.wait()
        return super().grade(entry, progress)


def test_several_are_graded_at_a_time(grade: Grade) -> None:
    assert grade("a.ipynb", "b.ipynb", pipeline=Meeting, jobs=2).faults == []


class Waiting(Pipeline):
    """Grades the first one last."""

    last = threading.Event()

    def grade(self, entry: Entry, progress: Callable[[str], None] = lambda _: None) -> Graded:
        if entry.id == "a":
            assert self.last.wait(20)
        else:
            self.last.set()
        return super().grade(entry, progress)


def test_reports_are_in_the_order_of_the_submissions(grade: Grade) -> None:
    graded = grade("a.ipynb", "b.ipynb", pipeline=Waiting, jobs=2)
    assert [report.submission.id for report in graded.reports] == ["a", "b"]


class Interrupted(Pipeline):
    """Is interrupted once the first one is done; the others then wait to be cancelled."""

    cancelled = threading.Event()
    first: Path

    def grade(self, entry: Entry, progress: Callable[[str], None] = lambda _: None) -> Graded:
        if entry.id == "a":
            return super().grade(entry, progress)
        while not self.first.exists():
            time.sleep(0.01)
        if entry.id == "b":
            os.kill(os.getpid(), signal.SIGINT)  # to the process, as Ctrl-C is
        assert self.cancelled.wait(20)
        raise asyncio.CancelledError

    def cancel(self) -> None:
        self.cancelled.set()


@pytest.fixture
def interrupted(grade: Grade, tmp_path: Path) -> list[str]:
    Interrupted.cancelled.clear()
    Interrupted.first = tmp_path / "out" / "submissions" / "a" / "report.json"
    # What earlier tests left is removed now: an interruption of a finalizer would be lost.
    gc.collect()
    # Where the tests were started in the background, the signal is ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            grade("a.ipynb", "b.ipynb", "c.ipynb", pipeline=Interrupted)
    finally:
        signal.signal(signal.SIGINT, before)
    return sorted(path.parent.name for path in tmp_path.glob("out/submissions/*/report.json"))


def test_an_interruption_keeps_what_is_done(interrupted: list[str]) -> None:
    assert interrupted == ["a"]


def test_an_interruption_cancels_what_runs(interrupted: list[str]) -> None:
    assert interrupted
    assert Interrupted.cancelled.is_set()
