"""What students get besides code: no outputs, no metadata but those that are needed."""

import json

import nbformat
import pytest
from releasing import KNOWN, SOLUTION, cells_of, code, framed, notebook, released, text

from grader.errors import UsageError
from grader.notebook.metadata import missing, reference_from
from grader.release.student import made_of

CELL = code(framed("return width * height"))
PICTURE = {"image/png": "aGVsbG8="}


def test_outputs_and_counts_are_left_out() -> None:
    [made] = cells_of(released(CELL))
    assert (made["outputs"], made["execution_count"]) == ([], None)


def test_the_metadata_are_those_that_the_grader_needs() -> None:
    made = json.loads(released(CELL).content)
    assert made["metadata"] == {
        "grader_assignment": "areas",
        "grader_version": "1",
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3",
        },
        "language_info": {"name": "python"},
    }  # fmt: skip


def test_what_tools_keep_in_the_metadata_is_left_out() -> None:
    before = notebook(CELL) | {"metadata": {"widgets": {"state": "return width * height"}}}
    assert b"widgets" not in made_of(before, KNOWN, SOLUTION).content


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({}, {"deletable": False, "tags": ["graded"]}),
        ({"tags": ["graded", "mine"], "deletable": True},
         {"deletable": True, "tags": ["graded", "mine"]}),
        ({"editable": False}, {"deletable": False, "tags": ["graded"]}),
        ({"papermill": {"duration": 1}}, {"deletable": False, "tags": ["graded"]}),
    ],
)  # fmt: skip
def test_graded_cells_are_open_to_students(
    notes: dict[str, object], expected: dict[str, object]
) -> None:
    assert cells_of(released(CELL | {"metadata": notes}))[0]["metadata"] == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({}, {"deletable": False, "editable": False}),
        ({"editable": True}, {"deletable": False, "editable": True}),
        ({"tags": ["release:keep"]}, {"deletable": False, "editable": False}),
        ({"tags": ["hide-input"]},
         {"deletable": False, "editable": False, "tags": ["hide-input"]}),
    ],
)  # fmt: skip
def test_given_cells_are_locked(notes: dict[str, object], expected: dict[str, object]) -> None:
    given = code("x = 1", **notes)
    assert cells_of(released(CELL, given))[1]["metadata"] == expected


def test_a_cell_with_the_tag_drop_is_left_out() -> None:
    others = (text("For us.", metadata={"tags": ["release:drop"]}), text("For you."))
    assert [cell["source"] for cell in cells_of(released(CELL, *others))][1:] == ["For you."]


def test_cells_are_counted_as_in_the_solution() -> None:
    before = text("For us.", metadata={"tags": ["release:drop"]})
    assert released(before, CELL).told == ["cell 2 (area): 1 line to write"]


def test_attachments_that_a_text_shows_stay() -> None:
    shown = text("![x](attachment:a.png)", attachments={"a.png": PICTURE, "b.png": PICTURE})
    assert cells_of(released(CELL, shown))[1]["attachments"] == {"a.png": PICTURE}


def test_attachments_that_no_text_shows_are_left_out() -> None:
    hidden = text("Look.", attachments={"a.png": PICTURE})
    assert "attachments" not in cells_of(released(CELL, hidden))[1]


def test_the_file_is_as_jupyter_writes_it() -> None:
    content = released(CELL, text("one\ntwo\n")).content
    made = nbformat.reads(content.decode(), as_version=4)
    assert (nbformat.writes(made) + "\n").encode() == content


def test_the_order_of_keys_in_the_solution_does_not_matter() -> None:
    other = {key: CELL[key] for key in reversed([*CELL])}
    assert released(other).content == released(CELL).content


def test_line_ends_of_the_solution_do_not_matter() -> None:
    other = CELL | {"source": CELL["source"].replace("\n", "\r\n")}
    assert released(other).content == released(CELL).content


def test_the_grader_finds_all_its_metadata_in_it() -> None:
    made = json.loads(released(CELL, code("area(1, 2)"), text("Good.")).content)
    reference = reference_from(made)
    assert reference is not None
    assert missing(made, reference) == ()


def test_an_older_format_stays_what_it_is() -> None:
    old = {key: value for key, value in CELL.items() if key != "id"}
    before = notebook(old) | {"nbformat_minor": 2}
    made = json.loads(made_of(before, KNOWN, SOLUTION).content)
    assert (made["nbformat_minor"], "id" in made["cells"][0]) == (2, False)


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "a b"},
        {"id": CELL["id"]},
        {"id": None},
        {"cell_type": "other"},
    ],
)
def test_what_is_no_notebook_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=r"is no notebook as Jupyter writes it: .* save it"):
        released(CELL, text("Good.") | broken)
