"""Puts what is known about a submission into the report document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from grader.checks.goal_result import GoalResult
from grader.checks.limit import exceeded
from grader.checks.observed import Observation
from grader.checks.shortfall import shortfall
from grader.checks.training import GradedTraining
from grader.evidence import Layer
from grader.goals import Goal, Quantity, words
from grader.records import (
    CellRun,
    CheckResult,
    Execution,
    Issue,
    Plan,
    PlannedCell,
    Score,
)
from grader.report.diagnoses import diagnosis_row
from grader.report.document import (
    CellRow,
    CheckRow,
    ExecutionRow,
    GoalRow,
    IssueRow,
    LayerRow,
    QuantityRow,
    ScoreRow,
    SeedRow,
    TrainingRow,
)

_DETAILS = ("filters", "units", "kernel_size", "strides", "pool_size", "rate", "scale",
            "activation")  # fmt: skip


def check_rows(results: Sequence[CheckResult]) -> list[CheckRow]:
    """Describe how each check ended."""
    return [
        CheckRow(
            id=result.id,
            group=result.group,
            title=result.title,
            status=result.status,
            earned=result.earned,
            possible=result.possible,
            required=result.required,
            expected=result.expected,
            actual=result.actual,
            hint=result.hint,
            cause=result.cause,
            of_assignment=result.of_assignment,
        )
        for result in results
    ]


def score_row(score: Score, pass_mark: float) -> ScoreRow:
    """Describe the score."""
    return ScoreRow(
        earned=score.earned,
        possible=score.possible,
        pending=score.pending,
        fraction=score.fraction,
        passed=score.passed,
        pass_mark=pass_mark,
    )


@dataclass(frozen=True, slots=True)
class JudgedTraining:
    """A graded training.

    Args:
        training: Of the run that counts.
        goals: What it must come to.
        seeds: What those of all runs came to.
    """

    training: GradedTraining
    goals: Sequence[Goal]
    seeds: Sequence[SeedRow]


def training_rows(judged: Sequence[JudgedTraining], observed: Observation) -> list[TrainingRow]:
    """Describe all trainings of the run that counts: first the graded ones, with all their seeds.

    Args:
        judged: Those of each function that trains.
        observed: The run that counts.
    """
    graded = [_training_row(each.training, each.goals, each.seeds) for each in judged]
    return [
        *graded,
        *(
            _training_row(other, each.goals, ())
            for each in judged
            for other in each.training.others(observed)
        ),
    ]


def _training_row(
    training: GradedTraining, goals: Sequence[Goal], seeds: Sequence[SeedRow]
) -> TrainingRow:
    results = [GoalResult(training, goal) for goal in goals]
    return TrainingRow(
        name=training.part,
        graded=bool(seeds),
        epochs_asked=training.fit.epochs,
        epochs_run=max((len(curve) for curve in training.fit.curves.values()), default=0),
        goals=list(map(goal_row, results)),
        accuracy=list(training.accuracy),
        loss=list(training.fit.curves.get("loss", ())),
        seeds=list(seeds),
        wall_s=round(training.fit.wall_s, 3),
        source=_source(results, training),
        reason="" if training.fit.trained else training.fit.reason,
        measured_before=training.before,
        measured_after=training.measured,
        measured=list(training.each_measured),
        trainings=training.trainings,
        diagnosis=diagnosis_row(results) if seeds else None,
        data=training.data,
        validation_accuracy=list(training.curve(Quantity("accuracy", "validation")) or ()),
        validation_loss=list(training.curve(Quantity("loss", "validation")) or ()),
    )


def goal_row(result: GoalResult) -> GoalRow:
    """Describe a goal, and how a training stands to it."""
    goal, limit = result.goal, exceeded(result.training, result.reached_at)
    return GoalRow(
        metric=goal.metric,
        split=goal.split,
        direction=goal.direction,
        bound=goal.bound,
        before_epoch=goal.before_epoch,
        by_epoch=goal.by_epoch,
        at_end=goal.at_end,
        minus=_quantity_row(goal.minus) if goal.minus else None,
        words=" ".join(filter(None, (words.sentence(goal), limit))),
        amount=words.amount(goal),
        deadline=" ".join(filter(None, (words.deadline(goal), limit))),
        measured=result.measured,
        status=result.status,
        reached_at=result.reached_at,
        values=[] if goal.measured else list(result.values or ()),
        shortfall=shortfall(result),
    )


def _quantity_row(quantity: Quantity) -> QuantityRow:
    return QuantityRow(
        metric=quantity.metric, split=quantity.split, first_epoch=quantity.first_epoch
    )


def _source(
    results: Sequence[GoalResult], training: GradedTraining
) -> Literal["kernel", "grader", "kernel-remeasured", "unverified"]:
    if training.fit.trained:
        return "grader"
    if training.fit.examined is None:
        return "kernel"
    claimed = any(result.claimed for result in results)
    return "kernel-remeasured" if claimed else "unverified"


def layer_rows(observed: Observation, trainings: Mapping[str, GradedTraining]) -> list[LayerRow]:
    """Describe the layers of the models that were trained, else of the one seen last.

    Args:
        observed: The run that counts.
        trainings: The graded training of each function, by its graded name.
    """
    trained = {name: observed.model_of(made.fit) for name, made in trainings.items()}
    shown = trained or {"": next(reversed(observed.evidence.models.values()), None)}
    return [
        _layer_row(layer, name) for name, model in shown.items() if model for layer in model.layers
    ]


def _layer_row(layer: Layer, part: str) -> LayerRow:
    shape = layer.output_shape
    return LayerRow(
        name=layer.name,
        type=layer.type,
        output_shape=f"({', '.join(map(str, shape))})" if shape else "",
        parameters=layer.parameters,
        detail=", ".join(_details(layer)),
        part=part,
    )


def _details(layer: Layer) -> list[str]:
    settings = layer.settings
    return [
        f"{name} {_spelled(settings[name])}"
        for name in _DETAILS
        if settings.get(name) not in (None, "linear", (1, 1))
    ]


def _spelled(value: object) -> str:
    return "x".join(map(str, value)) if isinstance(value, tuple) else str(value)


def execution_row(plan: Plan, execution: Execution) -> ExecutionRow:
    """Describe the run that counts."""
    return ExecutionRow(
        status=execution.status,
        blame=execution.status.blame,
        message=execution.message,
        wall_s=round(execution.wall_s, 3),
        cpu_s=round(execution.cpu_s, 3),
        peak_rss_bytes=execution.peak_rss_bytes,
        cells=[_cell_row(cell, run) for cell, run in zip(plan.cells, execution.cells, strict=True)],
    )


def _cell_row(cell: PlannedCell, run: CellRun) -> CellRow:
    return CellRow(
        name=cell.name,
        origin=cell.origin,
        status=run.status,
        wall_s=round(run.wall_s, 3),
        error=str(run.error) if run.error else None,
    )


def issue_rows(issues: Sequence[Issue]) -> list[IssueRow]:
    """Describe what there is to know about the submission."""
    return [
        IssueRow(
            code=issue.code,
            cell=issue.cell,
            severity=issue.severity,
            message=issue.message,
            fix=issue.fix,
        )
        for issue in issues
    ]
