"""Whatever a kernel writes down is read, or refused with one kind of error."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.values.decode import UnreadableError, decode

KNOWN = "int float complex bytes list tuple set frozenset dict range array scalar column table"
TAGS = st.sampled_from(KNOWN.split())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**70) | st.floats() | TAGS | st.just("<f8"),
    lambda each: st.lists(each, max_size=4) | st.tuples(TAGS, each, each, each).map(list),
    max_leaves=12,
)


def text_of(content: bytes) -> str:
    return base64.b64encode(content).decode()


@given(JSON)
def test_any_json_is_read_or_refused(tree: Any) -> None:
    try:
        decode(json.dumps(tree))
    except UnreadableError:
        return


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        decode(text)
    except UnreadableError:
        return


@pytest.mark.parametrize(
    "tree",
    [
        ["array", "|O", [1], text_of(bytes(8))],
        ["array", "<f8,O", [1], text_of(bytes(16))],
        ["array", [["a", "|O"]], [1], text_of(bytes(8))],
        ["array", "<f8", [2], text_of(bytes(8))],
        ["array", "<f8", [-1], text_of(bytes(8))],
        ["array", "<f8", [True], text_of(bytes(8))],
        ["array", "<f8", [0, 10**30], ""],
        ["array", "<f8", [1] * 40, text_of(bytes(8))],
        ["array", "<U0", [10**12], ""],
        ["array", "|V0", [10**12], ""],
        ["array", "<U1", [1], text_of(b"\xff\xff\xff\x7f")],
        ["array", "|b1", [1], text_of(b"\x07")],
        ["array", "<f8", [1], "not base64"],
        ["array", "grader.errors:GraderError", [1], ""],
        ["list", "abc"],
        ["set", [["list", []]]],
        ["dict", [[["list", []], 1]]],
        ["range", 0, 1, 0],
        ["table", ["list", ["a"]], ["range", 0, 9, 1], ["list", [["list", []]]]],
        ["table", ["list", []], ["range", 0, 10**12, 1], ["list", []]],
        ["table", ["list", []], ["range", 0, 10**40, 1], ["list", []]],
        ["other", "x" * 10_000],
        ["eval", "1"],
        {"a": 1},
        [],
        [[]],
        ["int", "0x" + "f" * 10 + "zz"],
        ["float", "1e5"],
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused(tree: Any) -> None:
    with pytest.raises(UnreadableError):
        decode(json.dumps(tree))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '["list", [' * 30 + "1" + "]]" * 30,
        '["list", [' + "0, " * 20_000 + "0]]",
        "NaN",
        "9" * 10_000,
    ],
    ids=["brackets", "depth", "items", "NaN", "digits"],
)
def test_what_would_take_too_long_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        decode(text)
