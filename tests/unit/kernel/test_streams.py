import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_output

from grader.kernel.streams import OVERHEAD, STREAM_OVERHEAD, WEIGHT, played, sensible, size, tidy


def stream(text: str, name: str = "stdout") -> NotebookNode:
    return NotebookNode(new_output("stream", name=name, text=text))


def texts(*outputs: NotebookNode) -> list[str]:
    return [output.get("text", "-") for output in tidy(outputs)]


def test_pieces_of_a_stream_are_joined() -> None:
    assert texts(stream("a"), stream("b\n"), stream("c")) == ["ab\nc"]


def test_streams_of_two_names_stay_apart() -> None:
    assert texts(stream("a"), stream("w", "stderr"), stream("b")) == ["a", "w", "b"]


def test_a_picture_between_pieces_keeps_its_place() -> None:
    picture = new_output("display_data", data={"image/png": "AAAA"})
    assert texts(stream("a"), picture, stream("b")) == ["a", "-", "b"]


def test_two_pictures_stay_two() -> None:
    pictures = [new_output("display_data", data={"image/png": "AAAA"}) for _ in range(2)]
    assert texts(*pictures) == ["-", "-"]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("plain\n", "plain\n"),
        ("1/8\r2/8\r8/8\n", "8/8\n"),
        ("1/8\b\b\b2/8\n", "2/8\n"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("\b\bx", "x"),
        ("a\nb\b\bc", "a\nc"),
    ],
)
def test_a_progress_bar_is_shown_as_a_terminal_would(printed: str, shown: str) -> None:
    assert played(printed) == shown


def test_a_text_made_to_be_slow_is_not() -> None:
    start = time.monotonic()
    assert played("x" * 300_000 + "\b" * 300_000) == ""
    assert time.monotonic() - start < 5


@given(st.text(alphabet="ab\r\b\n"))
def test_no_control_characters_are_left(text: str) -> None:
    assert not set(played(text)) & set("\r\b")


def of(content: Any) -> int:
    return size({"content": content})


def test_the_size_of_a_message_counts_its_data() -> None:
    assert of({"data": {"text/plain": "12345"}}) == of({"data": {"text/plain": ""}}) + 5


def test_the_size_of_a_message_counts_its_names() -> None:
    assert of({"data": {"x" * 1_000_000: ""}}) > 1_000_000


def test_the_size_of_a_stream_counts_its_text_whatever_else_it_has() -> None:
    more = {"name": "stdout", "text": "x" * 1_000_000, "data": {"a": ""}}
    assert of(more) > 1_000_000


def test_the_size_of_a_stream_counts_its_text() -> None:
    empty = of({"name": "stdout", "text": ""})
    assert STREAM_OVERHEAD < empty < OVERHEAD
    assert of({"name": "stdout", "text": "12345"}) == empty + 5


@pytest.mark.parametrize(
    "content", [{"data": {"application/json": [[], []]}}, {"data": {"x": ""}, "metadata": [[], []]}]
)
def test_the_size_of_what_is_no_text_counts_more_than_its_characters(content: object) -> None:
    assert of(content) >= OVERHEAD + WEIGHT * len("[[], []]")


def test_many_small_displays_weigh_more_than_as_many_pieces_of_a_stream() -> None:
    assert of({"data": {"text/plain": ""}}) > of({"name": "stdout", "text": ""})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"name": "stdout", "text": "x"}, True),
        ({"name": "stderr", "text": ""}, True),
        ({"name": "stdout", "text": ["x", "y"]}, False),
        ({"name": "stdout"}, False),
        ({"name": ["stdout"], "text": "x"}, False),
        ({"name": "other", "text": "x"}, False),
    ],
)
def test_only_texts_of_the_two_streams_are_taken(content: object, expected: object) -> None:
    assert sensible({"msg_type": "stream", "content": content}) is expected
