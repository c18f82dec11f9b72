"""What cannot be released is said with its place, and with what to do."""

import re

import pytest
from releasing import END, HEAD, START, code, framed, released, text

from grader.errors import UsageError

TWO_BLOCKS = f"if a:\n    {START}\n    x = 1\nelse:\n    x = 2\n    {END}"
CELLS = {
    "a graded cell without markers": (
        f"{HEAD}    return 1", "marked as graded.*area", "Write ### START CODE HERE above"),
    "a start without an end": (
        f"x = 1\n{START}\ny = 2", "line 2: No ### END CODE HERE follows", "Write it below"),
    "an end without a start": (
        f"x = 1\n{END}\ny = 2", "line 2: No ### START CODE HERE stands above", "Write it above"),
    "an end before its start": (
        f"{END}\nx = 1\n{START}", "line 1: No ### START CODE HERE stands above", "Write it above"),
    "two starts": (
        f"{START}\nx = 1\n{START}\ny = 2\n{END}\n{END}",
        "line 3: Expected ### END CODE HERE for the ### START CODE HERE of line 1",
        "Each start has an end of its own"),
    "two ends": (
        f"{START}\nx = 1\n{END}\n{END}", "line 4: No ### START CODE HERE stands above",
        "Write it above"),
    "an end in a string": (
        f'{START}\nx = """\n{END}\n"""', "line 1: No ### END CODE HERE follows", "Write it below"),
    "nothing between the markers": (
        framed("# Write it here.", "return 1"), "line 3: There is no code below this marker",
        "Write the solution of area"),
    "markers around a part of an expression": (
        f"x = (\n    1\n    {START}\n    + 2\n    {END}\n)", "line 4: Between these markers",
        "Put the markers around whole ones"),
    "markers around a part of a statement": (
        f"x = f(\n    1,\n{START}\n    2,\n)\n{END}", "line 5: Between these markers",
        "Put the markers around whole ones"),
    "markers around parts of two blocks": (
        TWO_BLOCKS, "line 4: The markers have a part", "Put them around whole statements"),
    "markers around a first line alone": (
        f"{START}\nfor x in y:\n{END}\n    f(x)", "line 2: The markers have a part",
        "Put them around whole statements"),
    "markers around the end of a block": (
        f"def f():\n    x = 1\n    {START}\n    y = 2\ng()\n{END}",
        "line 1: The markers have a part", "Put them around whole statements"),
    "markers around parameters": (
        f"def f(\n    {START}\n    a, b,\n    {END}\n): pass", "line 3: Between these markers",
        "Put the markers around whole ones"),
    "code that is no Python": (
        framed("x = = 1"), "line 4: This is no Python: invalid syntax", "Mend that line"),
    "a block without its lines": (
        framed("x = 1\nfor x in y:"), "This is no Python: expected an indented block",
        "Mend that line"),
    "code of another cell": (
        f"x = 1\n{START}\n    y = 1\n{END}", "line 3: This is no Python: unexpected indent",
        "Mend that line"),
    "a misspelled comment": (
        framed("x = 1  # release: kep"), "line 4: Expected # release: keep.*found '# release: kep'",
        "Write one of these"),
    "a comment without a colon": (
        framed("x = 1  # release keep"), "line 4: Expected # release: keep.*found '# release keep'",
        "Write one of these"),
    "a comment without code": (
        framed("x = 1  # release as:"), "line 4: Expected # release: keep.*found '# release as:'",
        "Write one of these"),
    "a comment outside of the markers": (
        framed("x = 1", "y = 2  # release: keep"), "line 6: This comment is about what students",
        "Move it between"),
    "a comment within a statement": (
        framed("x = f(\n    1,  # release: keep\n)"), "line 5: This comment is about no line",
        "Write it on a line of its own"),
    "a comment behind the first of several lines": (
        framed("x = f(  # release: keep\n    1,\n)"), "line 4: This comment is about no line",
        "Write it on a line of its own"),
    "a comment in a block that is replaced": (
        framed("for x in y:\n    f(x)  # release: keep"), "line 5: This comment is about no line",
        "the blocks around it need one there, too"),
    "a comment with nothing below": (
        framed("x = 1\n# release: drop"), "line 5: This comment is about no line",
        "Write it on a line of its own"),
    "a comment above and one behind": (
        framed("# release: keep\nx = 1  # release: drop"), "line 5: This comment is about no line",
        "Write it on a line of its own"),
    "a comment at the end of a block": (
        framed("for x in y:\n    f(x)\n    # release: drop\ng()"),
        "line 6: This comment is about no line", "Write it on a line of its own"),
    "two comments that contradict each other": (
        framed("# release: keep\n# release: drop\nx = 1"), "line 5: There are 2 comments",
        "Leave one of them"),
    "a first line that is left out": (
        framed("for x in y:  # release: drop\n    f(x)"), "line 4: This line alone cannot",
        "Write the comment above it"),
    "one of two first lines": (
        framed("if a:  # release: keep\n    f()\nelif b:\n    g()"), "line 6: Another line",
        "Write # release: keep or # release as: CODE behind it"),
    "a block in the line of its first line": (
        framed("if a:  # release: keep\n    f()\nelse: g()"), "line 6: The block of this",
        "Write it on lines of its own"),
    "what is no Python in the place of a line": (
        framed("if a:  # release as: if None\n    f()"),
        "line 4: What students get here would be no Python: expected ':'",
        "Mend what # release as: says"),
    "what is kept without what it needs": (
        framed("try:  # release as: x = 1\n    f()\nfinally:\n    g()"),
        "What students get here would be no Python", "Mend what # release as: says"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "found", "fix"), CELLS.values(), ids=CELLS)
