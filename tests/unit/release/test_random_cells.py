"""Whatever the cells of a solution are like, students get Python, and nothing of the solution."""

import ast
import io
import json
import tokenize
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st
from random_cells import Drawn, cells

from grader.release.student import Known, made_of

START, END = "### START CODE HERE", "### END CODE HERE"
PATH = Path("solution.ipynb")
KNOWN = Known("areas", "1", ["area"])
SPACING = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
LENGTH = 4
Run = tuple[str, ...]


def notebook(source: str) -> dict[str, object]:
    printed = {"output_type": "stream", "name": "stdout", "text": source}
    code = {
        "cell_type": "code",
        "id": "a",
        "metadata": {"seen": source},
        "outputs": [printed],
        "source": source,
    }
    words = {
        "cell_type": "markdown",
        "id": "b",
        "metadata": {},
        "source": "Areas",
        "attachments": {"a.txt": {"text/plain": source}},
    }
    return {"cells": [code | {"execution_count": 1}, words], "metadata": {"seen": source},
            "nbformat": 4, "nbformat_minor": 5}  # fmt: skip


def student(source: str) -> str:
    content = made_of(notebook(source), KNOWN, PATH).content
    return "".join(json.loads(content)["cells"][0]["source"])


def tokens(text: str) -> list[tokenize.TokenInfo]:
    return list(tokenize.generate_tokens(io.StringIO(text).readline))


def between(text: str) -> list[tokenize.TokenInfo]:
    """Return the tokens between the markers, which are comments, and no strings."""
    found = tokens(text)
    start, end = (
        next(at for at, each in enumerate(found) if each.string == marker)
        for marker in (START, END)
    )
    return found[start + 1 : end]


def comments(found: list[tokenize.TokenInfo]) -> list[str]:
    return [each.string for each in found if each.type == tokenize.COMMENT]


def runs(found: list[tokenize.TokenInfo]) -> Iterator[Run]:
    """Yield the runs of tokens that each statement, or first line of a block, has."""
    line: list[str] = []
    for each in [*found, None]:
        if each is None or each.type == tokenize.NEWLINE:
            yield from (tuple(line[at : at + LENGTH]) for at in range(len(line) - LENGTH + 1))
            line = []
        elif each.type not in {*SPACING, tokenize.COMMENT}:
            line.append(each.string)


def commented(text: str) -> list[tokenize.TokenInfo]:
    """Return the tokens of a comment, as far as it can be read as code."""
    found: list[tokenize.TokenInfo] = []
    with suppress(tokenize.TokenError, SyntaxError):
        found.extend(tokenize.generate_tokens(io.StringIO(text.lstrip("# ")).readline))
    return found


def targets(source: str) -> Iterator[str]:
    """Yield the names that are assigned to, as they stand before the sign."""
    for node in ast.walk(ast.parse(source)):
        several = node.targets if isinstance(node, ast.Assign) else []
        yield from (f"{ast.unparse(each)} =".replace("*", "") for each in several)


def hidden(drawn: Drawn) -> set[Run]:
    """Return the runs of a solution that students are not to get."""
    lines = drawn.source.split("\n")
    kept = {line.strip() for line in drawn.kept}
    parts: tuple[list[tokenize.TokenInfo], list[tokenize.TokenInfo]] = ([], [])
    for each in between(drawn.source):
        line = lines[each.start[0] - 1].partition("  # release: keep")[0].strip()
        parts[line in kept].append(each)
    given = [*targets(drawn.source), *drawn.written]
    shown = {run for text in given for run in runs(tokens(text))}
    return {*runs(parts[0])} - {*runs(parts[1])} - shown


def compiles(source: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        except SyntaxError:
            return False
    return True


@given(cells)
def test_students_get_python(drawn: Drawn) -> None:
    assert ast.parse(student(drawn.source))


@given(cells)
def test_what_students_get_compiles_where_the_solution_does(drawn: Drawn) -> None:
    assume(compiles(drawn.source))
    assert compiles(student(drawn.source))


@given(cells)
def test_students_get_no_four_tokens_in_a_row_of_the_solution(drawn: Drawn) -> None:
    found = between(student(drawn.source))
    secret = hidden(drawn)
    assert not secret.intersection(runs(found))
    for comment in {*comments(found)} - {line.strip() for line in drawn.kept}:
        assert not secret.intersection(runs(commented(comment)))


@given(cells)
def test_no_part_of_the_file_has_the_solution(drawn: Drawn) -> None:
    assert "hidden" in drawn.source
    assert b"hidden" not in made_of(notebook(drawn.source), KNOWN, PATH).content


@given(cells)
def test_students_get_the_comments_that_are_written_for_them(drawn: Drawn) -> None:
    found = comments(between(student(drawn.source)))
    assert [each for each in found if each in drawn.comments] == drawn.comments


@given(cells)
def test_students_get_the_lines_that_are_kept_and_written(drawn: Drawn) -> None:
    lines = [line.strip() for line in student(drawn.source).split("\n")]
    assert {line.strip() for line in [*drawn.kept, *drawn.written]} <= {*lines}


@given(cells)
def test_what_is_around_the_markers_stays(drawn: Drawn) -> None:
    made = student(drawn.source)
    for text in (drawn.source, made):
        assert text.count(START)
    ends = (drawn.source.rindex(END), made.rindex(END))
    assert drawn.source[ends[0] :] == made[ends[1] :]
    assert drawn.source.partition(START)[0] == made.partition(START)[0]


def _indent(made: str) -> str:
    line = next(line for line in made.split("\n") if START in line)
    return line[: line.index("#")]


@given(cells, st.sampled_from(["#  {}", "# {}", "#{}"]))
def test_code_that_is_commented_out_is_left_out(drawn: Drawn, way: str) -> None:
    assume("given = call(" not in drawn.source)
    line = "hidden_one = hidden_two(hidden_three, 4)"
    indent = _indent(drawn.source)
    comment = way.format(line)
    source = drawn.source.replace(START, f"{START}\n{indent}{comment}\n{indent}{line}", 1)
    assert comment not in student(source)
