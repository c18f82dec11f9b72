"""In which order a class is graded."""

from pathlib import Path

import nbformat
import pytest

from grader.batch.order import longest_first
from grader.pipeline import Entry, Pipeline

LOADS = {"small": 1.0, "large": 9.0, "copy": 9.0, "middle": 4.0, "another": 9.0, "empty": 0.0}


def entry(name: str, path: Path = Path("none.ipynb")) -> Entry:
    return Entry(path, name, name)


def ordered() -> list[str]:
    return [each.id for each in longest_first(map(entry, LOADS), lambda one: LOADS[one.id])]


def test_the_longest_goes_first() -> None:
    assert ordered()[:4] == ["large", "middle", "small", "empty"]


def test_what_may_be_a_copy_has_its_turn_when_the_others_had_theirs() -> None:
    assert ordered()[4:] == ["copy", "another"]


def test_nobody_is_left_out() -> None:
    assert sorted(ordered()) == sorted(LOADS)


def written(path: Path, source: str, kind: str = "code") -> Entry:
    cell = nbformat.v4.new_code_cell(source)
    if kind != "code":
        cell = nbformat.v4.new_markdown_cell(source)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return entry(path.stem, path)


def test_it_is_told_by_what_notebooks_hold(tmp_path: Path) -> None:
    few, many = (written(tmp_path / f"{n}.ipynb", f"Conv2D({n}, 3)") for n in (16, 64))
    assert 0 < Pipeline.workload(few) < Pipeline.workload(many)


def test_what_is_said_beside_code_does_not_count(tmp_path: Path) -> None:
    assert Pipeline.workload(written(tmp_path / "said.ipynb", "Conv2D(64, 3)", "markdown")) == 0


@pytest.mark.parametrize("content", [None, b"", b"no notebook", b"{}"])
def test_what_cannot_be_read_takes_no_time(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "broken.ipynb"
    if content is not None:
        path.write_bytes(content)
    assert Pipeline.workload(entry("broken", path)) == 0
