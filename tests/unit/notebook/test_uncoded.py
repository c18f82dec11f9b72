"""A graded cell that is there, but as text, is not said to be missing."""

from pathlib import Path

import pytest
from handed_in import CALLBACK, LOADER, TRAINER, Edit, HandedIn, Notebook, place, text_of

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks import Absent
from grader.checks.absence import RESTORE_CELL, Seen
from grader.errors import RejectedError
from grader.evidence import Evidence
from grader.records import Execution, ExecutionStatus, Plan


def as_text(name: str, kind: str = "markdown", form: str = "{}") -> Edit:
    """Turn the cell that defines a name into one of text."""

    def edit(content: Notebook) -> None:
        definition = f"class {name}(" if name == CALLBACK else f"def {name}("
        one = content["cells"][place(content, definition)]
        one.update(cell_type=kind, source=form.format(text_of(one)))

    return edit


def why(plan: Plan, name: str) -> Absent:
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    return Seen(plan, execution, Evidence(), happy_or_sad.by_name, 80, 2).absent(name)


@pytest.mark.parametrize("name", [CALLBACK, LOADER, TRAINER])
@pytest.mark.parametrize(("kind", "said"), [("markdown", "a Markdown cell"), ("raw", "a raw cell")])
def test_its_cell_and_kind_are_told(tmp_path: Path, name: str, kind: str, said: str) -> None:
    work = HandedIn(tmp_path)
    number = place(work.content, f" {name}(") + 1
    found = why(work.edited(as_text(name, kind)).plan(), name)
    assert found.reason == f"Cell {number} defines {name}, but is {said}."


def test_what_to_do_is_told(tmp_path: Path) -> None:
    found = why(HandedIn(tmp_path).edited(as_text(TRAINER)).plan(), TRAINER)
    assert found.hint == "Make it a code cell: select it, press Esc, then Y. Run it."


@pytest.mark.parametrize(
    "form", ["```python\n{}\n```", "My solution:\n\n```\n{}\n```\n", "~~~\n{}"]
)
def test_of_fenced_code_the_fences_are_to_go(tmp_path: Path, form: str) -> None:
    found = why(HandedIn(tmp_path).edited(as_text(TRAINER, form=form)).plan(), TRAINER)
    assert "remove its lines that begin with ```" in str(found.hint)


def test_code_that_does_not_parse_is_known_as_well(tmp_path: Path) -> None:
    found = why(HandedIn(tmp_path).edited(as_text(TRAINER, form="{}\nx = (")).plan(), TRAINER)
    assert "but is a Markdown cell" in found.reason


@pytest.mark.parametrize("text", ["Write {} here.", "Define `def {}` below.", "# GRADED: {}", ""])
def test_prose_is_not_taken_for_code(tmp_path: Path, text: str) -> None:
    def edit(content: Notebook) -> None:
        one = content["cells"][place(content, f" {TRAINER}(")]
        one.update(cell_type="markdown", source=text.format(TRAINER))

    found = why(HandedIn(tmp_path).edited(edit).plan(), TRAINER)
    assert found.hint == RESTORE_CELL


def test_code_counts_where_there_is_both(tmp_path: Path) -> None:
    def edit(content: Notebook) -> None:
        source = text_of(content["cells"][place(content, f" {TRAINER}(")])
        content["cells"].append({"cell_type": "markdown", "metadata": {}, "source": source})

    assert not HandedIn(tmp_path).edited(edit).plan().uncoded


def test_a_notebook_whose_graded_cells_are_all_text_is_told_so(tmp_path: Path) -> None:
    work = HandedIn(tmp_path).edited(*map(as_text, (CALLBACK, LOADER, TRAINER)))
    work.content["metadata"] = {}
    with pytest.raises(RejectedError, match=f"defines {LOADER}, but is a Markdown cell"):
        work.recognised()
