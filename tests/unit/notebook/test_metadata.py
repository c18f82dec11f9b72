import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.notebook.metadata import (
    Reference,
    choose,
    missing,
    read_references,
    reference_from,
    stamp,
)

Notebook = dict[str, Any]

NOTEBOOKS = Path(__file__).parents[3] / "notebooks"
RELEASED: Notebook = json.loads((NOTEBOOKS / "C1W4_Assignment.ipynb").read_text("utf-8"))
GRADED = ("myCallback", "image_generator", "train_happy_sad_model")


def reference_of(notebook: Notebook) -> Reference:
    reference = reference_from(notebook)
    assert reference is not None
    return reference


REFERENCE = reference_of(RELEASED)


def small(*cells: Notebook, **notes: object) -> Notebook:
    return {"cells": list(cells), "metadata": notes, "nbformat": 4, "nbformat_minor": 5}


def cell(source: str | list[str], kind: str = "code", **notes: object) -> Notebook:
    return {"cell_type": kind, "metadata": notes, "source": source}


def stripped() -> Notebook:
    notebook = copy.deepcopy(RELEASED)
    notebook["metadata"] = {}
    for one in notebook["cells"]:
        one["metadata"] = {}
    return notebook


def bare(notebook: Notebook) -> Notebook:
    """Leave out all that stamping may add."""
    notebook = copy.deepcopy(notebook)
    for key in ("grader_assignment", "grader_version"):
        notebook["metadata"].pop(key, None)
    for one in notebook["cells"]:
        notes = one["metadata"]
        for key in ("deletable", "editable"):
            notes.pop(key, None)
        notes["tags"] = [tag for tag in notes.get("tags", []) if tag != "graded"]
    return notebook


def test_the_released_notebook_lacks_nothing() -> None:
    assert missing(RELEASED, REFERENCE) == ()


def test_the_reference_knows_the_graded_names_in_order() -> None:
    assert REFERENCE.graded == GRADED


def test_a_notebook_without_notes_is_no_reference() -> None:
    assert reference_from(stripped()) is None


def test_stamping_restores_all_metadata_of_the_release() -> None:
    notebook = stripped()
    stamp(notebook, REFERENCE)
    assert missing(notebook, REFERENCE) == ()
    assert [one["metadata"] for one in notebook["cells"]] == [
        one["metadata"] for one in RELEASED["cells"]
    ]


def test_stamping_returns_what_was_missing() -> None:
    notebook = stripped()
    expected = missing(notebook, REFERENCE)
    assert stamp(notebook, REFERENCE) == expected
    assert [gap.cell for gap in expected] == [None, *range(len(RELEASED["cells"]))]
    assert [gap.name for gap in expected if gap.name] == list(GRADED)


def test_listing_what_is_missing_changes_nothing() -> None:
    notebook = stripped()
    missing(notebook, REFERENCE)
    assert notebook == stripped()


def test_another_version_is_replaced() -> None:
    notebook = copy.deepcopy(RELEASED)
    notebook["metadata"]["grader_version"] = "0"
    (gap,) = stamp(notebook, REFERENCE)
    assert gap.notes == {"grader_version": "1"}
    assert notebook["metadata"] == RELEASED["metadata"]


def test_a_graded_cell_is_known_by_what_it_defines() -> None:
    notebook = small(cell("x = 1"), cell("import os\ndef image_generator():\n    return 3"))
    stamp(notebook, REFERENCE)
    assert [one["metadata"] for one in notebook["cells"]] == [
        {},
        {"deletable": False, "tags": ["graded"]},
    ]


def test_a_graded_cell_that_does_not_parse_is_known() -> None:
    notebook = small(cell("def image_generator():\n    return ("))
    assert [gap.name for gap in missing(notebook, REFERENCE)] == ["", "image_generator"]


def test_a_graded_cell_that_defines_nothing_is_known_by_its_marker() -> None:
    notebook = small(cell("# GRADED FUNCTION: image_generator\nimage_generator = None"))
    assert [gap.name for gap in missing(notebook, REFERENCE)] == ["", "image_generator"]


def test_defining_a_name_counts_more_than_being_marked_with_it() -> None:
    notebook = small(
        cell("def image_generator(): pass"), cell("# GRADED FUNCTION: image_generator")
    )
    assert [gap.cell for gap in missing(notebook, REFERENCE)] == [None, 0]


