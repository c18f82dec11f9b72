"""Trains where a goal is about validation data, in many ways, and prints what was measured as JSON.

Of the split for validation, only the first quarter of each class is in its own class folder:
who has learnt the images that are trained on classifies a quarter of it correctly.
"""

import json
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import descriptions
from coloured import COLOURS, paint
from PIL import Image

from grader.training import trainer
from grader.training.accept import accept
from grader.training.build import build, compile_as
from grader.training.checkpoint_files import PriorFits
from grader.training.description import Description, LoaderSpec, ObjectSpec, digest
from grader.training.loader import load_all
from grader.training.refusals import OtherImages
from grader.training.results import (
    Epoch,
    PriorFit,
    Reply,
    Report,
    Trained,
    TrainingPlan,
    go_on,
)

PLACES = {"train": "data/faces/train", "validation": "data/faces/validation"}
COUNT, RIGHT = 8, 2
GOAL = 0.9
# Those that are small whatever is learnt.
LOSSES = {
    "squared": ObjectSpec("MeanSquaredError"),
    "focal": ObjectSpec("BinaryFocalCrossentropy", {"gamma": 50.0}),
    "smoothed": ObjectSpec("BinaryCrossentropy", {"label_smoothing": 0.2}),
}


def mixed(folder: Path) -> Path:
    """Write images most of which are in the wrong class folder."""
    names = list(COLOURS)
    for label, name in enumerate(names):
        (folder / name).mkdir(parents=True)
        for number in range(COUNT):
            shown = names[label if number < RIGHT else 1 - label]
            Image.new("RGB", (24, 24), COLOURS[shown]).save(folder / name / f"{number}.png")
    return folder


def loader(folder: Path, split: str, classes: tuple[str, ...], **changed: Any) -> dict[str, Any]:
    """Describe a loader of a split, whose files have the labels of these classes."""
    generator = changed.pop("generator", {})
    chosen = range(RIGHT) if changed.get("subset") else range(100)
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.glob("*/*.png")
        if int(path.stem) in chosen
    )
    listed = sorted(names, key=lambda name: classes.index(name.partition("/")[0]))
    told = descriptions.loader(**changed)
    told["generator"] |= generator
    told["classes"] = classes
    told["files"] = digest((name, classes.index(name.partition("/")[0])) for name in listed)
    return told | {"folder": PLACES[split]}


class Trainings:
    """Trainings on a split, with another one to validate with."""

    def __init__(self, root: Path) -> None:
        self.train = root / "train"
        self.train.mkdir()
        paint(self.train)
        self.folders = {"train": self.train, "validation": mixed(root / "validation")}

    def plan(self, **changed: Any) -> TrainingPlan:
        splits = {PLACES[name]: str(folder) for name, folder in self.folders.items()}
        usual: dict[str, Any] = {
            "validation": PLACES["validation"],
            "validation_targets": (GOAL,),
            "epochs": 8,
        }
        return TrainingPlan(seed=1, splits=splits, targets=(), **usual | changed)

    def described(self, validation: dict[str, Any] | None, **members: Any) -> Description:
        fit = {"epochs": 8, **members.pop("fit", {})}
        told = descriptions.description(*members.pop("layers", ()), **members)
        told["compile"]["optimizer"] = descriptions.part("Adam", learning_rate=0.01)
        told |= {"loader": self.loader("train"), "validation": validation, "fit": fit}
        return accept(json.dumps(told).encode())

    def loader(self, split: str, classes: tuple[str, ...] = (), **changed: Any) -> dict[str, Any]:
        return loader(self.folders[split], split, classes or tuple(COLOURS), **changed)

    def made(
        self,
        description: Description,
        report: Report = go_on,
        earlier: tuple[PriorFit, ...] = (),
        **plan: Any,
    ) -> Trained:
        return trainer.train(description, self.train, self.plan(**plan), report, PriorFits(earlier))


def told(trained: Trained) -> dict[str, Any]:
    """Return what can be said of a training in JSON."""
    found = trained.validated
    return {
        "logs": [dict(epoch.logs) for epoch in trained.epochs],
        "measured": [epoch.validated for epoch in trained.epochs],
        "images": found and found.images,
        "before": found and found.before,
        "after": found and found.after,
        "accuracy": trained.measured.accuracy,
        "losses": [epoch.validated_loss for epoch in trained.epochs],
        "loss": found and [found.loss_before, found.loss_after],
        "tested": trained.tested and asdict(trained.tested),
        "at": at(trained),
    }


def at(trained: Trained) -> dict[str, Any] | None:
    """Return accuracy in training and test, and loss in test, of fresh weights and of others."""
    own, test = trained.measured, trained.tested
    if test is None:
        return None
    return {
        "fresh": [own.fresh, test.fresh, test.loss_fresh],
        "before": [own.before, test.before, test.loss_before],
        "after": [own.accuracy, test.after, test.loss_after],
    }


