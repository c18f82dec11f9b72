"""What of a training's settings explains that it does not learn."""

from dataclasses import replace

import pytest

from grader.diagnosis import TrainingSettings, causes

RIGHT = TrainingSettings(
    units=1, activation="sigmoid", loss="BinaryCrossentropy", optimizer="Adam",
    learning_rate=0.001, largest_value=1.0, images=80,
)  # fmt: skip
SOFTMAX = {"units": 2, "activation": "softmax"}
UNSUITED = (
    ({"activation": "softmax"}, "one unit with softmax, which is 1 for every image"),
    ({"loss": "CategoricalCrossentropy"}, "0 for whatever a single unit puts out"),
    ({"loss": "CategoricalCrossentropy", "from_logits": True}, "0 for whatever a single unit"),
    ({"activation": "linear"}, "has no activation, and BinaryCrossentropy takes it"),
    ({"activation": "relu"}, "the output is relu, and BinaryCrossentropy takes its values"),
    ({"activation": "tanh"}, "the output is tanh"),
    (
        {"units": 2, "activation": "linear", "loss": "SparseCategoricalCrossentropy"},
        "has no activation, and SparseCategoricalCrossentropy takes it for probabilities",
    ),
)
NOT_UNSUITED: tuple[dict[str, object], ...] = (
    {},
    {"activation": "linear", "from_logits": True},
    # Keras takes the numbers that the sigmoid was given.
    {"from_logits": True},
    {**SOFTMAX, "loss": "SparseCategoricalCrossentropy"},
    {**SOFTMAX, "loss": "CategoricalCrossentropy"},
    {"activation": "linear", "loss": "MeanSquaredError"},
    {"activation": "tanh", "loss": "Hinge"},
    {"activation": "hard_sigmoid"},
    {"activation": None},
    {"loss": None},
)


@pytest.mark.parametrize(("changed", "said"), UNSUITED)
def test_an_output_and_a_loss_that_contradict_each_other_are_named(
    changed: dict[str, object], said: str
) -> None:
    found = causes.unsuited(replace(RIGHT, **changed))  # type: ignore[arg-type]
    assert found is not None
    assert said in found.seen


@pytest.mark.parametrize("changed", NOT_UNSUITED)
def test_of_others_nothing_is_said(changed: dict[str, object]) -> None:
    assert causes.unsuited(replace(RIGHT, **changed)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "suited"),
    [
        ({}, True),
        ({"activation": "linear", "from_logits": True}, True),
        ({**SOFTMAX, "loss": "SparseCategoricalCrossentropy"}, True),
        ({**SOFTMAX, "loss": "CategoricalCrossentropy"}, True),
        ({"loss": "MeanSquaredError"}, False),
        ({"from_logits": True}, False),
        ({"units": 2}, False),
        ({"activation": None}, False),
    ],
)
def test_curves_are_read_of_classifiers_alone(changed: dict[str, object], suited: bool) -> None:  # noqa: FBT001
    assert causes.suited(replace(RIGHT, **changed)) is suited  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("optimizer", "rate", "low", "high"),
    [
        ("Adam", 0.001, False, False),
        ("Adam", 0.0002, False, False),
        # As 32-bit floats have them.
        ("Adam", 9.999999747378752e-05, True, False),
        ("RMSprop", 0.009999999776482582, False, True),
        ("RMSprop", 0.005, False, False),
        ("SGD", 0.001, True, False),
        ("SGD", 0.05, False, False),
        ("SGD", 0.1, False, True),
        ("Adadelta", 0.001, True, False),
        ("Adagrad", 1.0, False, False),
        ("Muon", 1e-9, False, False),
        ("Adam", None, False, False),
        ("Adam", 0.0, False, False),
        (None, 1e-9, False, False),
    ],
)
def test_a_rate_is_low_or_high_by_what_is_usual_for_its_optimizer(
    optimizer: str | None,
    rate: float | None,
    low: bool,  # noqa: FBT001
    high: bool,  # noqa: FBT001
) -> None:
    settings = replace(RIGHT, optimizer=optimizer, learning_rate=rate)
    assert (causes.low_rate(settings), causes.high_rate(settings)) == (low, high)


@pytest.mark.parametrize(
    ("largest", "small", "large"),
    [
        (1.0, False, False),
        (3.5, False, False),
        (0.00392, True, False),
        (255.0, False, True),
        (None, False, False),
    ],
)
def test_values_of_images_are_small_or_large_by_what_is_usual(
    largest: float | None,
    small: bool,  # noqa: FBT001
    large: bool,  # noqa: FBT001
) -> None:
    settings = replace(RIGHT, largest_value=largest)
    assert (causes.small_values(settings), causes.large_values(settings)) == (small, large)


def test_no_rate_at_all_is_a_cause_by_itself() -> None:
    found = causes.unmoved(replace(RIGHT, learning_rate=0.0))
    assert str(found) == (
        "The learning rate is 0, so that no weight changes: look first at the arguments of the "
        "optimizer."
    )


def test_numbers_are_written_as_people_do() -> None:
    settings = replace(RIGHT, learning_rate=1e-07, largest_value=65025.0)
    assert causes.of_rate(settings).endswith("of 1e-07")
    assert causes.of_values(settings) == "with values up to 65,025 in the images"
