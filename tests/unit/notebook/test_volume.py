"""Planning a run takes no longer than a submission is long, and there is a limit to that."""

import sys
from collections.abc import Callable, Iterator
from itertools import islice, pairwise, product
from pathlib import Path
from string import ascii_lowercase
from types import FrameType
from typing import Any

import pytest
from handed_in import LOADER, TRAINER, HandedIn, append, cell, insert, replace

from grader import resources
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.errors import RejectedError
from grader.notebook.editions import choose
from grader.notebook.names import names_of
from grader.notebook.source import MAX_PARSED
from grader.notebook.statements import MAX_STATEMENTS
from grader.notebook.volume import MAX_CHARACTERS, MAX_DATA, MAX_LINES

OWN = str(resources.PACKAGE)
USES = replace("### START CODE HERE", "### START CODE HERE\n    print(zaaa)", within=LOADER)
Pair = Callable[[str, str], str]
PAIRS: dict[str, Pair] = {
    "assignments": lambda a, b: f"{a} = {b}",
    "in-one-line": lambda a, b: f"{a} = {b};",
    "imports": lambda a, b: f"from {b} import {a}",
    "imports-of-everything": lambda a, _: f"from {a} import *",
    "functions": lambda a, b: f"def {a}(): return {b}()",
    "classes": lambda a, b: f"class {a}({b}): pass",
    "lambdas": lambda a, b: f"{a} = lambda: {b}",
    "changes": lambda a, b: f"{a} = {b}; {a}.x = {b}",
    "changes-of-one": lambda a, b: f"{a} = {b}; zaaa.append({a})",
    "comments": lambda a, b: f"# {a} {b}",
    "words-in-comments": lambda a, b: f"{a} = {b}  # {' '.join(islice(names(), 20))}",
    "other-letters": lambda a, b: f"{a} = é{b}; é{b} = {b}",
    "texts": lambda a, b: f"{a} = '{b} é'",
    "graded": lambda a, b: f"def {LOADER}({a}): {b}",
    "given": lambda a, b: f"gen = {LOADER}({a}, {b})",
    "slips": lambda a, _: f"{LOADER}_{a} = 1",
    "shell": lambda a, b: f"!{a} {b}",
    "unreadable": lambda a, b: f"{a} = {b} = (",
}
# What is known of short cells is remembered, so those that are compared are all short.
IN_ONE_CELL = [name for name in PAIRS if name != "words-in-comments"]
IN_MANY_CELLS = ("assignments", "words-in-comments", "functions", "given", "slips")


def names() -> Iterator[str]:
    return (f"z{''.join(letters)}" for letters in product(ascii_lowercase, repeat=3))


def chain(pair: Pair, length: int) -> list[str]:
    several = list(islice(names(), length + 1))
    return [pair(one, other) for one, other in pairwise(several)]


def operations(function: Callable[[], object]) -> int:
    """Count the instructions of the grader's own code that Python carries out."""
    done = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal done
        if not frame.f_code.co_filename.startswith(OWN):
            return None
        frame.f_trace_opcodes = True
        done += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(before)
    return done


def work(folder: Path, pair: Pair, length: int, size: int) -> int:
    """Count the operations of planning a chain in cells of so many lines."""
    # Names of its own, as what is known of a cell is remembered.
    text = [line.replace("z", f"z{length:03}") for line in chain(pair, length)]
    cells = ["\n".join(text[start : start + size]) for start in range(0, length, size)]
    cells += [f"def {LOADER}():\n    z{length:03}aaa", f"def {TRAINER}(x): pass"]
    content = {"cells": [cell(one) for one in cells], "metadata": {}, "nbformat": 4}
    return operations(HandedIn(folder, content).plan)


@pytest.fixture(scope="module", autouse=True)
def _known_layouts() -> None:
    """What the assignment itself takes to be read is no part of a submission's work."""
    choose(happy_or_sad.layouts(), [])


