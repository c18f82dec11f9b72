"""Remembers how each ``tf.data.Dataset`` was made while a notebook runs: by which call, of what."""

import itertools
import os
import threading
import weakref
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from grader import hooks
from grader.probe.describing.layer_calls import LayerCall, LayerCalls
from grader.probe.describing.passes import Passes, watched
from grader.probe.identity import WeakIdKeyDictionary

# Those that are described, and the names of what they are given besides.
METHODS: Mapping[str, tuple[str, ...]] = {
    "map": (),
    "take": ("count",),
    "skip": ("count",),
    "shuffle": ("buffer_size", "seed", "reshuffle_each_iteration"),
    "cache": ("filename",),
    "batch": ("batch_size", "drop_remainder"),
    "unbatch": (),
    "concatenate": (),
    "prefetch": ("buffer_size",),
    "repeat": ("count",),
}
DIRECTORY = "image_dataset_from_directory"
Line = Callable[[FrameType | None], str]


@dataclass(slots=True, eq=False)
class DatasetCall:
    """A call that made a dataset.

    Args:
        name: Name of the function or method.
        arguments: What it was given, by name; of a folder's, what was found there as well.
        inputs: The calls that made what it was made of; in the place of one that is not known, the
            name of the dataset's class.
        line: In which line of the notebook it is.
        layers: Calls of layers while a mapped function was looked at by TensorFlow.
        number: Of the dataset: a later one has a higher number.
        made: The dataset.
        passed: Whether it was gone through to its end, by itself or by what is made of it.
        unsure: Whether it may have been.
    """

    name: str
    arguments: Mapping[str, Any]
    inputs: "tuple[DatasetCall | str, ...]"
    line: str
    layers: list[LayerCall] = field(default_factory=list)
    number: int = -1
    made: Callable[[], Any] = lambda: None
    passed: bool = False
    unsure: bool = False

    @property
    def words(self) -> str:
        """What it is, for messages."""
        return f"{self.name} in {self.line}" if self.line else self.name


class DatasetCalls:
    """The datasets of one process.

    Args:
        line: Says in which line of the notebook a frame is.
    """

    def __init__(self, line: Line = lambda _: "") -> None:
        self._line = line
        self._calls: WeakIdKeyDictionary[DatasetCall] = WeakIdKeyDictionary()
        self._numbers = itertools.count()
        self._layers = LayerCalls()
        self._passes = Passes(self.of)
        # Datasets are made of others by these calls as well, and only the outermost one counts.
        self._within = threading.local()

    def of(self, dataset: Any) -> DatasetCall | None:
        """Return the call that made a dataset; None where it was made in another way."""
        return self._calls.get(dataset)

    def watch(self) -> None:
        """Have TensorFlow and Keras tell of each call from now on."""
        import keras
        import tensorflow as tf

        for name in METHODS:
            hooks.attach(getattr(tf.data.Dataset, name), self._making(name))
        hooks.attach(keras.utils.image_dataset_from_directory, self._making(DIRECTORY))
        hooks.attach(keras.layers.Layer.__call__, self._layers.calling)
        self._passes.watch()

    def passes_paused(self) -> AbstractContextManager[None]:
        """Note no passes over datasets meanwhile."""
        return self._passes.paused()

    def _making(self, name: str) -> hooks.Hook:
        def making(arguments: hooks.Arguments) -> hooks.Steps:
            if getattr(self._within, "call", False):
                return (yield)
            line = ""
            with suppress(Exception):  # nothing of this is the student's
                line = self._line(hooks.caller())
            self._within.call = True
            try:
                with self._layers.noted() as layers:
                    made = yield
            finally:
                self._within.call = False
            with suppress(Exception):  # nothing is known of what they are called with otherwise
                if name == DIRECTORY:
                    self._found(arguments, made, line)
                else:
                    self._noted(name, arguments, made, line, layers)
            return made

        return making

    def _noted(
        self, name: str, arguments: hooks.Arguments, made: Any, line: str, layers: list[LayerCall]
    ) -> None:
        given = [arguments["self"], *([arguments["dataset"]] if name == "concatenate" else [])]
        inputs = tuple(self.of(each) or type(each).__name__ for each in given)
        kept = {each: arguments.get(each) for each in METHODS[name]}
        self._keep(made, DatasetCall(name, kept, inputs, line, layers))

    def _found(self, arguments: hooks.Arguments, made: Any, line: str) -> None:
        """Note what was made of a folder: one dataset, or two of its parts."""
        parts = made if isinstance(made, list | tuple) else [made]
        directory = arguments["directory"]
        for part, dataset in zip(("training", "validation"), parts, strict=False):
            found = {
                "folder": os.path.realpath(directory),
                "classes": list(dataset.class_names or ()),
                "paths": [os.path.relpath(path, directory) for path in dataset.file_paths],
                "part": part if len(parts) > 1 else None,
            }
            self._keep(dataset, DatasetCall(DIRECTORY, {**arguments, **found}, (), line))

    def _keep(self, made: Any, call: DatasetCall) -> None:
        call.number, call.made = next(self._numbers), weakref.ref(made)
        self._calls[made] = call


_watched = [DatasetCalls()]


def watch_datasets(line: Line = lambda _: "") -> None:
    """Remember how datasets are made from now on; call it before any of the student's code runs.

    Args:
        line: Says in which line of the notebook a frame is.
    """
    _watched.append(DatasetCalls(line))
    _watched[-1].watch()


def call_of(dataset: Any) -> DatasetCall | None:
    """Return the call that made a dataset; None where it was made in another way."""
    return _watched[-1].of(dataset)


def passes_paused() -> AbstractContextManager[None]:
    """Note no passes over datasets meanwhile: they are the grader's, not the notebook's."""
    return _watched[-1].passes_paused()


def prepared() -> list[Any]:
    """Return the functions of which it is told, for processes that are forked from this one."""
    import keras
    import tensorflow as tf

    methods = [getattr(tf.data.Dataset, name) for name in METHODS]
    own = keras.utils.image_dataset_from_directory, keras.layers.Layer.__call__
    return [*methods, *own, *watched()]
