import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.evidence import load, parse
from grader.evidence.reading import MAX_BYTES, MAX_LINES
from grader.inspection.plain import MAX_ITEMS, attribute, integer, number, plain, shape, text
from grader.probe.channel import MAX_FILE, MAX_LINES_OF_A_KIND, Channel


class Hostile:
    """Answers every question with an exception."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __float__(self) -> float:
        raise RuntimeError("float")

    def __int__(self) -> int:
        raise RuntimeError("int")

    def __iter__(self) -> Any:
        raise RuntimeError("iter")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "evidence.jsonl"


@pytest.fixture
def channel(path: Path) -> Channel:
    return Channel(path)


def test_an_observation_is_one_line_of_json(channel: Channel, path: Path) -> None:
    channel.send("cell", index=3)
    assert json.loads(path.read_bytes()) == {"kind": "cell", "index": 3, "place": 0}
    assert path.read_bytes().endswith(b"\n")


def test_observations_are_numbered(channel: Channel, path: Path) -> None:
    for index in range(3):
        channel.send("cell", index=index)
    assert [json.loads(line)["place"] for line in path.read_bytes().splitlines()] == [0, 1, 2]


def test_what_threads_observe_is_numbered_as_it_is_written(channel: Channel, path: Path) -> None:
    threads = [Thread(target=channel.send, args=("cell",), kwargs={"index": n}) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not parse(load(path)).tampered


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_what_a_fork_does_is_no_observation(channel: Channel, path: Path) -> None:
    if not (child := os.fork()):
        channel.send("cell", index=1)
        os._exit(0)
    os.waitpid(child, 0)
    assert path.read_bytes() == b""


def test_an_observation_is_there_at_once(channel: Channel, path: Path) -> None:
    channel.send("cell", index=1)
    assert parse(load(path)).cells.keys() == {1}


def test_a_line_end_in_a_text_does_not_end_the_line(channel: Channel, path: Path) -> None:
    channel.send("fault", name="a", message="one\ntwo")
    assert parse(load(path)).faults[0].message == "one\ntwo"


def test_a_loop_of_the_student_does_not_push_other_evidence_out(
    channel: Channel, path: Path
) -> None:
    for index in range(5_000):
        channel.send("fit", index=index, model="m")
    channel.send("result", name="train", type="History", is_history=True)
    evidence = parse(load(path))
    assert len(evidence.fits) == MAX_LINES_OF_A_KIND
    assert ("result", "train") in evidence.parts


def test_what_is_left_out_is_told_once(channel: Channel, path: Path) -> None:
    for index in range(1_000):
        channel.send("fit", index=index, model="m")
    assert [f.message for f in parse(load(path)).faults] == [
        f"fit: more than {MAX_LINES_OF_A_KIND} observations; left out"
    ]


def test_a_very_long_observation_is_left_out(channel: Channel, path: Path) -> None:
    channel.send("model", key="m", layers=[["x" * 2_000] * 1_000] * 2)
    assert "too long" in parse(load(path)).faults[0].message


def test_the_file_is_bounded(channel: Channel, path: Path) -> None:
    for kind in range(40):
        channel.send(f"kind-{kind}", words=["x" * 2_000] * 450)
    assert MAX_FILE - 1_000_000 < path.stat().st_size < MAX_FILE + 100_000 < MAX_BYTES


def test_what_is_left_out_of_a_full_file_is_told(channel: Channel, path: Path) -> None:
    for kind in range(20):
        channel.send(f"kind-{kind}", words=["x" * 2_000] * 450)
    assert "kind-19: an observation" in parse(load(path)).faults[-1].message


def test_the_reader_takes_as_many_lines_as_the_kinds_there_are_may_write() -> None:
    kinds = ("cell", "loader", "callback", "model", "fit", "result", "unprobed", "fault")
    assert MAX_LINES_OF_A_KIND * len(kinds) <= MAX_LINES


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.float32("nan"), 10**400])
def test_what_json_cannot_say_becomes_null(value: object) -> None:
    assert plain(value) is None


@pytest.mark.parametrize(
    ("value", "reduced"),
    [
        (np.float32(0.5), 0.5),
        (np.int64(7), 7),
        (np.ones(1, bool)[0], True),
        (np.array(3), 3),
        (np.zeros(3), "ndarray"),
        ((1, "a", None), [1, "a", None]),
        ({"a": {1}}, {"a": [1]}),
        (object(), "object"),
    ],
)  # fmt: skip
def test_a_value_is_reduced_to_plain_data(value: object, reduced: object) -> None:
    assert plain(value) == reduced


def test_an_object_that_raises_is_null() -> None:
    assert plain(Hostile()) is None


def test_a_long_list_is_cut() -> None:
    assert len(plain(list(range(MAX_ITEMS + 5)))) == MAX_ITEMS


@given(st.text())
def test_a_text_can_be_written_whatever_it_holds(words: str) -> None:
    text(words).encode("utf-8")


def test_a_lone_surrogate_is_replaced() -> None:
    assert text("a\ud800b") == "a?b"


def test_a_long_text_is_cut_and_says_so() -> None:
    assert text("x" * 300, 200) == "x" * 199 + "…"


@pytest.mark.parametrize(
    ("value", "whole"),
    [(3, 3), (3.0, 3), (np.int32(3), 3), ("3", None), (None, None), (math.inf, None),
     (2**63, None), (-(2**63), -(2**63))],
)  # fmt: skip
def test_a_whole_number_is_one_or_none(value: object, whole: int | None) -> None:
    assert integer(value) == whole


@pytest.mark.parametrize(
    ("value", "found"), [(0.5, 0.5), (math.nan, None), ("a", None), (None, None)]
)
def test_a_number_is_finite_or_none(value: object, found: float | None) -> None:
    assert number(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [((150, 150), [150, 150]), ([None, 3], [None, 3]), ((), []), (150, None), ("150", None),
     ({150: 1}, None), (range(9), None), (None, None)],
)  # fmt: skip
def test_a_shape_is_a_short_list_or_none(value: object, found: list[int | None] | None) -> None:
    assert shape(value) == found


@pytest.mark.parametrize("reduce", [integer, number, shape])
def test_an_object_that_raises_is_none(reduce: Callable[[object], object]) -> None:
    assert reduce(Hostile()) is None


def test_an_endless_shape_is_none() -> None:
    assert shape(iter(int, 1)) is None


def test_an_attribute_that_raises_is_none() -> None:
    assert attribute(Hostile(), "anything") is None
