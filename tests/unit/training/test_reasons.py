"""What is a reason to try whether a network learns, and what is none."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from architectures import ADAM, FLAT, NORMAL, ONE, RMSPROP, TRAININGS, Spec, Training, conv, dense
from knowing import KNOWING
from unusual import UNUSUAL, USUAL, network

from grader.training.description import Description, Number, ObjectSpec, Value
from grader.training.pipeline_specs import DatasetNode, DirectorySpec, MapSpec, PipelineSpec
from grader.training.reasons import Reason, mirrors, reasons
from grader.training.results import Measured, Trained

DATASET = Path(__file__).parents[3] / "data" / "happy_or_sad"
TIME = 9


def trained(before: float = 0.5, moved: float | None = 0.05) -> Trained:
    return Trained((), 80, (), Measured(before, 1.0), moved=moved)


def described(training: Training) -> Description:
    return training.described(DATASET, 20)


def of(training: Training, epochs: int = TIME, **more: Any) -> frozenset[Reason]:
    return reasons(described(training), trained(**more), epochs, 2)


def begun(name: str, arguments: Mapping[str, Any]) -> frozenset[Reason]:
    """Reasons of a network whose first kernel begins so."""
    return of(Training(network(conv(16, kernel_initializer=(name, arguments))), RMSPROP))


@pytest.mark.parametrize("name", USUAL)
def test_of_usual_networks_there_is_none(name: str) -> None:
    assert of(USUAL[name]) == frozenset()


@pytest.mark.parametrize("name", TRAININGS)
def test_of_the_trainers_own_examples_there_is_none(name: str) -> None:
    assert of(TRAININGS[name]) == frozenset()


@pytest.mark.parametrize("name", KNOWING)
def test_of_networks_that_know_there_are_reasons_to_mirror_images(name: str) -> None:
    assert mirrors(of(KNOWING[name]))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("Zeros", {}),
        ("Ones", {}),
        ("Constant", {"value": 0.05}),
        ("Constant", {"value": Number("float32", 0.5)}),
        ("RandomNormal", {"mean": 0.3, "stddev": 1e-9}),
        ("RandomNormal", {"mean": 0.0, "stddev": 0.0}),
        ("RandomNormal", {"mean": 0.0, "stddev": 50.0}),
        ("TruncatedNormal", {"mean": 0.3}),
        ("RandomUniform", {"minval": 0.3, "maxval": 0.3}),
        ("RandomUniform", {"minval": 0.0, "maxval": 0.1}),
        ("RandomUniform", {"minval": -100.0, "maxval": 100.0}),
        ("VarianceScaling", {"scale": 1e6}),
        ("Orthogonal", {"gain": 1000.0}),
    ],
)
def test_a_kernel_that_does_not_begin_at_random_around_zero_is_one(
    name: str, arguments: Mapping[str, Any]
) -> None:
    assert begun(name, arguments) == {Reason.KERNELS}


@pytest.mark.parametrize("layer", ["SeparableConv2D", "DepthwiseConv2D"])
def test_so_is_one_that_is_called_otherwise(layer: str) -> None:
    filters = {"filters": 16} if layer == "SeparableConv2D" else {}
    arguments = {"kernel_size": (3, 3), "depthwise_initializer": ("Ones", {}), **filters}
    assert of(Training([(layer, arguments), FLAT, ONE], ADAM)) == {Reason.KERNELS}


@pytest.mark.parametrize(
    ("constraint", "found"),
    [
        (("NonNeg", {}), {Reason.KERNELS}),
        (("UnitNorm", {"axis": 0}), {Reason.KERNELS}),
        (("MinMaxNorm", {"min_value": 9.0, "max_value": 9.0}), {Reason.KERNELS}),
        (("MaxNorm", {"max_value": 0.0}), {Reason.KERNELS}),
        (("MaxNorm", {"max_value": 2}), set()),
    ],
)
def test_what_binds_a_kernel_may_be_one(constraint: Spec, found: set[Reason]) -> None:
    layers = [conv(16, kernel_constraint=constraint), FLAT, ONE]
    assert of(Training(layers, ADAM)) == found


@pytest.mark.parametrize(
    "layer",
    [
        dense(64, bias_initializer=("Constant", {"value": -20.0})),
        (NORMAL[0], {"moving_mean_initializer": ("Constant", {"value": 7.5})}),
        (NORMAL[0], {"gamma_initializer": ("Constant", {"value": 1000.0})}),
        (NORMAL[0], {"beta_initializer": ("RandomNormal", {"mean": 3.0})}),
    ],
)
def test_biases_and_factors_far_from_usual_ones_are_one(layer: Spec) -> None:
    assert of(Training([conv(16), FLAT, layer, ONE], ADAM)) == {Reason.OFFSETS}


@pytest.mark.parametrize(
    "layers",
    [
        [("Cropping2D", {"cropping": ((70, 0), (0, 0))})],
        [("CenterCrop", {"height": 20, "width": 20})],
        [("Rescaling", {"scale": 1000.0})],
        [("Rescaling", {"scale": 1.0, "offset": 5.0})],
        [("Rescaling", {"scale": 2.0, "offset": 0.0})] * 3,
    ],
)
def test_what_picks_out_a_spot_is_one_and_mirrors_nothing(layers: list[Spec]) -> None:
    found = of(Training([*layers, *network(conv(16))], RMSPROP))
    assert found == {Reason.SPOT}
    assert not mirrors(found)


@pytest.mark.parametrize(
    "rate",
    [
        0.0,
        1e-7,
        50.0,
        ("PiecewiseConstantDecay", {"boundaries": (4,), "values": (0.001, 0.0)}),
        ("ExponentialDecay", {"initial_learning_rate": 0.0, "decay_steps": 8, "decay_rate": 0.9}),
    ],
)
def test_a_learning_rate_that_is_tiny_or_huge_is_one(rate: Any) -> None:
    found = of(Training(network(conv(16)), ("SGD", {"learning_rate": rate})))
    assert found == {Reason.RATE}


@pytest.mark.parametrize(
    ("layers", "epochs", "found"),
    [
        ([conv(16)], 2, {Reason.EARLY}),
        ([conv(16)], 3, set()),
        ([conv(16), NORMAL], 1, {Reason.EARLY}),
        ([conv(16), NORMAL], 2, set()),
    ],
)
def test_a_target_that_is_reached_too_soon_is_one(
    layers: list[Spec], epochs: int, found: set[Reason]
) -> None:
    assert of(Training([*layers, FLAT, ONE], ADAM), epochs) == found


@pytest.mark.parametrize(
    ("before", "found"),
    [(0.95, {Reason.BEFORE}), (0.05, {Reason.BEFORE}), (0.9125, set()), (0.0875, set())],
)
def test_an_accuracy_before_training_is_one_for_either_order_of_labels(
    before: float, found: set[Reason]
) -> None:
    assert of(TRAININGS["solution"], before=before) == found


@pytest.mark.parametrize(
    ("moved", "found"),
    [(0.0, {Reason.STILL}), (1e-5, {Reason.STILL}), (0.01, set()), (None, set())],
)
def test_a_kernel_that_hardly_changes_is_one(moved: float | None, found: set[Reason]) -> None:
    assert of(TRAININGS["solution"], moved=moved) == found


def test_few_filters_are_one() -> None:
    assert of(UNUSUAL["narrow"]) == {Reason.NARROW}


def test_a_part_of_the_image_with_unusual_biases_mirrors_nothing() -> None:
    assert not mirrors(of(UNUSUAL["cut and biased"]))


SETTINGS: dict[str, Value] = {"label_mode": "binary", "color_mode": "rgb", "image_size": (150, 150)}


def of_dataset(*steps: ObjectSpec) -> frozenset[Reason]:
    """Reasons of a usual network that is trained on a dataset."""
    folder = DirectorySpec(SETTINGS, ("happy", "sad"), "0" * 64, 80)
    nodes = (DatasetNode(0, folder), DatasetNode(1, MapSpec(steps), (0,)))
    description = replace(described(TRAININGS["normalised"]), loader=PipelineSpec(nodes))
    return reasons(description, trained(), TIME, 2)


def step(name: str, **arguments: Value) -> ObjectSpec:
    return ObjectSpec(name, arguments)


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [step("Divide", by=255.0)],
        [step("Multiply", by=1 / 255)],
        [step("Divide", by=127.5), step("Subtract", by=1.0)],
        [step("Subtract", by=127.5), step("Divide", by=127.5)],
        [step("Subtract", by=128.0)],
        [step("Rescaling", scale=1 / 127.5, offset=-1.0), step("Resizing", height=8, width=8)],
    ],
)
def test_of_datasets_that_are_scaled_as_usual_there_is_none(steps: list[ObjectSpec]) -> None:
    assert of_dataset(*steps) == frozenset()


@pytest.mark.parametrize(
    "steps",
    [
        [step("CenterCrop", height=20, width=20)],
        [step("Multiply", by=1e6)],
        [step("Divide", by=255.0), step("Multiply", by=1e4)],
        [step("Divide", by=255.0), step("Subtract", by=7.0)],
        [step("Rescaling", scale=0.5), step("Rescaling", scale=100.0)],
    ],
)
def test_a_dataset_that_says_where_to_look_is_a_reason(steps: list[ObjectSpec]) -> None:
    assert of_dataset(*steps) == {Reason.SPOT}
