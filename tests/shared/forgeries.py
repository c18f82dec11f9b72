"""Grades what is forged for an assignment, by the command that users type."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import nbformat


class Forgery(Protocol):
    """A submission that tries to earn what it has not learnt."""

    @property
    def id(self) -> str:
        """Names its folder."""

    def notebook(self) -> Any:
        """Build the notebook."""


def graded(forged: Iterable[Forgery], file: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Grade them; return the reports by their ids.

    Args:
        forged: All of them.
        file: Name of the notebook.
        folder: Where they and what comes of them are written.
    """
    for each in forged:
        (folder / "class" / each.id).mkdir(parents=True)
        nbformat.write(each.notebook(), folder / "class" / each.id / file)
    out = ["--json", "--out", str(folder / "out")]
    command = [sys.executable, "-m", "grader", "grade", str(folder / "class"), *out]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=True)
    reports = json.loads(ended.stdout)["reports"]
    return {str(Path(each["submission"]["path"]).parent): each for each in reports}


def lost(report: dict[str, Any]) -> set[str]:
    """Return the ids of the checks that did not pass."""
    return {check["id"] for check in report["checks"] if check["status"] != "passed"}


def told(report: dict[str, Any]) -> tuple[set[str], list[str]]:
    """Return the codes of a report's issues, and what was found by each check that did not pass."""
    failed = [check for check in report["checks"] if check["status"] != "passed"]
    return {issue["code"] for issue in report["issues"]}, [check["actual"] for check in failed]
