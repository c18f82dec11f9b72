"""Callbacks are tried with a real model, as if it was trained; ``tried.py`` has the callbacks."""

from typing import Any

import pytest

Said = dict[str, Any]
USES = (
    "save", "save_weights", "save_below", "learning_rate", "set_learning_rate", "name", "summary",
    "history", "weights", "count_params", "evaluate", "predict", "optimizer", "to_json", "metrics",
    "layers", "loss",
)  # fmt: skip
RAISING = {
    "Raises": "KeyError",
    "Exits": "SystemExit",
    "SetsNonsense": "ValueError",
    "NeedsMore": "TypeError",
    "LacksLogs": "TypeError",
    "object": "AttributeError",
}


@pytest.fixture
def tried(said: Said) -> Said:
    found: Said = said["tried"]
    return found


def test_all_uses_of_a_model_are_here(tried: Said) -> None:
    assert set(tried["uses"]) == set(USES)


@pytest.mark.parametrize("use", USES)
def test_a_callback_may_use_its_model(tried: Said, use: str) -> None:
    trial = tried["uses"][use]
    assert (trial["stopped"], trial["error"]) == (True, None)


@pytest.mark.parametrize("callback", ["Calm", "InBatch"])
def test_a_callback_that_stops_is_seen_to(tried: Said, callback: str) -> None:
    assert tried["outcomes"][callback]["stopped"]


def test_a_callback_that_goes_on_is_seen_to(tried: Said) -> None:
    assert not tried["below"]["stopped"]


@pytest.mark.parametrize("callback", RAISING)
def test_whatever_a_callback_raises_is_recorded(tried: Said, callback: str) -> None:
    assert tried["outcomes"][callback]["error"]["name"] == RAISING[callback]


@pytest.mark.parametrize("callback", RAISING)
def test_what_a_callback_raises_by_itself_is_its_own_fault(tried: Said, callback: str) -> None:
    assert not tried["outcomes"][callback]["stand_in"]


def test_a_callback_that_stops_and_then_raises_did_both(tried: Said) -> None:
    trial = tried["outcomes"]["StopsThenRaises"]
    assert trial["stopped"]
    assert trial["error"]


def test_each_trial_has_a_callback_of_its_own(tried: Said) -> None:
    assert tried["counts"] == [False] * 3


def test_a_callback_that_does_not_end_is_not_taken_for_one_that_raises(tried: Said) -> None:
    assert tried["interrupted"]


# Without logs


@pytest.mark.parametrize("callback", ["Calm", "EmptyByDefault"])
def test_a_callback_may_be_called_without_logs(tried: Said, callback: str) -> None:
    trial = tried["none"][callback]
    assert (trial["logs"], trial["stopped"], trial["error"]) == (None, False, None)


@pytest.mark.parametrize("callback", ["MindsNone", "MindsNoneGiven", "MindsNoneAtOnce"])
def test_a_callback_that_minds_having_no_logs_is_seen_to(tried: Said, callback: str) -> None:
    assert tried["none"][callback]["error"]["name"] == "AttributeError"


# As in a training


def test_hooks_are_called_as_fit_calls_them(tried: Said) -> None:
    in_trial, in_fit = tried["hooks"]
    assert in_trial == in_fit


def test_a_trial_leaves_the_model_as_it_was(tried: Said) -> None:
    assert tried["restored"]


def test_a_trial_changes_no_file_of_the_notebook(tried: Said) -> None:
    assert tried["files"] == [["done.keras", "saved"], "from training"]


def test_once_there_is_a_training_a_callback_may_read_its_files(tried: Said) -> None:
    assert tried["read"] == [False, True]


def test_a_trial_leaves_no_folder_behind(tried: Said) -> None:
    assert tried["beside"] == ["tried"]


def test_the_model_uses_up_no_names_and_no_random_numbers(tried: Said) -> None:
    assert tried["undisturbed"] == [True, True, True]


# Whose fault it is


@pytest.mark.parametrize("case", ["other_layer", "other_images", "fewer_layers", "no_file"])
def test_what_another_model_or_folder_lacks_is_no_fault_of_the_callback(
    tried: Said, case: str
) -> None:
    assert tried[case][0]


@pytest.mark.parametrize("case", ["other_layer", "other_images", "fewer_layers"])
def test_what_the_student_s_own_model_lacks_is_a_fault_of_the_callback(
    tried: Said, case: str
) -> None:
    assert not tried[case][1]


@pytest.mark.parametrize("case", ["no_attribute", "no_key", "wrong_type"])
def test_what_any_model_would_lack_is_a_fault_of_the_callback(tried: Said, case: str) -> None:
    assert tried[case] == [False, False]


# Again


def stopped(tried: Said, case: str) -> list[bool | None]:
    return [trials and trials[0]["stopped"] for trials in tried["again"][case]]


def test_a_callback_is_not_tried_again_without_a_reason(tried: Said) -> None:
    assert stopped(tried, "calm") == [True, None]


def test_after_a_training_of_other_parameters_a_callback_is_tried_with_those(tried: Said) -> None:
    assert stopped(tried, "tells") == [True, False]


def test_a_callback_that_raised_is_tried_with_the_student_s_own_model(tried: Said) -> None:
    assert stopped(tried, "own_layer") == [False, True]


def test_without_a_model_of_the_student_s_own_it_stays_nobody_s_fault(tried: Said) -> None:
    assert [trials[0]["stand_in"] for trials in tried["again"]["untrained"]] == [True, True]


def test_what_was_not_tried_first_is_not_tried_again(tried: Said) -> None:
    assert tried["again"]["never_first"] is None
