"""Grades one submission: the whole way from a file to a report, on one screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from grader import __version__, machine, scoring
from grader.assignments.assignment import PASS_MARK, Assignment
from grader.assignments.recognise import RetiredError, edition_issue, recognise
from grader.attempts import Attempt, Progress, attempts, chosen
from grader.checks import commands, runner, tricks
from grader.errors import DatasetError, RejectedError
from grader.images import Prepared
from grader.kernel.kernels import Kernels
from grader.notebook.opening import take
from grader.notebook.read import parse
from grader.notebook.restore import restore
from grader.records import CheckResult, Issue, Plan, Score, Severity, Submission, Verdict
from grader.report import build
from grader.report.document import (
    AssignmentRef,
    ProvenanceRow,
    Report,
    SeedRow,
    SubmissionRef,
)

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
    """What comes of a submission: its report and, if it was run, the notebook with its outputs."""

    report: Report
    notebook: NotebookNode | None = None


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

    def grades(self, assignment: AssignmentRef | None, provenance: ProvenanceRow) -> bool:
        """Whether that version of that assignment is graded here, on those images, so trained."""
        own = [
            each
            for each in self._choice.assignments
            if assignment and (each.id, each.version) == (assignment.id, assignment.version)
        ]
        trained = provenance.training == self._kernels.trained_by
        # What was rejected was never run on any images.
        digest = provenance.dataset_sha256
        return trained and any(digest is None or digest == self.images.of(e).sha256 for e in own)

    def cancel(self) -> None:
        """End what is being graded, in whichever thread, and grade nothing any more."""
        self._kernels.cancel()

    def _read(self, known: "_Known") -> Submission:
        handed_in = take(known.entry.path, known.entry.root)
        known.sha256 = handed_in.sha256
        return parse(handed_in)

    def _grade(self, known: "_Known", progress: Progress) -> Graded:
        submission = self._read(known)
        try:
            assignment, layout = recognise(submission, self._choice.assignments)
        except RetiredError as error:
            known.assignment = error.assignment
            raise
        known.assignment = assignment
        plan = restore(submission, layout)
        images = self.images.of(assignment)
        made = attempts(assignment, plan, images, self._kernels, progress)
        best = chosen(made)
        rubric = scoring.spread(assignment.checks, plan.layout.given - plan.put_back)
        results = runner.run(rubric, best.observed)
        report = self._report(assignment, known.reference, plan, (made, best), results)
        return Graded(report, best.run.notebook)

    def _report(
        self,
        assignment: Assignment,
        reference: SubmissionRef,
        plan: Plan,
        tried: tuple[Sequence[Attempt], Attempt],
        results: Sequence[CheckResult],
    ) -> Report:
        made, best = tried
        seeds = [SeedRow(seed=a.seed, reached_at=a.reached_at, in_time=a.in_time) for a in made]
        training = best.training
        return Report(
            assignment=_assignment_ref(assignment, plan.layout.id),
            submission=reference,
            verdict=scoring.verdict(results),
            score=build.score_row(
                scoring.score(results, assignment.pass_mark), assignment.pass_mark
            ),
            checks=build.check_rows(results),
            trainings=build.training_rows(training, best.observed, assignment.goals, seeds)
            if training
            else [],
            layers=build.layer_rows(best.observed, training),
            execution=build.execution_row(plan, best.run.execution),
            issues=build.issue_rows(
                (
                    *_edition(assignment, plan),
                    *plan.issues,
                    *commands.issues(best.observed),
                    *tricks.issues(best.observed, training),
                )
            ),
            provenance=self._provenance(assignment, best),
        )

    def _provenance(self, assignment: Assignment | None, best: Attempt | None) -> ProvenanceRow:
        images = self.images.made.get(assignment.id) if assignment else None
        first = assignment.seeds[0] if assignment else None
        inside = best.run.evidence.environment if best else None
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
            isolation=": ".join(
                filter(None, (self._kernels.isolation, ", ".join(self._kernels.layers)))
            ),
        )

    def _unscored(self, verdict: Verdict, issue: Issue, known: "_Known") -> Report:
        assignment = known.assignment
        possible = assignment.points if assignment else 0
        pending = possible if verdict is Verdict.NEEDS_REVIEW else 0
        score = Score(earned=0, possible=possible, pending=pending, passed=False)
        return Report(
            assignment=_assignment_ref(assignment, None) if assignment else None,
            submission=known.reference,
            verdict=verdict,
            score=build.score_row(score, assignment.pass_mark if assignment else PASS_MARK),
            checks=[],
            trainings=[],
            layers=[],
            execution=None,
            issues=build.issue_rows([issue]),
            provenance=self._provenance(assignment, None),
        )


@dataclass(slots=True)
class _Known:
    """What is known of a submission so far."""

    entry: Entry
    assignment: Assignment | None
    sha256: str | None = None

    @property
    def reference(self) -> SubmissionRef:
        return SubmissionRef(id=self.entry.id, path=self.entry.shown_path, sha256=self.sha256)


def _edition(assignment: Assignment, plan: Plan) -> list[Issue]:
    named = edition_issue(assignment, plan)
    return [named] if named else []


def _assignment_ref(assignment: Assignment, layout: str | None) -> AssignmentRef:
    return AssignmentRef(
        id=assignment.id, version=assignment.version, title=assignment.title, layout=layout
    )
