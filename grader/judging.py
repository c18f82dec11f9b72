"""Judges what was observed of a submission: its report."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader import scoring
from grader.assignments.assignment import PASS_MARK, Assignment
from grader.assignments.recognise import edition_issue
from grader.attempt import Attempt, chosen
from grader.checks import commands, runner, tricks, validated_with
from grader.records import CheckResult, Issue, Plan, Score, Verdict
from grader.report import build
from grader.report.document import (
    AssignmentRef,
    Report,
    ScoreRow,
    SeedRow,
    SubmissionRef,
    TrainingRow,
)
from grader.report.origin import ProvenanceRow


@dataclass(frozen=True, slots=True)
class ObservedSubmission:
    """What is judged.

    Args:
        assignment: Whose rubric judges it.
        submission: What was handed in.
        plan: What was run of it.
        attempts: The runs.
    """

    assignment: Assignment
    submission: SubmissionRef
    plan: Plan
    attempts: Sequence[Attempt]

    @property
    def best(self) -> Attempt:
        """The run that counts."""
        return chosen(self.attempts)


def judge(observed: ObservedSubmission, provenance: ProvenanceRow) -> Report:
    """Return the report of what was observed.

    Args:
        observed: What is judged.
        provenance: What its grade depends on besides.
    """
    assignment, plan, best = observed.assignment, observed.plan, observed.best
    rubric = scoring.spread(assignment.checks, plan.layout.given - plan.put_back)
    results = runner.run(rubric, best.observed)
    return Report(
        assignment=_assignment_ref(assignment, plan.layout.id),
        submission=observed.submission,
        verdict=scoring.verdict(results),
        score=_score(results, assignment),
        checks=build.check_rows(results),
        trainings=_trainings(observed, best),
        layers=build.layer_rows(best.observed, best.trainings),
        execution=build.execution_row(plan, best.run.execution),
        issues=build.issue_rows(_issues(observed, best)),
        provenance=provenance,
    )


def unscored(
    verdict: Verdict,
    issue: Issue,
    assignment: Assignment | None,
    submission: SubmissionRef,
    provenance: ProvenanceRow,
) -> Report:
    """Return the report of a submission of which nothing was observed.

    Args:
        verdict: How it ended.
        issue: Why.
        assignment: Which it is of; None where that is not known.
        submission: What was handed in.
        provenance: What its grade depends on besides.
    """
    possible = assignment.points if assignment else 0
    pending = possible if verdict is Verdict.NEEDS_REVIEW else 0
    score = Score(earned=0, possible=possible, pending=pending, passed=False)
    return Report(
        assignment=_assignment_ref(assignment, None) if assignment else None,
        submission=submission,
        verdict=verdict,
        score=build.score_row(score, assignment.pass_mark if assignment else PASS_MARK),
        checks=[],
        trainings=[],
        layers=[],
        execution=None,
        issues=build.issue_rows([issue]),
        provenance=provenance,
    )


def _trainings(observed: ObservedSubmission, best: Attempt) -> list[TrainingRow]:
    judged = [
        build.JudgedTraining(made, best.goals[name], _seeds(observed.attempts, name))
        for name, made in best.trainings.items()
    ]
    return build.training_rows(judged, best.observed)


def _seeds(attempts: Sequence[Attempt], name: str) -> list[SeedRow]:
    return [_seed_row(each, name) for each in attempts]


def _seed_row(attempt: Attempt, name: str) -> SeedRow:
    made, came = attempt.trainings.get(name), attempt.outcome(name)
    return SeedRow(
        seed=attempt.seed,
        reached_at=came.reached_at,
        in_time=came.in_time,
        wall_s=round(made.fit.wall_s, 3) if made else 0.0,
    )


def _issues(observed: ObservedSubmission, best: Attempt) -> list[Issue]:
    edition = edition_issue(observed.assignment, observed.plan)
    return [
        *([edition] if edition else ()),
        *observed.plan.issues,
        *commands.issues(best.observed),
        *tricks.issues(best.observed, best.trainings),
        *validated_with.issues(best.trainings, best.goals),
    ]


def _score(results: Sequence[CheckResult], assignment: Assignment) -> ScoreRow:
    mark = assignment.pass_mark
    return build.score_row(scoring.score(results, mark), mark)


def _assignment_ref(assignment: Assignment, layout: str | None) -> AssignmentRef:
    return AssignmentRef(
        id=assignment.id, version=assignment.version, title=assignment.title, layout=layout
    )