def test_a_cell_that_cannot_be_released_is_refused(source: str, found: str, fix: str) -> None:
    with pytest.raises(UsageError) as raised:
        released(text("# Areas"), code(source))
    assert re.match(rf"areas\.ipynb, cell 2( \(area\))?(, line \d+)?: .*{re.escape(fix)}",
                    str(raised.value))  # fmt: skip
    assert re.search(found, str(raised.value))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([], "areas.ipynb has no markers, so nothing tells what students write. Write ### START"),
        ([text("# Areas"), code("x = 1")], "areas.ipynb has no markers"),
        ([code(framed("return None"))], "areas.ipynb is no solution: all that it has between"),
        ([code(framed("x = None\n# Go on.\nNone"))], "areas.ipynb is no solution"),
    ],
)
def test_a_notebook_that_is_no_solution_is_refused(
    cells: list[dict[str, object]], message: str
) -> None:
    with pytest.raises(UsageError, match=f"^{message}"):
        released(*cells)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (code("x = 1", tags=["release:dorp"]), "cell 2: expected .*found 'release:dorp'. Write"),
        (text("For us.") | {"metadata": {"tags": ["release: drop"]}}, "found 'release: drop'"),
        (code(f"# GRADED VALUE: unit\n{START}\nunit = 1\n{END}", tags=["release:drop"]),
         r"cell 2 \(unit\): the tag release:drop would.*students write it. Take off the tag"),
        (code("# grader-required-cell\nx = 1", tags=["release:drop"]),
         "cell 2: the tag release:drop would.*marked as required. Take off the tag"),
    ],
)  # fmt: skip
def test_a_tag_that_cannot_be_meant_is_refused(cell: dict[str, object], found: str) -> None:
    with pytest.raises(UsageError, match=rf"^areas\.ipynb, .*{found}"):
        released(code(framed("return 1")), cell)


def test_what_is_only_shown_need_not_be_python() -> None:
    assert released(code(framed("return 1")), code("for x in y"), code("%%html\n<b>x</b>"))
