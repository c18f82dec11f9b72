"""Evidence of real runs, kept for tests that need no TensorFlow."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from pydantic import TypeAdapter

from grader.assignments.assignment import Assignment
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.attempt import Attempt, Counts, chosen
from grader.attempts import attempts
from grader.checks import runner
from grader.evidence import Evidence
from grader.images import Images
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.kinds.callback.view import DECIMALS
from grader.notebook.editions import choose
from grader.notebook.read import read
from grader.notebook.restore import restore
from grader.records import CheckResult, Execution, Plan
from grader.scoring import spread

EVIDENCE = Path(__file__).resolve().parents[1] / "evidence"
_EXECUTION = TypeAdapter(Execution)
_EVIDENCE = TypeAdapter(Evidence)
# Measured, and so different in every run.
_MEASURED = {"wall_s": 0.0, "cpu_s": 0.0, "peak_rss_bytes": 0}


@dataclass(frozen=True)
class Judged:
    """A variant's results: every check, and the attempts behind them."""

    results: list[CheckResult]
    attempts: list[Attempt]

    @property
    def lost(self) -> frozenset[str]:
        """Checks that did not pass."""
        return frozenset(result.id for result in self.results if result.status != "passed")

    def __getitem__(self, check: str) -> CheckResult:
        return next(result for result in self.results if result.id == check)


def plan(notebook: Any, folder: Path) -> Plan:
    """Read, recognise and restore a notebook, as the pipeline does."""
    path = folder / "submission.ipynb"
    nbformat.write(notebook, path)
    submission = read(path)
    return restore(submission, choose(happy_or_sad.layouts(), submission.cells))


def judge(planned: Plan, made: list[Attempt], assignment: Assignment = happy_or_sad) -> Judged:
    """Apply the rubric to attempts."""
    best = chosen(made)
    rubric = spread(assignment.checks, planned.layout.given - planned.put_back)
    return Judged(runner.run(rubric, best.observed), made)


def run_now(planned: Plan, kernels: Kernels) -> list[Attempt]:
    """Run a plan with the published seeds."""
    return attempts(happy_or_sad, planned, _images(), kernels, lambda _: None)


@cache
def _images() -> Images:
    # One copy for all runs, so that a template decodes it once.
    return Images.of(happy_or_sad.data, None)


def save(name: str, made: list[Attempt]) -> None:
    """Keep what was observed."""
    EVIDENCE.mkdir(exist_ok=True)
    recorded = [
        {
            "seed": attempt.seed,
            "execution": _steady(_EXECUTION.dump_python(attempt.run.execution, mode="json")),
            "evidence": _steady(
                _EVIDENCE.dump_python(attempt.run.evidence, mode="json", exclude_defaults=True)
            ),
        }
        for attempt in made
    ]
    text = json.dumps(recorded, indent=1, sort_keys=True) + "\n"
    (EVIDENCE / f"{name}.json").write_text(text, encoding="utf-8")


def _steady(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _MEASURED.get(key, _steady(item)) for key, item in value.items()}
    if isinstance(value, list):
        return [_steady(item) for item in value if not _drawn(item)]
    return value


def _drawn(item: Any) -> bool:
    """Whether a trial has an accuracy that was drawn by chance."""
    logs = item.get("logs") if isinstance(item, dict) else None
    rate = (logs or {}).get("accuracy", 0.0)
    return bool(round(rate, DECIMALS) != rate)


def load(name: str, planned: Plan) -> list[Attempt]:
    """Bring back what was observed, as if the plan had just been run."""
    recorded = json.loads((EVIDENCE / f"{name}.json").read_text(encoding="utf-8"))
    return [attempt(entry, planned) for entry in recorded]


def attempt(entry: dict[str, Any], planned: Plan) -> Attempt:
    """Bring back one of them, as it is kept."""
    execution = _EXECUTION.validate_python(entry["execution"])
    evidence = _EVIDENCE.validate_python(entry["evidence"])
    run = Run(execution, evidence, nbformat.v4.new_notebook())
    return Attempt.of(happy_or_sad, planned, entry["seed"], run, Counts(80, 2))


Recorder = Callable[[str, Any], Judged]
__all__ = ["Judged", "Recorder", "asdict", "judge", "load", "plan", "run_now", "save"]
