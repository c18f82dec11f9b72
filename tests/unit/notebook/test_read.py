import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from handed_in import RELEASED, SOLUTION, Notebook, cell

from grader.errors import RejectedError
from grader.notebook import read as reading
from grader.notebook.opening import MAX_BYTES
from grader.notebook.read import read, sha256_of
from grader.records import CellKind, Submission

SOLVED = json.loads(SOLUTION)
SOURCES = ["".join(one["source"]) for one in SOLVED["cells"]]
Write = Callable[[bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: bytes | str) -> Path:
        path = tmp_path / "a.ipynb"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def notebook(*cells: Any, **more: Any) -> str:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, **more})


def refused(path: Path) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        read(path)
    return caught.value


def texts(submission: Submission) -> list[str]:
    return [one.source for one in submission.cells]


def test_a_cell_has_its_kind_its_source_and_its_tags(write: Write) -> None:
    raw = cell("") | {"source": ["a = 1\n", "b = 2"], "metadata": {"tags": ["graded"]}}
    (found,) = read(write(notebook(raw))).cells
    assert (found.kind, found.source, found.tags) == (
        CellKind.CODE,
        "a = 1\nb = 2",
        frozenset({"graded"}),
    )


def test_the_digest_is_that_of_the_file(write: Write) -> None:
    path = write(SOLUTION)
    assert read(path).sha256 == sha256_of(path) == hashlib.sha256(SOLUTION).hexdigest()


@pytest.mark.parametrize("minor", range(6))
def test_every_minor_of_format_4_is_read(write: Write, minor: int) -> None:
    assert texts(read(write(json.dumps(SOLVED | {"nbformat_minor": minor})))) == SOURCES


def test_format_3_is_read(write: Write) -> None:
    old = nbformat.writes(nbformat.convert(nbformat.reads(SOLUTION.decode(), 4), 3), 3)
    assert texts(read(write(str(old)))) == SOURCES


def test_format_2_is_read(write: Write) -> None:
    sheet = {"cells": [{"cell_type": "code", "input": ["x = 1\n", "y"], "language": "python"}]}
    old = {"nbformat": 2, "worksheets": [sheet]}
    assert texts(read(write(json.dumps(old)))) == ["x = 1\ny"]


def test_format_3_is_named(write: Write) -> None:
    issues = read(write('{"worksheets": [{"cells": []}], "nbformat": 3}')).issues
    assert [issue.code for issue in issues] == ["old-format"]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-32"),
        lambda text: b"\n \n" + text.encode() + b"\n\n",
    ],
    ids=["byte-order-mark", "crlf", "utf-16", "utf-16-bare", "utf-32", "blank-lines"],
)
def test_another_way_to_write_a_file_is_no_obstacle(
    write: Write, encode: Callable[[str], bytes]
) -> None:
    assert texts(read(write(encode(SOLUTION.decode())))) == SOURCES


def test_line_ends_within_cells_are_made_uniform(write: Write) -> None:
    assert texts(read(write(notebook(cell("a\r\nb\rc"))))) == ["a\nb\nc"]


def test_half_a_surrogate_pair_is_replaced(write: Write) -> None:
    assert texts(read(write(notebook(cell("x = '\ud800'"))))) == ["x = '?'"]


@pytest.mark.parametrize(
    "change",
    [
        {"metadata": None},
        {"metadata": []},
        {"nbformat": "4"},
        {"nbformat": None, "nbformat_minor": -1},
        {"cells": [*SOLVED["cells"], None, 7, [], {}, {"cell_type": 3, "source": {"a": 1}}]},
    ],
)
def test_what_breaks_the_format_is_no_obstacle(write: Write, change: Notebook) -> None:
    assert texts(read(write(json.dumps(SOLVED | change))))[: len(SOURCES)] == SOURCES


def test_outputs_of_any_kind_are_ignored(write: Write) -> None:
    raw = cell("x", outputs=[{"output_type": "keras-9", "data": None}, "?"], execution_count="no")
    assert texts(read(write(notebook(raw)))) == ["x"]


