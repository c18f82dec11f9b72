"""Docstrings of the kit, read by their sections."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

SECTION = re.compile(r"(Args|Raises|Attributes):")
ITEM = re.compile(r" {4}(\*{0,2}\w+): (.*)")


@dataclass
class Docstring:
    """What is said of a thing.

    Args:
        paragraphs: Its summary, and what else is said before the first section.
        sections: What is said of each name, by the title of the section.
    """

    paragraphs: list[str] = field(default_factory=list)
    sections: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """The first line; empty where there is none."""
        return self.paragraphs[0] if self.paragraphs else ""

    def section(self, title: str) -> dict[str, str]:
        """Return what is said of each name below a title."""
        return self.sections.get(title, {})


def read(thing: object) -> Docstring:
    """Read what stands in a thing itself, and in no class that it is derived from."""
    doc = inspect.cleandoc(getattr(thing, "__doc__", None) or "").replace("``", "`")
    read = Docstring()
    for block in filter(None, re.split(r"\n\n+", doc)):
        title = SECTION.match(block)
        if title:
            read.sections[title[1]] = dict(_items(block.splitlines()[1:]))
        else:
            read.paragraphs.append(" ".join(block.split()))
    return read


def _items(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each name of a section with what is said of it, which may go on below it."""
    text = re.sub(r"\n {5,}", " ", "\n".join(lines))
    for line in text.splitlines():
        found = ITEM.fullmatch(line)
        if found:
            yield found[1], found[2]


def inherited(kind: type, title: str) -> dict[str, str]:
    """Return a section of a class, with what the classes say that it is derived from."""
    told: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.startswith("grader."):
            told |= read(each).section(title)
    return told