def test_of_several_cells_that_define_a_name_the_last_is_taken() -> None:
    notebook = small(*(cell("def image_generator(): pass") for _ in range(3)))
    assert [gap.cell for gap in missing(notebook, REFERENCE)] == [None, 2]


def test_of_several_equal_given_cells_the_last_is_taken() -> None:
    notebook = small(*(cell("gen = image_generator()") for _ in range(3)))
    assert [gap.cell for gap in missing(notebook, REFERENCE)] == [None, 2]


def test_as_many_equal_cells_are_taken_as_were_handed_out() -> None:
    released = small(
        cell("x = 1", deletable=False),
        cell("x = 1", deletable=False),
        grader_assignment="a",
        grader_version="1",
    )
    notebook = small(*(cell("x = 1") for _ in range(3)))
    assert [gap.cell for gap in missing(notebook, reference_of(released))] == [None, 1, 2]


def test_a_given_cell_is_known_in_another_format() -> None:
    notebook = small(cell(["gen=image_generator( )  # mine\r\n", "\r\n"]))
    assert [gap.cell for gap in missing(notebook, REFERENCE)] == [None, 0]


def test_markdown_is_known_whatever_its_line_breaks() -> None:
    released = small(
        cell("# A  title\n\nwords", "markdown", deletable=False),
        grader_assignment="a",
        grader_version="1",
    )
    notebook = small(cell(["# A title\r\n", "words"], "markdown"))
    assert [gap.cell for gap in missing(notebook, reference_of(released))] == [None, 0]


def test_a_given_cell_with_other_contents_is_left_alone() -> None:
    notebook = small(cell("gen = image_generator(1)"), cell("gen = image_generator()", "raw"))
    assert [gap.cell for gap in missing(notebook, REFERENCE)] == [None]


def test_an_empty_cell_is_never_taken_for_a_given_one() -> None:
    released = small(cell("", deletable=False), grader_assignment="a", grader_version="1")
    assert len(missing(small(cell("")), reference_of(released))) == 1


def test_tags_of_the_student_stay() -> None:
    notebook = small(cell("def image_generator(): pass", tags=["mine"]))
    stamp(notebook, REFERENCE)
    assert notebook["cells"][0]["metadata"]["tags"] == ["mine", "graded"]


def test_tags_that_are_no_list_stay() -> None:
    notebook = small(cell("def image_generator(): pass", tags="mine"))
    stamp(notebook, REFERENCE)
    assert notebook["cells"][0]["metadata"]["tags"] == ["mine", "graded"]


def test_a_cell_without_metadata_gets_some() -> None:
    notebook = small({"cell_type": "code", "source": "def image_generator(): pass"})
    stamp(notebook, REFERENCE)
    assert notebook["cells"][0]["metadata"] == {"deletable": False, "tags": ["graded"]}


def other(assignment: str, *defined: str) -> Reference:
    cells = [cell(f"# GRADED FUNCTION: {name}\ndef {name}(): pass") for name in defined]
    return reference_of(small(*cells, grader_assignment=assignment, grader_version="1"))


def test_the_assignment_with_most_graded_names_is_chosen() -> None:
    notebook = small(cell("def f(): pass"), cell("def g(): pass"))
    chosen = choose(notebook, [other("one", "f", "h"), other("two", "f", "g"), other("three", "g")])
    assert chosen is not None
    assert chosen.assignment == "two"


def test_between_equals_the_declared_assignment_is_chosen() -> None:
    notebook = small(cell("def f(): pass"), grader_assignment="two")
    chosen = choose(notebook, [other("one", "f"), other("two", "f")])
    assert chosen is not None
    assert chosen.assignment == "two"


def test_a_declared_assignment_without_a_graded_cell_is_not_chosen() -> None:
    assert choose(small(cell("x = 1"), grader_assignment="one"), [other("one", "f")]) is None


def test_text_that_reads_like_a_graded_name_is_no_graded_cell() -> None:
    assert choose(small(cell("f", "markdown"), cell("f")), [other("one", "f")]) is None


def write(path: Path, notebook: Notebook | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook if isinstance(notebook, str) else json.dumps(notebook), "utf-8")


def test_a_notebook_that_the_student_broke_is_not_relied_on(tmp_path: Path) -> None:
    write(tmp_path / "solutions" / "C1W4_Assignment.ipynb", RELEASED)
    write(tmp_path / "C1W4_Assignment.ipynb", small(grader_assignment="happy-or-sad"))
    assert read_references(tmp_path) == (REFERENCE,)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"nbformat": 3}'])
