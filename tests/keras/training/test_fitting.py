"""``fit`` where the grader trains: in a process of its own, of which only JSON comes back."""

import re
from typing import Any

import pytest

BY_GRADER = {"path": "grader", "reason": "", "number": 0}
Seen = dict[str, Any]


@pytest.fixture
def seen(fitted: Seen) -> Seen:
    return fitted


# Really trained

MODELS = ("sequential", "deferred", "branched")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("what", ["type", "history", "epoch", "params", "model"])
def test_the_history_is_keras_own(seen: Seen, model: str, what: str) -> None:
    ours, plain, _ = seen["trained"][model]
    assert ours[what] == plain[what]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("what", ["weights", "iterations", "metrics", "stop_training", "names"])
def test_the_model_is_left_as_keras_leaves_it(seen: Seen, model: str, what: str) -> None:
    ours, plain, _ = seen["trained"][model]
    assert ours[what] == plain[what]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("what", ["evaluate", "predict", "loaded", "summary"])
def test_what_comes_after_works_as_it_does_with_keras(seen: Seen, model: str, what: str) -> None:
    ours, plain, _ = seen["trained"][model]
    assert ours[what] == plain[what]


@pytest.mark.parametrize("model", MODELS)
def test_it_was_the_grader_that_trained(seen: Seen, model: str) -> None:
    assert seen["trained"][model][2] == BY_GRADER


# Printed


def final(printed: str) -> list[str]:
    """Return lines as they are left on a screen, without the times."""
    left = [line.rpartition("\r")[2] for line in printed.split("\n")]
    timeless = [re.sub(r"\d+m?u?s(/step)?", "TIME", line) for line in left]
    return [re.sub(r"\x1b\[\d*m", "", line).rstrip() for line in timeless]


@pytest.mark.parametrize("verbose", ["0", "1", "2"])
def test_progress_is_printed_as_keras_does(seen: Seen, verbose: str) -> None:
    plain, ours = map(final, seen["progress"][verbose])
    assert ours == plain


def test_progress_has_a_line_for_each_epoch(seen: Seen) -> None:
    assert [len(final(seen["progress"][verbose][1])) for verbose in "012"] == [1, 5, 5]


# Callbacks


def test_a_callback_of_the_student_stops_the_training(seen: Seen) -> None:
    epochs, losses, stopped = seen["own"]["stopped"]
    assert (epochs, len(losses), stopped) == ([0, 1, 2], 3, True)


def test_callbacks_are_called_as_keras_calls_them(seen: Seen) -> None:
    calls, logs = seen["own"]["calls"]
    assert calls == ["begin", 0, logs[0], 1, logs[1], 2, logs[2], "end"]


def test_a_callback_that_the_trainer_has_stops_the_training(seen: Seen) -> None:
    assert seen["own"]["elsewhere"] == [[0, 1], True]


def test_what_a_callback_raises_comes_out_of_fit(seen: Seen) -> None:
    (raised, _, _, _), path = seen["own"]["raised"]
    assert (raised, path) == (True, "grader")


@pytest.mark.parametrize("error", ["KeyError", "KeyboardInterrupt"])
@pytest.mark.parametrize("filtering", ["enable", "disable"])
def test_its_traceback_is_that_of_a_training_by_keras(
    seen: Seen, filtering: str, error: str
) -> None:
    plainly, by_the_grader = seen["traces"][f"{filtering} {error}"]
    assert by_the_grader == plainly
    assert plainly[-1] == "Breaks.on_epoch_end"


def test_a_model_whose_callback_raises_has_the_weights_of_that_epoch(seen: Seen) -> None:
    assert seen["own"]["raised"][0][1] == [0.25]


def test_the_grader_trains_after_a_callback_has_raised(seen: Seen) -> None:
    assert seen["own"]["afterwards"] == BY_GRADER | {"number": 1}


def test_who_is_interrupted_does_not_wait_for_the_grader(seen: Seen) -> None:
    assert seen["own"]["interrupted"][0]
    assert seen["own"]["after_interrupt"]["path"] == "kernel"


# What callbacks use

LOGS_ONLY = (
    "Stops", "Records", "Calculates", "Global", "History", "Validates", "Rates", "Inherits",
    "Assigns", "Other", "GlobalOther", "AtTheEnds", "lambda", "closure", "CSVLogger",
    "LearningRateScheduler", "TensorBoard", "Patient", "used",
)  # fmt: skip
WEIGHTS = (
    "Looks", "Keeps", "Nested", "Helped", "Contains", "Method", "Holds", "partial",
    "closure_saves", "ModelCheckpoint", "BackupAndRestore", "restoring", "TensorBoard_histograms",
)  # fmt: skip
BATCHES = (
    "Steps", "Watches", "batches", "TensorBoard_batches", "TensorBoard_profiles",
    "Validates_validated",
)  # fmt: skip
OBJECTIONS = {
    "Weighs": "Weighs uses the model's get_weights in on_train_batch_end, within an epoch",
    "Warms": "uses the model's optimizer.learning_rate in on_train_batch_begin, within an epoch",
    "ModelCheckpoint_batches": "saves weights within an epoch",
    "swapping": "exchanges weights within an epoch",
    "replaced": "uses the model's get_weights in on_train_batch_end, within an epoch",
    "class": "a callback is no object of a class of keras.callbacks.Callback",
}


