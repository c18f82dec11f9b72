"""The probe's life inside one kernel: started before the student's code, called after each cell.

The grader's process calls ``start``, ``before`` and ``after`` by silent execution requests.
"""

import contextlib
import io
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from grader.probe import callbacks, exceptions, loaders, models
from grader.probe.channel import Channel, text
from grader.probe.fits import Observer, RehearsalEndedError

_sessions: list["Session"] = []


def start(path: str, graded: Sequence[str], threads: int) -> None:
    """Open the channel, pin the number of threads and watch Keras; called once a kernel."""
    _sessions.append(Session(Channel(Path(path)), graded))
    _sessions[-1].begin(threads)


def before(seed: int) -> None:
    """Seed Python, NumPy, TensorFlow and Keras."""
    import keras

    keras.utils.set_random_seed(seed)


def after(index: int, probes: Sequence[dict[str, Any]]) -> None:
    """Write down how cell ``index`` of the plan ended, and what the probes see."""
    _sessions[-1].after(index, probes)


class Session:
    """One kernel's observations.

    Args:
        channel: Where they go.
        graded: Names that graded cells define.
    """

    def __init__(self, channel: Channel, graded: Sequence[str]) -> None:
        self._channel = channel
        self._graded = graded
        self._files: dict[str, str] = {}
        self._batches: dict[str, Any] = {}
        self._observer = Observer(channel, self._describe)
        self._probes: dict[str, Callable[[str, str | None], None]] = {
            "callback": self._callback,
            "loader": self._loader,
            "training": self._training,
        }

    def begin(self, threads: int) -> None:
        """Say which versions these are and start watching."""
        import keras
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
        self._observer.install()
        self._channel.send(
            "environment",
            python=platform.python_version(),
            tensorflow=tf.__version__,
            keras=keras.__version__,
            threads=threads,
        )

    def after(self, index: int, probes: Sequence[dict[str, Any]]) -> None:
        """Write down how a cell ended and run its probes; a probe's own crash is a fault."""
        self._learn_files()
        self._guarded("cell", self._cell_end, index)
        for probe in probes:
            kind, name = probe["kind"], probe["name"]
            with loaders.undisturbed():
                self._guarded(name, self._probes[kind], name, probe["variable"])

    def _guarded(self, name: str, probe: Callable[..., None], *args: Any) -> None:
        try:
            probe(*args)
        except KeyboardInterrupt:
            self._unprobed(name, TimeoutError("it did not end when it was called"))
        except Exception as error:  # noqa: BLE001 - a fault of ours must not look like a student's
            self._channel.send("fault", name=name, message=text(f"{type(error).__name__}: {error}"))

    def _cell_end(self, index: int) -> None:
        error = self._last_error()
        if error is None:
            self._channel.send("cell", index=index)
            return
        self._channel.send("cell", index=index, error=self._describe(error))
        self._models_in(error)

    def _last_error(self) -> BaseException | None:
        result = _shell().last_execution_result
        return getattr(result, "error_before_exec", None) or getattr(result, "error_in_exec", None)

    def _models_in(self, error: BaseException) -> None:
        import keras

        for frame, _ in exceptions.frames(error.__traceback__):
            if exceptions.is_cell(frame.f_code.co_filename):
                for value in list(frame.f_locals.values()):
                    if isinstance(value, keras.Model):
                        self._observer.model(value)

    def _describe(self, error: BaseException) -> dict[str, Any]:
        return exceptions.describe(error, self._files)

    def _learn_files(self) -> None:
        for name in self._graded:
            for code in _codes(_namespace().get(name)):
                self._files[code.co_filename] = name

    def _unprobed(self, name: str, error: BaseException) -> None:
        self._channel.send("unprobed", name=name, error=self._describe(error))

    def _callback(self, name: str, _variable: str | None) -> None:
        import keras

        factory = _namespace().get(name)
        if factory is None:
            return
        played = callbacks.observe(factory, TRIALS, self._describe)
        kind = isinstance(factory, type) and issubclass(factory, keras.callbacks.Callback)
        self._channel.send("callback", name=name, is_callback=kind, trials=played)

    def _loader(self, name: str, _variable: str | None) -> None:
        function = _namespace().get(name)
        if not callable(function):
            return
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                loader = function()
        except Exception as error:  # noqa: BLE001 - the student's own error
            self._unprobed(name, error)
            return
        seen = loaders.settings(loader)
        try:
            batch = loaders.first_batch(loader)
        except Exception as error:  # noqa: BLE001 - a loader may fail in any way
            self._unprobed(name, error)
        else:
            self._batches[name] = batch[0]
            seen |= loaders.contents(*batch)
        self._channel.send("loader", name=name, **seen)

    def _training(self, name: str, variable: str | None) -> None:
        if variable in _namespace():
            self._result(name, _namespace()[variable])
        else:
            self._rehearse(name)

    def _result(self, name: str, result: Any) -> None:
        import keras

        is_history = isinstance(result, keras.callbacks.History)
        model = getattr(result, "model", None) if is_history else result
        known = isinstance(model, keras.Model)
        self._channel.send(
            "result",
            name=name,
            type=text(type(result).__name__, 200),
            is_history=is_history,
            fit=self._observer.fit_of(result),
            model=self._observer.model(model) if known else None,
        )
        if known:
            self._convolution_input(model)

    def _convolution_input(self, model: Any) -> None:
        for batch in self._batches.values():
            seen = models.before_first_convolution(model, batch)
            if seen is not None:
                self._channel.send(
                    "convolution_input",
                    model=self._observer.model(model),
                    minimum=seen[0],
                    maximum=seen[1],
                )

    def _rehearse(self, name: str) -> None:
        """Have the model built and compiled where its data is missing, so that it can be judged."""
        function = _namespace().get(name)
        if self._observer.seen or not callable(function):
            return
        self._observer.rehearsing = True
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                function(None)
        except RehearsalEndedError:
            pass
        except Exception as error:  # noqa: BLE001 - the student's own error
            self._models_in(error)
            self._unprobed(name, error)
        finally:
            self._observer.rehearsing = False


def _shell() -> Any:
    from IPython import get_ipython

    return get_ipython()


def _namespace() -> dict[str, Any]:
    namespace: dict[str, Any] = _shell().user_ns
    return namespace


def _codes(value: Any) -> list[Any]:
    members = list(vars(value).values()) if isinstance(value, type) else [value]
    return [member.__code__ for member in members if hasattr(member, "__code__")]


_RATES = (0.0, 0.5, 0.9, 0.95, 0.985, 0.99, 0.9949, 0.998, 0.999, 0.99901, 0.9995, 1.0)
_LOSS = 0.25
TRIALS: list[callbacks.Logs] = [
    *({"accuracy": rate, "loss": _LOSS} for rate in _RATES),
    {"loss": _LOSS},
    {},
]
