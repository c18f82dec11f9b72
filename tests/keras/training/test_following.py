"""Callbacks that use a model which is trained elsewhere; ``followed.py`` has the callbacks."""

from typing import Any

import pytest

Seen = dict[str, Any]
FIRST, SECOND, LAST = 0.25, 0.75, 0.875


def said(fitted: Seen, case: str) -> dict[str, Any]:
    found: dict[str, Any] = fitted["followed"][case]
    return found


def rates(fitted: Seen, case: str) -> list[float | None]:
    return [reply["learning_rate"] for reply in said(fitted, case)["replies"]]


# As with plain Keras


@pytest.mark.parametrize("case", ["all_at_once", "averaged"])
@pytest.mark.parametrize("what", ["history", "said", "files", "rate", "weights"])
def test_callbacks_make_and_see_what_they_do_with_plain_keras(
    fitted: Seen, case: str, what: str
) -> None:
    plain, ours = fitted["same"][case]
    assert ours[what] == plain[what]


# Weights and learning rates of each epoch


def test_each_epoch_is_seen_with_its_weights_before_the_next_one_begins(fitted: Seen) -> None:
    assert said(fitted, "order")["said"] == [
        ["begin", 0.5], ["begin-0", 0.5], ["end-0", FIRST], ["begin-1", FIRST],
        ["end-1", SECOND], ["end", LAST],
    ]  # fmt: skip


def test_weights_are_asked_for_where_callbacks_use_them(fitted: Seen) -> None:
    assert said(fitted, "order")["asked"] == [{"weights": True, "batches": False}]


def test_learning_rates_go_back_with_the_reply(fitted: Seen) -> None:
    assert rates(fitted, "rates") == [0.25, 0.125, None]


def test_a_learning_rate_set_at_the_beginning_goes_back_before_the_first_epoch(
    fitted: Seen,
) -> None:
    assert rates(fitted, "rate_when_it_begins")[0] == 0.25


def test_a_learning_rate_that_the_trainer_has_set_is_shown(fitted: Seen) -> None:
    assert (rates(fitted, "order"), said(fitted, "order")["rate"]) == ([None] * 3, 0.5)


# Weights that callbacks set


@pytest.mark.parametrize("case", ["restored_at_stop", "restored_at_end"])
def test_weights_that_are_restored_at_the_end_stay(fitted: Seen, case: str) -> None:
    found = said(fitted, case)
    assert (found["way"]["path"], found["left"]) == ("grader", 0.125)


def test_weights_that_are_put_back_at_once_are_no_matter(fitted: Seen) -> None:
    found = said(fitted, "looked")
    assert (found["way"]["path"], found["left"]) == ("grader", LAST)


# What the grader cannot do

SECOND_WAY = {
    "weights_set": "a callback sets weights while the model is trained",
    "weights_set_when_it_begins": "a callback sets weights while the model is trained",
    "stops_as_epoch_begins": "a callback stops the training within an epoch",
    "stops_in_batch": "a callback stops the training within an epoch",
    "rate_in_batch": "a callback changes the learning rate within an epoch",
    "no_rate": "a callback sets a learning rate of nan",
    "negative_rate": "a callback sets a learning rate of -1.0",
    "iterations_set": "a callback sets the iterations of the optimizer",
}


@pytest.mark.parametrize("case", SECOND_WAY)
def test_what_the_grader_cannot_do_is_trained_in_the_kernel(fitted: Seen, case: str) -> None:
    way = said(fitted, case)["way"]
    assert (way["path"], way["reason"]) == ("kernel", SECOND_WAY[case])


@pytest.mark.parametrize("case", SECOND_WAY)
def test_the_grader_is_told_to_stop_then(fitted: Seen, case: str) -> None:
    assert said(fitted, case)["replies"][-1]["stop"]


def test_the_kernel_trains_from_the_weights_that_there_were(fitted: Seen) -> None:
    beginnings = [each[1] for each in said(fitted, "weights_set")["said"] if each[0] == "begin"]
    assert beginnings == [0.5, 0.5]


# Batches


def test_batches_are_played_in_order(fitted: Seen) -> None:
    assert said(fitted, "batches")["said"] == [[0, {"loss": 0.9}], [1, {"loss": 0.8}]]


def test_batches_are_asked_for_where_callbacks_listen_to_them(fitted: Seen) -> None:
    assert said(fitted, "batches")["asked"] == [{"weights": False, "batches": True}]


# Exceptions


def test_what_a_callback_raises_at_the_beginning_comes_out_of_fit(fitted: Seen) -> None:
    found = said(fitted, "raises_as_it_begins")
    assert (found["raised"], found["said"]) == ("'auc'", [["begin", 0.5]])
