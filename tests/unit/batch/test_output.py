import json
import stat
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from grader.batch import output
from grader.errors import UsageError
from grader.isolation.choice import Isolation
from grader.kernel.backend import Backend
from grader.kernel.kernels import Kernels
from grader.pipeline import Graded, Pipeline

Make = Callable[..., Path]


@pytest.fixture
def rejected(make: Make) -> Graded:
    from grader.batch import submissions

    [entry] = submissions.find([make("empty.ipynb")])
    return Pipeline(Kernels(Backend.best(), Isolation.NONE)).grade(entry)


def executed(rejected: Graded) -> Graded:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("pass")])
    return Graded(rejected.report, notebook)


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    output.write(tmp_path / "a" / "b" / "c.txt", "text")
    assert (tmp_path / "a" / "b" / "c.txt").read_text() == "text"


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text("old")
    with path.open() as reader:
        output.write(path, "new")
        assert (reader.read(), path.read_text()) == ("old", "new")


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    output.write(tmp_path / "c.txt", "text")
    assert listing(tmp_path) == ["c.txt"]


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.txt"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UsageError, match="No space left on device"):
        output.write(path, "new")
    assert (path.read_text(), listing(tmp_path)) == ("old", ["c.txt"])


def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    output.write(tmp_path / "c.txt", "text")
    assert stat.S_IMODE((tmp_path / "c.txt").stat().st_mode) == 0o644


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    output.write(tmp_path / "c.txt", "a\r\nb\n")
    assert (tmp_path / "c.txt").read_bytes() == b"a\r\nb\n"


def test_half_a_character_in_json_stays_what_it_is(tmp_path: Path) -> None:
    output.write(tmp_path / "c.json", '"\ud800"')
    assert json.loads((tmp_path / "c.json").read_text("utf-8")) == "\ud800"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"file/c\.txt cannot be written: .+\. Choose another"):
        output.write(tmp_path / "file" / "c.txt", "text")


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="file cannot be written: File exists"):
        output.prepare(tmp_path / "file")


def test_preparing_leaves_an_empty_folder(tmp_path: Path) -> None:
    output.prepare(tmp_path / "out")
    assert listing(tmp_path / "out") == []


def test_a_folder_is_no_output_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected the name of a file to write, found a folder"):
        output.prepare_file(tmp_path)


def test_a_rejected_submission_has_its_reports(tmp_path: Path, rejected: Graded) -> None:
    output.write_submission(rejected, tmp_path / "out")
    assert listing(tmp_path / "out") == ["report.html", "report.json"]


def test_an_executed_submission_has_its_notebook_too(tmp_path: Path, rejected: Graded) -> None:
    output.write_submission(executed(rejected), tmp_path / "out")
    assert listing(tmp_path / "out") == ["executed.ipynb", "report.html", "report.json"]


def test_the_notebook_of_an_earlier_version_is_removed(tmp_path: Path, rejected: Graded) -> None:
    output.write_submission(executed(rejected), tmp_path / "out")
    output.write_submission(rejected, tmp_path / "out")
    assert listing(tmp_path / "out") == ["report.html", "report.json"]


def test_the_machine_readable_report_is_written_last(
    tmp_path: Path, rejected: Graded, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(output, "write", lambda path, _: written.append(path.name))
    output.write_submission(executed(rejected), tmp_path / "out")
    assert written[-1] == "report.json"


def test_the_grades_have_a_line_for_each_submission(tmp_path: Path, rejected: Graded) -> None:
    path = output.write_class([rejected.report] * 2, tmp_path)
    assert len(path.read_text().splitlines()) == 3
