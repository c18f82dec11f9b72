"""A disk that is full for a while: one submission's results are missing, and the class goes on."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from at_hand import CHOICE

from grader import leftovers
from grader.batch import output, submissions
from grader.batch.local import Class, Grading, grade_all
from grader.batch.resume import earlier
from grader.batch.signatures import Signatures
from grader.errors import FullDiskError, UsageError
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Pipeline
from grader.processes.backend import Backend

Make = Callable[..., Path]
SIGNED = Signatures(b"k" * 32)
replacing = leftovers.replacing


class Disk:
    """Is full where the test says so."""

    def __init__(self) -> None:
        self.full: Callable[[Path], bool] = lambda _: False
        self.number = errno.ENOSPC

    @contextmanager
    def replacing(self, path: Path, name: str, mode: int = 0o644) -> Iterator[IO[bytes]]:
        with replacing(path, name, mode) as file:
            yield file
            if self.full(path):
                raise OSError(self.number, "No space left on device")


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk()
    monkeypatch.setattr(leftovers, "replacing", made.replacing)
    return made


@pytest.fixture
def grade(make: Make, tmp_path: Path) -> Callable[[], Class]:
    entries = submissions.find([make("a.ipynb", "b.ipynb", "c.ipynb")])
    pipeline = Pipeline(Kernels(Backend.best(), Isolation.NONE), CHOICE)
    out = tmp_path / "out"

    def grade() -> Class:
        before = earlier(out, entries, pipeline, SIGNED).reports
        return grade_all(Grading(pipeline, out, earlier=before, signatures=SIGNED), entries)

    return grade


NAMES = [output.REPORT_PAGE, output.REPORT, output.SIGNATURE]


def full_for_b(name: str) -> Callable[[Path], bool]:
    return lambda path: (path.parent.name, path.name) == ("b", name)


@pytest.mark.parametrize("name", NAMES)
def test_one_that_cannot_be_written_does_not_end_the_class(
    grade: Callable[[], Class], disk: Disk, name: str
) -> None:
    disk.full = full_for_b(name)
    graded = grade()
    assert [report.submission.id for report in graded.reports] == ["a", "c"]
    assert graded.faults == ["b"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_quota_is_a_full_disk(grade: Callable[[], Class], disk: Disk, number: int) -> None:
    disk.full, disk.number = full_for_b(output.REPORT), number
    assert grade().faults == ["b"]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_written_when_grading_goes_on_with_room(
    grade: Callable[[], Class], disk: Disk, tmp_path: Path, name: str
) -> None:
    disk.full = full_for_b(name)
    grade()
    disk.full = lambda _: False
    assert grade().faults == []
    content, own = output.signed_report(output.submission_folder(tmp_path / "out", "b"), SIGNED)
    assert (bool(content), own) == (True, True)


def test_what_to_do_is_said_and_nobody_is_blamed(
    grade: Callable[[], Class], disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    disk.full = full_for_b(output.REPORT)
    grade()
    told = capsys.readouterr().err
    assert told.startswith("b: ")
    assert "No space left on device. Make room, and give the same command again." in told
    assert "failed" not in told


def test_half_of_a_report_is_never_there(
    grade: Callable[[], Class], disk: Disk, tmp_path: Path
) -> None:
    disk.full = full_for_b(output.REPORT)
    grade()
    folder = output.submission_folder(tmp_path / "out", "b")
    assert [path.name for path in folder.iterdir()] == [output.REPORT_PAGE]


def test_a_table_of_grades_that_cannot_be_written_is_told(
    grade: Callable[[], Class], disk: Disk
) -> None:
    disk.full = lambda path: path.name == output.GRADES
    with pytest.raises(FullDiskError, match=r"grades\.csv cannot be written"):
        grade()


def test_a_folder_that_cannot_be_written_to_ends_the_class(
    grade: Callable[[], Class], disk: Disk
) -> None:
    disk.full, disk.number = full_for_b(output.REPORT), errno.EROFS
    with pytest.raises(UsageError, match="Choose another place"):
        grade()