def test_twenty_megabytes_of_outputs_are_read(write: Write) -> None:
    raw = cell("x", outputs=[{"output_type": "stream", "text": ["x" * 80 + "\n"] * 250_000}])
    assert texts(read(write(notebook(raw)))) == ["x"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\0" * 5000, "empty"),
        (b"import os\nprint('hi')\n", "not-json"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"\n<html>", "html"),
        (b"%PDF-1.7 ...", "not-a-notebook"),
        (b"PK\x03\x04\xff\xfe", "not-a-notebook"),
        (b"\x1f\x8b\x08\xff", "not-a-notebook"),
        (b"\x89PNG\r\n\x1a\n", "not-a-notebook"),
        ('{"cells": "é"}'.encode("latin-1"), "not-text"),
        (SOLUTION[: len(SOLUTION) // 2], "truncated"),
        (SOLUTION[:-3], "truncated"),
        (b'{"cells": tru', "truncated"),
        (b'{"cells": "\\u12', "truncated"),
        ('{"cells": "é'.encode()[:-1], "truncated"),
        (SOLUTION[:500] + b"\0" * 500, "truncated"),
        (b'{"cells": [],}\n' + b" " * 50 + b"]}", "not-json"),
        (b'{"cells": [\n<<<<<<< HEAD\n1,\n=======\n2\n>>>>>>> main\n]}', "merge-conflict"),
        (b"<<<<<<< HEAD\n{}", "merge-conflict"),
        (b"[]", "not-a-notebook"),
        (b"null", "not-a-notebook"),
        (b'"text"', "not-a-notebook"),
        (b"{}", "not-a-notebook"),
        (b'{"cells": 3}', "not-a-notebook"),
        (b"[" * 100_000, "too-deep"),
        (b'{"a":' * 100_000, "too-deep"),
        (b'{"a": ' + b"1" * 5000 + b"}", "too-deep"),
    ],
)
def test_what_is_no_notebook_is_refused(write: Write, content: bytes, code: str) -> None:
    assert refused(write(content)).code == code


@pytest.mark.parametrize("content", [b"", b"{}", b"<html>", SOLUTION[:999], b"\xff", b"[" * 9999])
def test_a_refusal_says_what_to_do(write: Write, content: bytes) -> None:
    error = refused(write(content))
    assert error.reason.endswith(".")
    assert error.fix.endswith(".")


def test_a_refusal_can_be_written_whatever_the_file_says(write: Write) -> None:
    assert refused(write('{"\\ud800\\u001b[31m": 1}')).reason.isprintable()


def test_more_parts_than_memory_allows_are_not_read(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_PARTS", 1000)
    assert refused(write("[" + "[]," * 1000 + "[]]")).code == "too-many-parts"


@pytest.mark.parametrize("sheets", [False, True])
def test_too_many_cells_are_refused(write: Write, sheets: bool) -> None:  # noqa: FBT001
    cells: list[Notebook] = [{}] * 100_000
    content = {"worksheets": [{"cells": cells}]} if sheets else {"cells": cells}
    assert refused(write(json.dumps(content))).code == "too-many-cells"


def test_two_thousand_cells_are_read(write: Write) -> None:
    assert len(read(write(notebook(*[cell("x")] * 2000))).cells) == 2000


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert refused(path).code == "too-large"


def make_folder(path: Path) -> None:
    path.mkdir()


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


@pytest.mark.parametrize("make", [make_folder, make_loop, make_pipe, make_dangling, lambda _: None])
def test_what_is_no_file_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.ipynb")
    assert refused(tmp_path / "a.ipynb").code == "unreadable"


@pytest.mark.parametrize("make", [make_folder, make_loop, make_pipe, lambda _: None])
def test_what_is_no_file_has_no_digest(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.ipynb")
    assert sha256_of(tmp_path / "a.ipynb") is None


def test_a_file_that_may_not_be_read_is_refused(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_: Path, _flags: int) -> int:
        raise PermissionError(13, "Permission denied")

    path = write(RELEASED)
    monkeypatch.setattr(os, "open", denied)
    assert "Permission denied" in refused(path).reason


def test_a_name_with_a_null_character_is_refused() -> None:
    assert refused(Path("a\0b.ipynb")).code == "unreadable"


def test_a_device_is_refused() -> None:
    assert refused(Path("/dev/zero")).code == "unreadable"
