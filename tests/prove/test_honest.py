"""What honest networks pay for doubt: the arithmetic on made-up results, and one real training."""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.prove import honest
from tests.prove.drawn import with_drawn
from tests.prove.results import BEFORE, NEVER

ROOT = Path(__file__).parents[2]
RIGHT: dict[str, Any] = {"before": 9, "now": 9, "doubts": [], "again": None}
LATE = {**RIGHT, "before": 15, "now": 15}
ONLY_NOW = {**RIGHT, "now": NEVER}
ONLY_BEFORE = {**RIGHT, "before": NEVER}
DOUBTED = {**RIGHT, "doubts": ["an unusual learning rate"], "again": 0.95}
UNLEARNT = {**DOUBTED, "again": 0.5}
OPTIONS = argparse.Namespace(sets=["kit=x"], seeds=1, architectures=1)


@pytest.mark.parametrize(
    ("result", "row"),
    [
        (RIGHT, "| kit | 1 | 0 | 0 | 0 | 0 | 0 |"),
        (LATE, "| kit | 1 | 1 | 1 | 0 | 0 | 0 |"),
        (ONLY_NOW, "| kit | 1 | 0 | 1 | 1 | 0 | 0 |"),
        (ONLY_BEFORE, "| kit | 1 | 1 | 0 | 0 | 0 | 0 |"),
        (DOUBTED, "| kit | 1 | 0 | 0 | 0 | 1 | 0 |"),
        (UNLEARNT, "| kit | 1 | 0 | 1 | 1 | 1 | 1 |"),
    ],
)
def test_each_training_is_counted_where_it_belongs(result: dict[str, Any], row: str) -> None:
    [task] = honest.tasks(OPTIONS)
    assert row in honest.report({task.key: result}, OPTIONS).splitlines()


def test_who_was_doubted_has_a_line_with_the_reason() -> None:
    [task] = honest.tasks(OPTIONS)
    last = honest.report({task.key: DOUBTED}, OPTIONS).splitlines()[-1]
    assert last == f"| kit | {task.architecture} | 1 | an unusual learning rate | 95.00% |"


def test_drawn_architectures_are_always_the_same() -> None:
    assert with_drawn(5) == with_drawn(5)


def test_an_honest_training_is_made_and_in_time(tmp_path: Path) -> None:
    kept = tmp_path / "honest.json"
    images = f"kit={ROOT / 'data' / 'happy_or_sad'}"
    command = [sys.executable, "-m", "tests.prove.honest", images, "--seeds=1", "--architectures=1"]
    environment = {"PYTHONPATH": str(ROOT / "tests" / "shared")}
    subprocess.run(
        [*command, f"--cache={kept}"], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    [result] = json.loads(kept.read_text()).values()
    assert result["now"] == result["before"] < BEFORE
