"""Grades one submission: the whole way from a file to a report, on one screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from grader import __version__, machine, scoring
from grader.assignments import ASSIGNMENTS, Assignment, get
from grader.assignments.recognise import edition_issue, recognise
from grader.attempts import Attempt, Images, Progress, attempts, chosen
from grader.checks import commands, runner, tricks
from grader.errors import RejectedError
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


class Pipeline:
    """Grades submissions of one assignment, or of whichever they belong to.

    Args:
        kernels: What notebooks run in.
        assignment: Id of the assignment; None to find out.
        data: Folder of another copy of the dataset.

    Raises:
        GraderError: The assignment is unknown or the dataset is missing.
    """

    def __init__(
        self, kernels: Kernels, assignment: str | None = None, data: Path | None = None
    ) -> None:
        self._kernels = kernels
        self._assignments = [get(assignment)] if assignment else list(ASSIGNMENTS.values())
        self._images = {a.dataset: Images.of(a.dataset, data) for a in self._assignments}

    @property
    def remarks(self) -> list[str]:
        """What whoever grades should know beforehand."""
        return [images.remark for images in self._images.values() if images.remark]

    def grade(self, entry: Entry, progress: Progress = lambda _: None) -> Graded:
        """Grade one submission; whatever it is, a report comes of it."""
        sha256 = None
        try:
            handed_in = take(entry.path, entry.root)
            sha256 = handed_in.sha256
            submission = parse(handed_in)
            # It may be large, and grading takes long.
            del handed_in
            return self._grade(entry, submission, progress)
        except RejectedError as error:
            issue = Issue(error.code, error.reason, error.fix, severity=Severity.ERROR)
            return Graded(self._unscored(Verdict.REJECTED, issue, entry, sha256))
        except Exception as error:  # noqa: BLE001 - a fault of the grader is never a zero
            found = f"The grader failed: {type(error).__name__}: {error}"
            issue = Issue("grader-fault", found, FAULT_FIX, severity=Severity.ERROR)
            return Graded(self._unscored(Verdict.NEEDS_REVIEW, issue, entry, sha256))

    def grades(self, assignment: AssignmentRef, provenance: ProvenanceRow) -> bool:
        """Whether that version of that assignment is graded here, on those images, so trained."""
        return provenance.training == self._kernels.trained_by and any(
            (each.id, each.version, self._images[each.dataset].sha256)
            == (assignment.id, assignment.version, provenance.dataset_sha256)
            for each in self._assignments
        )

    def cancel(self) -> None:
        """End what is being graded, in whichever thread, and grade nothing any more."""
        self._kernels.cancel()

    def _grade(self, entry: Entry, submission: Submission, progress: Progress) -> Graded:
        assignment, layout = recognise(submission, self._assignments)
        plan = restore(submission, layout)
        images = self._images[assignment.dataset]
        made = attempts(assignment, plan, images, self._kernels, progress)
        best = chosen(made)
        rubric = scoring.spread(assignment.checks, plan.layout.given - plan.put_back)
        results = runner.run(rubric, assignment.bind(best.observed))
        reference = SubmissionRef(id=entry.id, path=entry.shown_path, sha256=submission.sha256)
        report = self._report(assignment, reference, plan, (made, best), results)
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
        seeds = [SeedRow(seed=a.seed, epochs_to_target=a.epochs_to_target) for a in made]
        before = assignment.target.before_epoch
        training = best.training
        return Report(
            assignment=_assignment_ref(assignment, plan.layout.id),
            submission=reference,
            verdict=scoring.verdict(results),
            score=build.score_row(
                scoring.score(results, assignment.pass_mark), assignment.pass_mark
            ),
            checks=build.check_rows(results),
            trainings=build.training_rows(training, best.observed, before, seeds)
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

    def _provenance(self, assignment: Assignment, best: Attempt | None) -> ProvenanceRow:
        inside = best.run.evidence.environment if best else None
        return ProvenanceRow(
            kit=__version__,
            python=inside.python if inside else machine.python(),
            tensorflow=inside.tensorflow if inside else None,
            keras=inside.keras if inside else None,
            dataset_sha256=self._images[assignment.dataset].sha256,
            seed=best.seed if best else assignment.seeds[0],
            threads=assignment.limits.threads,
            cpu=machine.processor(),
            kernel=self._kernels.backend.value,
            training=self._kernels.trained_by,
            isolation=": ".join(
                filter(None, (self._kernels.isolation, ", ".join(self._kernels.layers)))
            ),
        )

    def _unscored(self, verdict: Verdict, issue: Issue, entry: Entry, sha256: str | None) -> Report:
        assignment = self._assignments[0]
        possible = sum(check.points for check in assignment.checks)
        pending = possible if verdict is Verdict.NEEDS_REVIEW else 0
        score = Score(earned=0, possible=possible, pending=pending, passed=False)
        return Report(
            assignment=_assignment_ref(assignment, None),
            submission=SubmissionRef(id=entry.id, path=entry.shown_path, sha256=sha256),
            verdict=verdict,
            score=build.score_row(score, assignment.pass_mark),
            checks=[],
            trainings=[],
            layers=[],
            execution=None,
            issues=build.issue_rows([issue]),
            provenance=self._provenance(assignment, None),
        )


def _edition(assignment: Assignment, plan: Plan) -> list[Issue]:
    named = edition_issue(assignment, plan)
    return [named] if named else []


def _assignment_ref(assignment: Assignment, layout: str | None) -> AssignmentRef:
    return AssignmentRef(
        id=assignment.id, version=assignment.version, title=assignment.title, layout=layout
    )
