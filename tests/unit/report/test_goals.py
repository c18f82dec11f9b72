"""What a report says of goals of every kind, in all its forms."""

import io
import re
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from grader.checks import ProbeFault
from grader.checks.goal_result import GoalResult
from grader.checks.targets import reaches
from grader.checks.training import GradedTraining
from grader.checks.trusted import Training
from grader.evidence import ByGrader, Fit, OnSplit
from grader.goals import Goal, Quantity
from grader.records import Status, Verdict
from grader.report import charts, html, text, wording
from grader.report.build import goal_row
from grader.report.columns import columns
from grader.report.document import GoalRow, Report, SeedRow, TrainingRow
from grader.report.plots import Chart, GoalLine

Curve = tuple[float | None, ...]
VALIDATION = Quantity("accuracy", "validation")
VALIDATED = Goal("accuracy", "validation", at_least=0.9)


def made(running: Curve, measured: Curve, **curves: Curve) -> GradedTraining:
    """A training of the grader's own."""
    trained = ByGrader(
        images=80, seen=80, before=0.5, running=running, measured=measured,
        accuracy=measured[-1] or 0.5 if measured else 0.5,
    )  # fmt: skip
    every = {"accuracy": running, **curves}
    fit = Fit(kind="fit", index=0, model="m", finished=True, curves=every, trained=trained)
    return GradedTraining("train", "load", fit, running, 80, 2, 80)


def row(training: GradedTraining, *goals: Goal) -> TrainingRow:
    """Describe a training whose seeds were three."""
    results = [GoalResult(training, goal) for goal in goals]
    return TrainingRow(
        name="train",
        epochs_asked=20,
        epochs_run=len(training.accuracy),
        goals=list(map(goal_row, results)),
        accuracy=list(training.accuracy),
        loss=list(training.fit.curves.get("loss", ())),
        seeds=[SeedRow(seed=n, reached_at=None, in_time=False) for n in (1, 2, 3)],
        wall_s=1.0,
        source="grader",
        measured=list(training.each_measured),
        validation_accuracy=list(training.fit.curves.get("val_accuracy", ())),
        validation_loss=list(training.fit.curves.get("val_loss", ())),
    )


LOGGED = made(
    (0.5, 0.85, 0.9125, 0.9),
    (None, None, 0.95, 0.925),
    val_accuracy=(0.5, 0.9, 0.8, 0.75),
    loss=(1.0, 0.5, 0.4, 0.41237),
    val_loss=(1.0, 0.6, 0.3, 0.5),
)
SAID = (
    (
        Goal(at_least=0.9, by_epoch=10),
        "Reached 90% accuracy after 3 epochs, in time: it must be by epoch 10.",
    ),
    (
        Goal(at_least=0.9, by_epoch=2),
        "Reached 90% accuracy after 3 epochs, too late: it must be by epoch 2.",
    ),
    (
        Goal(at_least=0.9, before_epoch=3),
        "Reached 90% accuracy after 3 epochs, too late: it must be before epoch 3.",
    ),
    (Goal(above=0.9), "Reached more than 90% accuracy after 3 epochs."),
    (Goal(at_least=0.9, at_end=True), "Reached 90% accuracy at the end after 4 epochs."),
    (
        Goal(at_least=0.96, at_end=True),
        (
            "Did not reach 96% accuracy at the end: 92.5% after 4 epochs, where the grader "
            "measured all images."
        ),
    ),
    (
        Goal("accuracy", "validation", at_least=0.9),
        "Whether it reached 90% validation accuracy could not be confirmed.",
    ),
    (
        Goal("accuracy", "validation", at_least=0.95),
        "Did not reach 95% validation accuracy: at best 90% in 4 epochs.",
    ),
    (
        Goal("loss", "validation", at_most=0.3, at_end=True),
        "Did not reach a validation loss of at most 0.3 at the end: 0.5 after 4 epochs.",
    ),
    (
        Goal("loss", below=0.4),
        "Did not reach a training loss below 0.4: at best 0.4 in 4 epochs.",
    ),
    (
        Goal(at_most=0.1, at_end=True, minus=VALIDATION),
        (
            "Did not reach a training accuracy at most 10 percentage points above the validation "
            "accuracy at the end: 15 percentage points after 4 epochs."
        ),
    ),
    (
        Goal("accuracy", "test", at_least=0.75),
        "Whether it reached 75% test accuracy could not be confirmed.",
    ),
)


@pytest.mark.parametrize(("goal", "said"), SAID, ids=[str(n) for n in range(len(SAID))])
def test_how_a_training_stands_to_a_goal_is_said(goal: Goal, said: str) -> None:
    assert wording.outcomes(row(LOGGED, goal)) == (said,)


