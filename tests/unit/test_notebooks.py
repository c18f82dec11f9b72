"""The notebooks that are handed out, and the solutions that they come from."""

import ast
import json
import re
import textwrap
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.assignments.declaring import is_id
from grader.assignments.happy_or_sad.assignment import (
    BATCH,
    GOAL,
    MOST_EPOCHS,
    NOTEBOOK,
    happy_or_sad,
)
from grader.notebook.called import called_on
from grader.notebook.markers import blank, regions
from grader.notebook.metadata import missing, reference_from
from grader.notebook.names import names_of
from grader.notebook.source import GRADED_MARKER, REQUIRED_MARKER, parse
from grader.records.graded_names import is_call

Notebook = dict[str, Any]

FOLDER = Path(__file__).parents[2] / "notebooks"
SOLUTIONS = sorted((FOLDER / "solutions").glob("*.ipynb"))
PAIRS = [(FOLDER / path.name, path) for path in SOLUTIONS]
ALL = [path for pair in PAIRS for path in pair]

pairs = pytest.mark.parametrize(
    ("released", "solution"), PAIRS, ids=[path.stem for path in SOLUTIONS]
)
all_notebooks = pytest.mark.parametrize(
    "path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}"
)


def load(path: Path) -> Notebook:
    content: Notebook = json.loads(path.read_text("utf-8"))
    return content


def code_cells(path: Path) -> list[Notebook]:
    return [cell for cell in load(path)["cells"] if cell["cell_type"] == "code"]


def text(cell: Notebook) -> str:
    return "".join(cell["source"])


def graded_cells(path: Path) -> list[Notebook]:
    return [cell for cell in code_cells(path) if GRADED_MARKER.search(text(cell))]


def region_lines(path: Path) -> list[str]:
    found = [region for cell in graded_cells(path) for region in regions(text(cell))]
    return [line.strip() for region in found for line in region.text.split("\n")]


def test_there_are_notebooks() -> None:
    assert PAIRS


@pairs
def test_release_and_solution_differ_only_between_the_markers(
    released: Path, solution: Path
) -> None:
    student, truth = load(released), load(solution)
    for notebook in (student, truth):
        for cell in notebook["cells"]:
            cell["source"] = blank(text(cell))
    assert student == truth


@pairs
def test_no_line_of_the_solution_is_in_the_release(released: Path, solution: Path) -> None:
    shown = {line.strip() for cell in load(released)["cells"] for line in text(cell).split("\n")}
    secret = {line for line in region_lines(solution) if re.match(r"[^#\W]", line)}
    assert secret
    assert secret & shown == set()


@pairs
def test_every_graded_cell_leaves_something_to_do(released: Path, solution: Path) -> None:
    for student, truth in zip(graded_cells(released), graded_cells(solution), strict=True):
        assert regions(text(student))
        assert text(student) != text(truth)
        assert all("None" in region.text for region in regions(text(student)))


@all_notebooks
def test_notebook_is_valid(path: Path) -> None:
    nbformat.validate(load(path))


@all_notebooks
def test_cells_have_ids_of_their_own(path: Path) -> None:
    ids = [cell["id"] for cell in load(path)["cells"]]
    assert len(set(ids)) == len(ids)


@all_notebooks
def test_notebook_is_written_as_jupyter_does(path: Path) -> None:
    expected = json.dumps(load(path), indent=1, ensure_ascii=False) + "\n"
    assert path.read_bytes() == expected.encode()


@all_notebooks
def test_notebook_has_no_outputs(path: Path) -> None:
    for cell in code_cells(path):
        assert (cell["outputs"], cell["execution_count"]) == ([], None)


@all_notebooks
def test_every_code_cell_parses(path: Path) -> None:
    assert all(parse(text(cell)) for cell in code_cells(path))


@all_notebooks
def test_every_region_parses_by_itself(path: Path) -> None:
    for cell in graded_cells(path):
        for region in regions(text(cell)):
            ast.parse(textwrap.dedent(region.text))


@all_notebooks
def test_notebook_names_its_assignment_and_version(path: Path) -> None:
    metadata = load(path)["metadata"]
    assert is_id(metadata["grader_assignment"])
    assert metadata["grader_version"] == "1"
    assert metadata["kernelspec"]["name"] == "python3"


