"""What the probe saw of Keras itself: in a process of its own, of which only JSON comes back."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.evidence import Evidence, load, parse

SCRIPT = Path(__file__).with_name("observations.py")


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Evidence]:
    path = tmp_path_factory.mktemp("probe") / "evidence.jsonl"
    command = [sys.executable, str(SCRIPT), str(path)]
    environment = os.environ | {"PYTHONPATH": str(SCRIPT.parents[1] / "shared")}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1]), parse(load(path))


@pytest.fixture(scope="session")
def said(seen: tuple[dict[str, Any], Evidence]) -> dict[str, Any]:
    return seen[0]


@pytest.fixture(scope="session")
def evidence(seen: tuple[dict[str, Any], Evidence]) -> Evidence:
    return seen[1]
