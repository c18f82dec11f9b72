"""Trains networks in which layers do nothing, and prints what is said of each; JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from architectures import ADAM, Training
from dead_layers import DEAD, LIVE, Network

from grader.training import trainer
from grader.training.results import TrainingPlan

DATASET = Path(__file__).parents[3] / "data" / "happy_or_sad"


def seen(network: Network) -> dict[str, Any]:
    """Train a network on small images, and return what was seen of it."""
    images = {"target_size": (24, 24)}
    training = Training(network.layers, ADAM, generator=dict(network.generator), iterator=images)
    return dict(trainer.train(training.described(DATASET, 2), DATASET, TrainingPlan(seed=1)).seen)


if __name__ == "__main__":
    trainer.prepare(1)
    found = {name: seen(network) for name, network in (DEAD | LIVE).items()}
    sys.stdout.write(json.dumps(found))
