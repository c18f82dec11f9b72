"""What is said of goals."""

import pytest

from grader.goals import Goal, Quantity, words

VALIDATION = Quantity("accuracy", "validation")
GOALS = (
    (Goal(at_least=0.999, before_epoch=15), "99.9% accuracy before epoch 15"),
    (Goal(at_least=0.9, by_epoch=10), "90% accuracy by epoch 10"),
    (Goal(above=0.9), "more than 90% accuracy"),
    (Goal("acc", at_least=0.9, at_end=True), "90% accuracy at the end"),
    (Goal("accuracy", "validation", at_least=0.875), "87.5% validation accuracy"),
    (Goal("accuracy", "test", at_least=0.75), "75% test accuracy"),
    (
        Goal("loss", "validation", at_most=0.3, at_end=True),
        "a validation loss of at most 0.3 at the end",
    ),
    (Goal("loss", below=0.05, by_epoch=5), "a training loss below 0.05 by epoch 5"),
    (Goal("recall", "validation", at_least=0.8), "a validation recall of at least 80%"),
    (Goal("auc", above=0.85), "a training auc above 0.85"),
    (Goal("mean_absolute_error", at_most=2), "a training mean absolute error of at most 2"),
    (
        Goal(at_most=0.05, at_end=True, minus=VALIDATION),
        "a training accuracy at most 5 percentage points above the validation accuracy at the end",
    ),
    (
        Goal("accuracy", "validation", at_least=0.01, minus=Quantity()),
        "a validation accuracy at least 1 percentage point above the training accuracy",
    ),
    (
        Goal("loss", below=0, at_end=True, minus=Quantity("loss", first_epoch=True)),
        "a training loss below that after the first epoch, at the end",
    ),
    (
        Goal("loss", "validation", at_most=-0.2, minus=Quantity("loss", first_epoch=True)),
        "a validation loss at least 0.2 below the training loss after the first epoch",
    ),
)


@pytest.mark.parametrize(("goal", "said"), GOALS, ids=[said for _, said in GOALS])
def test_a_goal_is_said_in_a_phrase(goal: Goal, said: str) -> None:
    assert words.sentence(goal) == said


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (Goal(at_least=0.999, before_epoch=15), "99.9%"),
        (Goal(above=0.5), "more than 50%"),
        (Goal("accuracy", "validation", at_least=0.9), "90% validation accuracy"),
        (Goal("loss", at_most=0.3), "a training loss of at most 0.3"),
    ],
)
def test_the_accuracy_in_training_alone_is_said_briefly(goal: Goal, said: str) -> None:
    assert words.brief(goal) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.3, "0.3"), (0.30004, "0.30004"), (0.41237, "0.4124"), (12.0, "12")]
)
def test_a_near_miss_of_a_loss_does_not_read_as_a_hit(value: float, said: str) -> None:
    assert words.number(Goal("loss", at_most=0.3), value) == said
