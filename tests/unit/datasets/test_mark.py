from pathlib import Path

import pytest

from grader.datasets.integrity import MARK
from grader.datasets.mark import Mark, read_mark, write_mark


def _place(kind: str, tmp_path: Path) -> tuple[Path, Path]:
    """Return what was drawn, and a file of it."""
    if kind == "file":
        path = tmp_path / "test.npz"
        path.write_bytes(b"drawn")
        return path, path
    path = tmp_path / "images" / "long" / "0.png"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"drawn")
    return tmp_path / "images", path


def _marked(place: Path) -> Mark:
    found = read_mark(place)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_was_drawn_is_known_by_its_mark(kind: str, tmp_path: Path) -> None:
    place, _ = _place(kind, tmp_path)
    write_mark(place, "shirts", "ab12")
    found = _marked(place)
    assert (found.assignment, found.code, found.is_of(place)) == ("shirts", "ab12", True)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_was_written_over_is_not_what_was_drawn(kind: str, tmp_path: Path) -> None:
    place, file = _place(kind, tmp_path)
    write_mark(place, "shirts", "ab12")
    file.write_bytes(b"mine")
    assert not _marked(place).is_of(place)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"assignment": "shirts"}', "\x00"])
def test_what_is_no_mark_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / MARK).write_text(text)
    assert read_mark(tmp_path) is None


def test_the_mark_of_a_file_lies_beside_it(tmp_path: Path) -> None:
    place, _ = _place("file", tmp_path)
    write_mark(place, "shirts", "ab12")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".test.npz{MARK}", "test.npz"]
