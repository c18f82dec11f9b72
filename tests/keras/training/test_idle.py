"""Layers that do nothing earn nothing: each network trained in one process, and then judged."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from dead_layers import DEAD, LIVE, Network

from grader.checks import models
from grader.evidence import Model

SCRIPT = Path(__file__).with_name("idle_layers.py")
Seen = dict[str, Any]


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    shared = str(SCRIPT.parents[2] / "shared")
    environment = os.environ | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": shared}
    ended = subprocess.run(
        [sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False, env=environment
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Seen] = json.loads(ended.stdout)
    return found


def convolutions(seen: Seen) -> str:
    model = Model.model_validate({"kind": "model", "key": "m", **seen["model"]})
    return models.convolutions(model, 3).actual


@pytest.mark.parametrize(("name", "network"), DEAD.items(), ids=DEAD)
def test_layers_that_do_nothing_are_not_counted(
    name: str, network: Network, seen: dict[str, Seen]
) -> None:
    assert convolutions(seen[name]) == network.found


@pytest.mark.parametrize(("name", "network"), LIVE.items(), ids=LIVE)
def test_layers_that_do_something_are_counted(
    name: str, network: Network, seen: dict[str, Seen]
) -> None:
    assert convolutions(seen[name]) == network.found


@pytest.mark.parametrize(("name", "network"), (DEAD | LIVE).items(), ids=DEAD | LIVE)
def test_the_range_of_pixels_is_that_of_all_layers_that_see_them_first(
    name: str, network: Network, seen: dict[str, Seen]
) -> None:
    scale = seen[name]["scale"]
    assert scale == (None if network.scale is None else pytest.approx(network.scale, rel=0.1))