def test_each_of_several_goals_is_said(full_marks: Report) -> None:
    goals = (Goal(at_least=0.9, by_epoch=10), Goal("loss", at_most=0.1))
    report = full_marks.model_copy(update={"trainings": [row(LOGGED, *goals)]})
    shown = io.StringIO()
    text.render(report, Console(file=shown, width=200))
    assert all(each in shown.getvalue() for each in wording.outcomes(report.trainings[0]))


def test_a_training_without_goals_is_shown(full_marks: Report) -> None:
    report = full_marks.model_copy(update={"trainings": [row(LOGGED)]})
    shown = io.StringIO()
    text.render(report, Console(file=shown, width=200))
    assert "accuracy ▄" in shown.getvalue()
    assert "4 epochs" in html.render(report)


# No two sentences contradict each other

GOALS = [goal for goal, _ in SAID]
SHARES = st.sampled_from([None, 0.0, 0.5, 0.85, 0.8999, 0.9, 0.95, 0.96, 1.0])


@st.composite
def trainings(draw: st.DrawFn) -> GradedTraining:
    epochs = draw(st.integers(1, 4))
    running, measured, validated = (
        tuple(draw(st.lists(SHARES, min_size=epochs, max_size=epochs))) for _ in range(3)
    )
    curves = {"loss": running, "val_loss": validated, "val_accuracy": validated}
    return made(running, measured, **curves)


def checked(training: GradedTraining, goal: Goal) -> Status:
    try:
        return Status.PASSED if reaches(Training(training), goal).met else Status.FAILED
    except ProbeFault:
        return Status.ERRORED


@given(trainings(), st.sampled_from(GOALS))
def test_a_report_says_of_a_goal_what_its_check_does(training: GradedTraining, goal: Goal) -> None:
    [said] = wording.outcomes(row(training, goal))
    status = checked(training, goal)
    assert said.startswith("Whether") is (status is Status.ERRORED)
    in_time = said.startswith("Reached") and "too late" not in said
    assert in_time is (status is Status.PASSED)


@given(trainings(), st.sampled_from([goal for goal in GOALS if goal.minus is None]))
def test_no_value_that_would_do_is_said_to_be_the_best_of_a_goal_that_was_missed(
    training: GradedTraining, goal: Goal
) -> None:
    [said] = wording.outcomes(row(training, goal))
    found = re.search(r"(?:at best |: )([\d.]+)(%?) (?:in|after) \d", said)
    if said.startswith("Did not reach") and found:
        value = float(found[1]) / (100 if found[2] else 1)
        assert not goal.met_by(value)


def test_of_a_lucky_swing_both_accuracies_are_told() -> None:
    swing = made((0.5625, 0.6), (1.0, 0.75))
    [said] = wording.outcomes(row(swing, Goal(at_least=0.9)))
    assert said.endswith(
        ": 100% of all images classified correctly after an epoch, but 56.25% on average within it."
    )


def test_of_a_log_that_another_epoch_would_bear_out_its_own_measure_is_told() -> None:
    swapped = made((1.0, 0.5), (0.5, 1.0))
    [said] = wording.outcomes(row(swapped, Goal(at_least=0.9)))
    assert "100% in the log, but at best 50% where the grader measured all images" in said


# Charts


def chart(*goals: Goal) -> tuple[Chart, ...]:
    return charts.of(row(LOGGED, *goals))


def test_a_goal_of_the_loss_is_drawn_on_the_loss() -> None:
    drawn = {plot.title: plot.goals for plot in chart(Goal("loss", at_most=0.45, by_epoch=2))}
    [line] = drawn["Loss"]
    assert (drawn["Accuracy"], line.label, line.epoch) == ((), "0.45", 3)


def test_what_could_not_be_confirmed_is_not_marked_as_reached() -> None:
    [_, drawn] = chart(Goal("loss", at_most=0.45))
    assert drawn.goals[0].hit is None


@pytest.mark.parametrize(
    ("goal", "title"),
    [
        (Goal("accuracy", "validation", at_least=0.9), "Validation accuracy"),
        (Goal("loss", "validation", at_most=0.3), "Validation loss"),
        (Goal(at_most=0.1, minus=VALIDATION), "Training accuracy minus validation accuracy"),
    ],
)
def test_another_number_has_a_chart_of_its_own(goal: Goal, title: str) -> None:
    assert [plot.title for plot in chart(goal)] == ["Accuracy", "Loss", title]


def test_what_fit_validated_with_is_drawn_beside_what_it_trained_on() -> None:
    drawn = {plot.title: plot for plot in chart(Goal(at_least=0.9))}
    assert [len(plot.beside) for plot in drawn.values()] == [1, 1]
    told = " Dashed, that of what fit validated with, from 50% to 75%."
    assert drawn["Accuracy"].description.endswith(told)


