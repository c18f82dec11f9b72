"""Which diagnosis a training gets: what is certain first, and nothing where nothing is sure."""

from dataclasses import replace
from typing import Any

import pytest

from grader.diagnosis import Curves, Diagnosis, Symptom, TrainingSettings, diagnose

RIGHT = TrainingSettings(
    units=1, activation="sigmoid", loss="BinaryCrossentropy", optimizer="Adam",
    learning_rate=0.001, largest_value=1.0, images=80,
)  # fmt: skip
TARGET = 0.999
FLAT = Curves(loss=(0.7,) * 20, accuracy=(0.5,) * 20, in_time=14)
FALLEN = (0.5, 0.8, 0.5, 0.9, 0.4, 0.6, 0.7)
SWINGING = replace(FLAT, accuracy=FALLEN, loss=(0.7, 0.5, 0.9, 0.4, 1.2, 0.6, 0.6))
RISING = Curves((0.7, 0.5, 0.4, 0.3, 0.2, 0.1), (0.5, 0.6, 0.7, 0.8, 0.9, 0.95), in_time=14)
BROKEN = replace(FLAT, loss=(None,) * 20)
BY_HEART = Curves(
    (0.7, 0.3, 0.1), (0.5, 0.9, 1.0), (0.5, 0.6, 0.55), validation_images=40, asked=3, in_time=14
)
RATE, SCALE = "the learning rate", "how the pixel values are scaled"


def told(curves: Curves, *, on_validation: bool = False, **settings: Any) -> Diagnosis | None:
    return diagnose(replace(RIGHT, **settings), curves, TARGET, on_validation=on_validation)


@pytest.mark.parametrize(
    ("curves", "settings", "kind", "look_at"),
    [
        (
            FLAT,
            {"activation": "softmax"},
            Symptom.OUTPUT_AND_LOSS,
            "the activation of the last layer",
        ),
        (FLAT, {"learning_rate": 0.0}, Symptom.NO_LEARNING_RATE, "the arguments of the optimizer"),
        (BROKEN, {"learning_rate": 10.0}, Symptom.NOT_A_NUMBER, RATE),
        (BROKEN, {"largest_value": 255.0}, Symptom.NOT_A_NUMBER, SCALE),
        (FLAT, {"constant_kernels": "Zeros"}, Symptom.GUESSING, "the initializers"),
        (FLAT, {"largest_value": 0.004}, Symptom.GUESSING, SCALE),
        (FLAT, {"largest_value": 255.0}, Symptom.GUESSING, SCALE),
        (FLAT, {"learning_rate": 0.1}, Symptom.GUESSING, RATE),
        (FLAT, {"learning_rate": 1e-07}, Symptom.SLOW, RATE),
        (SWINGING, {"learning_rate": 0.1}, Symptom.UNSTABLE, RATE),
        (SWINGING, {"largest_value": 255.0}, Symptom.UNSTABLE, SCALE),
        (
            replace(RISING, asked=6),
            {},
            Symptom.ENDED_EARLY,
            "how many epochs fit is asked for",
        ),
        (replace(RISING, stopped=True), {}, Symptom.ENDED_EARLY, "the callback that stops it"),
        (
            replace(RISING, stopped=True, in_time=None),
            {},
            Symptom.ENDED_EARLY,
            "the callback that stops it",
        ),
    ],
)
def test_what_is_seen_is_said_with_what_explains_it(
    curves: Curves, settings: dict[str, Any], kind: Symptom, look_at: str
) -> None:
    found = told(curves, **settings)
    assert found is not None
    assert (found.kind, found.look_at) == (kind, look_at)


@pytest.mark.parametrize("curves", [FLAT, SWINGING, BROKEN, replace(FLAT, stopped=True)])
def test_what_nothing_explains_gets_no_diagnosis(curves: Curves) -> None:
    assert told(curves, learning_rate=0.002) is None


@pytest.mark.parametrize(
    ("curves", "settings"),
    [
        # A loss of another kind is read by other numbers.
        (FLAT, {"loss": "MeanSquaredError", "learning_rate": 0.1}),
        # The rate changed meanwhile.
        (FLAT, {"learning_rate": None}),
        # Time was up: fit was asked for more.
        (replace(RISING, asked=20), {}),
        (replace(RISING, asked=6, in_time=None), {}),
        # What ended it may be what noticed that nothing is learnt.
        (replace(BROKEN, stopped=True, loss=(None,), accuracy=(0.5,)), {}),
        (replace(FLAT, accuracy=(0.5,) * 8, stopped=True), {}),
        (Curves((), ()), {"learning_rate": 0.0}),
    ],
)
def test_where_nothing_is_sure_nothing_is_said(curves: Curves, settings: dict[str, Any]) -> None:
    assert told(curves, **settings) is None


@pytest.mark.parametrize("settings", [{"activation": "softmax"}, {"learning_rate": 0.0}, {}])
def test_a_training_that_came_to_its_accuracy_gets_no_diagnosis(settings: dict[str, Any]) -> None:
    reached = replace(RISING, accuracy=(0.5, 1.0, 0.5), stopped=True)
    assert told(reached, **settings) is None


def test_what_is_certain_by_the_settings_comes_before_the_curves() -> None:
    found = told(replace(BROKEN, stopped=True), activation="relu", learning_rate=1e6)
    assert found is not None
    assert found.kind is Symptom.OUTPUT_AND_LOSS


def test_a_cause_comes_before_a_training_that_ended_early() -> None:
    found = told(replace(FLAT, accuracy=(0.5,) * 8, stopped=True), learning_rate=0.1)
    assert found is not None
    assert found.kind is Symptom.GUESSING


def test_what_was_learnt_and_lost_is_told_of_a_network_that_guesses_in_the_end() -> None:
    lost = replace(FLAT, accuracy=(0.5, 0.8, 0.9, *(0.5,) * 17))
    assert str(told(lost, learning_rate=0.1)).startswith(
        "The accuracy does not settle, and falls to 50% in epoch 4, with Adam"
    )


def test_images_known_by_heart_are_named_where_validation_is_the_goal() -> None:
    found = told(BY_HEART, on_validation=True)
    assert str(found) == (
        "The model overfits, with 100% accuracy in training and at best 60% on the validation "
        "images: look first at augmentation, dropout and the size of the network."
    )


def test_they_are_not_named_where_training_is_the_goal() -> None:
    assert told(BY_HEART) is None


def test_a_diagnosis_is_one_sentence() -> None:
    assert str(told(FLAT, learning_rate=0.1)) == (
        "The accuracy stays near that of guessing, 50%, with Adam at a learning rate of 0.1: look "
        "first at the learning rate."
    )