def test_all_callbacks_are_here(seen: Seen) -> None:
    assert set(seen["uses"]) == {*LOGS_ONLY, *WEIGHTS, *BATCHES, *OBJECTIONS}


@pytest.mark.parametrize("callback", LOGS_ONLY)
def test_a_callback_that_needs_no_weights_is_sent_none(seen: Seen, callback: str) -> None:
    assert seen["uses"][callback] == []


@pytest.mark.parametrize("callback", WEIGHTS)
def test_a_callback_that_uses_the_model_is_sent_its_weights(seen: Seen, callback: str) -> None:
    assert seen["uses"][callback] == ["weights"]


@pytest.mark.parametrize("callback", BATCHES)
def test_a_callback_that_listens_to_batches_is_sent_them(seen: Seen, callback: str) -> None:
    assert seen["uses"][callback] == ["batches"]


@pytest.mark.parametrize("callback", OBJECTIONS)
def test_a_callback_that_cannot_be_called_afterwards_is_objected_to(
    seen: Seen, callback: str
) -> None:
    assert OBJECTIONS[callback] in seen["uses"][callback]


# Trained in the kernel

WHYS = {
    "refused": "too large",
    "failed": "out of memory",
    "failed_late": "too late",
    "closed": "the connection is closed",
    "other_weights": "the weights have other shapes than the model",
    "fewer_weights": "the weights have other shapes than the model",
    "unknown": "the answer makes no sense",
    "no_kind": "the answer makes no sense",
    "no_logs": "what came of an epoch makes no sense",
    "odd_logs": "what came of an epoch makes no sense",
    "no_json": "a message that is no JSON",
    "no_arrays": "what came of the weights makes no sense",
    "objects": "what came of the weights makes no sense",
    "size": "what came of the weights makes no sense",
}
UNDESCRIBED = {
    "preprocessing": "changes images with a function",
    "own_callback": "the callback Weighs uses the model's get_weights in on_train_batch_end",
    "callback_list": "fit was given a CallbackList",
}


@pytest.mark.parametrize("answer", WHYS)
def test_without_the_grader_the_kernel_trains(seen: Seen, answer: str) -> None:
    way, epochs, kind = seen["kernel"][answer]
    assert (way["path"], epochs, kind) == ("kernel", [0, 1], "History")


@pytest.mark.parametrize("answer", WHYS)
def test_it_is_told_why_the_grader_did_not_train(seen: Seen, answer: str) -> None:
    assert WHYS[answer] in seen["kernel"][answer][0]["reason"]


@pytest.mark.parametrize("case", UNDESCRIBED)
def test_what_cannot_be_described_is_not_asked_for(seen: Seen, case: str) -> None:
    way, epochs, asked = seen["undescribed"][case]
    assert UNDESCRIBED[case] in way["reason"]
    assert (way["path"], epochs, asked) == ("kernel", 1, 0)


@pytest.mark.parametrize("case", ["signature", "class"])
def test_a_mistake_is_told_as_keras_tells_it(seen: Seen, case: str) -> None:
    told = seen["undescribed"][case]
    assert (told["error"], told["context"]) == ("TypeError", None)


# Further fits


def test_a_second_fit_says_what_it_goes_on_from(seen: Seen) -> None:
    assert seen["further"]["after"] == [[0, None], [1, 0]]


def test_a_second_fit_has_a_history_of_its_own(seen: Seen) -> None:
    assert seen["further"]["two_histories"] == [True, True]


def test_a_fit_after_one_that_raised_goes_on_from_it(seen: Seen) -> None:
    reason, after, number = seen["further"]["raised"]
    assert (reason, after) == ("", number)


@pytest.mark.parametrize(
    ("case", "why"),
    [
        ("shared", "the model shares layers with another that was trained before"),
        ("anew", "the model was compiled anew after it was trained"),
        ("by_hand", "the model's weights were set or trained before"),
    ],
)
def test_a_model_that_was_changed_since_trains_in_the_kernel(
    seen: Seen, case: str, why: str
) -> None:
    assert seen["further"][case][:2] == [why, None]


# Watched


def test_every_fit_is_recorded_with_who_trained_it(seen: Seen) -> None:
    found = [[fit["path"], fit["number"]] for fit in seen["observed"]["fits"]]
    assert found == [["grader", 0], ["kernel", 1], ["grader", 2]]


def test_a_fit_is_recorded_with_why_the_grader_did_not_train(seen: Seen) -> None:
    assert [bool(fit["reason"]) for fit in seen["observed"]["fits"]] == [False, True, False]


def test_curves_are_recorded_whoever_trained(seen: Seen) -> None:
    assert len(seen["observed"]["fits"][0]["curves"]["loss"]) == 3


def test_a_history_belongs_to_its_fit(seen: Seen) -> None:
    assert (seen["observed"]["found"], seen["observed"]["faults"]) == (0, [])


def test_without_a_connection_everything_stays_as_it_is(seen: Seen) -> None:
    assert seen["alone"]["without"] == [[], True]
