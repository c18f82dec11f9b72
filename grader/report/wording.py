"""What a report says in words, the same in every form that it is rendered in."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from grader.checks.together import of_several
from grader.goals.status import GoalStatus
from grader.records import ExecutionStatus, Severity, Status, Verdict
from grader.report.document import CheckRow, GoalRow, IssueRow, Report, TrainingRow

STATUS = {
    Status.PASSED: "Passed",
    Status.FAILED: "Failed",
    Status.SKIPPED: "Skipped",
    Status.ERRORED: "Grader error",
}

EXECUTION = {
    ExecutionStatus.DONE: "Your notebook ran from top to bottom.",
    ExecutionStatus.CELL_FAILED: "A cell of your notebook stopped with an error.",
    ExecutionStatus.CELL_TIMED_OUT: "A cell of your notebook ran out of time.",
    ExecutionStatus.NOTEBOOK_TIMED_OUT: "Your notebook ran out of time.",
    ExecutionStatus.OUTPUT: "Your notebook printed more than the grader keeps.",
    ExecutionStatus.MEMORY: "Your notebook needed more memory than there is.",
    ExecutionStatus.PROCESSES: "Your notebook had more processes or threads than it may.",
    ExecutionStatus.DISK: "Your notebook wrote more files than there is room for.",
    ExecutionStatus.DIED: "The process that ran your notebook ended unexpectedly.",
    ExecutionStatus.KILLED: "Your notebook was ended from outside. That is not your fault.",
    ExecutionStatus.CROWDED: "The grader's machine was short of memory. That is not your fault.",
    ExecutionStatus.GRADER_FAULT: "The grader could not run your notebook. That is not your fault.",
}

SOURCE = {
    "kernel": "Measured while your notebook ran.",
    "grader": "Trained by the grader, as your code describes it.",
    "kernel-remeasured": "Trained in your notebook; the grader measured the result again.",
    "unverified": "As your notebook reported it; the grader could not verify it.",
}

_BY_ITSELF = "The notebook trained its model by itself, in a way that the grader cannot repeat"


@dataclass(frozen=True, slots=True)
class GroupResult:
    """The checks of one part of the rubric, with their points."""

    name: str
    checks: tuple[CheckRow, ...]

    @property
    def earned(self) -> int:
        """Points earned in the group."""
        return sum(check.earned for check in self.checks)

    @property
    def possible(self) -> int:
        """Points that the group is worth."""
        return sum(check.possible for check in self.checks)


def groups(checks: Iterable[CheckRow]) -> tuple[GroupResult, ...]:
    """Put checks into their groups, both in the order in which they were declared."""
    found: dict[str, list[CheckRow]] = {}
    for check in checks:
        found.setdefault(check.group, []).append(check)
    return tuple(GroupResult(name, tuple(rows)) for name, rows in found.items())


def with_status(report: Report, *statuses: Status) -> tuple[CheckRow, ...]:
    """Pick the checks that ended in one of the statuses."""
    return tuple(check for check in report.checks if check.status in statuses)


def count(number: int, noun: str) -> str:
    """Say how many, as in ``1 point`` and ``3 points``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def assignment(report: Report) -> str:
    """Name the assignment as students know it."""
    return report.assignment.title if report.assignment else "No assignment"


def headline(report: Report) -> str:
    """Say in a few words how the submission ended."""
    if report.verdict is Verdict.REJECTED:
        return "Could not be graded"
    if report.verdict is Verdict.NEEDS_REVIEW:
        return "Needs review"
    return "Passed" if report.score.passed else "Not passed yet"


def tone(report: Report) -> Status:
    """Say which status of a check the submission as a whole is most like."""
    if report.verdict is Verdict.NEEDS_REVIEW:
        return Status.ERRORED
    passed = report.verdict is Verdict.GRADED and report.score.passed
    return Status.PASSED if passed else Status.FAILED


def notices(report: Report) -> tuple[IssueRow, ...]:
    """Pick the issues, but for the one that the headline tells."""
    told = rejection(report) if report.verdict is Verdict.REJECTED else None
    return tuple(issue for issue in report.issues if issue is not told)


def rejection(report: Report) -> IssueRow | None:
    """Find the issue for which a submission was rejected."""
    errors = [issue for issue in report.issues if issue.severity is Severity.ERROR]
    return next(iter([*errors, *report.issues]), None)


def reasons(report: Report) -> tuple[str, ...]:
    """Say why the verdict is not simply that the submission passed."""
    if report.verdict is Verdict.REJECTED:
        issue = rejection(report)
        return (issue.message if issue else "The file could not be read as a submission.",)
    review = (_review(report),) if report.verdict is Verdict.NEEDS_REVIEW else ()
    return review if report.score.passed else (*review, *_shortfalls(report))


