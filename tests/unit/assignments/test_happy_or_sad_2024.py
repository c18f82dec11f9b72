"""The edition of 2024: recognised by its own cells, graded by its own parts, on the same images."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import class_2024
import editions
import nbformat
import pytest
from handed_in import SOLUTION as EARLIER
from happy_or_sad_2024.right import COURSE_CALLBACK
from happy_or_sad_2024.submission import CALLBACK, FIT, LOADER, MODEL, SOLUTION

from grader.assignments.assignment import Assignment
from grader.assignments.catalog import catalog
from grader.assignments.chosen import chosen, copies
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.happy_or_sad_2024.assignment import (
    dataset_and_callback,
    happy_or_sad_2024,
    model_and_training,
)
from grader.assignments.planning import planned
from grader.assignments.recognise import recognise
from grader.assignments.relations import originals
from grader.errors import RejectedError
from grader.evidence import Compilation, Layer, Loader, Model
from grader.notebook.read import read
from grader.records import Layout, Plan
from grader.scoring import spread

BOTH = [happy_or_sad, happy_or_sad_2024]
# The digits of the second week have two of the names as well.
DIGITS = (
    "# GRADED FUNCTION: create_and_compile_model\ndef create_and_compile_model(): pass",
    "# GRADED CLASS: EarlyStoppingCallback\nclass EarlyStoppingCallback(Callback): pass",
    "# GRADED FUNCTION: train_mnist\ndef train_mnist(images, labels): pass",
    "training_history = train_mnist(training_images, training_labels)",
)


def recognised(folder: Path, notebook: Any) -> tuple[Assignment, Layout]:
    nbformat.write(notebook, folder / "notebook.ipynb")
    return recognise(read(folder / "notebook.ipynb"), BOTH)


def plan(folder: Path, notebook: Any) -> Plan:
    assignment, layout = recognised(folder, notebook)
    return planned(read(folder / "notebook.ipynb"), assignment, layout)


def of(text: str) -> Any:
    """Return the course's notebook with another callback."""
    notebook = class_2024.course()
    cell = next(each for each in notebook.cells if f"class {CALLBACK}" in each.source)
    cell.source = text
    return notebook


def test_the_kits_own_notebook_is_its_first_edition(tmp_path: Path) -> None:
    assignment, layout = recognised(tmp_path, nbformat.read(SOLUTION, as_version=4))
    assert (assignment, layout.id) == (happy_or_sad_2024, "kit")


@pytest.mark.parametrize("tested", [True, False])
def test_the_courses_notebook_is_known_as_such(tmp_path: Path, *, tested: bool) -> None:
    assignment, layout = recognised(tmp_path, class_2024.course(tested=tested))
    assert (assignment, layout.id) == (happy_or_sad_2024, "course-2024")


@pytest.mark.parametrize("name", [LOADER, MODEL])
def test_one_graded_function_is_enough_beside_given_cells(tmp_path: Path, name: str) -> None:
    notebook = class_2024.course()
    notebook.cells = [cell for cell in notebook.cells if f"def {name}" not in cell.source]
    assert recognised(tmp_path, notebook)[0] is happy_or_sad_2024


def test_another_notebook_with_two_of_its_names_is_not_taken_for_it(tmp_path: Path) -> None:
    with pytest.raises(RejectedError) as caught:
        recognised(tmp_path, editions.notebook([*DIGITS]))
    assert caught.value.code == "another-assignment"


def test_the_earlier_editions_stay_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "earlier.ipynb").write_bytes(EARLIER)
    assert recognise(read(tmp_path / "earlier.ipynb"), BOTH)[0] is happy_or_sad
    assert recognised(tmp_path, editions.course_2022())[0] is happy_or_sad


