"""The probe's life inside one kernel: started before the student's code, called after each cell.

The grader's process calls ``start``, ``before`` and ``after`` by silent execution requests.
"""

import importlib
import platform
import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any

from grader import hooks
from grader.inspection import decoding
from grader.inspection.loaders import undisturbed
from grader.inspection.plain import MAX_NAME, text
from grader.isolation import locks
from grader.isolation.confinement import Confinement, seal
from grader.probe import exceptions, fitting, home, logs, shell, weights
from grader.probe.channel import Channel
from grader.probe.commands import Commands
from grader.probe.describing.arrays import NO_ARRAYS, OwnArrays
from grader.probe.describing.creation import watch_creation
from grader.probe.describing.datasets import passes_paused, prepared, watch_datasets
from grader.probe.fits import Observer
from grader.probe.fitting.connection import Connection
from grader.probe.integrity import Integrity
from grader.probe.lines import CellLines
from grader.probe.machine_paths import MachinePaths
from grader.probe.notebook import Notebook
from grader.probe.notes import Notes
from grader.probe.refusals import note_commands, worded
from grader.probe.silence import silenced

MOST, MOST_FUNCTIONS = 100, 20
_sessions: list["Session"] = []


def prepare() -> None:
    """Compile what watching Keras needs, for kernels that are forked from this process."""
    import keras

    begin = keras.callbacks.CallbackList.on_train_begin
    own = keras.Model.compile, keras.Model.fit, begin, keras.Layer.__new__
    for function in (*own, *weights.watched(), *prepared()):
        hooks.prepare(function)


def start(
    path: str, threads: int, confinement: str, trained_at: str, arrays: Mapping[str, str]
) -> None:
    """Open the channels, pin the number of threads and watch Keras; called once a kernel.

    Args:
        path: Where observations go.
        threads: Threads that TensorFlow computes with.
        confinement: What the kernel is confined to; from here on, it opens no more sockets.
        trained_at: Where the grader listens that trains models; empty if none does.
        arrays: Folders of the dataset's own samples and labels, by the name of their split.
    """
    shell.stay()
    shell.adopt_orphans()
    home.settle()
    logs.as_in_a_notebook()
    confined = Confinement.from_json(confinement)
    paths = MachinePaths(Path(confined.folder))
    _sessions.append(Session(Channel(Path(path)), paths))
    _sessions[-1].begin(threads, _connected(trained_at), OwnArrays(arrays))
    _sessions[-1].refuse(confined)
    if confined.alone:
        locks.install()
    seal(confined)


def _connected(path: str) -> Connection | None:
    if not path:
        return None
    end = socket.socket(socket.AF_UNIX)
    end.connect(path)
    return Connection(end)


def prepare_kinds(modules: Sequence[str]) -> None:
    """Have kinds of parts get ready that will be looked at, before any of the student's code runs.

    Args:
        modules: Those that look at them; one may have a function ``prepare``, which is given a
            function that has another one called before each cell.
    """
    for module in map(importlib.import_module, modules):
        if hasattr(module, "prepare"):
            module.prepare(shell.before_cells)


def before(seed: int, names: Sequence[str]) -> None:
    """Seed Python, NumPy, TensorFlow and Keras, before a cell that calls a graded function.

    Args:
        seed: The seed.
        names: The graded names.
    """
    import keras

    keras.utils.set_random_seed(seed)
    _sessions[-1].before(names)


def after(index: int, name: str | None, probes: Sequence[dict[str, Any]]) -> None:
    """Write down how cell ``index`` of the plan ended, and what the probes see.

    Args:
        index: Place of the cell in the plan.
        name: What it must define, if it is a graded one.
        probes: What to look at.
    """
    _sessions[-1].after(index, name, probes)


