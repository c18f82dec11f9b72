"""The trainings of one model, one after the other."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras

from grader.training import checkpoint, objects, rates
from grader.training.checkpoint_files import PriorFits, path
from grader.training.description import Description
from grader.training.epoch_reporter import EpochReporter
from grader.training.loaders import Loaders
from grader.training.results import PriorFit, Reply, Report, TrainingPlan


class Fits:
    """Brings a model to where its earlier trainings have left it, and trains it on.

    Where there is a checkpoint, it begins with that; else earlier trainings are made again.

    Args:
        model: Built and compiled, not trained yet.
        loaders: Of all its trainings.
        plan: How they are made.
        earlier: Those that were made already, elsewhere.
    """

    def __init__(
        self,
        model: keras.Model,
        loaders: Loaders,
        plan: TrainingPlan,
        earlier: PriorFits,
    ) -> None:
        self._model = model
        self._loaders = loaders
        self._plan = plan
        self._earlier = earlier
        self._made = 0

    def reach(self, count: int) -> None:
        """Bring the model to where so many of the earlier trainings have left it.

        Args:
            count: Not fewer than before.

        Raises:
            Refused: One of them was of other data than is to be trained on.
        """
        turns, self._made = self._earlier.turns[self._made : count], count
        held = self._path(count)
        if not turns:
            return
        if held is None or not held.exists():
            for turn in turns:
                self._repeat(turn)
            self.leave(count)
            return
        for turn in turns:
            # Whatever made it may have been allowed more.
            self._loaders.of(turn.description)
        checkpoint.restore(held, self._model, self._loaders)

    def leave(self, count: int) -> None:
        """Leave a checkpoint of the model, which has just been trained for the last time.

        Args:
            count: How many trainings it has had.
        """
        left = self._path(count)
        if left is not None:
            checkpoint.write(left, self._model, self._loaders)

    def make(
        self,
        description: Description,
        epochs: int,
        callbacks: Sequence[keras.callbacks.Callback],
    ) -> None:
        """Train the model on.

        Args:
            description: What is asked for.
            epochs: How many are made at most.
            callbacks: Those of the grader, which come after those that are described.
        """
        data, validation = self._loaders.of(description)
        rate = rates.number_of(description.compile)
        if rate is not None:
            # Between two fits, callbacks or the notebook itself may have set another one.
            self._model.optimizer.learning_rate = rate
        self._model.fit(
            validation_data=None if validation is None else validation.to_validate(),
            callbacks=[*map(objects.callback, description.callbacks), *callbacks],
            **_arguments(description, epochs) | data.to_train(),
        )

    def _repeat(self, turn: PriorFit) -> None:
        shown = self._loaders.of(turn.description)[0].shown
        repeater = EpochReporter(shown, self._plan, _repeating(turn.replies))
        # Callbacks know which epoch is to be the last: one that a reply ends sooner is another one.
        stopped = any(reply.stop for reply in turn.replies)
        epochs = turn.description.fit.epochs if stopped else len(turn.replies)
        self.make(turn.description, epochs, [repeater])

    def _path(self, count: int) -> Path | None:
        folder = self._earlier.checkpoints
        return None if folder is None else path(folder, count)


def _repeating(replies: Sequence[Reply]) -> Report:
    left = iter(replies)
    return lambda _: next(left)


def _arguments(description: Description, epochs: int) -> dict[str, Any]:
    """Return the arguments of ``fit`` that are no loaders and no callbacks."""
    asked = description.fit
    return {
        "epochs": min(asked.epochs, asked.initial_epoch + epochs),
        "initial_epoch": asked.initial_epoch,
        "steps_per_epoch": asked.steps_per_epoch,
        "class_weight": objects.weights(asked.class_weight),
        "shuffle": asked.shuffle,
        "validation_steps": asked.validation_steps,
        "validation_freq": asked.validation_freq,
        "validation_batch_size": asked.validation_batch_size,
        "verbose": 0,
    }
