"""Which edition of "Happy or Sad" a submission is, and what the course's ones are taken for."""

from pathlib import Path

import pytest
from handed_in import (
    CALLBACK,
    LOADER,
    TRAINER,
    Edit,
    HandedIn,
    Notebook,
    append,
    cell,
    codes,
    course,
    delete,
    graded,
    insert,
    issue,
    only,
    position,
    replace,
    sources,
    strip_comments,
    strip_metadata,
)

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.happy_or_sad.editions import course_layouts
from grader.notebook import source
from grader.records import Role

KIT, UNMARKED, COURSE = happy_or_sad.layouts()
LOADER_IMPORT = "from tensorflow.keras.preprocessing.image import ImageDataGenerator\n"
TRAINER_IMPORT = "from tensorflow.keras import optimizers, losses\n"


def reverse(content: Notebook) -> None:
    content["cells"].reverse()


def strip_docstrings(content: Notebook) -> None:
    for one in content["cells"]:
        lines = "".join(one["source"]).split("\n")
        one["source"] = "\n".join(line for line in lines if '"""' not in line)


EDITS: list[tuple[Edit, ...]] = [
    (),
    (strip_metadata,),
    (strip_comments,),
    (reverse,),
    (only(CALLBACK, LOADER, TRAINER),),
    (strip_metadata, strip_comments, reverse, only(CALLBACK, LOADER, TRAINER)),
    (strip_metadata, strip_docstrings, strip_comments),
    (append("from google.colab import drive\ndrive.mount('/content/drive')"),),
]
IDS = ["as-it-is", "metadata", "comments", "order", "given", "all", "docstrings", "added"]


@pytest.mark.parametrize("edits", EDITS, ids=IDS)
def test_the_kits_edition_is_known_after(tmp_path: Path, edits: tuple[Edit, ...]) -> None:
    assert HandedIn(tmp_path).edited(*edits).recognised()[1].id == "kit"


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("edits", EDITS, ids=IDS)
def test_the_courses_edition_is_known_after(
    tmp_path: Path,
    edits: tuple[Edit, ...],
    marked: bool,  # noqa: FBT001
) -> None:
    work = HandedIn(tmp_path, course(marked=marked)).edited(*edits)
    assert work.recognised()[1].given == {CALLBACK}


def test_the_courses_edition_is_known_by_two_graded_cells(tmp_path: Path) -> None:
    work = HandedIn(tmp_path, course()).edited(only(LOADER, TRAINER), strip_comments)
    assert work.recognised()[1].given == {CALLBACK}


def test_a_course_solution_in_the_kits_notebook_leaves_it_the_kits(tmp_path: Path) -> None:
    copied = [cell["source"] for cell in course()["cells"] if "def " in cell["source"]]
    edits = [delete(f"def {LOADER}"), delete(f"def {TRAINER}"), *map(append, copied)]
    assert HandedIn(tmp_path).edited(*edits).recognised()[1].id == "kit"


def test_bare_graded_cells_are_taken_for_the_kits(tmp_path: Path) -> None:
    texts = [f"class {CALLBACK}: pass", f"def {LOADER}(): pass", f"def {TRAINER}(x): pass"]
    content = {"cells": [cell(text) for text in texts], "metadata": {}, "nbformat": 4}
    assert HandedIn(tmp_path, content).recognised()[1].id == "kit"


@pytest.mark.parametrize(("marked", "edition"), [(True, COURSE), (False, UNMARKED)])
def test_marks_tell_the_courses_editions_apart(
    tmp_path: Path,
    marked: bool,  # noqa: FBT001
    edition: object,
) -> None:
    content = course(marked=marked)
    if not marked:
        del content["cells"][0]
    assert HandedIn(tmp_path, content).recognised()[1] == edition


@pytest.mark.parametrize("marked", [True, False])
def test_nothing_is_said_of_a_course_notebook(
    tmp_path: Path,
    marked: bool,  # noqa: FBT001
) -> None:
    assert HandedIn(tmp_path, course(marked=marked)).plan().issues == ()


def test_the_callback_is_given_in_the_courses_editions(tmp_path: Path) -> None:
    plan = HandedIn(tmp_path, course()).plan()
    assert {c.name for c in plan.cells if c.role is Role.GRADED} == {LOADER, TRAINER}


