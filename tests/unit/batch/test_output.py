import json
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from at_hand import CHOICE

from grader.batch import output
from grader.errors import UsageError
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Graded, Pipeline
from grader.processes.backend import Backend
from grader.report.document import Report

Make = Callable[..., Path]


@pytest.fixture
def rejected(make: Make) -> Graded:
    from grader.batch import submissions

    [entry] = submissions.find([make("empty.ipynb")])
    return Pipeline(Kernels(Backend.best(), Isolation.NONE), CHOICE).grade(entry)


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


def test_a_socket_is_no_output_file(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
    with pytest.raises(UsageError, match="found a socket"):
        output.prepare_file(tmp_path / "socket")


def test_a_disk_is_no_output_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_block_device", lambda _: True)
    with pytest.raises(UsageError, match="found a disk"):
        output.prepare_file(tmp_path / "sda")


def test_a_device_that_cannot_be_opened_is_no_output_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise OSError(6, "No such device or address")

    (tmp_path / "tty").symlink_to("/dev/null")
    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(UsageError, match="tty cannot be written: No such device or address"):
        output.prepare_file(tmp_path / "tty")


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/null")])
def test_what_is_no_file_may_be_named_as_output(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "named")
    output.prepare_file(tmp_path / "named")
    assert listing(tmp_path) == ["named"]


@pytest.mark.parametrize(
    "make", [os.mkfifo, lambda path: path.symlink_to("secret"), lambda path: path.mkdir()]
)
def test_what_is_no_file_is_no_earlier_result(tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "secret").write_text("secret")
    make(tmp_path / "report.json")
    assert output.read(tmp_path / "report.json") is None


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


EDITED = "submission,path\nann,mine\n"


@pytest.fixture
def table(tmp_path: Path, rejected: Graded) -> Path:
    return output.write_class([rejected.report], tmp_path)


def rewritten(table: Path, *reports: Report) -> list[str]:
    """Write the table again, and return what was said."""
    said: list[str] = []
    output.write_class(reports, table.parent, said.append)
    return said


def test_a_table_that_was_changed_is_kept(table: Path) -> None:
    table.write_text(EDITED)
    rewritten(table)
    assert table.with_name("grades.edited-1.csv").read_text() == EDITED


def test_every_change_of_a_table_is_kept(table: Path) -> None:
    for number in range(3):
        table.write_text(f"{EDITED}{number}")
        rewritten(table)
    kept = [table.with_name(f"grades.edited-{number}.csv").read_text()[-1] for number in (1, 2, 3)]
    assert kept == ["0", "1", "2"]


def test_where_a_changed_table_is_kept_is_said_in_one_line(table: Path) -> None:
    table.write_text(EDITED)
    assert rewritten(table) == [
        "grades.csv was changed since it was written: it is kept as grades.edited-1.csv."
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_table_that_a_spreadsheet_saved_otherwise_is_kept(table: Path, encoding: str) -> None:
    content = table.read_text().replace("\n", "\r\n").encode(encoding)
    table.write_bytes(content)
    rewritten(table)
    assert table.with_name("grades.edited-1.csv").read_bytes() == content


def test_a_new_table_is_written_all_the_same(table: Path, rejected: Graded) -> None:
    before = table.read_text()
    table.write_text(EDITED)
    rewritten(table, rejected.report)
    assert table.read_text() == before


def test_a_table_that_nobody_changed_is_replaced(table: Path, rejected: Graded) -> None:
    assert rewritten(table, rejected.report, rejected.report) == []


def test_a_table_that_was_changed_and_changed_back_is_replaced(table: Path) -> None:
    before = table.read_text()
    table.write_text(EDITED)
    table.write_text(before)
    assert rewritten(table) == []


def test_a_table_that_an_ended_grading_left_is_known(
    table: Path, rejected: Graded, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = output.write

    def end(path: Path, text: str) -> None:
        if path == table:
            raise KeyboardInterrupt
        write(path, text)

    monkeypatch.setattr(output, "write", end)
    with pytest.raises(KeyboardInterrupt):
        rewritten(table)
    monkeypatch.setattr(output, "write", write)
    assert rewritten(table, rejected.report) == []


def test_a_table_of_unknown_origin_is_kept(tmp_path: Path) -> None:
    (tmp_path / "grades.csv").write_text(EDITED)
    rewritten(tmp_path / "grades.csv")
    assert (tmp_path / "grades.edited-1.csv").read_text() == EDITED


def test_a_table_that_is_gone_is_written_again(table: Path) -> None:
    table.unlink()
    assert (rewritten(table), table.exists()) == ([], True)
