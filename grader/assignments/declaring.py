"""What is wrong with a declaration, told with the file and the line in which it stands."""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import FrameType

from grader.errors import GraderError

# An author's own code calls these: what it declares stands above them.
_ENGINE = frozenset(
    {
        "dataclasses",
        "functools",
        "grader.assignments.assignment",
        "grader.assignments.declaring",
        "grader.assignments.modules",
        "grader.assignments.profile",
        "grader.assignments.relations",
        "grader.assignments.rubric",
        "grader.assignments.training_data",
        "grader.assignments.variants",
    }
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of an author's file, and the module that is in it."""

    file: str
    line: int
    module: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}"

    @classmethod
    def of_caller(cls) -> "Place":
        """Return the line of the author's that is being executed."""
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - as inspect does, without its cost
        while frame is not None and frame.f_globals.get("__name__") in _ENGINE:
            frame = frame.f_back
        if frame is None:
            return cls("<unknown>", 0)
        module = frame.f_globals.get("__name__", "")
        return cls(frame.f_code.co_filename, frame.f_lineno, module)

    @classmethod
    def of_function(cls, function: Callable[..., object]) -> "Place":
        """Return the line in which a function, or its first decorator, begins."""
        code = getattr(function, "__code__", None)
        return cls(code.co_filename, code.co_firstlineno) if code else cls.of_caller()


class DeclarationError(GraderError):
    """An assignment that is not declared as it must be.

    Args:
        place: Where.
        found: What was expected and what was found, in a sentence.
        fix: What to do about it, in a sentence.
    """

    def __init__(self, place: Place, found: str, fix: str) -> None:
        super().__init__(f"{place}: {found} {fix}".rstrip())
        self.place = place


def is_id(text: object) -> bool:
    """Whether something can be the id of an assignment."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def require(holds: object, found: str, fix: str, place: Place | None = None) -> None:
    """Raise DeclarationError where something does not hold.

    Args:
        holds: Whether it does.
        found: What was expected and what was found, in a sentence.
        fix: What to do about it, in a sentence.
        place: Where; None for the author's line that is being executed.
    """
    if not holds:
        raise DeclarationError(place or Place.of_caller(), found, fix)


def require_text(value: object, what: str, example: str, place: Place | None = None) -> None:
    """Raise DeclarationError where a value is no text, or an empty one."""
    found = f"{what} is a text; found {value!r}."
    require(
        isinstance(value, str) and value.strip(), found, f"Write one, such as {example!r}.", place
    )


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like another one as a question; empty where none is."""
    alike = get_close_matches(name, list(known), n=1)
    return f"Did you mean {alike[0]}?" if alike else ""
