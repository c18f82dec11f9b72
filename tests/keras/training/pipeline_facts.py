"""``pipeline_facts.py FOLDER``: what the trainer makes of datasets; run by test_pipelines.py."""
# ruff: noqa: T201

import json
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
from described_pipelines import described
from pipelines import DESCRIBED, IMAGES, draw, use

from grader.probe.describing.datasets import watch_datasets
from grader.training.decoded_folders import fits
from grader.training.exchange import mirrored
from grader.training.pipeline_loader import PipelineLoader
from grader.training.pipeline_loaders import PipelineLoaders
from grader.training.pipelines import read_pipeline
from grader.training.refusals import OtherImages
from grader.training.results import TrainingPlan
from grader.training.splits import Splits

NAME = "cast_and_divided"


def loaders(folder: Path, **plan: Any) -> PipelineLoaders:
    """Return loaders of a folder."""
    return PipelineLoaders(Splits(folder, {}, fits), TrainingPlan(1, **plan))


def loader(name: str, folder: Path, **plan: Any) -> PipelineLoader:
    """Return what is trained on of a way."""
    train, _ = described(DESCRIBED[name](str(folder)))
    return loaders(folder, **plan).trained_on(read_pipeline(train, "it"), None)


def first(name: str, folder: Path, **plan: Any) -> list[Any]:
    """Return the first batch of a way, with one seed."""
    keras.utils.set_random_seed(3)
    x, y = next(iter(loader(name, folder, **plan).to_train()["x"]))
    return [x.numpy(), y.numpy()]


def exchanging(folder: Path) -> dict[str, bool]:
    """Say what is exchanged."""
    (x, y), (again, other) = first(NAME, folder), first(NAME, folder, exchanged=True)
    turned, _ = first(NAME, folder, exchanged=True, mirrored=True)
    one_hot = [first("of_several_labels", folder, exchanged=each)[1] for each in (False, True)]
    return {
        "labels": bool((other == 1 - y).all()),
        "one_hot": bool((one_hot[1] == one_hot[0][:, ::-1]).all()),
        "images_stay": bool((again == x).all()),
        "images_turn": bool((turned == mirrored(x)).all()),
    }


def measured(name: str, folder: Path) -> dict[str, Any]:
    """Say what all images are, as they are measured."""
    train, _ = described(DESCRIBED[name](str(folder)))
    samples = loaders(folder).everything(read_pipeline(train, "it"))
    rows = np.arange(samples.n)
    x, labels = samples.chosen(rows)
    again, _ = samples.chosen(rows)
    return {
        "images": samples.n,
        "classes": np.bincount(labels).tolist(),
        "most": float(x.max()),
        "steady": bool((x == again).all()),
        "dtype": x.dtype.name,
    }


def counted(folder: Path) -> list[int]:
    """Say how many different images are known to have been shown after each batch."""
    made = loader("taken_and_skipped", folder)
    found = []
    for batch, _ in enumerate(made.to_train()["x"]):
        made.shown.count(batch)
        found.append(made.shown.samples)
    return found


def of_other_files(folder: Path) -> str:
    """Say why a dataset of other files is not trained on."""
    train, _ = described(DESCRIBED[NAME](str(folder)))
    spec = read_pipeline(train, "it")
    (folder / "cats" / "00.png").rename(folder / "dogs" / "00.png")
    try:
        loaders(folder).trained_on(spec, None)
    except OtherImages as error:
        return str(error)
    return ""


if __name__ == "__main__":
    use()
    images = Path(sys.argv[1])
    draw(images)
    watch_datasets()
    decoded = loader("batched_anew", images)
    print(
        json.dumps(
            {
                "exchanged": exchanging(images),
                "measured": {name: measured(name, images) for name in ("augmented", NAME, "grey")},
                "counted": counted(images),
                "sizes": [decoded.n, decoded.batch_size, loader("repeated", images).n],
                "there": IMAGES,
                "other": of_other_files(images),
            }
        )
    )
