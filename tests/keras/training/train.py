"""``train.py NAME EPOCHS SEED``: forks from a process that has TensorFlow imported, and trains."""

import json
import os
import sys
from pathlib import Path

from architectures import TRAININGS

from grader.training import trainer
from grader.training.checkpoint_files import PriorFits
from grader.training.results import PriorFit, Reply, TrainingPlan

DATASET = Path(__file__).parents[3] / "data" / "happy_or_sad"


def curve(name: str, fits: list[int], seed: int) -> dict[str, list[float]]:
    """Train and return what the History of the last fit would hold."""
    trainer.prepare(1)
    *earlier, last = (TRAININGS[name].described(DATASET, epochs) for epochs in fits)
    turns = [PriorFit(each, (Reply(),) * each.fit.epochs) for each in earlier]
    trained = trainer.train(last, DATASET, TrainingPlan(seed, exact=True), earlier=PriorFits(turns))
    names = trained.epochs[0].logs
    return {name: [epoch.logs[name] for epoch in trained.epochs] for name in names}


if __name__ == "__main__":
    child = os.fork()
    if child:
        os.waitpid(child, 0)
    else:
        epochs = list(map(int, sys.argv[2].split("+")))
        sys.stdout.write(json.dumps(curve(sys.argv[1], epochs, int(sys.argv[3]))))