@pytest.mark.parametrize(
    ("name", "size"),
    [*((name, 1_000) for name in IN_ONE_CELL), *((name, 5) for name in IN_MANY_CELLS)],
)
def test_four_times_the_code_takes_no_more_than_four_times_the_work(
    tmp_path: Path, name: str, size: int
) -> None:
    none, some, more = (work(tmp_path, PAIRS[name], length, size) for length in (1, 30, 120))
    assert more - none <= 4.5 * (some - none) + 10_000


def test_a_long_chain_of_helpers_is_run_whole(tmp_path: Path) -> None:
    text = chain(PAIRS["assignments"], 500)
    work = HandedIn(tmp_path).edited(USES, insert("\n".join(text), before="import os"))
    assert "\n".join(text) + "\n" in [one.source for one in work.plan().cells]


def refused(work: HandedIn) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        work.plan()
    return caught.value


@pytest.mark.parametrize("name", ["assignments", "functions", "lambdas", "changes-of-one"])
def test_a_chain_longer_than_any_notebook_is_refused(tmp_path: Path, name: str) -> None:
    text = "\n".join(chain(PAIRS[name], MAX_STATEMENTS + 1))
    error = refused(HandedIn(tmp_path).edited(USES, insert(text, before="import os")))
    assert (error.code, f"{MAX_STATEMENTS:,} statements" in error.reason) == ("too-much-code", True)


def test_what_no_graded_cell_uses_may_be_long(tmp_path: Path) -> None:
    text = "\n".join(chain(PAIRS["assignments"], 2 * MAX_STATEMENTS))
    assert HandedIn(tmp_path).edited(append(text)).plan().missing == frozenset()


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["\n" * 10] * 1_000, "lines"),
        (["#\n" * MAX_LINES], "lines"),
        (["x" * MAX_PARSED, "y" * MAX_PARSED, "z" * MAX_PARSED], "characters of code"),
        (["x" * 2_000] * 150, "characters of code"),
        (["x" * MAX_DATA], "characters"),
        (["x" * (MAX_DATA // 2)] * 2, "characters"),
    ],
    ids=["empty-lines", "comments", "long-cells", "many-cells", "data", "data-in-two-cells"],
)
def test_more_code_than_anybody_writes_is_refused(
    tmp_path: Path, texts: list[str], found: str
) -> None:
    error = refused(HandedIn(tmp_path).edited(*map(append, texts)))
    assert f" {found} together, at most " in error.reason


def test_a_refusal_says_how_much_was_found(tmp_path: Path) -> None:
    content = {"cells": [cell("x\n" * MAX_LINES)], "metadata": {}, "nbformat": 4}
    assert refused(HandedIn(tmp_path, content)).reason == (
        f"Its code cells have {MAX_LINES + 1:,} lines together, at most {MAX_LINES:,} are accepted."
    )


def test_text_is_not_code(tmp_path: Path) -> None:
    work = HandedIn(tmp_path)
    work.content["cells"].append({**cell("text\n" * MAX_CHARACTERS), "cell_type": "markdown"})
    assert work.plan().missing == frozenset()


def test_a_cell_that_holds_data_is_no_code(tmp_path: Path) -> None:
    work = HandedIn(tmp_path).edited(append(f"picture = '{'a' * (MAX_DATA // 2)}'"))
    assert work.plan().missing == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"def f{number}(): pass" for number in range(3_000)),
        "\n".join(f"f{number} = lambda: x" for number in range(3_000)),
        "def outer():\n" + "\n".join(f"    f{number} = lambda: x" for number in range(3_000)),
        "class Outer:\n" + "\n".join(f"    f{number} = lambda: x" for number in range(3_000)),
        ";".join(f"x{number} = {{y for y in (lambda: z)()}}" for number in range(3_000)),
    ],
    ids=["functions", "lambdas", "within-a-function", "within-a-class", "comprehensions"],
)
def test_a_cell_of_thousands_of_functions_is_read_by_its_definitions(text: str) -> None:
    assert names_of(text).used == frozenset()
