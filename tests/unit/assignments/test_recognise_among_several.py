"""Of several assignments, the likeliest is compared first; only that one refuses a submission."""

import json
import re
from pathlib import Path

import bars
import editions
import nbformat
import pytest
import shirts
from at_hand import ASSIGNMENTS
from handed_in import HandedIn, Notebook, cell

from grader.assignments.assignment import Assignment
from grader.assignments.loading import load
from grader.assignments.recognise import RetiredError, recognise
from grader.errors import RejectedError
from grader.notebook.read import read
from grader.records import Submission


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> list[Assignment]:
    return [*ASSIGNMENTS, load(shirts.write(tmp_path_factory.mktemp("shirts")))]


def notebook(*texts: str) -> Notebook:
    return {"cells": list(map(cell, texts)), "metadata": {}, "nbformat": 4}


def handed_in(folder: Path, *more: str) -> Submission:
    made = shirts.notebook()
    made.cells[:0] = map(nbformat.v4.new_code_cell, more)
    nbformat.write(made, folder / "shirts.ipynb")
    return read(folder / "shirts.ipynb")


@pytest.mark.parametrize(
    "old",
    [
        "DESIRED_ACCURACY = 0.9",
        "def training_dataset():\n    return 1",
        "def create_and_compile_model():\n    return 1\n\ndef training_dataset():\n    return 2",
        "!unzip happy-or-sad.zip",
        "def train_happy_sad_model():\n    return 1",
        "class myCallback: pass",
    ],
)
def test_what_another_ones_old_editions_have_does_not_refuse_it(
    both: list[Assignment], tmp_path: Path, old: str
) -> None:
    assert recognise(handed_in(tmp_path, old), both)[0].id == "shirts"


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_assignments_does_not_matter(
    both: list[Assignment], tmp_path: Path, order: int
) -> None:
    known = both[::order]
    assert recognise(handed_in(tmp_path), known)[0].id == "shirts"
    assert recognise(read(HandedIn(tmp_path).path), known)[0].id == "happy-or-sad"


def test_an_old_edition_is_refused_by_its_own_assignment(
    both: list[Assignment], tmp_path: Path
) -> None:
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(editions.course_2019()))
    with pytest.raises(RetiredError) as caught:
        recognise(read(path), both)
    assert caught.value.assignment.id == "happy-or-sad"


@pytest.mark.parametrize(
    "text", ["def training_dataset():\n    return 1", "DESIRED_ACCURACY = 0.999\nx = 1"]
)
def test_what_many_notebooks_have_makes_none_an_old_edition(
    both: list[Assignment], tmp_path: Path, text: str
) -> None:
    with pytest.raises(RejectedError) as caught:
        recognise(read(HandedIn(tmp_path, notebook(text)).path), both)
    assert caught.value.code == "no-graded-cell"


def test_what_is_no_assignments_is_told_what_all_expect(
    both: list[Assignment], tmp_path: Path
) -> None:
    with pytest.raises(RejectedError, match=r"\(Happy or Sad\); load, train \(Shirts\)"):
        recognise(read(HandedIn(tmp_path, notebook("x = 1")).path), both)


def alike(folder: Path, *, given: str = "") -> list[Assignment]:
    """Write two assignments with the same graded names; the second may give one cell more."""
    made = [
        shirts.write(folder / name, shirts.MODULE.replace('id="shirts"', f'id="{name}"'))
        for name in ("spring", "autumn")
    ]
    if given:
        written = shirts.notebook()
        written.cells.append(nbformat.v4.new_code_cell(given))
        nbformat.write(written, made[1] / "shirts.ipynb")
    return list(map(load, made))


@pytest.mark.parametrize("order", [1, -1])
def test_what_fits_two_alike_is_not_guessed(tmp_path: Path, order: int) -> None:
    with pytest.raises(RejectedError, match=r"spring|autumn") as caught:
        recognise(handed_in(tmp_path), alike(tmp_path)[::order])
    assert (caught.value.code, "--assignment" in caught.value.fix) == ("several-assignments", True)


@pytest.mark.parametrize("noted", ["spring", "autumn"])
def test_of_two_alike_the_one_that_its_notes_name_is_meant(tmp_path: Path, noted: str) -> None:
    known = alike(tmp_path)
    written = shirts.notebook()
    written.metadata["grader_assignment"] = noted
    nbformat.write(written, tmp_path / "noted.ipynb")
    assert recognise(read(tmp_path / "noted.ipynb"), known)[0].id == noted


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_alike_the_one_is_meant_whose_given_cells_are_there(
    tmp_path: Path, order: int
) -> None:
    known = alike(tmp_path, given="# grader-required-cell\nautumn = 1\n")[::order]
    written = read(tmp_path / "autumn" / "shirts.ipynb")
    assert recognise(written, known)[0].id == "autumn"


@pytest.fixture(scope="module")
def with_calls(tmp_path_factory: pytest.TempPathFactory) -> list[Assignment]:
    """An assignment of which ``model.fit`` is a graded part, beside the others."""
    folder = tmp_path_factory.mktemp("bars") / "bars"
    bars.write(folder, bars.MODULE.replace('"net', '"model'))
    made = bars.notebook()
    for each in made.cells:
        each.source = re.sub(r"\bnet\b", "model", each.source)
    nbformat.write(made, folder / "bars.ipynb")
    return [*ASSIGNMENTS, load(folder)]


def test_a_call_that_any_notebook_may_make_does_not_tell_whose_it_is(
    with_calls: list[Assignment], tmp_path: Path
) -> None:
    assert recognise(read(HandedIn(tmp_path).path), with_calls)[0].id == "happy-or-sad"
    path = tmp_path / "other.ipynb"
    path.write_text(json.dumps(notebook("model.compile('adam')", "model.fit(x, y)")))
    with pytest.raises(RejectedError):
        recognise(read(path), with_calls)


def test_a_marked_call_tells_whose_it_is(with_calls: list[Assignment], tmp_path: Path) -> None:
    path = tmp_path / "own.ipynb"
    path.write_text(json.dumps(notebook("# GRADED CELL: model.fit\nmodel.fit(x, y)")))
    assert recognise(read(path), with_calls)[0].id == "bars"
