"""``fit`` where the grader trains: in a process of its own, of which only JSON comes back."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("fitted.py")


@pytest.fixture(scope="session")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    # The number of threads changes the numbers, and a process with several is not forked.
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    command = [sys.executable, str(SCRIPT), str(tmp_path_factory.mktemp("fitted"))]
    shared = str(SCRIPT.parents[2] / "shared")
    environment = os.environ | threads | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": shared}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found
