"""What callbacks are tried in: a model and a folder that are as before, trial after trial."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Self

from grader.inspection.plain import attribute
from grader.kinds.callback.inside.scratch import Scratch
from grader.probe.fitting.mirror import ModelMirror, reset_metrics

# What fit gives callbacks when it is asked for as the assignment has it.
USUAL = {"verbose": "auto", "epochs": 20, "steps": 8}


class TrialEnvironment:
    """What one callback after another is tried in.

    Args:
        model: Compiled and built; as it was when all of them are done, but for its metrics.
        params: What ``fit`` gives to ``set_params``.
        own: Whether the model is the student's, and the files are those that there are now.
    """

    def __init__(self, model: Any, params: Mapping[str, Any], *, own: bool = False) -> None:
        self.model = model
        self.params = params
        self.own = own
        self._mirror = ModelMirror(model, weights=True)
        self._history = attribute(model, "history")
        self._stopping = attribute(model, "stop_training")
        self._scratch = Scratch(files=own)
        self._restore()

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Have model and folder be afterwards as they were."""
        self.model.stop_training = False
        try:
            with self._scratch.use():
                yield
        finally:
            self._restore()
            self.model.history, self.model.stop_training = self._history, self._stopping

    def _restore(self) -> None:
        with suppress(Exception):  # it may have been changed beyond repair
            self._mirror.restore()
            reset_metrics(self.model)

    def __enter__(self) -> Self:
        """Begin the trials."""
        return self

    def __exit__(self, *_: object) -> None:
        """End them."""
        self._scratch.remove()
