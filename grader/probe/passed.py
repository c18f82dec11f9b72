"""The callbacks that a ``fit`` was given: of which graded class, which stopped it, and as new."""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from grader.probe.calls import callbacks_of, describe_callback
from grader.probe.fitting.uses import needs
from grader.probe.shell import namespace
from grader.probe.stopping import Stopping

MOST, MOST_TRAININGS, MOST_EPOCHS, MOST_CLASSES, MOST_DEPTH = 50, 20, 100, 20, 4


class GradedClasses:
    """The classes that have been defined under graded names, by what they are, not what they say.

    A notebook may define one anew in a cell of its own, so there can be several of a name.
    """

    def __init__(self) -> None:
        self._classes: dict[str, list[type]] = {}

    def note(self, name: str) -> None:
        """Note what a graded name stands for by now."""
        kind, known = namespace().get(name), self._classes.setdefault(name, [])
        if isinstance(kind, type) and not any(kind is each for each in known):
            known[:] = [*known, kind][-MOST_CLASSES:]

    def of(self, callback: Any) -> tuple[str, type] | None:
        """Return the graded name and class that an object is of, or None."""
        bases = type(callback).__mro__
        pairs = ((name, kind) for name, kinds in self._classes.items() for kind in kinds)
        return next(((n, kind) for n, kind in pairs if any(kind is base for base in bases)), None)


@dataclass(frozen=True, slots=True)
class PastTraining:
    """A training that has come to its end, to be played once more.

    Args:
        fit: Its number.
        callback: An object of the graded class, as it was before the training.
        curves: What each epoch logged, by name.
        first: Number of its first epoch, as Keras counts.
    """

    fit: int
    callback: Any
    curves: Mapping[str, Sequence[float]]
    first: int

    @property
    def course(self) -> list[dict[str, float]]:
        """The logs of each epoch."""
        names = list(self.curves)
        values = zip(*self.curves.values(), strict=True)
        return [dict(zip(names, each, strict=True)) for each in values]


class PastTrainings:
    """The trainings of a cell that were given graded callbacks."""

    def __init__(self) -> None:
        self._known: dict[str, list[PastTraining]] = {}

    def of(self, name: str) -> list[PastTraining]:
        """Return those that were given the callback of a graded name."""
        return self._known.get(name, [])

    def note(self, trainings: Mapping[str, PastTraining]) -> None:
        """Note one as it is played to each of its graded callbacks, unless there are many."""
        for name, training in trainings.items():
            known = self._known.setdefault(name, [])
            if len(known) < MOST_TRAININGS:
                known.append(training)

    def forget(self) -> None:
        """Keep nothing of them alive."""
        self._known.clear()


class Passed:
    """The callbacks of one ``fit``, noted before the first one of them is called.

    Args:
        arguments: What ``fit`` was given, by name.
        graded: The graded classes.
    """

    def __init__(self, arguments: Mapping[str, Any], graded: GradedClasses) -> None:
        self._callbacks = list(islice(callbacks_of(arguments.get("callbacks")), MOST))
        self._graded = [graded.of(callback) for callback in self._callbacks]
        self._first = arguments.get("initial_epoch", 0)
        self._copies = {
            part[0]: copy
            for callback, part in zip(self._callbacks, self._graded, strict=True)
            if part is not None and (copy := _copied(callback, part[1])) is not None
        }

    def told(self, stopping: Stopping | None = None) -> list[dict[str, Any]]:
        """Describe the callbacks.

        Args:
            stopping: What ended the training, once it has ended.
        """
        return [
            describe_callback(callback)
            | {"part": part[0] if part else ""}
            | ({"stopped": callback is stopping.by} if stopping else {})
            for callback, part in zip(self._callbacks, self._graded, strict=True)
        ]

    def past(self, fit: int, curves: Mapping[str, Any]) -> dict[str, PastTraining]:
        """Return the training, once it has ended, for each graded name that it was given.

        Args:
            fit: Its number.
            curves: What its epochs logged; what not every one did is left out.

        Returns:
            Nothing where it had so many epochs that playing them would take long.
        """
        epochs = max(map(len, curves.values()), default=0)
        if not 0 < epochs <= MOST_EPOCHS:
            return {}
        known = {name: c for name, c in curves.items() if len(c) == epochs and None not in c}
        return {
            name: PastTraining(fit, copy, known, self._first) for name, copy in self._copies.items()
        }


def _copied(callback: Any, kind: type) -> Any:
    """Return an object of a graded class that holds what another one does, methods left out.

    None where it uses the model's weights, so that without training it need not do the same.
    """
    import keras

    if isinstance(callback, keras.callbacks.LambdaCallback):
        return None  # what it does is what it holds
    try:
        copy: Any = object.__new__(kind)
        vars(copy).update(
            {
                name: _data(value)
                for name, value in vars(callback).items()
                if not callable(inspect.getattr_static(kind, name, None))
            }
        )
        return None if needs(copy, validated=False).weights else copy
    except Exception:  # noqa: BLE001 - whatever it is, there is no copy of it
        return None


def _data(value: Any, depth: int = MOST_DEPTH) -> Any:
    """Return a value, of plain containers a copy: a training may change what is in them."""
    if depth == 0 or type(value) not in (list, tuple, set, dict):
        return value
    if isinstance(value, dict):
        return {key: _data(held, depth - 1) for key, held in value.items()}
    return type(value)(_data(held, depth - 1) for held in value)