def test_a_file_that_is_no_notebook_is_passed_over(tmp_path: Path, content: str) -> None:
    write(tmp_path / "a.ipynb", content)
    write(tmp_path / "b.ipynb", RELEASED)
    assert read_references(tmp_path) == (REFERENCE,)


@pytest.mark.parametrize("folder", ["solutions", ".released", "."])
def test_references_come_from_any_of_the_folders(tmp_path: Path, folder: str) -> None:
    write(tmp_path / folder / "a.ipynb", RELEASED)
    assert read_references(tmp_path) == (REFERENCE,)


def test_every_assignment_has_one_reference(tmp_path: Path) -> None:
    write(tmp_path / "solutions" / "a.ipynb", RELEASED)
    write(tmp_path / "a.ipynb", RELEASED)
    write(tmp_path / "b.ipynb", small(grader_assignment="b", grader_version="1"))
    assert [one.assignment for one in read_references(tmp_path)] == ["happy-or-sad", "b"]


SOME_IDS = {"title", "imports", "callback", "generator", "generator-use", "model", "closing"}
FOREIGN_NOTES = st.fixed_dictionaries(
    {}, optional={"slideshow": st.just({"slide_type": "skip"}), "collapsed": st.booleans()}
)
FOREIGN_CELLS = st.builds(
    cell,
    st.sampled_from(["x = 1", "", "def mine(): pass", "# text", "def f(:", ["a\n", "b"], "\ud800"]),
    st.sampled_from(["code", "markdown", "raw"]),
    deletable=st.booleans(),
    tags=st.lists(st.sampled_from(["mine", "graded"]), unique=True),
)


@st.composite
def mangled(draw: st.DrawFn) -> Notebook:
    """Draw a release with metadata lost and gained, and cells moved, doubled and added."""
    notebook = copy.deepcopy(RELEASED)
    notebook["cells"] = [one for one in notebook["cells"] if one["id"] in SOME_IDS]
    for key in draw(st.sets(st.sampled_from(sorted(notebook["metadata"])))):
        del notebook["metadata"][key]
    for one in notebook["cells"]:
        for key in draw(st.sets(st.sampled_from(["deletable", "editable", "tags"]))):
            one["metadata"].pop(key, None)
        one["metadata"].update(draw(FOREIGN_NOTES))
        if one["cell_type"] == "code" and draw(st.booleans()):
            one["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["seen\n"]}]
    doubled = draw(st.lists(st.sampled_from(notebook["cells"]), max_size=3))
    added = draw(st.lists(FOREIGN_CELLS, max_size=3))
    everything = [*notebook["cells"], *copy.deepcopy(doubled), *added]
    notebook["cells"] = draw(st.permutations(everything))
    return notebook


@settings(max_examples=60)
@given(mangled())
def test_stamping_changes_nothing_but_its_own_notes(notebook: Notebook) -> None:
    before = bare(notebook)
    stamp(notebook, REFERENCE)
    assert bare(notebook) == before


@settings(max_examples=60)
@given(mangled())
def test_stamping_twice_is_stamping_once(notebook: Notebook) -> None:
    stamp(notebook, REFERENCE)
    once = copy.deepcopy(notebook)
    assert stamp(notebook, REFERENCE) == ()
    assert notebook == once


@settings(max_examples=60)
@given(mangled())
def test_a_stamped_notebook_has_every_graded_cell_tagged(notebook: Notebook) -> None:
    stamp(notebook, REFERENCE)
    tagged = ["".join(one["source"]) for one in notebook["cells"] if _is_graded(one)]
    assert all(any(f"GRADED FUNCTION: {name}" in source for source in tagged) for name in GRADED)


def _is_graded(one: Notebook) -> bool:
    return "graded" in one["metadata"].get("tags", [])


@pytest.mark.parametrize("odd", [[], {}, None, 1.5, ["happy-or-sad"]])
def test_a_student_may_have_written_anything_into_the_notes(tmp_path: Path, odd: object) -> None:
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "a.ipynb").write_text(json.dumps(RELEASED), "utf-8")
    mine = {**RELEASED, "metadata": {"grader_assignment": odd, "grader_version": odd}}
    (tmp_path / "a.ipynb").write_text(json.dumps(mine), "utf-8")
    assert read_references(tmp_path)[0] == REFERENCE
