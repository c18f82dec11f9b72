"""What sample classes have in common: a submission, its file, and the manifest of a class."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from grader.checks import Check

WEB_PAGE = "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n"


@dataclass(frozen=True)
class Sample:
    """One submission of a class.

    Args:
        student: Names the folder.
        reason: Why it gets what it gets, in a sentence.
        content: Makes the notebook, or the text of the file.
        loses: Checks that must not pass.
        file: Name of the file.
        rejected: Code of the rejection; empty when it is graded.
        issues: Codes of the issues that the report must name.
    """

    student: str
    reason: str
    content: Callable[[], Any]
    loses: frozenset[str] = frozenset()
    file: str = ""
    rejected: str = ""
    issues: tuple[str, ...] = ()


def described(samples: Sequence[Sample], rubric: Sequence[Check]) -> list[dict[str, Any]]:
    """Describe what each submission must get, of 100 points."""
    points = {check.id: check.points for check in rubric}
    return [
        {
            "submission": f"{sample.student}/{sample.file}",
            "verdict": "rejected" if sample.rejected else "graded",
            "score": 0 if sample.rejected else 100 - sum(points[c] for c in sample.loses),
            "loses": sorted(sample.loses),
            "issues": sorted({*sample.issues} | ({sample.rejected} if sample.rejected else set())),
            "reason": sample.reason,
        }
        for sample in samples
    ]


def text(sample: Sample) -> str:
    """Return the file of a submission."""
    content = sample.content()
    return content if isinstance(content, str) else f"{nbformat.writes(content)}\n"


def cut_short(notebook: Any) -> str:
    """Return the first half of a notebook's file."""
    whole = str(nbformat.writes(notebook))
    return whole[: len(whole) // 2]


def write(folder: Path, samples: Sequence[Sample], manifest: list[dict[str, Any]]) -> None:
    """Write a class and its manifest."""
    for sample in samples:
        path = folder / sample.student / sample.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(sample), encoding="utf-8")
    lines = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(lines, encoding="utf-8")


def without(folder: Path, students: Collection[str], to: Path) -> Path:
    """Copy a class, but for some students; return where to."""
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns(*students))
    return to


def graded(folder: Path, out: Path) -> dict[str, dict[str, Any]]:
    """Grade a class by the command that users type; return its reports by submission."""
    command = [sys.executable, "-m", "grader", "grade", str(folder), "--json", "--out", str(out)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=1200, check=True)
    return {report["submission"]["path"]: report for report in json.loads(ended.stdout)["reports"]}


def outcome(report: dict[str, Any]) -> tuple[str, int, list[str]]:
    """Return the verdict of a report, its points, and the checks that did not pass, in order."""
    lost = sorted(check["id"] for check in report["checks"] if check["status"] != "passed")
    return report["verdict"], report["score"]["earned"], lost


def named(report: dict[str, Any]) -> set[str]:
    """Return the codes of a report's issues."""
    return {issue["code"] for issue in report["issues"]}


def untidy(notebook: Any) -> Any:
    """Make it one of Colab: cells of one's own, no metadata, a last cell that ends the kernel."""
    mount = "from google.colab import drive\ndrive.mount('/content/drive')"
    end = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    notebook.cells.insert(1, nbformat.v4.new_code_cell(mount, id="mount"))
    notebook.cells.append(nbformat.v4.new_code_cell(end, id="end"))
    notebook.metadata = {}
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook
