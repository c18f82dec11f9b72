import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_output

from grader.kernel.streams import OVERHEAD, STREAM_OVERHEAD, WEIGHT, played, size, tidy


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


def test_the_size_of_a_message_counts_its_data() -> None:
    message = {"content": {"data": {"text/plain": "12345"}, "metadata": {}}}
    assert size(message) == OVERHEAD + 5


def test_the_size_of_a_stream_counts_its_text() -> None:
    assert size({"content": {"name": "stdout", "text": "12345"}}) == STREAM_OVERHEAD + 11


@pytest.mark.parametrize(
    "content", [{"data": {"application/json": [[], []]}}, {"data": {"x": ""}, "metadata": [[], []]}]
)
def test_the_size_of_what_is_no_text_counts_more_than_its_characters(content: object) -> None:
    assert size({"content": content}) == OVERHEAD + WEIGHT * len("[[], []]")


def test_many_small_displays_weigh_more_than_as_many_pieces_of_a_stream() -> None:
    shown = size({"content": {"data": {"text/plain": ""}}})
    assert shown > size({"content": {"name": "stdout", "text": ""}})