def test_a_callback_of_ones_own_does_not_replace_the_given_one(tmp_path: Path) -> None:
    plan = HandedIn(tmp_path, course()).edited(append(f"class {CALLBACK}: x = 1")).plan()
    assert "x = 1" not in "".join(sources(plan))


def test_a_lower_threshold_in_the_given_callback_is_named(tmp_path: Path) -> None:
    plan = HandedIn(tmp_path, course()).edited(replace("> 0.999", "> 0.9")).plan()
    assert "expected '0.999', found '0.9'" in issue(plan, "given-cell-restored").message


def test_a_folder_of_ones_own_is_named(tmp_path: Path) -> None:
    edit = replace('base_dir = "./data/"', 'base_dir = "/content/drive/MyDrive"')
    plan = HandedIn(tmp_path, course()).edited(edit).plan()
    assert "found \"base_dir = '/content/drive/My" in issue(plan, "given-cell-restored").message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Sample", "Ejemplo de"),
        ("plt.show()", ""),
        ("import numpy as np", "import numpy as np\nimport random"),
        ('logs.get("accuracy")', "logs['accuracy']"),
        (LOADER_IMPORT, ""),
        (TRAINER_IMPORT, ""),
    ],
)
def test_in_doubt_nothing_is_said_of_a_course_notebook(tmp_path: Path, old: str, new: str) -> None:
    assert HandedIn(tmp_path, course()).edited(replace(old, new)).plan().issues == ()


@pytest.mark.parametrize("name", ["ImageDataGenerator", "optimizers", "losses"])
def test_what_a_graded_cell_imports_is_there_without_it(tmp_path: Path, name: str) -> None:
    edits = (replace(LOADER_IMPORT, ""), replace(TRAINER_IMPORT, ""))
    plan = HandedIn(tmp_path, course()).edited(*edits).plan()
    assert name in sources(plan)[0]


def test_a_graded_cell_keeps_its_imports(tmp_path: Path) -> None:
    assert LOADER_IMPORT in graded(HandedIn(tmp_path, course()).plan(), LOADER)


@pytest.mark.parametrize("lost", ["import os", "base_dir =", f"class {CALLBACK}", "gen = image"])
def test_a_given_cell_that_is_gone_is_put_back(tmp_path: Path, lost: str) -> None:
    whole = sources(HandedIn(tmp_path, course()).plan())
    assert sources(HandedIn(tmp_path, course()).edited(delete(lost)).plan()) == whole


@pytest.mark.parametrize("lost", ["base_dir =", f"class {CALLBACK}", "gen = image"])
def test_a_given_cell_that_is_surely_gone_is_named(tmp_path: Path, lost: str) -> None:
    plan = HandedIn(tmp_path, course()).edited(delete(lost)).plan()
    assert codes(plan) == {"given-cell-missing"}


def test_a_helper_runs_where_given_names_are_there(tmp_path: Path) -> None:
    edits = (insert("size = sample_array.shape[:2]", before="import os"),
             replace("target_size=(150, 150)", "target_size=size"))  # fmt: skip
    plan = HandedIn(tmp_path, course()).edited(*edits).plan()
    assert position(plan, "sample_array =") < position(plan, "size = ") < position(plan, LOADER)


@pytest.mark.parametrize("name", [LOADER, TRAINER])
def test_an_empty_graded_cell_is_untouched(tmp_path: Path, name: str) -> None:
    def empty(content: Notebook) -> None:
        for one in content["cells"]:
            start, marker, rest = one["source"].partition("    ### START CODE HERE\n")
            if marker and f"def {name}" in start:
                end = rest.partition("    ### END CODE HERE")
                one["source"] = f"{start}{marker}    x = None\n{end[1]}{end[2]}"

    assert HandedIn(tmp_path, course()).edited(empty).plan().untouched == {name}


@pytest.mark.parametrize("cell", course_layouts()[0].cells, ids=lambda c: c.source[:20])
def test_the_cells_of_the_courses_layouts_are_python(cell: object) -> None:
    assert source.parse(getattr(cell, "source", "")) is not None


def test_the_kits_layout_is_read_from_its_notebook() -> None:
    roles = [(cell.role, cell.name) for cell in KIT.cells if cell.role is not Role.OPTIONAL]
    required = (Role.REQUIRED, None)
    assert roles == [
        *[required] * 3,
        (Role.GRADED, CALLBACK),
        (Role.GRADED, LOADER),
        required,
        (Role.GRADED, TRAINER),
        *[required] * 2,
    ]
