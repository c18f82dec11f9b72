"""Looks at one graded part: a function that trains."""

import importlib
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from grader.inspection import loaders, models, returned
from grader.probe import exceptions
from grader.probe.calls import curves
from grader.probe.channel import Channel
from grader.probe.fits import Observer, RehearsalEndedError
from grader.probe.notebook import Notebook
from grader.probe.shell import namespace
from grader.probe.silence import silenced

Describe = Callable[[BaseException], dict[str, Any]]


class Parts:
    """The probes that an assignment can ask for, by kind.

    Args:
        channel: Where observations go.
        observer: What was seen of models and trainings.
        describe: Describes an exception of the student's code.
    """

    def __init__(self, channel: Channel, observer: Observer, describe: Describe) -> None:
        self._channel = channel
        self._observer = observer
        self._describe = describe
        self.kinds: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "training": self._training,
        }
        self.notebook = Notebook(channel, observer, describe, self.unprobed)

    def look(self, asked: Mapping[str, Any]) -> None:
        """Look at a part.

        Args:
            asked: Its ``kind`` and ``name``, ``inside``, the module of a kind that has one, and
                what that kind needs to know.
        """
        known = self.kinds.get(asked["kind"])
        if known is not None:
            known(asked)
        else:
            importlib.import_module(asked["inside"]).look(asked, self.notebook)

    def unprobed(self, name: str, error: BaseException) -> None:
        """Write down that a part could not be observed because the student's code raised."""
        described = self._describe(error)
        if isinstance(error, KeyboardInterrupt):
            message = "it did not end when it was called"
            described |= {"name": "TimeoutError", "message": message}
        self._channel.send("unprobed", name=name, error=described)

    def _training(self, asked: Mapping[str, Any]) -> None:
        name, variable = asked["name"], asked["variable"]
        if variable in namespace():
            self._result(name, namespace()[variable])
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
            type=returned.type_name(result),
            returned=returned.describe(result),
            is_history=is_history,
            fit=self._observer.fit_of(result),
            model=self._observer.model(model) if known else None,
            curves=curves(result),
        )
        # A function that forgot to return its History has trained a model all the same.
        trained = model if known else self._observer.trained
        if trained is not None:
            self._shown(trained)

    def _shown(self, model: Any) -> None:
        """Look at what a model does when it is shown what its loader yields."""
        for batch in self.notebook.batches.values():
            self._observer.follow(model, batch)
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
        function = namespace().get(name)
        if self._observer.seen or not callable(function):
            return
        self._observer.rehearsing = True
        try:
            with self.notebook.students(name):
                self._play(function)
        finally:
            self._observer.rehearsing = False

    def _play(self, function: Callable[[Any], Any]) -> None:
        try:
            function(*_nothings(function))
        except RehearsalEndedError:
            return
        except BaseException as error:
            self.models_in(error)
            raise

    def models_in(self, error: BaseException) -> None:
        """Describe the models that were at hand in the student's functions when they failed."""
        import keras

        for frame, _ in exceptions.frames(error.__traceback__):
            if exceptions.is_cell(frame.f_code.co_filename):
                for value in list(frame.f_locals.values()):
                    if isinstance(value, keras.Model):
                        self._observer.model(value)
                        self._follow(value)

    def _follow(self, model: Any) -> None:
        """Have a model that was to be trained described by its calls."""
        with loaders.undisturbed(), silenced():
            for batch in self.notebook.batches.values():
                self._observer.follow(model, batch)


def _nothings(function: Callable[..., Any]) -> list[None]:
    """Return as many arguments of None as a function must be given; it may have been changed."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return [None]
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [None for each in parameters if each.kind in positional and each.default is each.empty]