def _review(report: Report) -> str:
    pending = report.score.pending
    wait = f" {count(pending, 'point')} wait until a person has looked." if pending else ""
    sources = {training.source for training in report.trainings}
    if "unverified" in sources:
        return f"{_BY_ITSELF}, and could not confirm.{wait}"
    unmeasured = _unmeasured(report)
    if unmeasured:
        return f"The grader does not measure this itself: {unmeasured}.{wait}"
    unfinished = with_status(report, Status.ERRORED)
    errored = len(unfinished)
    if "kernel-remeasured" in sources and not errored:
        return f"{_BY_ITSELF}. A person should look at it; it costs no points."
    if errored and all(check.of_assignment for check in unfinished):
        return f"{count(errored, 'check')} could not be finished. That is not your fault.{wait}"
    what = f"could not finish {count(errored, 'check')}" if errored else "could not finish"
    return f"The grader {what}. That is the grader's fault, not yours.{wait}"


def _unmeasured(report: Report) -> str:
    """Say which goals rest on numbers that nobody has measured; empty where none does."""
    graded = [training for training in report.trainings if training.graded]
    return "; ".join(
        f"{goal.words} ({training.name})" if len(graded) > 1 else goal.words
        for training in graded
        for goal in training.goals
        if goal.status is GoalStatus.UNCONFIRMED and not goal.measured
    )


def _shortfalls(report: Report) -> Iterable[str]:
    score = report.score
    needed = math.ceil(score.pass_mark * score.possible - 1e-9)
    if score.earned < needed:
        so_far = " so far" if score.pending else ""
        yield f"Passing takes {needed} of {score.possible} points; this is {score.earned}{so_far}."
    verb = {Status.FAILED: "failed", Status.SKIPPED: "was skipped"}
    for check in report.checks:
        if check.required and check.status in verb:
            yield f"Passing takes this check too, and it {verb[check.status]}: {check.title}"


def first_step(report: Report) -> str:
    """Say what to do first; empty when nothing needs doing."""
    if report.verdict is Verdict.REJECTED:
        issue = rejection(report)
        return issue.fix if issue else ""
    check = costliest(report)
    if check is None:
        return ""
    if not check.hint:
        return check.actual or check.title
    # What was never seen says nothing of the check that misses it first.
    what = check.title.rstrip(".") if check.expected or not check.cause else check.cause
    return f"{what}: {check.hint}"


def costliest(report: Report) -> CheckRow | None:
    """Find the check whose failure costs most, with all that was skipped because of it.

    Where that is an error which no failed check tells of, it is the first that was skipped for it.
    """
    failed = with_status(report, Status.FAILED)
    costs = {check.id: (check.possible, check.required) for check in failed}
    rows = {check.id: check for check in report.checks}
    for _, checks in skipped(report):
        because = _because(checks[0], failed)
        if because is not None:
            points, required = costs.get(because.id, (0, False))
            points += sum(check.possible for check in checks)
            costs[because.id] = points, required or any(check.required for check in checks)
    most = max(costs, key=lambda name: costs[name], default=None)
    return rows[most] if most is not None else None


def _because(skipped: CheckRow, failed: tuple[CheckRow, ...]) -> CheckRow | None:
    """Return what tells why a check was skipped: itself, where nothing else does."""
    same = [check for check in failed if check.actual == skipped.actual]
    if not same and skipped.hint:
        return skipped
    same += [check for check in failed if check.cause == skipped.cause != ""]
    return same[0] if same else None


def skipped(report: Report) -> tuple[tuple[str, tuple[CheckRow, ...]], ...]:
    """Group the skipped checks by why they were skipped."""
    found: dict[str, list[CheckRow]] = {}
    for check in with_status(report, Status.SKIPPED):
        found.setdefault(check.actual, []).append(check)
    return tuple((reason, tuple(checks)) for reason, checks in found.items())


def outcomes(training: TrainingRow) -> tuple[str, ...]:
    """Say for each goal when a training reached it, and whether that was soon enough."""
    return tuple(_outcome(training, goal) for goal in training.goals)


def _outcome(training: TrainingRow, goal: GoalRow) -> str:
    what = goal.words if goal.at_end else goal.amount
    if goal.status is GoalStatus.UNCONFIRMED:
        return f"Whether it reached {what} could not be confirmed."
    if goal.reached_at is None:
        why = f": {goal.shortfall}" if goal.shortfall else ""
        ran = f" in {count(training.epochs_run, 'epoch')}"
        epochs = "" if goal.at_end or ran in why else ran
        return f"Did not reach {what}{epochs}{why}."
    epochs = f"{count(goal.reached_at, 'epoch')}{of_several(training.trainings)}"
    # A deadline is of all epochs that count together, up to the training that is graded.
    late = goal.status is GoalStatus.LATE
    if not training.graded or not (late or (goal.deadline and not goal.at_end)):
        return f"Reached {what} after {epochs}."
    when = "too late" if late else "in time"
    return f"Reached {what} after {epochs}, {when}: it must be {goal.deadline}."


def seeds(training: TrainingRow) -> str:
    """Say with how many of the published seeds all goals were reached in time."""
    hits = sum(seed.in_time for seed in training.seeds)
    return f"{hits} of {count(len(training.seeds), 'seed')} in time"


def place(cell: int | None) -> str:
    """Name a cell as a reader counts, from 1; empty when there is none."""
    return "" if cell is None else f"Cell {cell + 1}"