class Session:
    """One kernel's observations.

    Args:
        channel: Where they go.
        paths: Shortens what they tell of the machine.
    """

    def __init__(self, channel: Channel, paths: MachinePaths) -> None:
        self._channel = channel
        self._paths = paths
        self._files: dict[str, str] = {}
        self._lines = CellLines(self._files)
        self._running: str | None = None
        self._integrity: Integrity | None = None
        self._observer = Observer(channel, self._describe)
        self._notebook = Notebook(channel, self._observer, self._describe)
        self._notes = Notes(channel)
        self._refuses = False

    def begin(
        self, threads: int, trainer: Connection | None, arrays: OwnArrays = NO_ARRAYS
    ) -> None:
        """Say which versions these are and start watching.

        Args:
            threads: Threads that TensorFlow computes with.
            trainer: The grader that trains models; None to train them here.
            arrays: The dataset's own.
        """
        import keras
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
        watch = watch_creation() if trainer else None
        if trainer:
            watch_datasets(self._lines.of)
        weights.watch()
        ways = fitting.install(trainer, watch, arrays, self._lines.of)
        self._observer.install(ways, self._compare, self._functions)
        decoding.install()
        if shell.shell() is not None:
            shell.before_cells(self._lines.note)
        self._channel.send(
            "environment",
            python=platform.python_version(),
            tensorflow=tf.__version__,
            keras=keras.__version__,
            threads=threads,
        )
        own = (self._channel, self._observer, self._notebook, self, trainer)
        self._integrity = Integrity(tuple(filter(None, own)))

    def refuse(self, confined: Confinement) -> None:
        """Have what the kernel may not do said in words, and lines that run commands do nothing.

        Args:
            confined: What it is confined to.
        """
        self._refuses = "seccomp" in confined.layers
        if not confined.processes:
            Commands(shell.shell(), self._notes).install()
        if confined.solitary:
            note_commands(self._notes.leave_out)

    def before(self, names: Sequence[str]) -> None:
        """Note which classes graded names stand for: trainings may be given objects of them."""
        for name in names:
            self._guarded(name, self._observer.graded.note, name)

    def after(self, index: int, name: str | None, probes: Sequence[dict[str, Any]]) -> None:
        """Write down how a cell ended and run its probes; a probe's own crash is a fault."""
        self._running = shell.last_file()
        if name and self._running:
            self._files[self._running] = name
        self._guarded("cell", self._cell_end, index)
        self._guarded("cell", self._notes.send, index, shell.last_files())
        self._guarded("integrity", self._compare)
        self._guarded("weights", self._observer.look)
        self._running = None
        self._notebook.begin_look()
        with undisturbed(), silenced(), passes_paused():
            for probe in probes:
                self._guarded(probe["name"], self._look, probe)
        self._observer.let_go()

    def _look(self, asked: dict[str, Any]) -> None:
        """Have a part looked at by the module of its kind."""
        importlib.import_module(asked["inside"]).look(asked, self._notebook)

    def _guarded(self, name: str, probe: Callable[..., None], *args: Any) -> None:
        try:
            probe(*args)
        except KeyboardInterrupt as error:
            self._notebook.unprobed(name, error)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not look like a student's
            self._channel.send("fault", name=name, message=text(f"{type(error).__name__}: {error}"))

    def _cell_end(self, index: int) -> None:
        error = shell.last_error()
        if error is None:
            self._channel.send("cell", index=index)
            return
        self._channel.send("cell", index=index, error=self._describe(error))
        self._notebook.models_in(error)

    def _compare(self) -> None:
        if self._integrity is not None and (names := self._integrity.changes()):
            self._channel.send("patched", names=[text(name, MAX_NAME) for name in names[:MOST]])

    def _functions(self, frames: Iterable[FrameType]) -> list[str]:
        named = (self._files.get(each.f_code.co_filename) for each in frames)
        return list(islice(dict.fromkeys(filter(None, named)), MOST_FUNCTIONS))

    def _describe(self, error: BaseException) -> dict[str, Any]:
        described = exceptions.describe(error, self._files, self._running, self._paths)
        if self._refuses:
            described["message"] = worded(error, described["message"])
        return described
