"""Notebooks with the kit's first given cells are graded as if they had those of today."""

import json
from pathlib import Path

import pytest
from earlier import CELLS, as_at_first
from handed_in import (
    CALLBACK,
    LOADER,
    RELEASED,
    SOLUTION,
    TRAINER,
    Edit,
    HandedIn,
    Notebook,
    codes,
    delete,
    issue,
    only,
    replace,
    sources,
    strip_comments,
    strip_metadata,
)

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.happy_or_sad.editions import KIT_EARLIER
from grader.notebook.metadata import missing, reference_from

KIT = happy_or_sad.layouts()[0]


def first(folder: Path, *edits: Edit, text: bytes = SOLUTION) -> HandedIn:
    return HandedIn(folder, json.loads(text)).edited(as_at_first, *edits)


def reverse(content: Notebook) -> None:
    content["cells"].reverse()


@pytest.mark.parametrize("text", KIT_EARLIER)
def test_an_earlier_form_is_of_one_cell(text: str) -> None:
    assert len([cell for cell in KIT.cells if text in cell.source]) == 1


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_of_then_is_not_one_of_now(name: str) -> None:
    now = {cell["id"]: "".join(cell["source"]) for cell in json.loads(SOLUTION)["cells"]}
    assert now[name] != CELLS[name]


@pytest.mark.parametrize(
    "edits",
    [(), (strip_metadata,), (strip_comments,), (reverse,), (strip_metadata, strip_comments)],
    ids=["as-it-is", "metadata", "comments", "order", "metadata-and-comments"],
)
def test_it_is_the_kits_edition(tmp_path: Path, edits: tuple[Edit, ...]) -> None:
    assert first(tmp_path, *edits).recognised()[1] == KIT


@pytest.mark.parametrize("text", [SOLUTION, RELEASED], ids=["solution", "released"])
def test_nothing_is_said_of_it(tmp_path: Path, text: bytes) -> None:
    assert first(tmp_path, text=text).plan().issues == ()


@pytest.mark.parametrize("text", [SOLUTION, RELEASED], ids=["solution", "released"])
def test_what_is_run_has_the_cells_of_today(tmp_path: Path, text: bytes) -> None:
    today = HandedIn(tmp_path, json.loads(text)).plan()
    assert sources(first(tmp_path, text=text).plan()) == sources(today)


def test_empty_graded_cells_are_untouched(tmp_path: Path) -> None:
    assert first(tmp_path, text=RELEASED).plan().untouched == {CALLBACK, LOADER, TRAINER}


def test_bare_graded_cells_are_run_as_today(tmp_path: Path) -> None:
    bare = only(CALLBACK, LOADER, TRAINER)
    today = HandedIn(tmp_path).edited(bare).plan()
    assert sources(first(tmp_path, bare).plan()) == sources(today)


@pytest.mark.parametrize("lost", ["pretended_logs", "curves = ", "metric was correctly"])
def test_a_cell_that_is_gone_changes_nothing(tmp_path: Path, lost: str) -> None:
    assert sources(first(tmp_path, delete(lost)).plan()) == sources(HandedIn(tmp_path).plan())


def test_a_given_cell_that_the_student_changed_is_named(tmp_path: Path) -> None:
    plan = first(tmp_path, replace("> 0.999", "> 0.9", within="curves = ")).plan()
    assert "given and was changed" in issue(plan, "given-cell-restored").message


def test_a_cell_that_is_not_run_may_be_changed(tmp_path: Path) -> None:
    plan = first(tmp_path, replace('{"loss": 0.7}', '{"loss": 0.5}')).plan()
    assert codes(plan) == set()


def test_its_metadata_lack_nothing(tmp_path: Path) -> None:
    reference = reference_from(json.loads(SOLUTION))
    assert reference is not None
    assert missing(first(tmp_path).content, reference) == ()
