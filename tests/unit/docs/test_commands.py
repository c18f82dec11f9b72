"""docs/cli.md is made from the help texts of the command line itself."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from grader import cli

HEAD = """\
# Commands

`grader` and `python -m grader` are the same; `grader --version` says which version it is. This page
is made from the help texts; `pytest tests/unit --update-docs` refreshes it.

| exit code | meaning |
|---:|---|
| 0 | done; a rejected submission, and one that needs review, is a result, too |
| 1 | what was checked does not pass |
| 2 | wrong usage; the message says what to do instead |
| 3 | a fault of the grader |
| 130 | interrupted; what was finished is kept |
"""


def commands(command: Any, *above: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Find every command, those of groups of commands included."""
    below = getattr(command, "commands", {})
    if not below:
        yield above, command
    for name, inner in below.items():
        yield from commands(inner, *above, name)


COMMANDS = dict(commands(get_command(cli.app)))
every_command = pytest.mark.parametrize("path", COMMANDS, ids=" ".join)


def help_of(path: tuple[str, ...]) -> str:
    runner = CliRunner(env={"COLUMNS": "100"})
    return runner.invoke(cli.app, [*path, "--help"], prog_name="grader").output.strip()


def reference() -> str:
    names = {path: " ".join(path) for path in COMMANDS}
    sections = (f"\n## grader {names[path]}\n\n```\n{help_of(path)}\n```\n" for path in COMMANDS)
    return HEAD + "".join(sections)


def test_the_page_is_what_the_help_says(keep_true: Callable[[str, str], None]) -> None:
    keep_true("cli.md", reference())


@every_command
def test_a_command_says_what_it_does_in_a_line_of_help(path: tuple[str, ...]) -> None:
    summary = COMMANDS[path].get_short_help_str(limit=70)
    assert (summary[-1:], summary[-3:] == "...") == (".", False)


@every_command
def test_a_command_says_what_its_parameters_are(path: tuple[str, ...]) -> None:
    assert [one.name for one in COMMANDS[path].params if not one.help] == []


@pytest.mark.parametrize(
    "code", [cli.USAGE, cli.FAULT, cli.INTERRUPTED], ids=["usage", "fault", "interrupted"]
)
def test_the_page_explains_the_exit_code(code: int) -> None:
    assert f"\n| {code} | " in HEAD