def test_the_given_callback_of_the_course_is_worth_no_points(tmp_path: Path) -> None:
    made = plan(tmp_path, class_2024.course())
    assert made.layout.given == {CALLBACK}
    rubric = spread(happy_or_sad_2024.checks, made.layout.given)
    assert sum(check.points for check in rubric) == 100
    assert CALLBACK not in {check.part for check in rubric}


def test_the_given_callback_is_known_in_the_courses_own_words(tmp_path: Path) -> None:
    issues = plan(tmp_path, of(COURSE_CALLBACK)).issues
    assert "given-cell-restored" not in {issue.code for issue in issues}


def test_what_the_course_calls_tests_is_no_cell_of_ones_own(tmp_path: Path) -> None:
    issues = plan(tmp_path, class_2024.course()).issues
    assert "cell-added" not in {issue.code for issue in issues}


def test_the_cell_that_trains_is_run_as_it_was_handed_in(tmp_path: Path) -> None:
    notebook = class_2024.course()
    cell = next(each for each in notebook.cells if "model.fit" in each.source)
    cell.source = cell.source.replace("epochs=15", "epochs=12")
    planned = plan(tmp_path, notebook).cells
    assert [each.source for each in planned if each.name == FIT] == [cell.source.rstrip()]


def test_whoever_names_the_assignment_has_its_editions_graded_as_well() -> None:
    assert [each.id for each in chosen((), "happy-or-sad")] == ["happy-or-sad", "happy-or-sad-2024"]


def test_an_edition_may_be_named_alone() -> None:
    assert [each.id for each in chosen((), "happy-or-sad-2024")] == ["happy-or-sad-2024"]


def test_an_audit_is_of_one_alone() -> None:
    assert [each.id for each in chosen((), "happy-or-sad", editions=False)] == ["happy-or-sad"]


@pytest.mark.parametrize("given", ["{}", "happy-or-sad={}"])
def test_another_copy_of_the_images_serves_the_edition_as_well(tmp_path: Path, given: str) -> None:
    for name in ("happy", "sad"):
        (tmp_path / name).mkdir()
    found = copies(BOTH, [Path(given.format(tmp_path))])
    assert found == {"happy-or-sad": tmp_path, "happy-or-sad-2024": tmp_path}


def test_an_edition_may_have_a_copy_of_its_own(tmp_path: Path) -> None:
    given = [Path(f"happy-or-sad-2024={tmp_path}"), Path("happy-or-sad=x")]
    assert copies(BOTH, given) == {"happy-or-sad-2024": tmp_path, "happy-or-sad": Path("x")}


def test_an_edition_without_its_original_stands_for_itself() -> None:
    alone = replace(happy_or_sad_2024, id="alone", edition_of="somewhere-else")
    assert originals([*BOTH, alone]) == [happy_or_sad, alone]


def test_it_comes_with_the_kit() -> None:
    assert catalog().get("happy-or-sad-2024") is happy_or_sad_2024


def test_it_is_on_the_same_images() -> None:
    assert happy_or_sad_2024.data == happy_or_sad.data


def dense(units: int) -> Model:
    output = Layer(name="out", type="Dense", output_shape=(None, units),
                   settings={"units": units, "activation": "sigmoid"})  # fmt: skip
    return Model(kind="model", key="m", type="Sequential", layers=(output,))


@pytest.mark.parametrize(("one_hot", "met"), [(False, True), (True, False)])
def test_one_output_is_not_for_two_labels_an_image(*, one_hot: bool, met: bool) -> None:
    compiled = Compilation(loss="BinaryCrossentropy")
    assert model_and_training.loss(dense(1), compiled, one_hot).met == met


@pytest.mark.parametrize(
    ("kind", "met"), [("_MapDataset", True), ("DirectoryIterator", False), ("list", False)]
)
def test_a_dataset_is_told_from_other_loaders(kind: str, *, met: bool) -> None:
    loader = Loader(kind="loader", name="training_dataset", type=kind)
    assert dataset_and_callback.is_dataset(loader).met == met
