"""What is to be run, and what comes of it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from grader.evidence import Evidence
from grader.fits.label_shift import LabelShift
from grader.fits.server import Answered
from grader.kernel.placed import Placed
from grader.kinds.kind import GradedPart
from grader.processes.limits import Limits
from grader.records import CellStatus, Execution, PlannedCell
from grader.training.results import TrainingPlan

Request = dict[str, object]
# The probe has something to see where a cell came to its end, be it by an exception.
OBSERVABLE = (CellStatus.DONE, CellStatus.RAISED)


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run.

    Args:
        cells: The planned cells, in order.
        probes: What is to be observed, by graded name.
        dataset: The folder of images; None where there are none.
        folder: Name of the dataset's folder in the kit.
        seed: Given to Python, NumPy, TensorFlow and Keras.
        limits: What the run may use.
        dataset_sha256: Digest of the images.
        epochs: How many epochs the grader trains a model at most; 0 leaves training to the kernel.
        exam: How models are examined that the kernel trains; None to leave them.
        targets: Accuracies that a training is to reach, from 0 to 1; none where there are none.
        validation_targets: The same, on the split for validation.
        validation: Name of that split; None where there is none.
        arrays: Folders of what ``fit`` may be given as arrays, by name, as ``Images`` has them.
        random: What the challenges of the run are made from.
        splits: The splits of a dataset that is divided; those of class folders are images.
    """

    cells: Sequence[PlannedCell]
    probes: Mapping[str, GradedPart]
    dataset: Path | None
    folder: str
    seed: int
    limits: Limits = Limits()  # noqa: RUF009 - frozen
    dataset_sha256: str = ""
    epochs: int = 0
    exam: LabelShift | None = None
    targets: tuple[float, ...] = (1.0,)
    random: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    splits: tuple[Placed, ...] = ()
    validation_targets: tuple[float, ...] = ()
    validation: str | None = None
    arrays: Mapping[str, Path] = field(default_factory=dict)

    @property
    def training(self) -> TrainingPlan:
        """How the grader trains what is asked for."""
        limits = self.limits
        return TrainingPlan(
            self.seed,
            self.epochs,
            limits.cell_s,
            limits.threads,
            targets=self.targets,
            validation=self._validation_place,
            validation_targets=self.validation_targets if self._validation_place else (),
            splits={each.at: str(each.source) for each in self.splits if each.labelled},
            arrays={name: str(folder) for name, folder in self.arrays.items()},
        )

    @property
    def _validation_place(self) -> str:
        """Where the split is that is measured for goals of validation; empty without such goals."""
        places = (each.at for each in self.splits if each.labelled and each.name == self.validation)
        return next(places, "") if self.validation_targets else ""

    def trains(self, cell: PlannedCell) -> bool:
        """Whether a cell calls a function that trains."""
        return any(name in self.probes and self.probes[name].trains for name in cell.calls)

    @property
    def calling(self) -> frozenset[int]:
        """Places of the cells that call the function that trains."""
        return frozenset(n for n, cell in enumerate(self.cells) if self.trains(cell))


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it.

    Args:
        execution: How it went.
        evidence: What was observed.
        notebook: With its outputs.
        answered: Trainings that the grader made for it, by number, without their weights.
    """

    execution: Execution
    evidence: Evidence
    notebook: NotebookNode
    answered: Mapping[int, Answered] = field(default_factory=dict)
