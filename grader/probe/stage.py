"""What callbacks are tried in: a model and a folder that are as before, trial after trial."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self

from grader.probe.channel import attribute
from grader.probe.fitting.mirror import ModelMirror, reset_metrics
from grader.probe.scratch import Scratch

# What fit gives callbacks when it is asked for as the assignment has it.
USUAL = {"verbose": "auto", "epochs": 20, "steps": 8}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a callback is tried in.

    Args:
        model: Compiled and built.
        params: What ``fit`` gives to ``set_params``.
        own: Whether the model is the student's, and the files are those that there are now.
    """

    model: Any
    params: Mapping[str, Any]
    own: bool = False


class Stage:
    """A setting in which one callback after another is tried.

    Args:
        setting: What it is; its model is as it was when all of them are done.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._mirror = ModelMirror(setting.model, weights=True)
        self._history = attribute(setting.model, "history")
        self._stopping = attribute(setting.model, "stop_training")
        self._scratch = Scratch(files=setting.own)
        if setting.own:  # any other model was left as it was compiled
            reset_metrics(setting.model)

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Have model and folder be afterwards as they were."""
        model = self.setting.model
        model.stop_training = False
        try:
            with self._scratch.use():
                yield
        finally:
            with suppress(Exception):  # it may have been changed beyond repair
                self._mirror.restore()
                reset_metrics(model)
            model.history, model.stop_training = self._history, self._stopping

    def __enter__(self) -> Self:
        """Begin the trials."""
        return self

    def __exit__(self, *_: object) -> None:
        """End them."""
        self._scratch.remove()