def test_it_is_not_drawn_where_a_chart_of_its_own_shows_what_was_measured() -> None:
    drawn = {plot.title: plot.beside for plot in chart(VALIDATED)}
    assert (drawn["Accuracy"], len(drawn["Loss"])) == ((), 1)


def test_it_is_not_drawn_where_not_every_epoch_was_validated() -> None:
    some = made((0.5, 0.85, 0.9), (None,) * 3, val_accuracy=(0.8,))
    [drawn] = charts.of(row(some, Goal(at_least=0.9)))
    assert drawn.beside == ()


def of_test(share: float) -> GoalLine:
    """Return what is drawn of 75 % test accuracy beside four epochs, the last of them with 90 %."""
    goal = Goal("accuracy", "test", at_least=0.75)
    trained = LOGGED.fit.trained
    assert trained is not None
    measured = OnSplit(images=60, before=0.5, accuracy=share)
    known = {"trained": trained.model_copy(update={"tested": measured})}
    fit = LOGGED.fit.model_copy(update=known)
    drawn, _ = charts.of(row(replace(LOGGED, fit=fit), goal))
    [line] = drawn.goals
    return line


@pytest.mark.parametrize(("share", "status"), [(0.8, True), (0.7, False)])
def test_a_goal_of_test_data_is_drawn_on_the_accuracy_at_the_end(
    share: float, *, status: bool
) -> None:
    line = of_test(share)
    assert (line.label, line.epoch, line.hit is not None) == ("75% on test data", 4, status)


@pytest.mark.parametrize(("share", "below"), [(0.8, True), (0.99, False)])
def test_what_the_test_came_to_is_written_where_the_curve_is_not(
    share: float, *, below: bool
) -> None:
    line = of_test(share)
    assert (line.reached, line.below) == (f"test {share:.0%}", below)


def test_the_page_tells_which_line_is_which(full_marks: Report) -> None:
    training = row(LOGGED, Goal(at_least=0.9))
    page = html.render(full_marks.model_copy(update={"trainings": [training]}))
    assert "dashed, of what fit validated with" in page
    assert page.count('class="beside"') == 2


def test_its_values_are_in_the_table() -> None:
    goals = (VALIDATED, Goal("loss", at_most=0.45), Goal("loss", "validation", at_most=0.3))
    table = {column.title: column.cells for column in columns(row(LOGGED, *goals))}
    assert table == {
        "Accuracy": ("50%", "85%", "91.25%", "90%"),
        "Loss": ("1", "0.5", "0.4", "0.4124"),
        "Validation accuracy": ("50%", "90%", "80%", "75%"),
        "Validation loss": ("1", "0.6", "0.3", "0.5"),
    }


def test_a_gap_at_the_end_is_drawn_at_the_end() -> None:
    gap = Goal(at_most=0.1, at_end=True, minus=VALIDATION)
    late = made((0.5, 0.85, 0.9), (None,) * 3, val_accuracy=(0.8,))
    assert goal_row(GoalResult(late, gap)).values == [None, None, pytest.approx(0.1)]


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        (Goal(at_least=0.9, by_epoch=10), ["by epoch 10"] * 2),
        (Goal(at_least=0.9, before_epoch=15), ["before epoch 15"] * 2),
        (Goal(at_least=0.9), ["", ""]),
        (Goal(at_least=0.9, at_end=True), ["", ""]),
    ],
)
def test_a_deadline_is_drawn_where_there_is_one(goal: Goal, told: list[str]) -> None:
    plots = chart(goal)
    assert [plot.deadline for plot in plots] == told
    assert [plot.limit is None for plot in plots] == [not each for each in told]


@given(trainings(), st.lists(st.sampled_from(GOALS), max_size=3))
def test_any_goals_make_a_page(
    reports: ModuleType, training: GradedTraining, goals: list[Goal]
) -> None:
    report = reports.full_marks().model_copy(update={"trainings": [row(training, *goals)]})
    assert "Training" in html.render(report)


# A person must look


def _waiting(report: Report, goal: GoalRow) -> Report:
    training: Any = report.trainings[0].model_copy(update={"goals": [goal]})
    score = report.score.model_copy(update={"pending": 40, "earned": 60, "passed": False})
    known = {"trainings": [training], "score": score, "verdict": Verdict.NEEDS_REVIEW}
    return report.model_copy(update=known)


def test_why_a_person_must_look_at_a_number_is_said(full_marks: Report) -> None:
    goal = goal_row(GoalResult(LOGGED, Goal("accuracy", "validation", at_least=0.9)))
    assert wording.reasons(_waiting(full_marks, goal))[0] == (
        "The grader does not measure this itself: 90% validation accuracy. 40 points wait "
        "until a person has looked."
    )