@all_notebooks
def test_graded_cells_are_tagged_and_open_to_the_student(path: Path) -> None:
    for cell in graded_cells(path):
        assert cell["metadata"] == {"deletable": False, "tags": ["graded"]}


@all_notebooks
def test_all_other_cells_are_locked(path: Path) -> None:
    graded = graded_cells(path)
    for cell in load(path)["cells"]:
        assert cell in graded or cell["metadata"] == {"deletable": False, "editable": False}


@all_notebooks
def test_graded_cells_begin_with_their_marker_and_define_the_name(path: Path) -> None:
    for cell in graded_cells(path):
        marker = GRADED_MARKER.match(text(cell))
        assert marker is not None
        assert is_call(marker[1]) or marker[1] in names_of(text(cell)).bound


@pytest.mark.parametrize("solution", SOLUTIONS, ids=lambda path: path.stem)
def test_graded_cells_of_a_solution_make_the_calls_that_they_are_marked_with(
    solution: Path,
) -> None:
    for cell in graded_cells(solution):
        name = GRADED_MARKER.findall(text(cell))[0]
        assert not is_call(name) or name in called_on(text(cell))


@all_notebooks
def test_required_cells_begin_with_their_marker(path: Path) -> None:
    required = [text(cell) for cell in code_cells(path) if REQUIRED_MARKER.search(text(cell))]
    assert required
    assert all(REQUIRED_MARKER.match(source) for source in required)


@all_notebooks
def test_the_metadata_check_names_the_notebook_itself(path: Path) -> None:
    line = f"!python ../add_metadata.py --filename {path.name}"
    assert [cell["id"] for cell in code_cells(path) if line in text(cell)] == ["metadata-check"]


@pairs
def test_the_grader_finds_all_its_metadata(released: Path, solution: Path) -> None:
    reference = reference_from(load(solution))
    assert reference is not None
    assert missing(load(released), reference) == ()


def test_happy_or_sad_asks_for_a_callback_a_generator_and_a_model() -> None:
    path = FOLDER / "C1W4_Assignment.ipynb"
    names = [GRADED_MARKER.findall(text(cell)) for cell in graded_cells(path)]
    assert names == [["myCallback"], ["image_generator"], ["train_happy_sad_model"]]


@pytest.mark.parametrize(
    "line",
    [
        "Grader metadata detected! You can proceed with the lab!",
        "Each image has shape: (150, 150, 3)",
        "The maximum pixel value used is: 255.0",
        "Reached 99.9% accuracy so cancelling training!",
        "Found 80 images belonging to 2 classes.",
        "The metric was correctly defined.",
    ],
)
def test_happy_or_sad_shows_the_expected_output(line: str) -> None:
    cells = load(FOLDER / "C1W4_Assignment.ipynb")["cells"]
    prose = [text(cell) for cell in cells if cell["cell_type"] == "markdown"]
    assert any("**Expected output" in words and f"\n{line}\n" in words for words in prose)


@pytest.mark.parametrize(
    "rule",
    [
        f"in batches of {BATCH}",
        f"{MOST_EPOCHS} epochs at most",
        f"reach a training accuracy of {GOAL.bound:.1%} in fewer than {GOAL.before_epoch}",
        f"before epoch {GOAL.before_epoch}",
        f"{100 * happy_or_sad.pass_mark:.0f} of 100 points",
        "measures the accuracy itself: after an epoch, on all 80 pictures",
        "an epoch shows each of the 80 pictures once",
        f"up to {('one', 'two', 'three')[len(happy_or_sad.seeds) - 1]} are tried",
    ],
)
def test_happy_or_sad_states_its_rules_before_the_first_exercise(rule: str) -> None:
    cells = [text(cell) for cell in load(FOLDER / NOTEBOOK)["cells"]]
    first = next(at for at, words in enumerate(cells) if words.startswith("## Exercise 1"))
    assert rule in "\n".join(cells[:first])


@pytest.mark.parametrize("words", ["Well done", "Congratulations", "axes"])
def test_happy_or_sad_says_nothing_that_need_not_be_so(words: str) -> None:
    cells = load(FOLDER / NOTEBOOK)["cells"]
    prose = [text(cell) for cell in cells if cell["cell_type"] == "markdown"]
    assert not [cell for cell in prose if words in cell]