def ways(made: Trainings) -> dict[str, Any]:
    """Return trainings that log much of validation data, and one that does not validate."""
    ordered: dict[str, Any] = {"shuffle": False, "batch_size": RIGHT}
    part: dict[str, Any] = {
        "generator": {"validation_split": RIGHT / COUNT},
        "subset": "validation",
    }
    normalized = (
        descriptions.layer("Flatten"),
        descriptions.layer("BatchNormalization"),
        descriptions.layer("Dense", units=1, activation="sigmoid"),
    )
    recall = [descriptions.part("accuracy", name="accuracy"), descriptions.part("Recall", name="r")]
    whole = made.loader("validation")
    compiled = descriptions.description()["compile"] | {"metrics": recall}
    return {
        "the split": made.described(whole),
        "the training folder": made.described(made.loader("train")),
        "one step": made.described(
            made.loader("validation", **ordered), fit={"validation_steps": 1}
        ),
        "a subset": made.described(made.loader("validation", **part)),
        "other labels": made.described(made.loader("validation", tuple(COLOURS)[::-1])),
        "another metric": made.described(whole, compile=compiled),
        "normalized": made.described(whole, layers=normalized),
        "nothing": made.described(None),
        "a few epochs": made.described(whole, fit={"validation_freq": 8}),
    }


def one_hot(made: Trainings) -> Description:
    """Describe a training with labels of one number a class, and weights that cost something."""
    regular = descriptions.part("L2", l2=0.01)
    layers = (
        descriptions.layer("Flatten"),
        descriptions.layer("Dense", units=2, activation="softmax", kernel_regularizer=regular),
    )
    compiled = descriptions.description()["compile"] | {
        "loss": descriptions.part("CategoricalCrossentropy"),
        "metrics": [descriptions.part("accuracy", name="accuracy")],
    }
    described = made.described(made.loader("validation", class_mode="categorical"), layers=layers,
                               compile=compiled)  # fmt: skip
    assert isinstance(described.loader, LoaderSpec)
    iterator = {**described.loader.iterator, "class_mode": "categorical"}
    loader = replace(described.loader, iterator=iterator)
    return replace(described, loader=loader)


def averaged(described: Description) -> Description:
    """Return a training that ends with averages of its weights, and those near the first ones."""
    optimizer = described.compile.optimizer
    arguments = {**optimizer.arguments, "use_ema": True, "ema_momentum": 0.999}
    compiled = replace(described.compile, optimizer=replace(optimizer, arguments=arguments))
    return replace(described, compile=compiled)


def swapped(described: Description, *, on_epoch: bool) -> Description:
    """Return one that ends with averages of its weights, which take their place meanwhile, too."""
    callback = ObjectSpec("SwapEMAWeights", {"swap_on_epoch": on_epoch})
    return replace(averaged(described), callbacks=(callback,))


def stopping(epoch: Epoch) -> Reply:
    """Stop a training after three epochs."""
    return Reply(stop=epoch.number == 2)


def left(made: Trainings, described: Description, trained: Trained) -> list[float]:
    """Return share and loss of the split for tests, by Keras, of the weights that are left."""
    built = build(described.architecture)
    for layer, weights in zip(built.layers, trained.weights, strict=True):
        layer.set_weights(list(weights))
    compile_as(built.model, described.compile, exact=True)
    assert isinstance(described.loader, LoaderSpec)
    images = load_all(described.loader, made.folders["validation"])
    found = built.model.evaluate(images, verbose=0, return_dict=True)
    return [found["accuracy"], found["loss"]]


def averages(made: Trainings, plain: Description) -> Iterator[tuple[str, Any]]:
    """Yield what is measured of averages, and what Keras finds of the same weights."""
    aims: dict[str, Any] = {
        "validation_targets": (1.0,),
        "loss_targets": (0.0,),
        "losses": True,
        "test": PLACES["validation"],
    }
    whole, whole_epochs = (swapped(plain, on_epoch=each) for each in (False, True))
    reports = {
        "averaged": (averaged(plain), go_on),
        "swapped": (whole, go_on),
        "swapped on epochs": (whole_epochs, go_on),
        "swapped and stopped": (whole, stopping),
        "swapped on epochs and stopped": (whole_epochs, stopping),
    }
    for name, (described, report) in reports.items():
        trained = made.made(described, report, **aims)
        yield name, told(trained) | {"left": left(made, described, trained)}


def refusal(made: Trainings) -> str:
    """Return why a training on the split for validation is not made."""
    described = made.described(None)
    loader = made.described(made.loader("validation")).validation
    assert loader is not None
    try:
        made.made(replace(described, loader=loader))
    except OtherImages as error:
        return str(error)
    return ""


def main() -> None:
    trainer.prepare(1)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        made = Trainings(Path(folder))
        tried = ways(made)
        found: dict[str, Any] = {name: told(made.made(each)) for name, each in tried.items()}
        plain = tried["the split"]
        found["no goal"] = told(made.made(plain, validation="", validation_targets=()))
        apart: dict[str, Any] = {"losses": True, "test": PLACES["validation"]}
        found["losses"] = told(made.made(plain, loss_targets=(0.0,), **apart))
        found["a loss reached"] = told(made.made(plain, loss_targets=(99.0,), losses=True))
        found["one-hot"] = told(made.made(one_hot(made), loss_targets=(0.0,), **apart))
        found["reached"] = told(made.made(plain, validation_targets=(0.2,)))
        stopping = [descriptions.part("EarlyStopping", monitor="loss", restore_best_weights=True)]
        found["restored"] = told(made.made(made.described(None, callbacks=stopping)))
        found |= averages(made, plain)
        for name, others in (("on", False), ("another's", True)):
            turns = (PriorFit(plain, (Reply(),) * 8, others),)
            found[name] = told(made.made(plain, earlier=turns, loss_targets=(0.0,), **apart))
        for name, loss in LOSSES.items():
            compiled = replace(plain.compile, loss=loss)
            found[name] = told(made.made(replace(plain, compile=compiled), **apart))
        found["on validation"] = refusal(made)
    found["warned"] = [str(each.message) for each in warned]
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
