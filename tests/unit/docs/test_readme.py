"""README.md names only what is there."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.cli import app

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text("utf-8")
CODE = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", README, re.DOTALL))
# At the beginning of a line, after a prompt, or alone in a text.
COMMAND = re.compile(r"^(?:\$ |`)?grader ([a-z]+)", re.MULTILINE)
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("name", sorted(set(COMMAND.findall(CODE))))
def test_a_command_exists(name: str) -> None:
    assert name in getattr(get_command(app), "commands", {})


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\bmake ([a-z]+)", CODE))))
def test_a_target_exists(name: str) -> None:
    assert re.search(rf"^{name}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("group", dict.fromkeys(check.group for check in happy_or_sad.checks))
def test_the_points_of_a_part_are_the_rubrics(group: str) -> None:
    points = sum(check.points for check in happy_or_sad.checks if check.group == group)
    assert f"\n| {group} | {points} | " in README


def test_the_notebook_is_there() -> None:
    [name] = set(re.findall(r"notebooks/C\w+\.ipynb", README))
    assert (ROOT / name).is_file()
