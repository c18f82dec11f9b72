"""Calls a student's function, for a bounded time; it runs inside the kernel."""

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import current_thread, main_thread

# Taken before a notebook can put others in their place.
from time import monotonic, thread_time
from types import FrameType
from typing import Any

from grader.inspection.plain import Whole
from grader.inspection.returned import words
from grader.kinds.answering import answer
from grader.probe.notebook import Notebook
from grader.values.decode import decode
from grader.values.encode import MAX_ASKED_CHARS, MAX_CHARS, TooLargeError, encode
from grader.values.folders import MadeFolders
from grader.values.listings import TooManyFilesError

# It is told again: whoever catches everything catches it as well.
_AGAIN_S = 1.0
# So soon one that has a little time left is looked at again.
_SOON_S = 0.01
# How many times as long a call may take by the clock as by the processor.
_PATIENCE = 4
_MISSING = object()


class SlowError(BaseException):
    """The student's code took too long; ``except Exception`` does not catch it."""


@contextmanager
def limited(seconds: float, longest: float) -> Iterator[None]:
    """Interrupt what takes longer.

    Where a system has no alarm, only the time limit of the whole look ends it.

    Args:
        seconds: How much processor time it may take, so that a busy machine costs nobody.
        longest: How long it may take by the clock, also if it only waits.

    Raises:
        SlowError: It took longer.
    """
    if not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return
    began, used, over = monotonic(), thread_time(), False

    def ring(_: int, __: FrameType | None) -> None:
        if over:
            # An alarm that is heard late sets no other one, which would end the process.
            return
        left = min(seconds - (thread_time() - used), longest - (monotonic() - began))
        if left <= 0:
            raise SlowError
        signal.setitimer(signal.ITIMER_REAL, max(left, _SOON_S), _AGAIN_S)

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, min(seconds, longest), _AGAIN_S)
        yield
    finally:
        over = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def look_by_calls(
    kind: str,
    asked: Mapping[str, Any],
    notebook: Notebook,
    made: Callable[[Callable[..., Any]], Callable[..., Any]] = lambda function: function,
) -> None:
    """Call what has the part's name, if it is another one than before or raised then.

    What came of each call is written down; of what cannot be called, what it is.

    Args:
        kind: Of the part.
        asked: Its ``name``, and what ``Caller`` takes.
        notebook: Where it is.
        made: Returns what is called in the place of a function of the student's.
    """
    name, memory = asked["name"], notebook.memory(kind, asked["name"])
    value = notebook.namespace.get(name, _MISSING)
    known = value is memory.get("function", _MISSING) and not memory.get("raised")
    if value is _MISSING or known:
        return
    memory["function"] = value
    if not callable(value):
        notebook.send(kind, name=name, found=words(value))
        return
    with notebook.aside():
        answers = Caller(asked, notebook).answers(made(value))
    memory["raised"] = any(answer["outcome"] == "raised" for answer in answers)
    notebook.send(kind, name=name, answers=answers)


class Caller:
    """Calls functions as often as it was asked to.

    Args:
        asked: The ``calls``, for how many ``seconds`` all of them, and ``within`` how many of
            the look all parts are to be done with.
        notebook: Where the functions are.
    """

    def __init__(self, asked: Mapping[str, Any], notebook: Notebook) -> None:
        self._notebook = notebook
        self._texts: list[str] = asked.get("calls", [])
        self._seconds: float = asked["seconds"] / max(1, len(self._texts))
        self._within: float = asked["within"]
        self._later = 0
        # For all values together: they are one line of the evidence.
        self._left = MAX_CHARS

    def answers(self, function: Callable[..., Any]) -> list[dict[str, Any]]:
        """Make all calls of a function, each with arguments of its own."""
        return list(self._answered(function))

    def _answered(self, function: Callable[..., Any]) -> Iterator[dict[str, Any]]:
        for later, text in zip(reversed(range(len(self._texts))), self._texts, strict=True):
            self._later = later
            yield self._answer(function, text)

    def _answer(self, function: Callable[..., Any], text: str) -> dict[str, Any]:
        with MadeFolders() as folders:
            args, keywords = arguments = decode(text, folders.put_together)
            before = _written(arguments), _in(folders)
            found = self.answer(lambda: function(*args, **keywords), folders.plainly)
            left = _in(folders)
            changed = {"changed": (_written(arguments), left) != before}
            return found | changed | self._told(left)

    def _told(self, left: str) -> dict[str, Any]:
        """Return what is told of folders; nothing where there are none, or no room for it."""
        self._left -= len(left)
        return {"left": Whole(left)} if left and self._left >= 0 else {}

    def answer(
        self, make: Callable[[], Any], plainly: Callable[[str], str] = lambda text: text
    ) -> dict[str, Any]:
        """Have a value made and written down, for as long as one call may take.

        Args:
            make: Runs the student's code.
            plainly: Takes out of texts what is otherwise in each run.

        Returns:
            The ``outcome`` and the ``value``, or the ``error``.
        """
        left = self._within - self._notebook.looking_s
        if left <= 0:
            return {"outcome": "slow"}
        try:
            longest = patience(self._seconds, left, self._later)
            with limited(min(self._seconds, longest), longest):
                found = answer(make(), self._left)
        except KeyboardInterrupt:
            raise
        except SlowError:
            return {"outcome": "slow"}
        except BaseException as error:  # noqa: BLE001 - sys.exit as well
            described = self._notebook.describe(error)
            message = plainly(described["message"])
            return {"outcome": "raised", "error": described | {"message": message}}
        text = plainly(found["value"].text)
        self._left -= len(text)
        return found | {"value": Whole(text)}


def patience(seconds: float, left: float, later: int) -> float:
    """Return for how long one call is waited for by the clock, in seconds.

    Args:
        seconds: Its share of the processor's time, as each call has it.
        left: How much is left by the clock for this one and all later ones.
        later: How many these are; each keeps its share, as far as there is so much.
    """
    return min(_PATIENCE * seconds, max(left - later * seconds, left / (later + 1)))


def _in(folders: MadeFolders) -> str:
    """Write down what lies in folders; empty where there are none, or more than is looked at."""
    try:
        found = folders.left()
        return encode(found) if found else ""
    except (OSError, TooManyFilesError, TooLargeError):
        return ""


def _written(arguments: object) -> str:
    """Write arguments down, to be compared; empty where a function has made too much of them."""
    try:
        return encode(arguments, MAX_ASKED_CHARS)
    except Exception:  # noqa: BLE001 - of a student's class, of which nothing can be said
        return ""
