"""Trains on arrays in several ways, and prints what the trainer tells of it as JSON."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
from arrayed import CLASSES, HOT, SPLITS, TRAININGS, WEIGHTS, X_TEST, ArrayTraining, X, Y, prepared
from arrayed import written as write

from grader.preparation.records import Preparation, RowRange
from grader.training import trainer
from grader.training.description import Description
from grader.training.exchange import exchanged
from grader.training.loaders import Loaders
from grader.training.refusals import Refused
from grader.training.results import Trained, TrainingPlan

TRAIN, TEST = SPLITS
Facts = Iterator[tuple[str, Any]]


def train(described: Description, plan: TrainingPlan, epochs: int, **more: Any) -> Trained:
    plan = replace(plan, epochs=epochs, **more)
    keras.backend.clear_session()
    return trainer.train(described, None, plan)


def refused(tried: Callable[[], object]) -> str:
    try:
        tried()
    except Refused as error:
        return f"{type(error).__name__}: {error}"
    return "trained"


def shown(plan: TrainingPlan) -> Facts:
    for name in ("dense", "validation_split", "train_test_split", "some_steps", "unshuffled"):
        made = train(TRAININGS[name].described(3), plan, 3)
        loader = made.seen["loader"]
        yield (
            name,
            {
                "images": [epoch.images for epoch in made.epochs],
                "of": made.images,
                "telling": made.telling,
                "seen": loader["images"],
                "batch_size": loader["batch_size"],
                "type": loader["type"],
            },
        )


def learnt(plan: TrainingPlan) -> Facts:
    # With four times as many updates, ten epochs are enough.
    described = replace(TRAININGS["standardised"], fit={"batch_size": 8}).described(10)
    goals: dict[str, Any] = {"validation": TEST, "validation_targets": (0.9,), "targets": (0.9,)}
    made = train(described, plan, 10, **goals)
    assert made.validated is not None
    yield "measured", [made.measured.before, made.measured.accuracy]
    yield "validated", [made.validated.images, made.validated.before, made.validated.after]
    again = train(
        exchanged(described, 10, CLASSES), plan, 10, exchanged=True, mirrored=True, targets=(0.9,)
    )
    yield "exchanged", again.measured.accuracy


def exchange(plan: TrainingPlan) -> Facts:
    plan = replace(plan, exchanged=True, mirrored=True)
    for name, labels in (("dense", Y), ("train_test_split", None)):
        loaders = Loaders(None, plan)
        data, validation = loaders.of(TRAININGS[name].described(1))
        given = data.to_train()
        if labels is not None:
            yield "labels", np.array_equal(given["y"], (labels + 1) % CLASSES)
            yield "upside_down", np.array_equal(given["x"], TRAININGS[name].x[:, ::-1])
            continue
        assert validation is not None
        expected = TRAININGS[name].validation
        assert expected is not None
        hot = np.roll(expected[1], 1, axis=1)
        yield "labels_to_validate_with", np.array_equal(validation.to_validate()[1], hot)
    weighted = exchanged(TRAININGS["sample_weight"].described(1), 1, CLASSES)
    weights = Loaders(None, plan).of(weighted)[0].to_train()["sample_weight"]
    yield "weights", np.array_equal(weights, [WEIGHTS[int(label)] for label in Y])


def alike(plan: TrainingPlan) -> Facts:
    described = TRAININGS["standardised"].described(1)
    loaders = Loaders(None, replace(plan, validation=TEST))
    rows = np.arange(len(X_TEST))
    samples, labels = loaders.apart(described.loader, TEST).chosen(rows)
    expected = ((X_TEST - X.mean()) / X.std()).astype("float32")
    yield "by_training", np.array_equal(samples, expected)
    yield "labels", np.array_equal(labels, SPLITS[TEST].y)
    assert isinstance(described.loader, Preparation)
    some = replace(described.loader, rows=RowRange(0, 50))
    samples, _ = loaders.everything(some).chosen(np.arange(len(X)))
    expected = ((X - X[:50].mean()) / X[:50].std()).astype("float32")
    yield "all_by_those_that_are_trained_on", np.array_equal(samples, expected)


def refusals(plan: TrainingPlan) -> Facts:
    tested = ArrayTraining(X_TEST / 255, SPLITS[TEST].y).described(1)
    yield "another_split", refused(lambda: Loaders(None, plan).of(tested))
    own = replace(plan, data="")
    yield "among_files", refused(lambda: Loaders(Path.cwd(), own).of(tested))
    yield "only_arrays", refused(lambda: Loaders(None, own).of(tested))
    on_any = replace(plan, on_any=True)
    yield "on_any", refused(lambda: Loaders(None, on_any).of(tested))
    yield "on_any_among_files", refused(lambda: Loaders(Path.cwd(), on_any).of(tested))
    yield (
        "no_such_split",
        [Loaders(None, plan).has(tested.loader, place) for place in (TEST, "data/images", "")],
    )


def same(plan: TrainingPlan) -> Facts:
    described = TRAININGS["train_test_split"].described(1)
    loaders = Loaders(None, plan)
    yield "apart", loaders.same_images(described)
    yield "another_split", loaders.same_images(TRAININGS["validation_data"].described(1))
    yield "the_same", loaders.same_images(replace(described, validation=described.loader))
    some = prepared(X[:50] / 255, HOT[Y[:50]])
    whole = replace(TRAININGS["dense"].described(1), validation=some)
    yield "a_part_of_them", loaders.same_images(whole)


GROUPS: Mapping[str, Callable[[TrainingPlan], Facts]] = {
    "shown": shown,
    "learnt": learnt,
    "exchange": exchange,
    "alike": alike,
    "refusals": refusals,
    "same": same,
}

if __name__ == "__main__":
    trainer.prepare(1)
    with tempfile.TemporaryDirectory() as folder:
        plan = TrainingPlan(1, arrays=write(Path(folder)), data=TRAIN)
        told = {name: dict(group(plan)) for name, group in GROUPS.items()}
    sys.stdout.write(json.dumps(told))
