"""What grades depend on besides the submissions."""

from dataclasses import asdict

from grader import __version__, machine
from grader.assignments.assignment import Assignment
from grader.assignments.digests import Digests, digests
from grader.assignments.reducing import taken_away
from grader.attempt import Attempt
from grader.images import Images, Prepared
from grader.kernel.kernels import Kernels
from grader.report.origin import DigestsRow, ProfileRow, ProvenanceRow


class Provenance:
    """Tells what grades depend on.

    Args:
        kernels: What notebooks run in.
        images: What they are graded on.
    """

    def __init__(self, kernels: Kernels, images: Prepared) -> None:
        self._kernels = kernels
        self._images = images
        self._digests: dict[str, Digests | None] = {}

    @property
    def trained_by(self) -> str:
        """Who trains."""
        return self._kernels.trained_by

    def digests(self, assignment: Assignment) -> Digests | None:
        """Return the digests of an assignment, as it was when a submission first needed them.

        None where an author's code cannot be looked at; then nothing is known to be unchanged.
        """
        if assignment.id not in self._digests:
            self._digests[assignment.id] = _digests(assignment)
        return self._digests[assignment.id]

    def digests_row(self, assignment: Assignment) -> DigestsRow | None:
        """Return the same for a report."""
        found = self.digests(assignment)
        return DigestsRow(**asdict(found)) if found else None

    def profile(self, assignment: Assignment) -> ProfileRow | None:
        """Say by which profile an assignment is graded; None where it has none."""
        profile, whole = assignment.profile, assignment.whole
        if profile is None:
            return None
        if whole is None:
            return ProfileRow(name=profile.name, full=True)
        images = self._images.made.get(assignment.id)
        told = taken_away(profile, whole.parts, whole.layouts()[0], _counts(images))
        return ProfileRow(name=profile.name, changes=list(told))

    def of(self, assignment: Assignment | None, best: Attempt | None) -> ProvenanceRow:
        """Return what a grade depends on.

        Args:
            assignment: Whose submission it is; None where that is not known.
            best: The run that counts; None where nothing was run.
        """
        images = self._images.made.get(assignment.id) if assignment else None
        first = assignment.seeds[0] if assignment else None
        inside = best.run.evidence.environment if best else None
        isolation, layers = self._kernels.isolation, ", ".join(self._kernels.layers)
        return ProvenanceRow(
            kit=__version__,
            python=inside.python if inside else machine.python(),
            tensorflow=inside.tensorflow if inside else None,
            keras=inside.keras if inside else None,
            dataset_sha256=images.sha256 or None if images else None,
            seed=best.seed if best else first,
            threads=assignment.limits.threads if assignment else None,
            cpu=machine.processor(),
            kernel=self._kernels.backend.value,
            training=self._kernels.trained_by,
            isolation=": ".join(filter(None, (isolation, layers))),
            digests=self.digests_row(assignment) if assignment else None,
            profile=self.profile(assignment) if assignment else None,
        )


def _counts(images: Images | None) -> dict[str, tuple[int, int]]:
    """Return how many images there are of those splits of which not all are taken, and in all."""
    if images is None:
        return {}
    taken = images.counts or {"": (images.count, 0)}
    return {name: (taken[name][0], whole) for name, whole in images.whole.items()}


def _digests(assignment: Assignment) -> Digests | None:
    try:
        return digests(assignment)
    except Exception:  # noqa: BLE001 - it costs no grade
        return None
