"""Messages arrive as they were sent; what is none of those that are expected is refused."""

import socket
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.wire import coding, frames, messages, tasks
from grader.wire.messages import (
    BeginMessage,
    EpochEndMessage,
    FitRequest,
    Message,
    OneOf,
    ReplyMessage,
    TrainedMessage,
)

Pair = tuple[socket.socket, socket.socket]
KINDS = [
    kind
    for module in (messages, tasks)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Message) and hasattr(kind, "kind")
]
WEIGHTS: list[Any] = [np.arange(6, dtype=np.float32).reshape(2, 3), np.zeros(0, np.int8)]
EPOCH = {"kind": "epoch", "epoch": 0, "logs": {"loss": 0.5}}


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_each_kind_of_message_has_a_name_of_its_own() -> None:
    assert len({kind.kind for kind in KINDS}) == len(set(KINDS))


@pytest.mark.parametrize(
    "message",
    [
        BeginMessage(),
        ReplyMessage(stop=True, learning_rate=0.5),
        FitRequest(number=3, description={"fit": {"epochs": 2}}),
        EpochEndMessage(epoch=1, logs={"loss": 0.25}, last=True),
        tasks.MeasuredMessage(shares=[0.5, None]),
    ],
)
def test_a_message_arrives_as_it_was_sent(pair: Pair, message: Message) -> None:
    coding.send(pair[0], message)
    assert coding.receive(pair[1], OneOf[Message](type(message))) == message


def test_the_arrays_of_a_message_follow_it(pair: Pair) -> None:
    coding.send(pair[0], TrainedMessage(epochs=3, iterations=24, arrays=WEIGHTS))
    found = coding.receive(pair[1], messages.END, arrays_most=1000)
    assert isinstance(found, TrainedMessage)
    assert [each.tolist() for each in found.arrays] == [each.tolist() for each in WEIGHTS]


def test_fields_that_nobody_knows_are_passed_over() -> None:
    assert coding.decode({**EPOCH, "images": 80}, messages.PROGRESS).kind == "epoch"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"kind": "other"},
        {"kind": ["reply"]},
        {"kind": "reply"},
        {"kind": "epoch"},
        EPOCH | {"epoch": "0"},
        EPOCH | {"logs": {"loss": "low"}},
        EPOCH | {"logs": {"loss": None}},
        EPOCH | {"stopping": 1},
        EPOCH | {"learning_rate": "fast"},
        {"kind": "trained", "epochs": 1, "arrays": []},
        {"kind": "refused", "reason": 7},
    ],
)
def test_what_is_no_expected_message_makes_no_sense(said: dict[str, Any]) -> None:
    with pytest.raises(frames.SenselessError, match="makes no sense"):
        coding.decode(said, messages.PROGRESS)


@pytest.mark.parametrize(
    "announced", [[1], [{}], [{"dtype": "O", "shape": [1]}], [{"dtype": "float32", "shape": [9]}]]
)
def test_arrays_that_are_none_make_no_sense(pair: Pair, announced: list[Any]) -> None:
    frames.send_json(pair[0], kind="shown", arrays=announced)
    frames.send(pair[0], b"12345678")
    with pytest.raises(frames.SenselessError, match="makes no sense"):
        coding.receive(pair[1], messages.SHOWN, arrays_most=1000)


def test_arrays_may_be_no_longer_than_expected(pair: Pair) -> None:
    coding.send(pair[0], messages.ShownMessage(arrays=WEIGHTS))
    with pytest.raises(frames.SenselessError, match="at most 23"):
        coding.receive(pair[1], messages.SHOWN, arrays_most=23)
