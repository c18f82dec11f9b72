"""One call of a function that has hooks."""

import sys
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Any

Arguments = Mapping[str, Any]
Steps = Generator[None, Any, Any]
Hook = Callable[[Arguments], Steps]
_OWN = "grader."
# A method of Keras is called through these.
_DECORATING = frozenset({"keras.src.utils.traceback_utils", "keras.src.utils.tracking"})


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a function's code has among its constants.

    Args:
        hooks: The last one is called first.
    """

    hooks: tuple[Hook, ...]

    def __call__(self) -> "Call":
        """Return a call that is about to begin."""
        return Call(self.hooks)


class Call:
    """What a function with hooks does besides its own.

    Args:
        hooks: The last one is called first.
    """

    __slots__ = ("_hooks", "_running", "result")

    def __init__(self, hooks: tuple[Hook, ...]) -> None:
        self._hooks = hooks
        self._running: list[Steps] = []
        self.result: Any = None

    def begin(self, arguments: Arguments) -> bool:
        """Run the hooks up to where the function's body is to run.

        Args:
            arguments: Those of the call, by name.

        Returns:
            Whether a hook has taken the place of the body; ``result`` is what came of it.
        """
        for hook in reversed(self._hooks):
            steps = hook(arguments)
            try:
                next(steps)
            except StopIteration as instead:
                self.result = self.end(instead.value)
                return True
            self._running.append(steps)
        return False

    def end(self, result: Any) -> Any:
        """Run the hooks to their end and return what the call returns.

        Args:
            result: What the body returns.
        """
        while self._running:
            try:
                self._running.pop().send(result)
            except StopIteration as ended:
                result = ended.value
        return result

    def fail(self, error: BaseException) -> None:
        """Run the hooks to their end after an error; it is left as if there were none.

        Args:
            error: What the body or a hook raises.
        """
        trace = error.__traceback__
        while self._running:
            try:
                self._running.pop().throw(error)
            except BaseException as raised:
                if raised is not error:
                    raise
        error.__traceback__ = _without_own(trace)


def caller() -> FrameType | None:
    """Return the frame that called the function whose hook asks, decorators of Keras left out."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - as the traceback module does it
    while frame is not None and frame.f_code not in _RUNNING:
        frame = frame.f_back
    hooked = frame and frame.f_back
    frame = hooked and hooked.f_back
    while frame is not None and frame.f_globals.get("__name__") in _DECORATING:
        frame = frame.f_back
    return frame


_RUNNING = frozenset(run.__code__ for run in (Call.begin, Call.end, Call.fail))


def _without_own(trace: TracebackType | None) -> TracebackType | None:
    """Return a traceback without the grader's frames; the same one if it has none."""
    steps = []
    while trace is not None:
        steps.append(trace)
        trace = trace.tb_next
    kept = None
    for step in reversed(steps):
        if not _is_own(step.tb_frame):
            same = step.tb_next is kept
            kept = (
                step if same else TracebackType(kept, step.tb_frame, step.tb_lasti, step.tb_lineno)
            )
    return kept


def _is_own(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).startswith(_OWN)
