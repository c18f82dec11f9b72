"""``given_divisions.py FOLDER SEEDS``: how ways divide images; run by test_divisions.py."""
# ruff: noqa: T201

import json
import sys
from pathlib import Path
from typing import Any

import keras
from described_pipelines import described
from divided_ways import WAYS, Way
from pipelines import draw, use

from grader.probe.describing.datasets import watch_datasets
from grader.training.decoded_folders import fits
from grader.training.pipeline_loaders import PipelineLoaders
from grader.training.pipelines import read_pipeline
from grader.training.results import TrainingPlan
from grader.training.splits import Splits


def divided(make: Way, folder: Path, seed: int) -> Any:
    """Return how a way divides the images of a folder."""
    keras.utils.set_random_seed(seed)
    specs = [read_pipeline(each, "it") for each in described(make(str(folder), seed))]
    return PipelineLoaders(Splits(folder, {}, fits), TrainingPlan(seed)).division(*specs)


if __name__ == "__main__":
    folder, seeds = Path(sys.argv[1]), range(int(sys.argv[2]))
    use()
    draw(folder)
    watch_datasets()
    found = {name: [divided(make, folder, seed) for seed in seeds] for name, make in WAYS.items()}
    print(json.dumps(found))
