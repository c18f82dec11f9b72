"""What checks get of a run: what the grader knows, and nothing that only a notebook's kernel says.

A kernel is in its student's hands: the curves of a training that it made by itself, or those of the
History that it returned, may be anything. Nothing here holds them but ``ClaimedTraining``, which
only checks get whose points wait for a person.
"""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.checks.observed import Observation
from grader.checks.training import Curve, GradedTraining
from grader.evidence import Compilation, Division, Loader, Model, ReturnedResult
from grader.goals import Quantity


@dataclass(frozen=True, slots=True)
class Training:
    """The graded training, as far as the grader made it itself or measured it.

    ``curves`` and what is measured are empty where the notebook's own kernel trained.
    """

    _graded: GradedTraining = field(repr=False)

    @property
    def by_grader(self) -> bool:
        """Whether the grader trained, of its own and on its own images."""
        return self._graded.fit.trained is not None

    @property
    def on_other_samples(self) -> str:
        """Why it counts for nothing: which samples it was trained on; empty where on the right."""
        return (self._graded.fit.reason or "") if self._graded.fit.elsewhere else ""

    @property
    def part(self) -> str:
        """Graded name of what trains."""
        return self._graded.part

    @property
    def epochs_asked(self) -> int | None:
        """How many epochs ``fit`` was asked for; None if that is not known."""
        return self._graded.fit.epochs

    @property
    def steps_asked(self) -> int | None:
        """How many batches an epoch was to have; None where that was left to Keras."""
        return self._graded.fit.steps_per_epoch

    @property
    def validates_in(self) -> str | None:
        """The class folders that ``fit`` validates with, as a notebook writes their folder.

        Empty where it validates with images elsewhere; None where it validates with no such folder,
        or the grader did not train.
        """
        trained = self._graded.fit.trained
        found = trained.validation_folder if trained else None
        return posixpath.relpath(found, "notebooks") if found else found

    @property
    def division(self) -> Division | None:
        """How the images of a folder were divided into what is trained on and validated with.

        None where these are not two datasets of ``tf.data`` that the grader has made again.
        """
        trained = self._graded.fit.trained
        return trained.division if trained else None

    @property
    def curves(self) -> Mapping[str, Curve]:
        """What each epoch logged, by the name in the logs; None of an epoch that logged none."""
        return dict(self._graded.fit.curves) if self.by_grader else {}

    def curve(self, quantity: Quantity) -> Curve:
        """Return what each epoch logged of one quantity, whatever its metric is called.

        Args:
            quantity: Which; nothing is logged of test data.
        """
        return (self._graded.curve(quantity) if self.by_grader else None) or ()

    @property
    def measured(self) -> float | None:
        """Share of all images that the trained model classifies correctly, 0 to 1."""
        return self._graded.measured

    @property
    def measured_before(self) -> float | None:
        """The same before training."""
        return self._graded.before

    @property
    def each_measured(self) -> Curve:
        """The same after each epoch; None of an epoch that was not measured."""
        return self._graded.each_measured

    @property
    def validated(self) -> float | None:
        """Share of all images of the split for validation that it classifies correctly, 0 to 1.

        None where no goal is about that, or the grader could not measure it.
        """
        found = self._graded.on_validation
        return found.accuracy if found else None

    @property
    def tested(self) -> float | None:
        """The same of the split for tests, when training has ended."""
        found = self._graded.on_test
        return found.accuracy if found else None

    @property
    def evaluated(self) -> Mapping[str, float]:
        """Loss and metrics that Keras' ``evaluate`` has of all test data, by name.

        As the grader computed them when training had ended; empty where no goal is about that, or
        the grader could not measure it.
        """
        found = self._graded.on_test
        return found.evaluated if found else {}

    @property
    def metrics(self) -> tuple[str, ...]:
        """Names of the metrics that were compiled, in their order."""
        return self._graded.metrics

    def goes_on_from(self, earlier: "Training") -> bool:
        """Whether the model went on from what another training had left of it.

        Args:
            earlier: The other training; what came between makes no difference.
        """
        trained = self._graded.fit.trained
        number = earlier._graded.fit.number  # noqa: SLF001 - of the same class
        return trained is not None and number in trained.went_on_from

    @property
    def weights(self) -> tuple[str, ...]:
        """Digests of all arrays of weights when training had ended; none if they are not known."""
        trained = self._graded.fit.trained
        return trained.weights if trained else ()

    @property
    def each_validated(self) -> Curve:
        """The same after each epoch; None of an epoch that was not measured."""
        found = self._graded.on_validation
        return found.measured if found else ()


@dataclass(frozen=True, slots=True)
class ClaimedTraining:
    """What the notebook's kernel says of the graded training, which may be anything.

    Args:
        curves: What each epoch logged, by the name in the logs.
    """

    curves: Mapping[str, Curve]


@dataclass(frozen=True, slots=True)
class Result:
    """What a graded training function returned."""

    _returned: ReturnedResult = field(repr=False)

    @property
    def type(self) -> str:
        """The name of its class."""
        return self._returned.type

    @property
    def is_history(self) -> bool:
        """Whether it is a History of Keras'."""
        return self._returned.is_history


@dataclass(frozen=True, slots=True)
class Observed:
    """One run of a submission; each method raises Absent where there is nothing to see."""

    _run: Observation = field(repr=False)

    def loader(self, name: str) -> Loader:
        """What the loader function ``name`` returned."""
        return self._run.loader(name)

    def model(self, name: str) -> Model:
        """The model that the training function ``name`` built, as it was last seen."""
        return self._run.model(name)

    def compilation(self, name: str) -> Compilation:
        """How that model was compiled."""
        return self._run.compilation(name)

    def takes_logits(self, name: str) -> bool | None:
        """Whether that model's loss takes outputs without activation; None if it may take both."""
        return self._run.takes_logits(name)

    def result(self, name: str) -> Result:
        """What the training function returned."""
        return Result(self._run.result(name))

    def counts(self, split: str | None = None) -> tuple[int, int]:
        """How many images and classes a split has; by default what models are trained on."""
        return self._run.counts(split)


def graded(training: Training) -> GradedTraining:
    """Return all that is known of a training, claims as well: for the kit's own checks.

    Args:
        training: As checks get it.
    """
    return training._graded  # noqa: SLF001 - this is where it is kept from others


def returned_by(result: Result) -> ReturnedResult:
    """Return all that is known of what was returned: for the kit's own checks.

    Args:
        result: As checks get it.
    """
    return result._returned  # noqa: SLF001 - likewise


def run_of(seen: Observed) -> Observation:
    """Return all that was observed of a run: for the kit's own parts.

    Args:
        seen: As needs get it.
    """
    return seen._run  # noqa: SLF001 - likewise
