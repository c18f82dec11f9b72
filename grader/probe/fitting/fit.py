"""What ``Model.fit`` does while graded cells run."""

import functools
import itertools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import reduce
from operator import or_
from types import FrameType
from typing import Any

from grader import hooks
from grader.inspection.plain import text
from grader.probe.describing.arrays import NO_ARRAYS, OwnArrays
from grader.probe.describing.creation import CreationOrder
from grader.probe.describing.request import DescribedFit, describe
from grader.probe.describing.values import Undescribable
from grader.probe.fitting.connection import Connection, ConnectionEndedError
from grader.probe.fitting.course import Course
from grader.probe.fitting.exhibit import Exhibit
from grader.probe.fitting.play import Play, UntrainedError
from grader.probe.fitting.turns import Turns
from grader.probe.fitting.uses import Needs, needs
from grader.wire.messages import FitRequest

# Of an epoch, as many as can be told of in one message: those of 60,000 samples by 32.
MOST_BATCHES = 1_900
Line = Callable[[FrameType | None], str]


@dataclass(slots=True)
class Way:
    """Who trained one ``fit``.

    Args:
        path: ``grader`` or ``kernel``.
        reason: Why not the grader.
        number: Of the request, if one was sent.
    """

    path: str = "kernel"
    reason: str = ""
    number: int | None = None
    _thread: int = field(default_factory=threading.get_ident)

    def is_here(self) -> bool:
        """Whether this thread called it."""
        return self._thread == threading.get_ident()

    def told(self) -> dict[str, Any]:
        """Return it as fields of an observation."""
        return {"path": self.path, "reason": self.reason, "number": self.number}


def install(
    connection: Connection | None,
    watch: CreationOrder | None,
    arrays: OwnArrays = NO_ARRAYS,
    line: Line = lambda _: "",
) -> list[Way]:
    """Have the grader train where ``fit`` is called, before anything watches it.

    Args:
        connection: To the grader; without it, everything stays as it is.
        watch: What is known of how layers are made.
        arrays: The dataset's own.
        line: Says in which line of the notebook a frame is.

    Returns:
        How each ``fit`` goes, in the order in which they begin; it grows.
    """
    if connection is None or watch is None:
        return []
    import keras

    fitting = Fitting(connection, watch, arrays, line)
    hooks.attach(keras.Model.fit, fitting.fit)
    return fitting.ways


class Fitting:
    """Has the grader train what can be described, and the kernel the rest.

    Args:
        connection: To the grader.
        watch: What is known of how layers are made.
        arrays: The dataset's own.
        line: Says in which line of the notebook a frame is.
    """

    def __init__(
        self, connection: Connection, watch: CreationOrder, arrays: OwnArrays, line: Line
    ) -> None:
        self.ways: list[Way] = []
        self._connection = connection
        self._watch = watch
        self._arrays = arrays
        self._line = line
        self._turns = Turns()
        self._numbers = itertools.count()
        self._process = os.getpid()
        self._busy = threading.Lock()

    def fit(self, arguments: hooks.Arguments) -> hooks.Steps:
        """Train, or leave it to Keras.

        Args:
            arguments: What ``fit`` was given, by name, and the model as ``self``.
        """
        model, way, line = arguments["self"], Way(), self._line(hooks.caller())
        self.ways.append(way)
        try:
            with self._alone():
                return self._by_grader(way, model, arguments)
        except (Undescribable, UntrainedError, ConnectionEndedError) as why:
            way.path, way.reason = "kernel", text(f"{line}: {why}" if line else why)
        # Not within the handler, lest what Keras raises be told as its consequence.
        exhibit = Exhibit(model, arguments, self._watch)
        history = yield
        self._show(way, exhibit)
        return history

    def _show(self, way: Way, exhibit: Exhibit) -> None:
        if way.number is None:
            way.number = next(self._numbers)
        try:
            with self._alone():
                exhibit.show(self._connection, way.number)
        except Exception:  # noqa: BLE001 - what cannot be shown is not believed either
            self._connection.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if os.getpid() != self._process:
            raise UntrainedError("fit was called in another process")
        if not self._busy.acquire(blocking=False):
            raise UntrainedError("fit was called while another one was under way")
        try:
            yield
        except Exception:
            raise
        except BaseException:
            # The other side may be anywhere, and who interrupts does not wait for it.
            self._connection.close()
            raise
        finally:
            self._busy.release()

    def _by_grader(self, way: Way, model: Any, arguments: hooks.Arguments) -> Any:
        with _ours():
            asked = self._asked(model, arguments)
            needed = _needed(asked)
            after, number = self._turns.before(model), next(self._numbers)
            self._connection.tell(
                FitRequest(
                    number=number,
                    description=asked.description,
                    snapshots=asdict(needed),
                    after=after,
                )
            )
            play = Play(model, arguments, asked, weights=needed.weights)
        way.path, way.number = "grader", number
        note = functools.partial(self._turns.note, model, number)
        return Course(self._connection, model, asked.data, play, note).follow()

    def _asked(self, model: Any, arguments: hooks.Arguments) -> DescribedFit:
        """Return what to ask of the grader, and what is called and shown here."""
        import keras

        if isinstance(arguments.get("callbacks"), keras.callbacks.CallbackList):
            raise Undescribable("fit was given a CallbackList")
        return describe(model, arguments, self._watch, self._arrays)


def _needed(asked: DescribedFit) -> Needs:
    """Return what callbacks need of each epoch.

    Raises:
        Undescribable: One of them must be called where training happens.
    """
    data = asked.data
    each = [needs(callback, validated=data.validation is not None) for callback in asked.own]
    needed = reduce(or_, each, Needs())
    if needed.batches:
        if data.steps is None or data.validation_steps is None:
            raise Undescribable("callbacks are called for batches that nobody has counted")
        if (batches := data.steps + data.validation_steps) > MOST_BATCHES:
            raise Undescribable(f"callbacks are called for {batches} batches of an epoch")
    return needed


@contextmanager
def _ours() -> Iterator[None]:
    """Have what goes wrong in here be a reason, and no error of the student's."""
    try:
        yield
    except (Undescribable, ConnectionEndedError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is
        raise Undescribable(f"{type(error).__name__}: {error}") from None
