"""What is to be run, and what comes of it."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from grader.evidence import Evidence
from grader.fits.answered import Answered
from grader.fits.further_seeds import FurtherSeeds
from grader.fits.label_shift import LabelShift
from grader.fits.plans import FitPlans
from grader.kernel.placed import Placed
from grader.kinds.kind import GradedPart
from grader.processes.limits import Limits
from grader.records import CellStatus, Execution, PlannedCell
from grader.training import seeds
from grader.training.results import TrainingPlan

Request = dict[str, object]
# The probe has something to see where a cell came to its end, be it by an exception.
OBSERVABLE = (CellStatus.DONE, CellStatus.RAISED)


@dataclass(frozen=True, slots=True)
class Aims:
    """What is looked at in the trainings of one graded function.

    Args:
        epochs: How many epochs the grader trains at most; 0 leaves training to the kernel.
        targets: Accuracies that a training is to reach, from 0 to 1; none where there are none.
        validation_targets: The same, on the split for validation.
        data: Name of the arrays that are to be trained on; empty where class folders are.
        validation: With ``data``, name of those that are the split for validation; empty of none.
        test: The same of those that are the split for tests.
        loss_targets: Losses on it of which each is to be reached, or less.
        test_targets: Accuracies on the split for tests.
        measured_on: Which of these two splits are measured at all.
        losses: Whether the loss on them is measured as well.
        steps: How many batches an epoch has at most; 0 for as many as are asked for.
    """

    epochs: int = 0
    targets: tuple[float, ...] = (1.0,)
    validation_targets: tuple[float, ...] = ()
    data: str = ""
    validation: str = ""
    test: str = ""
    loss_targets: tuple[float, ...] = ()
    test_targets: tuple[float, ...] = ()
    measured_on: frozenset[str] = frozenset()
    losses: bool = False
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run.

    Args:
        cells: The planned cells, in order.
        probes: What is to be observed, by graded name.
        dataset: The folder of images; None where there are none.
        folder: Name of the dataset's folder in the kit.
        seed: Given to Python, NumPy, TensorFlow and Keras; the first function that trains is
            trained with it, and all else with others that it leads to.
        limits: What the run may use.
        dataset_sha256: Digest of the images.
        epochs: How many epochs the grader trains a model at most; 0 leaves training to the kernel.
        exam: How models are examined that the kernel trains; None to leave them.
        targets: Accuracies that a training is to reach, from 0 to 1; none where there are none.
        apart: Names of the splits for ``validation`` and ``test``, of those that there are.
        arrays: Folders of what ``fit`` may be given as arrays, by name, as ``Images`` has them.
        further: The further seeds of the submission; None to try none of them ahead.
        random: What the challenges of the run are made from.
        splits: The splits of a dataset that is divided; those of class folders are images.
        modules: Python files that lie beside the notebook, which imports them.
        aims: What is looked at in what each graded function trains, by its name; under an empty
            one, in all other trainings, of which else ``epochs`` and ``targets`` are all.
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
    modules: tuple[Path, ...] = ()
    apart: Mapping[str, str] = field(default_factory=dict)
    arrays: Mapping[str, Path] = field(default_factory=dict)
    aims: Mapping[str, Aims] = field(default_factory=dict)
    further: FurtherSeeds | None = None

    def training(self, name: str = "") -> TrainingPlan:
        """Return how the grader trains what is asked for.

        Args:
            name: The graded function that asks for it; empty for none.
        """
        limits, others = self.limits, self.aims.get("", Aims(self.epochs, self.targets))
        aims = self.aims.get(name, others)
        validation, test = (self._place(each, aims) for each in ("validation", "test"))
        first = bool(name) and name == next(iter(self._trainers), None)
        return TrainingPlan(
            # With the seed that counts, nothing can be tried out in other calls and cells.
            self.seed if first else seeds.of_its_own(self.seed, name),
            aims.epochs,
            limits.cell_s,
            limits.threads,
            targets=aims.targets,
            validation=validation,
            validation_targets=aims.validation_targets if validation else (),
            loss_targets=aims.loss_targets if validation else (),
            test=test,
            test_targets=aims.test_targets if test else (),
            losses=aims.losses,
            splits={each.at: str(each.source) for each in self.splits if each.labelled},
            arrays={name: str(folder) for name, folder in self.arrays.items()},
            data=aims.data,
            on_any=not name,
            redraws_seeds=not first,
            steps=aims.steps,
            memory_bytes=limits.memory_bytes,
        )

    @property
    def trainable(self) -> bool:
        """Whether there is something that the grader could train on."""
        return self.dataset is not None or any(each.data for each in self.aims.values())

    @property
    def plans(self) -> FitPlans:
        """How the grader trains what each cell asks for."""
        parts = {name: self.training(name) for name in self._trainers}
        return FitPlans(self.training(), parts, dict(self._calling()))

    def _place(self, purpose: str, aims: Aims) -> str:
        """Return where a split lies that is measured; empty where nobody asks, or there is none."""
        name = self.apart.get(purpose) if purpose in aims.measured_on else None
        if aims.data:
            arrays = {"validation": aims.validation, "test": aims.test}[purpose]
            return arrays if purpose in aims.measured_on else ""
        places = (each.at for each in self.splits if each.labelled and each.name == name)
        return next(places, "")

    def trains(self, cell: PlannedCell) -> bool:
        """Whether a cell calls a function that trains."""
        return any(name in self.probes and self.probes[name].trains for name in cell.calls)

    @property
    def _trainers(self) -> list[str]:
        """Graded names of the functions that train, in the order in which they are declared."""
        return [name for name, part in self.probes.items() if part.trains]

    def _calling(self) -> Iterator[tuple[int, str]]:
        """Yield the places of cells that call a function that trains, and which it is."""
        for place, cell in enumerate(self.cells):
            name = next((each for each in self._trainers if each in cell.calls), None)
            if name is not None:
                yield place, name


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
