"""``grader audit``: what it says, writes and ends with, of an audit that is made up."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import audits
import pytest
from authoring_page import write_areas, write_variants

from grader.audit import auditing
from grader.audit.auditing import Auditing
from grader.audit.document import Audit, Fate
from grader.cli import USAGE

Grader = Callable[..., CompletedProcess[str]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Auditing]:
    """Have an audit made up; return what was asked for."""
    found: list[Auditing] = []

    def audit(asked: Auditing) -> Audit:
        found.append(asked)
        right = [each for each in audits.audit().specimens if each.fate is not Fate.WRONG]
        return audits.audit().model_copy(update={"specimens": right, "floor": asked.floor})

    monkeypatch.setattr(auditing, "audit", audit)
    return found


def test_an_audit_that_passes_ends_with_0(grader: Grader, asked: list[Auditing]) -> None:
    assert (grader("audit", "happy-or-sad").returncode, len(asked)) == (0, 1)


def test_one_that_kills_too_few_ends_with_1(grader: Grader, asked: list[Auditing]) -> None:
    ended = grader("audit", "happy-or-sad", "--at-least", "99")
    assert (ended.returncode, asked[0].floor) == (1, 0.99)
    assert "97.22% of the mutants are told from the solution; 99% must be" in ended.stdout


@pytest.mark.usefixtures("asked")
def test_json_is_all_that_is_printed(grader: Grader) -> None:
    ended = grader("audit", "happy-or-sad", "--json")
    assert Audit.model_validate(json.loads(ended.stdout)).assignment.id == "made-up"


@pytest.mark.usefixtures("asked")
def test_page_and_document_are_written(grader: Grader, folder: Path) -> None:
    grader("audit", "happy-or-sad", "--out", "audit", "--quiet")
    assert {path.name for path in (folder / "audit").iterdir()} == {"audit.html", "audit.json"}


@pytest.mark.usefixtures("asked")
def test_quiet_says_nothing(grader: Grader) -> None:
    ended = grader("audit", "happy-or-sad", "--quiet")
    assert (ended.stdout, ended.stderr) == ("", "")


@pytest.mark.parametrize("quick", [True, False])
def test_quick_leaves_out_what_trains(
    grader: Grader, asked: list[Auditing], *, quick: bool
) -> None:
    grader("audit", "happy-or-sad", *(["--quick"] if quick else []))
    assert asked[0].quick is quick


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("memo", [True, False])
def test_without_a_memo_nothing_is_kept(
    grader: Grader, asked: list[Auditing], *, memo: bool
) -> None:
    grader("audit", "happy-or-sad", "--memo" if memo else "--no-memo")
    assert (asked[0].means.cache is not None) is memo


WRONG = {
    "no such assignment": (["nope"], "There is no assignment 'nope'. Known assignments: cats-and"),
    "a folder without one": (["areas", "--assignments", "class"], "class: expected assignment.py"),
    "a folder that is a file": (
        ["happy-or-sad", "--out", "class/empty.ipynb"],
        "class/empty.ipynb cannot be written: File exists",
    ),
    "more than all": (["happy-or-sad", "--at-least", "101"], "should be less than or equal to 100"),
    "nobody at work": (["happy-or-sad", "--jobs", "0"], "should be greater than or equal to 1"),
    "data of another kind": (
        ["happy-or-sad", "--data", "class"],
        "class cannot serve as the dataset happy-or-sad: expected a sub-folder happy/",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_audited_is_told(grader: Grader, name: str) -> None:
    arguments, told = WRONG[name]
    ended = grader("audit", *arguments)
    assert ended.returncode == USAGE
    assert told in " ".join(ended.stderr.split())


# File of the assignment, what stands there, what is to stand there instead, what is told.
SPOILED = {
    "a solution without markers": (
        "areas.ipynb", "### (START|END) CODE HERE", "",
        "students write. Write ### START CODE HERE above them"),
    "markers that are crossed": (
        "areas.ipynb", "START CODE HERE", "END CODE HERE",
        "line 3: No ### START CODE HERE stands above"),
    "an end that is missing": (
        "areas.ipynb", "### END CODE HERE", "", "No ### END CODE HERE follows"),
    "a solution that is none": (
        "areas.ipynb", r"width \* height|\\\"m2\\\"", "None", "areas.ipynb is no solution"),
    "a solution that is no notebook": (
        "areas.ipynb", "(?s)^.*$", "{", "areas.ipynb cannot be read"),
    "no graded cells": (
        "areas.ipynb", "# GRADED (FUNCTION|VALUE): ", "# ", "has no cell that is marked '# GRADED"),
    "a notebook elsewhere": (
        "assignment.py", "areas.ipynb", "elsewhere.ipynb", "elsewhere.ipynb is not there"),
    "a hint with the answer": (
        "assignment.py", "What do you do with width and height", "Is it result = width * height",
        "of the solution in it"),
    "two variants of one name": (
        "variants.py", '"metre"', '"plus"', "There are two variants called plus. Rename one"),
    "no list of variants": (
        "variants.py", r"(?s)VARIANTS = .*", "VARIANTS = 3", "a list of Variant; found 3. Write"),
    "no variants by that name": (
        "variants.py", "VARIANTS =", "VARIANT =", "VARIANTS was expected, a list of Variant"),
    "variants that raise": (
        "variants.py", "ROWS = ", "1 / 0\nROWS = ", "line 5: ZeroDivisionError: division by zero"),
    "variants that end the program": (
        "variants.py", "ROWS = ", "exit()\nROWS = ", "Take out exit() and sys.exit()"),
    "variants that are no Python": (
        "variants.py", "ROWS = ", "ROWS = = ", "SyntaxError: invalid syntax. Mend that line."),
    "a check that there is not": (
        "variants.py", "area_is_right", "area_is_write", "Did you mean area_is_right?"),
    "text that is not there": (
        "variants.py", '"width [*] height", ', '"width x height", ',
        "plus: 'width x height' is not in the cell of area. Write it as the solution has it."),
    "a graded name that there is not": (
        "variants.py", '"unit", "m2"', '"units", "m2"', "Did you mean unit?"),
}  # fmt: skip


@pytest.fixture
def areas(folder: Path) -> Path:
    return write_variants(write_areas(folder / "areas"))


@pytest.mark.parametrize("name", SPOILED)
def test_an_assignment_that_cannot_be_audited_is_told(
    grader: Grader, areas: Path, name: str
) -> None:
    file, old, new, told = SPOILED[name]
    text = (areas / file).read_text("utf-8")
    changed = re.sub(old, new, text)
    assert changed != text
    (areas / file).write_text(changed, "utf-8")
    ended = grader("audit", "areas", "--assignments", "areas")
    assert (ended.returncode, "Traceback" in ended.stderr) == (USAGE, False)
    assert told in " ".join(ended.stderr.split())
