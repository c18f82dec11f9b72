"""A History that an author makes up is an argument like any other."""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.authoring import Function, History
from grader.values.compare import difference
from grader.values.decode import UnreadableError, decode
from grader.values.encode import encode
from grader.values.libraries import put_together
from grader.values.records import can_change
from grader.values.wording import shown

CURVES = {"acc": [0.5, 0.75], "val_acc": [0.25, 0.5]}


class OfKeras:
    """What Keras has: its epochs are there once training has begun."""

    def __init__(self) -> None:
        self.history: Any = {}
        self.params = None


@pytest.fixture
def keras() -> Iterator[ModuleType]:
    module = ModuleType("keras")
    module.callbacks = ModuleType("keras.callbacks")  # type: ignore[attr-defined]
    module.callbacks.History = OfKeras
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "keras", module)
        yield module


def test_epochs_are_counted_from_0() -> None:
    made = History(CURVES)
    assert (made.history, made.epoch, made.params, made.model) == (CURVES, [0, 1], None, None)


def test_epochs_may_be_told() -> None:
    assert History(CURVES, epoch=(4, 5)).epoch == [4, 5]


@pytest.mark.parametrize(
    ("wrong", "epoch", "words"),
    [
        ([0.5, 0.75], None, "lists of numbers by metric, found [0.5, 0.75]"),
        ({1: [0.5]}, None, "lists of numbers by metric, found {1: [0.5]}"),
        ({"acc": 0.5}, None, "acc of a History is a list of numbers, found 0.5"),
        ({"acc": ["high"]}, None, "acc of a History is a list of numbers, found ['high']"),
        ({"acc": [1, 2], "loss": [1]}, None, "a number an epoch, found 2 of acc, 1 of loss"),
        ({"acc": [1, 2]}, [0], "a number an epoch, found 2 of acc"),
    ],
)
def test_what_is_no_history_is_refused(wrong: Any, epoch: Any, words: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the words are looked at
        History(wrong, epoch)
    assert words in str(caught.value)


def test_in_a_notebook_with_keras_it_is_keras_own(keras: ModuleType) -> None:
    made = decode(encode(History(CURVES)), put_together)
    assert type(made) is keras.callbacks.History
    assert (made.history, made.epoch) == (CURVES, [0, 1])


def test_where_there_is_no_keras_it_has_the_same_attributes() -> None:
    made = decode(encode(History(CURVES)), put_together)
    assert (made.history, made.epoch, made.params, made.model) == (CURVES, [0, 1], None, None)


def test_one_that_cannot_be_made_any_more_does_no_harm(keras: ModuleType) -> None:
    keras.callbacks.History = type("History", (), {"__init__": None})
    assert decode(encode(History(CURVES)), put_together).history == CURVES


@pytest.mark.usefixtures("keras")
def test_one_of_keras_is_written_down_as_one_of_the_author_s() -> None:
    made = OfKeras()
    made.history, vars(made)["epoch"] = CURVES, [0, 1]
    assert encode(made) == encode(History(CURVES))


@pytest.mark.usefixtures("keras")
def test_nothing_of_a_class_that_a_student_has_derived_is_called() -> None:
    class Own(OfKeras):
        def __getattribute__(self, name: str) -> Any:
            raise AssertionError(name)

    made = Own()
    object.__getattribute__(made, "__dict__")["history"] = CURVES
    assert decode(encode(made)).history == CURVES


@given(st.text() | st.none() | st.lists(st.integers()))
@pytest.mark.parametrize("tag", ["history"])
def test_one_without_a_dictionary_cannot_be_read(tag: str, wrong: Any) -> None:
    with pytest.raises(UnreadableError):
        decode(encode(["x"]).replace('["list", ["x"]]', f'["{tag}", {encode(wrong)}, null]'))


def test_a_change_of_it_is_seen() -> None:
    assert can_change(History(CURVES))


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        (CURVES, None),
        (CURVES | {"acc": [0.5, 1.0]}, "1.0, not 0.75 at .history['acc'][1]"),
        ({"acc": [0.5, 0.75]}, "no key 'val_acc' at .history"),
    ],
)
def test_histories_are_compared_by_what_they_logged(other: Any, differs: str | None) -> None:
    assert difference(History(CURVES), History(other)) == differs


def test_a_dictionary_is_no_history() -> None:
    found = difference(History(CURVES), CURVES)
    assert found == "a dict of 2, not a History of acc and val_acc"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "a History of 0 metrics"),
        (["loss"], "a History of loss"),
        (["loss", "acc", "val_acc"], "a History of loss, acc and val_acc"),
        ([f"metric_{n}" for n in range(9)], "a History of 9 metrics"),
    ],
)
def test_it_is_shown_by_its_metrics(names: list[str], words: str) -> None:
    assert shown(History({name: [0.5] for name in names})) == words


def test_a_call_with_one_is_told_in_words() -> None:
    part = Function("last", cases=[(History(CURVES),)], reference=lambda h: h.history["acc"][-1])
    assert part.written(part.as_case(part.cases[0]))
