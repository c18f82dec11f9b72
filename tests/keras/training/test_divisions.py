"""What is wrong with a way to divide images is found, and nothing is found of right ones."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from divided_ways import WAYS, WRONG
from pipelines import IMAGES

from grader.authoring import Division, Training, divisions
from grader.checks.training import GradedTraining
from grader.evidence import ByGrader, Fit

SCRIPT = Path(__file__).with_name("given_divisions.py")
SEEDS = {True: 10, False: 2}
EXPECTATIONS = (divisions.apart, divisions.of_all_classes, divisions.leaves_nothing_out)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Any:
    shared = str(SCRIPT.parents[2] / "shared")
    environment = os.environ | {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONPATH": shared}
    seeds = str(SEEDS[request.config.getoption("--prove")])
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path_factory.mktemp("images")), seeds],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def training(division: Any) -> Training:
    made = ByGrader(
        images=IMAGES, seen=IMAGES, before=0.5, accuracy=0.9, division=Division(**division)
    )
    fit = Fit(kind="fit", index=0, model="0", finished=True, trained=made)
    return Training(GradedTraining("train", "load", fit, (), IMAGES, 2, IMAGES))


def missed(division: Any) -> set[str]:
    return {each.__name__ for each in EXPECTATIONS if not each(training(division)).met}


def test_fifteen_ways_are_tried() -> None:
    assert (len(WAYS), sum(map(bool, WRONG.values()))) == (15, 10)


@pytest.mark.parametrize("name", WAYS)
def test_what_is_wrong_is_found_and_nothing_else(found: Any, name: str) -> None:
    assert [missed(each) for each in found[name]] == [WRONG[name]] * len(found[name])


@pytest.mark.parametrize("name", WAYS)
def test_there_are_as_many_images_as_in_the_folder(found: Any, name: str) -> None:
    assert {each["there"] for each in found[name]} == {IMAGES}
