"""What ``Model.fit`` does while graded cells run."""

import functools
import inspect
import itertools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import reduce
from operator import or_
from typing import Any

from grader.probe.channel import text
from grader.probe.describing.creation import Watch
from grader.probe.describing.request import describe
from grader.probe.describing.values import Undescribable
from grader.probe.fitting.connection import Connection, ConnectionEndedError
from grader.probe.fitting.course import Course
from grader.probe.fitting.exhibit import Exhibit
from grader.probe.fitting.play import Play, UntrainedError
from grader.probe.fitting.turns import Turns
from grader.probe.fitting.uses import Needs, needs

# Of an epoch, as many as can be told of in one message.
MOST_BATCHES = 1_000


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

    def told(self) -> dict[str, Any]:
        """Return it as fields of an observation."""
        return asdict(self)


def install(connection: Connection | None, watch: Watch | None) -> list[Way]:
    """Put ``fit`` by the grader in place of Keras' own, before anything that watches it.

    Args:
        connection: To the grader; without it, everything stays as it is.
        watch: What is known of how layers are made.

    Returns:
        How each ``fit`` goes, in the order in which they begin; it grows.
    """
    if connection is None or watch is None:
        return []
    import keras

    fitting = Fitting(connection, watch)
    keras.Model.fit = fitting.wrapped(keras.Model.fit)
    return fitting.ways


class Fitting:
    """Has the grader train what can be described, and the kernel the rest.

    Args:
        connection: To the grader.
        watch: What is known of how layers are made.
    """

    def __init__(self, connection: Connection, watch: Watch) -> None:
        self.ways: list[Way] = []
        self._connection = connection
        self._watch = watch
        self._turns = Turns()
        self._numbers = itertools.count()
        self._process = os.getpid()
        self._busy = threading.Lock()

    def wrapped(self, original: Any) -> Any:
        """Return what stands in for ``original``.

        Args:
            original: Keras' own ``fit``.
        """
        signature = inspect.signature(original)

        @functools.wraps(original)
        def fit(model: Any, *args: Any, **kwargs: Any) -> Any:
            def proceed() -> Any:
                return original(model, *args, **kwargs)

            given = None
            with suppress(TypeError):
                given = signature.bind(model, *args, **kwargs).arguments
            return self._fit(model, given, proceed) if given else proceed()

        return fit

    def _fit(self, model: Any, arguments: dict[str, Any], proceed: Callable[[], Any]) -> Any:
        way = Way()
        self.ways.append(way)
        try:
            with self._alone():
                return self._by_grader(way, model, arguments)
        except (Undescribable, UntrainedError, ConnectionEndedError) as why:
            way.path, way.reason = "kernel", text(why)
        # Not within the handler, lest what Keras raises be told as its consequence.
        return self._here(way, Exhibit(model, arguments, self._watch), proceed)

    def _here(self, way: Way, exhibit: Exhibit, proceed: Callable[[], Any]) -> Any:
        history = proceed()
        if way.number is None:
            way.number = next(self._numbers)
        try:
            with self._alone():
                exhibit.show(self._connection, way.number)
        except Exception:  # noqa: BLE001 - what cannot be shown is not believed either
            self._connection.close()
        return history

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

    def _by_grader(self, way: Way, model: Any, arguments: dict[str, Any]) -> Any:
        with _ours():
            asked, play = self._asked(model, arguments)
            number = next(self._numbers)
            self._connection.send({"kind": "fit", "number": number, **asked})
        way.path, way.number = "grader", number
        note = functools.partial(self._turns.note, model, number)
        return Course(self._connection, model, arguments, play, note).follow()

    def _asked(self, model: Any, arguments: dict[str, Any]) -> tuple[dict[str, Any], Play]:
        """Return what to ask of the grader, and what calls the callbacks that are here."""
        import keras

        if isinstance(arguments.get("callbacks"), keras.callbacks.CallbackList):
            raise Undescribable("fit was given a CallbackList")
        request = describe(model, arguments, self._watch)
        needed = _needed(request.own, arguments)
        before = self._turns.before(model)
        after = {} if before is None else {"after": before}
        play = Play(model, arguments, request.own, weights=needed.weights)
        return {"description": request.description, "snapshots": asdict(needed), **after}, play


def _needed(callbacks: list[Any], arguments: dict[str, Any]) -> Needs:
    """Return what callbacks need of each epoch.

    Raises:
        Undescribable: One of them must be called where training happens.
    """
    validation = arguments.get("validation_data")
    each = [needs(callback, validated=validation is not None) for callback in callbacks]
    needed = reduce(or_, each, Needs())
    batches = arguments.get("steps_per_epoch") or len(arguments["x"])
    if validation is not None:
        batches += arguments.get("validation_steps") or len(validation)
    if needed.batches and batches > MOST_BATCHES:
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
