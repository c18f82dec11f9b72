"""Outputs of a cell, as they are kept: streams joined, carriage returns played."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from nbformat import NotebookNode

# What a message weighs besides its text, so that many small ones count as well: pieces of a
# stream are joined, whatever else is shown is kept as it came.
OVERHEAD, STREAM_OVERHEAD = 1_000, 100
# What is no text is objects, which take far more memory than the characters that tell of them.
WEIGHT = 4
NAMES = ("stdout", "stderr")


def sensible(message: Mapping[str, Any]) -> bool:
    """Whether what a kernel says in a stream is a text in one of its two streams."""
    content = message["content"]
    if message["msg_type"] != "stream":
        return True
    return content.get("name") in NAMES and isinstance(content.get("text"), str)


def size(message: Mapping[str, Any]) -> int:
    """Return how many characters an output message brings along, names and all."""
    content = message["content"]
    kept = STREAM_OVERHEAD if "name" in content and "text" in content else OVERHEAD
    return kept + _weight(content)


def _weight(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(len(str(name)) + _weight(each) for name, each in value.items())
    return WEIGHT * len(str(value))


def tidy(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Join neighbouring pieces of a stream and play its line ends as a terminal would.

    nbclient's own way to do this takes quadratic time on texts that were made for it.
    """
    return [output for _, group in groupby(outputs, _kind) for output in _joined(list(group))]


def _kind(output: NotebookNode) -> str | int:
    return str(output.name) if output.output_type == "stream" else id(output)


def _joined(group: list[NotebookNode]) -> Iterator[NotebookNode]:
    if group[0].output_type == "stream":
        group[0].text = played("".join(output.text for output in group))
    yield group[0]


def played(text: str) -> str:
    """Return what a terminal would show once all backspaces and carriage returns had acted."""
    if "\r" not in text and "\b" not in text:
        return text
    return "\n".join(_line(line.rstrip("\r")) for line in text.split("\n"))


def _line(line: str) -> str:
    """Play one line; a return starts it anew, as a progress bar does."""
    shown: list[str] = []
    for character in line[line.rfind("\r") + 1 :]:
        if character != "\b":
            shown.append(character)
        elif shown:
            shown.pop()
    return "".join(shown)
