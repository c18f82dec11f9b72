import json
from dataclasses import replace as changed
from pathlib import Path

import editions
import pytest
from at_hand import ASSIGNMENTS
from handed_in import (
    CALLBACK,
    LOADER,
    SOLUTION,
    TRAINER,
    HandedIn,
    Notebook,
    append,
    cell,
    delete,
    only,
    replace,
    strip_comments,
    strip_metadata,
)

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.recognise import recognise
from grader.errors import RejectedError
from grader.notebook.read import read

# Other notebooks of the course have a callback of that name too.
DIGITS = (
    "import tensorflow as tf",
    "# GRADED FUNCTION: reshape_and_normalize\ndef reshape_and_normalize(images): pass",
    "# GRADED CLASS: myCallback\nclass myCallback(tf.keras.callbacks.Callback): pass",
    "# GRADED FUNCTION: convolutional_model\ndef convolutional_model(): pass",
)


def notebook(*texts: str) -> Notebook:
    return {"cells": [cell(text) for text in texts], "metadata": {}, "nbformat": 4}


def refused(folder: Path, content: Notebook) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        HandedIn(folder, content).recognised()
    return caught.value


@pytest.mark.parametrize("name", ["Untitled.ipynb", "Tarea 4 (1).ipynb", "完成.ipynb"])
def test_the_name_of_the_file_does_not_matter(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(SOLUTION)
    assert recognise(read(tmp_path / name), [happy_or_sad])[0] is happy_or_sad


@pytest.mark.parametrize("name", [LOADER, TRAINER])
def test_one_graded_cell_tells_the_assignment(tmp_path: Path, name: str) -> None:
    content = notebook(f"def {name}(x): return x")
    assert HandedIn(tmp_path, content).recognised()[0] is happy_or_sad


def test_a_marker_alone_tells_the_assignment(tmp_path: Path) -> None:
    content = notebook(f"# GRADED FUNCTION: {LOADER}\ndef images(): pass")
    assert HandedIn(tmp_path, content).recognised()[0] is happy_or_sad


def test_the_callback_and_given_cells_tell_the_assignment(tmp_path: Path) -> None:
    work = HandedIn(tmp_path).edited(delete(f"def {LOADER}"), delete(f"def {TRAINER}"))
    assert work.recognised()[0] is happy_or_sad


def test_the_callback_and_the_metadata_tell_the_assignment(tmp_path: Path) -> None:
    work = HandedIn(tmp_path).edited(only(CALLBACK), strip_comments)
    assert work.recognised()[0] is happy_or_sad


def test_an_assignment_that_is_declared_comes_first(tmp_path: Path) -> None:
    twin = changed(happy_or_sad, id="twin")
    work = HandedIn(tmp_path)
    work.content["metadata"]["grader_assignment"] = "twin"
    assert recognise(read(work.path), [happy_or_sad, twin])[0] is twin


@pytest.mark.parametrize("declared", [None, 7, [], {"a": 1}, "another", "happy-or-sad"])
def test_what_is_declared_does_not_decide_alone(tmp_path: Path, declared: object) -> None:
    work = HandedIn(tmp_path)
    work.content["metadata"]["grader_assignment"] = declared
    assert work.recognised()[0] is happy_or_sad


@pytest.mark.parametrize("content", [notebook(*DIGITS), notebook(*DIGITS[:2])])
def test_another_assignment_is_refused(tmp_path: Path, content: Notebook) -> None:
    assert refused(tmp_path, content).code == "another-assignment"


def test_a_refusal_names_what_was_expected_and_found(tmp_path: Path) -> None:
    reason = refused(tmp_path, notebook(*DIGITS)).reason
    assert f"Expected the graded parts {CALLBACK}, {LOADER}, {TRAINER}" in reason
    assert "reshape_and_normalize, convolutional_model." in reason


def test_another_assignment_without_markers_is_refused(tmp_path: Path) -> None:
    content = HandedIn(tmp_path, notebook(*DIGITS)).edited(strip_comments).content
    assert refused(tmp_path, content).code == "no-graded-cell"


def test_cells_of_another_assignment_besides_do_no_harm(tmp_path: Path) -> None:
    work = HandedIn(tmp_path).edited(*map(append, DIGITS))
    assert work.recognised()[0] is happy_or_sad


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (notebook(), "found no code cells."),
        (notebook("", " "), "found no code cells."),
        (notebook("x = 1"), "found 1 code cells that define no function or class."),
        (notebook("def loader(): pass"), "found cells that define loader."),
        (notebook(*(f"def f{n}(): pass" for n in range(9))), "f0, f1, f2, f3, f4 and 4 more."),
        (notebook("def " + "x" * 5000 + "(): pass"), f"define {'x' * 60}."),
    ],
)
def test_a_notebook_without_graded_cells_is_refused(
    tmp_path: Path, content: Notebook, found: str
) -> None:
    error = refused(tmp_path, content)
    assert (error.code, error.reason[-len(found) :]) == ("no-graded-cell", found)


def test_a_retired_edition_of_2019_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, editions.course_2019()).code == "course-2019"


@pytest.mark.parametrize(
    "texts",
    [
        ["def train_happy_sad_model():\n    return 1\n", "train_happy_sad_model()"],
        ["%%time\nx = (", "def train_happy_sad_model( ):\n    return ("],
        ["zip_ref = ZipFile('/tmp/happy-or-sad.zip')", "class myCallback(Callback): pass"],
        ["DESIRED_ACCURACY = 0.999\n\nclass myCallback(Callback): pass", "model.fit(x)"],
    ],
    ids=["no-argument", "broken", "no-function", "no-zip"],
)
def test_any_form_of_2019_is_refused(tmp_path: Path, texts: list[str]) -> None:
    assert refused(tmp_path, notebook(*texts)).code == "course-2019"


def test_a_retired_edition_is_refused_with_the_way_on(tmp_path: Path) -> None:
    assert "notebooks/C1W4_Assignment.ipynb" in refused(tmp_path, editions.course_2019()).fix


@pytest.mark.parametrize(
    "text",
    [
        "def training_dataset():\n    return 1",
        "def create_and_compile_model():\n    return 1",
        "DESIRED_ACCURACY = 0.999",
        "!unzip happy-or-sad.zip",
    ],
)
def test_what_a_retired_edition_has_may_stand_in_a_later_one(tmp_path: Path, text: str) -> None:
    assert HandedIn(tmp_path).edited(append(text)).recognised()[1].id == "kit"


def test_a_trainer_that_lost_its_argument_is_not_of_2019(tmp_path: Path) -> None:
    lost = replace("(train_generator):", "():", within=TRAINER)
    work = HandedIn(tmp_path).edited(lost, delete(f"def {LOADER}"), strip_metadata)
    assert work.recognised()[1].id == "kit"


def test_every_known_assignment_recognises_its_own_solution(tmp_path: Path) -> None:
    for assignment in ASSIGNMENTS:
        path = tmp_path / assignment.notebook.name
        path.write_text(json.dumps(json.loads(SOLUTION)))
        assert recognise(read(path), [assignment])[0] is assignment
