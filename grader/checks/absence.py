"""Why there is nothing to see of a part, and whose failure that is.

A part that is absent names the part whose failure it is: a model that was never trained because
the loader is broken is the loader's failure, and is told so once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.checks import foreign
from grader.checks.advice import Scene, advise
from grader.checks.concerns import concerns, require_touched
from grader.checks.declaration import Absent, AssignmentFault, ProbeFault
from grader.checks.terms import Terms
from grader.evidence import Evidence, PartEvidence, Raised
from grader.kinds.kind import GradedPart
from grader.records import CellStatus, Execution, ExecutionStatus, Plan, PlannedCell
from grader.records.graded_names import is_call

RESTORE_CELL = "Copy that cell from the released notebook into yours and fill it in."
UNWATCHED = "{} was not observed: the notebook replaces parts of the grader that watches it."
LEAVE_ALONE = "Leave the grader alone: it looks at your code by itself."
_ENDINGS = {
    CellStatus.TIMED_OUT: (
        "did not end in time",
        "Look for a loop that never ends, or for far more work than the assignment needs.",
    ),
    CellStatus.FLOODED: (
        "printed without end and was stopped",
        "Look for a print in a loop that never ends.",
    ),
    CellStatus.DIED: (
        "ended the kernel",
        "Look for what ends Python there: an exit, or more memory than there is.",
    ),
}
_SO_MUCH_MEMORY = (
    "Look for what takes so much memory: large batches, many filters on large images, a list that "
    "grows and grows."
)
_RAISED = CellStatus.RAISED
_ENDED_PROBED = "{0} was called once more, to see what it gives, and the kernel ended. {1}"


@dataclass(frozen=True, slots=True)
class Seen:
    """One run of a submission: what was planned, how it went, what was seen of it.

    Args:
        plan: What was run.
        execution: How it went.
        evidence: What the probe saw.
        probes: What the probe was asked for, by graded name.
        images: Number of images in the dataset.
        classes: Number of class folders in the dataset.
        splits: Number of samples and of classes in each split of a dataset that is divided.
        terms: What a grading profile has checks judge otherwise.
    """

    plan: Plan
    execution: Execution
    evidence: Evidence
    probes: Mapping[str, GradedPart]
    images: int
    classes: int
    splits: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    terms: Terms = Terms()  # noqa: RUF009 - frozen

    def counts(self, split: str | None) -> tuple[int, int]:
        """Return how many images and classes a split has; None for what is trained on."""
        whole = self.images, self.classes
        return whole if split is None else self.splits.get(split, whole)

    def require_touched(self, name: str) -> None:
        """Raise Absent when nothing was written into the cell of that name."""
        require_touched(self.plan, name)

    def require_present(self, name: str) -> str:
        """Return the name of a part; raise Absent when the notebook has no cell that defines it."""
        if name in self.plan.missing | self.plan.put_back:
            raise self._missing(name)
        return name

    def record(self, part: GradedPart) -> PartEvidence:
        """Return what was observed of a part.

        Args:
            part: What the author asked for.

        Raises:
            Absent: There is nothing to see of it, through the student's own doing.
            ProbeFault: There is not, through the grader's or the author's.
        """
        self.require_touched(self.require_present(part.name))
        found = self.evidence.parts.get(part.key)
        if found is None:
            raise self.absent(part.name, *part.missing)
        if not self.evidence.observer_replaced:
            return found
        kept = part.unwatched(found)
        if kept is None:
            raise Absent(part.name, UNWATCHED.format(part.name), LEAVE_ALONE)
        return kept

    def absent(self, name: str, otherwise: str = "", hint: str = "") -> Absent:
        """Explain why nothing is known of part ``name``.

        Args:
            name: Graded name.
            otherwise: What is said where the run shows no reason.
            hint: What to look at then.

        Raises:
            ProbeFault: It is the grader's own failure.
        """
        if self.execution.status is ExecutionStatus.GRADER_FAULT:
            raise ProbeFault(self.execution.message)
        if (other := self._other(name)) is not None:
            return other
        if name in self.plan.missing | self.plan.put_back:
            return self._missing(name)
        for place, cell in enumerate(self.plan.cells):
            if concerns(cell, name):
                found = self._absent_at(name, place)
                if found is not None:
                    return found
        return self._unprobed(name, Absent(name, otherwise, hint))

    def _missing(self, name: str) -> Absent:
        does = "calls" if is_call(name) else "defines"
        missing = f"The notebook has no cell that {does} {name}."
        return Absent(name, *self.plan.uncoded.get(name, (missing, RESTORE_CELL)))

    def _absent_at(self, name: str, place: int) -> Absent | None:
        cell, run = self.plan.cells[place], self.execution.cells[place]
        if run.status is CellStatus.DONE:
            return None
        end = self.evidence.cells.get(place)
        if end is not None and end.error is not None:
            cause = self._cause(name, cell, end.error)
            if cause not in (name, end.error.cell):
                return self._of_other(cause)
            return self.raised(cause, end.error, place)
        if run.status is CellStatus.NOT_RUN:
            return Absent(self._ender() or name, self._ending(), "")
        if run.status not in _ENDINGS:
            raise ProbeFault(f"the cell of {name} {run.status.value}, and no reason was recorded")
        words, hint = _ENDINGS[run.status]
        if self.execution.status is ExecutionStatus.MEMORY:
            hint = _SO_MUCH_MEMORY
        if run.probed:
            reason = _ENDED_PROBED.format(name, self.execution.message).rstrip()
            return Absent(name, reason, hint)
        which = "calls" if cell.calls else "defines"
        return Absent(name, f"The cell that {which} {name} {words}. {self.execution.message}", hint)

    def _cause(self, name: str, cell: PlannedCell, raised: Raised) -> str:
        if raised.name == "NameError":
            for other, probe in self.probes.items():
                given = f"'{probe.variable}'" if cell.calls and probe.variable else None
                if other != name and given and given in raised.message:
                    return other
            if (undefined := self._undefined(name, raised)) is not None:
                return undefined
        broken = (other for other in self.probes if other != name and self._broke(other, raised))
        return next(broken, raised.cell or name)

    def _undefined(self, name: str, raised: Raised) -> str | None:
        """Return the part that a function misses, where the cell that defines it has failed."""
        for place, cell in enumerate(self.plan.cells):
            if cell.name not in (None, name) and f"'{cell.name}' is not defined" in raised.message:
                return cell.name if self.execution.cells[place].status is _RAISED else None
        return None

    def _broke(self, other: str, raised: Raised) -> bool:
        """Whether an exception is about another part, which is not what it should be."""
        part, record = self._seen_of(other)
        if part is None or record is None or part.instead(record) is None:
            return False
        return part.is_meant(record, raised)

    def _other(self, name: str) -> Absent | None:
        part, record = self._seen_of(name)
        found = part.instead(record) if part is not None and record is not None else None
        return Absent(name, *found) if found else None

    def _seen_of(self, name: str) -> tuple[GradedPart | None, PartEvidence | None]:
        part = self.probes.get(name)
        return part, self.evidence.parts.get(part.key) if part else None

    def _of_other(self, other: str) -> Absent:
        found = self.absent(other)
        return Absent(found.cause, found.reason, found.hint)

    def _ender(self) -> str | None:
        for place, run in enumerate(self.execution.cells):
            if run.status in _ENDINGS:
                cell = self.plan.cells[place]
                return cell.name or next(iter(cell.calls), None)
        return None

    def _ending(self) -> str:
        ender = self._ender()
        before = f"An earlier cell ({ender})" if ender else "An earlier cell"
        return f"{before} ended the run: {self.execution.message}"

    def _unprobed(self, name: str, otherwise: Absent) -> Absent:
        if name in self.evidence.unprobed:
            return self.raised(name, self.evidence.unprobed[name].error)
        if name in self.evidence.tampered:
            reason = f"{name} was not observed: {self.evidence.tampered[name]}."
            return Absent(name, reason, LEAVE_ALONE)
        if name in (others := foreign.told(self.evidence)):
            return Absent(name, *others[name])
        for fault in self.evidence.faults:
            if fault.name in (name, "evidence", "cell"):
                raise (AssignmentFault if fault.of_assignment else ProbeFault)(fault.message)
        if otherwise.reason:
            return otherwise
        raise ProbeFault(f"nothing was observed of {name}, and no reason was recorded")

    def raised(self, name: str, raised: Raised, place: int | None = None) -> Absent:
        """Explain an exception of the student's code: what, in which cell and line, what to try.

        Args:
            name: Graded name whose failure it is.
            raised: The exception.
            place: Which cell of the plan ended with it; None if the probe met it.
        """
        where = ""
        origin = next((c.origin for c in self.plan.cells if c.name == name), None)
        if raised.line and raised.cell == name and origin is not None:
            where = f" (cell {origin + 1}, line {raised.line})"
        status = None if place is None else self.execution.cells[place].status
        if raised.name == KeyboardInterrupt.__name__ and status in _ENDINGS:
            # It is the grader that interrupts what does not end.
            words, hint = _ENDINGS[status]
            return Absent(name, f"{name} {words}{where}. {self.execution.message}", hint)
        errors = {index: end.error for index, end in self.evidence.cells.items() if end.error}
        scene = Scene(raised, self.plan, place, errors)
        message = f": {scene.message}" if scene.message else ""
        reason = f"{name} raised {raised.name}{message}".rstrip(".")
        return Absent(name, f"{reason}{where}.", advise(scene))
