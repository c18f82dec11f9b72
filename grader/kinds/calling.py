"""Calls a student's function, for a bounded time; it runs inside the kernel."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, NoReturn

# It is told again: whoever catches everything catches it as well.
_AGAIN_S = 1.0


class SlowError(BaseException):
    """The student's code took too long; ``except Exception`` does not catch it."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer.

    Where a system has no alarm, only the time limit of the whole look ends it.

    Args:
        seconds: How long it may take.

    Raises:
        SlowError: It took longer.
    """
    if not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_S)
        yield
    finally:
        _disarm()
        signal.signal(signal.SIGALRM, before)


def _disarm() -> None:
    try:
        signal.setitimer(signal.ITIMER_REAL, 0)
    except SlowError:  # it rang just before
        signal.setitimer(signal.ITIMER_REAL, 0)


def _ring(_: int, __: FrameType | None) -> NoReturn:
    raise SlowError


def call(
    function: Callable[..., Any],
    arguments: tuple[Any, Any],
    seconds: float,
    describe: Callable[[BaseException], dict[str, Any]],
    then: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:
    """Call a function, and say what came of it.

    Args:
        function: The student's.
        arguments: By position, and by name.
        seconds: How long it may take.
        describe: Describes an exception of the student's code.
        then: Makes the answer of what it returned.

    Returns:
        What ``then`` returned, or the ``outcome`` ``raised`` or ``slow``.
    """
    args, keywords = arguments
    try:
        with limited(seconds):
            return then(function(*args, **keywords))
    except KeyboardInterrupt:
        raise
    except SlowError:
        return {"outcome": "slow"}
    except BaseException as error:  # noqa: BLE001 - sys.exit as well
        return {"outcome": "raised", "error": describe(error)}
