"""A training that the grader's trainer makes, and what a diagnosis is made from, as plain data."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from architectures import ACCURACY, Training

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks.diagnosing import curves
from grader.checks.goal_result import GoalResult
from grader.checks.observed import Observation
from grader.checks.training import GradedTraining
from grader.evidence import Evidence, Fit, collect
from grader.fits.answered import Answered
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.overlay import overlay_trusted
from grader.goals import Goal
from grader.isolation.choice import Isolation
from grader.isolation.layers import applied
from grader.processes.backend import Backend
from grader.processes.limits import Limits
from grader.records import Execution, ExecutionStatus, Layout, Plan
from grader.trainers import Trainer
from grader.training.accept import accept
from grader.training.description import Description, LoaderSpec, to_json
from grader.training.results import Epoch, Reply, Trained, TrainingPlan
from tests.prove.luck import SECONDS
from tests.prove.results import BEFORE, MOST_EPOCHS, TARGET

TRAINING, VALIDATION = "data/training", "data/validation"
GOALS = {
    False: Goal("accuracy", at_least=TARGET, before_epoch=BEFORE),
    True: Goal("accuracy", "validation", at_least=0.9, before_epoch=BEFORE),
}


@dataclass(frozen=True)
class Recipe:
    """What is trained, and when its callback stops it.

    Args:
        training: What is trained.
        epochs: Epochs that ``fit`` is asked for.
        stops_above: Accuracy above which the callback stops the training.
        validated: Whether images are divided into those to train on and those to validate with.
    """

    training: Training
    epochs: int = MOST_EPOCHS
    stops_above: float = TARGET
    validated: bool = False

    def record(self, folder: Path, seed: int) -> dict[str, Any]:
        """Have it trained in a process of its own.

        Args:
            folder: One folder for each class; or, if it is validated, one for each split.
            seed: Of the training.

        Returns:
            ``settings`` and ``curves`` as the grader has them for its diagnosis.
        """
        images = folder / Path(TRAINING).name if self.validated else folder
        description = self._description(images)
        replies: list[Reply] = []

        def reply(epoch: Epoch) -> Reply:
            accuracy = epoch.logs.get(ACCURACY[1]["name"], 0.0)
            replies.append(Reply(stop=epoch.stopping or accuracy > self.stops_above))
            return replies[-1]

        trainer = Trainer((Backend.best(), applied(Isolation.AVAILABLE)), images, Limits())
        plan = self._plan(folder, seed)
        trained = CachedTrainer(trainer, "").training(description, plan, reply)
        return _recorded(Answered(description, trained, tuple(replies)), self.validated)

    def _description(self, images: Path) -> Description:
        told = self.training.described(images, self.epochs)
        if self.validated and isinstance(told.loader, LoaderSpec):
            told = replace(told, loader=replace(told.loader, folder=TRAINING))
        return accept(json.dumps(to_json(told)).encode())

    def _plan(self, folder: Path, seed: int) -> TrainingPlan:
        plan = TrainingPlan(seed, MOST_EPOCHS, SECONDS, targets=(TARGET,))
        if not self.validated:
            return plan
        splits = {place: str(folder / Path(place).name) for place in (TRAINING, VALIDATION)}
        targets = (GOALS[True].bound,)
        return replace(plan, validation=VALIDATION, validation_targets=targets, splits=splits)


def _recorded(answered: Answered, validated: bool) -> dict[str, Any]:  # noqa: FBT001
    evidence = collect(
        [Fit(kind="fit", index=0, model="m", path="grader", number=0, finished=True)]
    )
    overlay_trusted(evidence, {0: answered})
    made = _graded(evidence, answered.trained)
    known = curves(GoalResult(made, GOALS[validated]))
    return {"settings": _brief(made.settings), "curves": _brief(known)}


def _graded(evidence: Evidence, trained: Trained) -> GradedTraining:
    run = Execution(ExecutionStatus.DONE, (), seed=1)
    plan, parts = Plan(Layout("kit", "", ()), ()), happy_or_sad.by_name
    seen = Observation(plan, run, evidence, parts, trained.images, 2)
    return GradedTraining.of(seen, "train_happy_sad_model", "image_generator")


def _brief(record: Any) -> dict[str, Any]:
    """Return what is not as it is by default."""
    defaults = {name: each.default for name, each in type(record).__dataclass_fields__.items()}
    return {name: each for name, each in asdict(record).items() if each != defaults[name]}
