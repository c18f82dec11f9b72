"""An assignment as its author writes it: what to observe, and a rubric of small functions."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from grader.checks import Absent, Check, Expectation, ProbeFault
from grader.checks.observed import Observed
from grader.kernel.limits import Limits
from grader.records import Layout, ProbeRequest

SEEDS = (1, 2, 3)
PASS_MARK = 0.8

Provide = Callable[[Observed], object]
CheckFunction = Callable[..., Expectation]


@dataclass(frozen=True, slots=True)
class Target:
    """What training must reach.

    Args:
        accuracy: Share of the training images classified rightly in one epoch, 0 to 1.
        before_epoch: The epoch, counted from 1, before which it must be reached.
        most_epochs: How many epochs are looked at.
    """

    accuracy: float
    before_epoch: int
    most_epochs: int


@dataclass(frozen=True, slots=True)
class Retired:
    """An edition that is recognised but not graded any more.

    Args:
        id: Stable name, such as ``course-2019``.
        title: The edition's name as students know it.
        recognise: Whether the code of all cells together, without comments, is of this edition;
            the graded names of later editions for which there is a cell tell against it.
        fix: What a student does about it.
    """

    id: str
    title: str
    recognise: Callable[[str, Collection[str]], bool]
    fix: str


@dataclass(slots=True)
class Assignment:
    """One assignment.

    Args:
        id: Stable name, as on the command line.
        version: Changes when a grade could.
        title: As students know it.
        notebook: File name of the released notebook.
        dataset: Name of its dataset.
        probes: What to observe, one request for each graded part, in order.
        target: What training must reach.
        layouts: Makes the known editions; the kit's own first.
        retired: Editions that are rejected by name.
        limits: What a submission may use.
        seeds: Published seeds, tried in order.
        pass_mark: Share of the points needed to pass, 0 to 1.
        providers: How to find each kind of evidence, by the parameter name of checks.
        checks: The rubric; filled by ``check``.
    """

    id: str
    version: str
    title: str
    notebook: str
    dataset: str
    probes: tuple[ProbeRequest, ...]
    target: Target
    layouts: Callable[[], tuple[Layout, ...]]
    retired: tuple[Retired, ...] = ()
    limits: Limits = field(default_factory=Limits)
    seeds: tuple[int, ...] = SEEDS
    pass_mark: float = PASS_MARK
    providers: Mapping[str, Provide] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    @property
    def requests(self) -> Mapping[str, ProbeRequest]:
        """Probe requests by graded name."""
        return {probe.name: probe for probe in self.probes}

    def check(
        self, *, group: str, part: str, points: int, hint: str, required: bool = False
    ) -> Callable[[CheckFunction], CheckFunction]:
        """Declare a check; declaration order is report order."""

        def declare(function: CheckFunction) -> CheckFunction:
            self.checks.append(Check(function, group, part, points, hint, required))
            return function

        return declare

    def bind(self, observed: Observed) -> dict[str, Callable[[], object]]:
        """Return each kind of evidence as a function of nothing, found at most once."""
        return {name: _once(provide, observed) for name, provide in self.providers.items()}


def _once(provide: Provide, observed: Observed) -> Callable[[], object]:
    found: list[object] = []

    def get() -> object:
        if not found:
            try:
                found.append(provide(observed))
            except (Absent, ProbeFault) as reason:
                found.append(reason)
        if isinstance(found[0], Absent | ProbeFault):
            raise found[0]
        return found[0]

    return get
