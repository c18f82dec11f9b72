"""Grades one submission: the whole way from a file to a report, on one screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from grader import judging
from grader.assignments.assignment import Assignment
from grader.assignments.planning import planned
from grader.assignments.recognise import RetiredError, recognise
from grader.attempts import Progress, attempts
from grader.errors import DatasetError, RejectedError
from grader.images import Prepared
from grader.judging import ObservedSubmission
from grader.kept import Kept, KeptAttempt
from grader.kernel.kernels import Kernels
from grader.notebook.opening import take
from grader.notebook.read import parse
from grader.notebook.workload import workload
from grader.provenance import Provenance
from grader.records import CellKind, Issue, Plan, Severity, Submission, Verdict
from grader.report.document import AssignmentRef, Report, SubmissionRef

FAULT_FIX = "Grade it again; if it fails again, report it. It costs the student nothing."


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission to be graded.

    Args:
        path: The notebook, or what was handed in instead: a file, or a folder without one.
        id: Names it in the report; unique in a class.
        shown_path: Its path as the report shows it, relative to the folder that is graded.
        root: The folder that was named, below which no link is followed; None where the notebook
            itself was.
    """

    path: Path
    id: str
    shown_path: str
    root: Path | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """What comes of a submission.

    Args:
        report: Its report.
        notebook: With its outputs, if it was run.
        kept: The evidence that was judged, if it was run.
        again: Whether it was judged again by evidence that was kept; nothing was run.
    """

    report: Report
    notebook: NotebookNode | None = None
    kept: Kept | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Which assignments submissions may belong to.

    Args:
        assignments: The assignments.
        data: Folders of other copies of their datasets, by the assignment's id.
        named: Whether whoever grades has said which it is: what cannot be read is of that one, too.
    """

    assignments: Sequence[Assignment]
    data: Mapping[str, Path] = field(default_factory=dict)
    named: bool = False

    @property
    def secrets(self) -> list[Path]:
        """Where what is right can be read."""
        return [place for each in self.assignments for place in each.secrets]


class Pipeline:
    """Grades submissions of one assignment, or of whichever they belong to.

    Args:
        kernels: What notebooks run in.
        choice: Which assignments they may belong to.
        remark: Is told what whoever grades should know of an assignment's images.

    Raises:
        DatasetError: A folder that was named has no images of its assignment.
    """

    def __init__(
        self, kernels: Kernels, choice: Choice, remark: Callable[[str], None] = lambda _: None
    ) -> None:
        self._kernels = kernels
        self._choice = choice
        self.images = Prepared(choice.data, remark)
        self.provenance = Provenance(kernels, self.images)
        for each in choice.assignments:
            # Whoever names a folder is to be told at once what is wrong with it.
            if each.id in choice.data:
                self.images.of(each)

    def grade(self, entry: Entry, progress: Progress = lambda _: None) -> Graded:
        """Grade one submission; whatever it is, a report comes of it."""
        known = _Known(entry, self._choice.assignments[0] if self._choice.named else None)
        try:
            return self._grade(known, progress)
        except DatasetError:
            # Nobody's submission is at fault, and no other one would fare better.
            raise
        except RejectedError as error:
            issue = Issue(error.code, error.reason, error.fix, severity=Severity.ERROR)
            return Graded(self._unscored(Verdict.REJECTED, issue, known))
        except Exception as error:  # noqa: BLE001 - a fault of the grader is never a zero
            found = f"The grader failed: {type(error).__name__}: {error}"
            issue = Issue("grader-fault", found, FAULT_FIX, severity=Severity.ERROR)
            return Graded(self._unscored(Verdict.NEEDS_REVIEW, issue, known))

    def judge_again(self, entry: Entry, earlier: Report, kept: Kept) -> Graded | None:
        """Judge by the rubric of now what was observed earlier; nothing is run.

        Args:
            entry: The submission.
            earlier: Its report.
            kept: What was observed of it.

        Returns:
            What comes of it; None where it has to be run again.
        """
        try:
            report = self._judged_again(_Known(entry, None), earlier, kept)
        except Exception:  # noqa: BLE001 - grading it tells whose fault that is
            return None
        # What lacks a grade is tried in full.
        return (
            Graded(report, kept=kept, again=True) if report and not report.score.pending else None
        )

    def _judged_again(self, known: "_Known", earlier: Report, kept: Kept) -> Report | None:
        assignment, plan = self._planned(known)
        found = self.provenance.digests(assignment)
        same = found is not None and kept.is_of(known.sha256, assignment.id, found.observation)
        if not same or not kept.is_run_of(plan):
            return None
        made = kept.attempts_at(assignment, plan)
        digests = {"digests": self.provenance.digests_row(assignment)}
        provenance = earlier.provenance.model_copy(update=digests)
        return judging.judge(
            ObservedSubmission(assignment, known.reference, plan, made), provenance
        )

    def assignment_of(self, reference: AssignmentRef | None) -> Assignment | None:
        """Return the assignment of a report, if that version of it is graded here."""
        named = (reference.id, reference.version) if reference else None
        known = self._choice.assignments
        return next((each for each in known if (each.id, each.version) == named), None)

    @property
    def ids(self) -> list[str]:
        """Of the assignments that submissions may belong to."""
        return [each.id for each in self._choice.assignments]

    @property
    def of_several(self) -> bool:
        """Whether submissions may belong to several assignments."""
        return len(self._choice.assignments) > 1

    def cancel(self) -> None:
        """End what is being graded, in whichever thread, and grade nothing any more."""
        self._kernels.cancel()

    @staticmethod
    def workload(entry: Entry) -> float:
        """Return about how much a submission's trainings compute; 0 where that cannot be told."""
        try:
            cells = parse(take(entry.path, entry.root)).cells
        except Exception:  # noqa: BLE001 - grading it tells what is wrong
            return 0.0
        return workload(cell.source for cell in cells if cell.kind is CellKind.CODE)

    def _read(self, known: "_Known") -> Submission:
        handed_in = take(known.entry.path, known.entry.root)
        known.sha256 = handed_in.sha256
        return parse(handed_in)

    def _planned(self, known: "_Known") -> tuple[Assignment, Plan]:
        submission = self._read(known)
        try:
            assignment, layout = recognise(submission, self._choice.assignments)
        except RetiredError as error:
            known.assignment = error.assignment
            raise
        known.assignment = assignment
        # Now, as running it may change what an author's code remembers.
        self.provenance.digests(assignment)
        return assignment, planned(submission, assignment, layout)

    def _grade(self, known: "_Known", progress: Progress) -> Graded:
        assignment, plan = self._planned(known)
        images = self.images.of(assignment)
        made = attempts(assignment, plan, images, self._kernels, progress)
        observed = ObservedSubmission(assignment, known.reference, plan, made)
        best = observed.best
        report = judging.judge(observed, self.provenance.of(assignment, best))
        return Graded(report, best.run.notebook, self._kept(observed))

    def _kept(self, observed: ObservedSubmission) -> Kept | None:
        seen = observed.best.observed
        found = self.provenance.digests(observed.assignment)
        if found is None:
            return None
        runs = [(each.seed, each.run) for each in observed.attempts]
        made = [KeptAttempt(seed=s, execution=r.execution, evidence=r.evidence) for s, r in runs]
        return Kept(
            submission=observed.submission.sha256 or "",
            assignment=observed.assignment.id,
            observation=found.observation,
            plan=observed.plan,
            images=seen.images,
            classes=seen.classes,
            splits=dict(seen.splits),
            attempts=tuple(made),
        )

    def _unscored(self, verdict: Verdict, issue: Issue, known: "_Known") -> Report:
        provenance = self.provenance.of(known.assignment, None)
        return judging.unscored(verdict, issue, known.assignment, known.reference, provenance)


@dataclass(slots=True)
class _Known:
    """What is known of a submission so far."""

    entry: Entry
    assignment: Assignment | None
    sha256: str | None = None

    @property
    def reference(self) -> SubmissionRef:
        return SubmissionRef(id=self.entry.id, path=self.entry.shown_path, sha256=self.sha256)
