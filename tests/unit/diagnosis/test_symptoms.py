"""What the curves of a training show."""

import pytest

from grader.diagnosis import Curves, TrainingSettings, symptoms

TWO, TEN = TrainingSettings(images=80), TrainingSettings(images=1000, classes=10)
LEARNT = (0.44, 0.54, 0.65, 0.84, 0.85, 0.88, 0.93, 0.91, 0.94, 0.99, 0.9, 1.0)
FALLING = (1.71, 0.68, 0.59, 0.51, 0.39, 0.28, 0.23, 0.18, 0.12, 0.07, 0.19, 0.04)
STILL = (0.725, 0.724, 0.723, 0.723, 0.722, 0.721, 0.721, 0.72)


def curves(*accuracy: float, loss: tuple[float | None, ...] = ()) -> Curves:
    return Curves(loss=loss, accuracy=accuracy)


@pytest.mark.parametrize(
    ("accuracy", "settings", "guesses"),
    [
        ((0.5,) * 8, TWO, True),
        ((0.43, 0.48, 0.6, 0.5, 0.4, 0.55, 0.48, 0.5), TWO, True),
        ((0.5, 0.5, 0.5, 0.5, 0.5, 0.55, 0.6, 0.7), TWO, False),
        ((0.9, 0.9, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5), TWO, True),
        # One lucky epoch is more than luck.
        ((0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.8), TWO, False),
        ((0.5,) * 5, TWO, False),
        (LEARNT, TWO, False),
        ((0.1,) * 8, TEN, True),
        ((0.5,) * 8, TEN, False),
    ],
)
def test_guessing_is_as_accurate_as_chance_for_half_of_the_epochs(
    accuracy: tuple[float, ...],
    settings: TrainingSettings,
    guesses: bool,  # noqa: FBT001
) -> None:
    assert symptoms.guesses(curves(*accuracy), settings) is guesses


@pytest.mark.parametrize(
    ("loss", "creeps"),
    [
        (STILL, True),
        ((0.7, 0.68, 0.69, 0.66, 0.65, 0.64, 0.62, 0.6), True),
        ((0.7,) * 8, True),
        (FALLING, False),
        # Far above the first one, or far below it.
        ((0.7, 0.69, 1.4, 0.69, 0.69, 0.69, 0.69, 0.69), False),
        ((0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35), False),
        ((0.7,) * 5, False),
        ((*STILL, None), False),
        ((0.0,) * 8, False),
    ],
)
def test_a_loss_creeps_that_falls_little(loss: tuple[float | None, ...], creeps: bool) -> None:  # noqa: FBT001
    assert symptoms.creeps(curves(*[0.5] * len(loss), loss=loss)) is creeps


@pytest.mark.parametrize(
    ("accuracy", "epoch"),
    [
        ((0.5, 0.8, 0.5, 0.9, 0.4, 0.6, 0.7), 5),
        # Once may be chance, and a little always is.
        ((0.5, 0.8, 0.5, 0.8, 0.85, 0.9, 0.95), None),
        ((0.5, 0.8, 0.7, 0.8, 0.65, 0.9, 0.8), None),
        ((0.5, 0.8, 0.5, 0.8, 0.4), None),
        # Who guesses has that by luck, and falls from there.
        ((0.6, 0.35, 0.4, 0.6, 0.35, 0.5, 0.5), None),
        (LEARNT, None),
    ],
)
def test_accuracy_falls_back_that_falls_far_and_more_than_once(
    accuracy: tuple[float, ...], epoch: int | None
) -> None:
    assert symptoms.falls_back(curves(*accuracy), TWO) == epoch


@pytest.mark.parametrize(
    ("trained", "validated", "images", "by_heart"),
    [
        (1.0, 0.5, 40, True),
        (1.0, 0.8, 100, True),
        # Of so few images it may be chance.
        (1.0, 0.8, 10, False),
        (1.0, 0.93, 10_000, False),
        (0.9, 0.5, 40, False),
    ],
)
def test_images_are_known_by_heart_where_validation_stays_far_behind(
    trained: float,
    validated: float,
    images: int,
    by_heart: bool,  # noqa: FBT001
) -> None:
    made = Curves((), (0.5, trained), (0.5, validated, None), validation_images=images)
    assert symptoms.learnt_by_heart(made) is by_heart


def test_without_validation_nothing_is_known_by_heart() -> None:
    assert not symptoms.learnt_by_heart(Curves((), (0.5, 1.0)))


def test_the_first_loss_that_is_no_number_is_found() -> None:
    assert symptoms.first_not_a_number(curves(loss=(0.7, None, 0.7, None))) == 2
