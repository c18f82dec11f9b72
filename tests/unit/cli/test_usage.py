"""What cannot be carried out as it was typed is told in one line and has exit code 2."""

from collections.abc import Callable, Sequence
from subprocess import CompletedProcess

import pytest

from grader.cli import USAGE

Grader = Callable[..., CompletedProcess[str]]

LONG, DEEP = "x" * 5_000, "x/" * 3_000
IMPOSSIBLE: dict[str, tuple[Sequence[str], str]] = {
    "no such file": (["check", "nope.ipynb"], "nope.ipynb: expected a notebook or a folder"),
    "a folder to check": (["check", "class"], "class: expected a notebook, found a folder"),
    "no such assignment": (
        ["check", "class/empty.ipynb", "--assignment", "x"],
        "There is no assignment 'x'. Known assignments: cats-and-dogs, happy-house, happy-or-sad,",
    ),
    "no such data": (
        ["check", "class/empty.ipynb", "--data", "happy-or-sad=nope"],
        "nope: expected the folder of the dataset happy_or_sad, found nothing",
    ),
    "data of which assignment": (
        ["check", "class/empty.ipynb", "--data", "class"],
        "Write --data ID=DIR with one of the ids: cats-and-dogs, happy-house, happy-or-sad,",
    ),
    "a file as data": (
        ["grade", "class", "--out", "out", "--data", "happy-or-sad=class/empty.ipynb"],
        "class/empty.ipynb: expected the folder of the dataset happy_or_sad, found a file",
    ),
    "data without classes": (
        ["grade", "class", "--out", "out", "--data", "happy-or-sad=class"],
        "class cannot serve as the dataset happy-or-sad: expected a sub-folder happy/",
    ),
    "nothing to grade": (
        ["grade", "nope", "--out", "out"],
        "nope: expected a notebook or a folder, found nothing there",
    ),
    "a file as output folder": (
        ["grade", "class", "--out", "class/empty.ipynb"],
        "class/empty.ipynb cannot be written: File exists",
    ),
    "a folder as output file": (
        ["grade", "class", "--out", "out", "--junit", "class"],
        "class: expected the name of a file to write, found a folder",
    ),
    "a file as folder of a check": (
        ["check", "class/empty.ipynb", "--out", "class/empty.ipynb"],
        "class/empty.ipynb cannot be written: File exists",
    ),
    "one notebook to run is missing": (
        ["run", "class/empty.ipynb", "nope.ipynb"],
        "nope.ipynb: expected a notebook, found nothing there",
    ),
    "a folder to run": (["run", "class"], "class: expected a notebook, found a folder"),
    "a web page to run": (["run", "class/page.ipynb"], "page.ipynb: expected a Jupyter notebook"),
    "a notebook to run by a profile that is none": (
        ["run", "class/empty.ipynb", "--profile"],
        "class/empty.ipynb: ",
    ),
    "a folder to run in beside that of a profile": (
        ["run", "class/empty.ipynb", "--profile", "--cwd", "class"],
        "--profile makes a folder of its own. Leave out --cwd, or --profile.",
    ),
    "an assignment to run by without a profile": (
        ["run", "class/empty.ipynb", "--assignment", "happy-or-sad"],
        "Leave out --assignment and --assignments, or add --profile.",
    ),
    "no such dataset to make": (["data", "make", "x"], "There is no dataset 'x'. Known"),
    "no such dataset to verify": (["data", "verify", "x"], "There is no dataset 'x'. Known"),
    "a name that is too long to check": (
        ["check", LONG],
        "... cannot be used: File name too long.",
    ),
    "a name that is too long to grade": (
        ["grade", LONG, "--out", "out"],
        "... cannot be used: File name too long.",
    ),
    "a name that is too long as output folder": (
        ["grade", "class", "--out", LONG],
        "cannot be written: File name too long.",
    ),
    "a name that is too long as output file": (
        ["grade", "class", "--out", "out", "--junit", LONG],
        "... cannot be used: File name too long.",
    ),
    "a path that is too long as output folder": (
        ["grade", "class", "--out", DEEP],
        "cannot be written: File name too long.",
    ),
    "a path that is too long as dataset": (
        ["check", "class/empty.ipynb", "--data", DEEP],
        "... cannot be used: File name too long.",
    ),
    "a device as output folder": (
        ["grade", "class", "--out", "/dev/null"],
        "/dev/null cannot be written: File exists.",
    ),
    "a name that is too long to run": (["run", LONG], "... cannot be used: File name too long."),
    "an empty name to grade": (["grade", "", "--out", "out"], "nothing behind grade: expected a"),
    "an empty name to check": (["check", ""], "nothing behind check: expected a name, found an"),
    "an empty name among others": (["run", "class/page.ipynb", ""], "nothing behind class/page"),
    "an empty output folder": (["grade", "class", "--out", ""], "nothing behind --out: expected"),
    "an empty output folder in one word": (["grade", "class", "--out="], "nothing behind --out:"),
    "an empty folder of images": (
        ["grade", "class", "--out", "out", "--data", ""],
        "nothing behind --data: expected a name, found an empty text. Is a variable of the shell",
    ),
    "nothing to verify": (
        ["data", "verify", "happy-or-sad", "nope"],
        "nope: expected the folder of the dataset happy_or_sad, found nothing",
    ),
}


@pytest.mark.parametrize(("arguments", "told"), IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_what_cannot_be_done_is_told(grader: Grader, arguments: Sequence[str], told: str) -> None:
    assert told in grader(*arguments).stderr


@pytest.mark.parametrize(("arguments", "told"), IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_what_cannot_be_done_takes_one_line(
    grader: Grader, arguments: Sequence[str], told: str
) -> None:
    assert told
    error = grader(*arguments).stderr
    assert (error[:7], error.count("\n")) == ("error: ", 1)


@pytest.mark.parametrize(
    "arguments",
    [
        *(arguments for arguments, _ in IMPOSSIBLE.values()),
        [],
        ["--nope"],
        ["nope"],
        ["check"],
        ["check", "class/empty.ipynb", "class/page.ipynb"],
        ["grade", "class"],
        ["grade", "--out", "out"],
        ["grade", "class", "--out", "out", "--fail-under", "101"],
        ["grade", "class", "--out", "out", "--fail-under", "most"],
        ["run"],
        ["run", "class/empty.ipynb", "--timeout", "0"],
        ["run", "class/empty.ipynb", "--cwd", "nope"],
        ["data"],
        ["data", "make"],
    ],
    ids=" ".join,
)
def test_wrong_usage_has_its_exit_code(grader: Grader, arguments: Sequence[str]) -> None:
    assert grader(*arguments).returncode == USAGE
