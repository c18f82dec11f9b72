"""What is run, retried, examined and reported for goals of every kind."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
import recording
from happy_or_sad.right import RIGHT

from grader import pipeline
from grader.assignments.assignment import Assignment
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.attempt import Attempt, chosen
from grader.attempts import attempts
from grader.checks import Expectation, targets
from grader.checks.trusted import Training
from grader.evidence import Evidence
from grader.fits.label_shift import LabelShift
from grader.goals import Goal
from grader.images import Images
from grader.isolation.choice import Isolation
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.kinds.training.part import TrainedModel
from grader.pipeline import Choice, Entry, Pipeline
from grader.processes.backend import Backend
from grader.records import Status, Verdict
from grader.report.document import Report

VALIDATION = Goal("accuracy", "validation", at_least=0.9, by_epoch=10)
TRAINING = Goal("accuracy", at_least=0.9, by_epoch=10)


def assignment(*goals: Goal) -> Assignment:
    """Happy or Sad with other goals, each of which is worth 40 points."""
    [trained] = happy_or_sad.trainers
    assert isinstance(trained, TrainedModel)
    model = replace(trained, goals=goals)
    parts = [model if part is trained else part for part in happy_or_sad.parts]
    made = replace(happy_or_sad, parts=parts, checks=[])
    for number, goal in enumerate(goals):
        check = made.group("training").check(model.training, points=40, hint="?")
        check(reaching(goal, f"reached_{number}"))
    return made


def reaching(goal: Goal, name: str) -> Callable[[Training], Expectation]:
    def reached(training: Training) -> Expectation:
        """Training reaches its goal."""
        return targets.reaches(training, goal)

    reached.__name__ = name
    return reached


RECORDED = json.loads((recording.EVIDENCE / "solution.json").read_text("utf-8"))[0]


@dataclass
class Runs:
    """Stands in for kernels: each run is that of the solution, but for its fit.

    Args:
        edits: What is otherwise in the fit, run by run.
    """

    edits: list[dict[str, Any]]
    trains: bool = True
    jobs: list[Job] = field(default_factory=list)

    def run(self, job: Job) -> Run:
        self.jobs.append(job)
        told = json.loads(json.dumps(RECORDED))
        edit = dict(self.edits[len(self.jobs) - 1])
        second = edit.pop("second", None)
        fits = told["evidence"]["fits"]
        fits["0"].update(edit)
        if second is not None:
            fits["1"] = fits["0"] | second
        evidence: Evidence = recording._EVIDENCE.validate_python(told["evidence"])
        execution = recording._EXECUTION.validate_python(told["execution"])
        return Run(execution, evidence, nbformat.v4.new_notebook())


@pytest.fixture(scope="module")
def images() -> Images:
    return Images.of(happy_or_sad.data, None)


@pytest.fixture
def run(tmp_path: Path, images: Images) -> Callable[..., tuple[list[Attempt], Runs]]:
    def run(made: Assignment, *edits: dict[str, Any], trains: bool = True) -> Any:
        planned = recording.plan(RIGHT[0].notebook(), tmp_path)
        runs = Runs(list(edits), trains)
        return attempts(made, planned, images, runs, lambda _: None), runs  # type: ignore[arg-type]

    return run


def curves(*accuracy: float, **others: tuple[float, ...]) -> dict[str, Any]:
    return {"curves": {"accuracy": accuracy, "loss": accuracy, **others}}


SLOW, FAST = curves(*[0.5] * 10), curves(0.5, 0.95)


@pytest.mark.parametrize(
    ("goals", "targets"),
    [
        ((TRAINING,), (0.9,)),
        ((TRAINING, Goal(at_least=0.99, at_end=True)), (0.9, 0.99)),
        ((VALIDATION,), ()),
        ((VALIDATION, TRAINING), (0.9,)),
    ],
)
def test_the_grader_measures_for_goals_that_it_can_measure(
    run: Any, goals: tuple[Goal, ...], targets: tuple[float, ...]
) -> None:
    _, runs = run(assignment(*goals), FAST, FAST, FAST)
    assert runs.jobs[0].targets == targets


def test_what_validation_must_come_to_is_measured_apart(run: Any) -> None:
    _, runs = run(assignment(VALIDATION, TRAINING), FAST, FAST, FAST)
    assert runs.jobs[0].aims["train_happy_sad_model"].validation_targets == (0.9,)


@pytest.mark.parametrize(
    ("goal", "asked"),
    [
        (Goal("loss", "validation", at_most=0.3), ((0.3,), (), {"validation"}, True)),
        (Goal("loss", "test", at_most=0.3), ((), (), {"test"}, True)),
        (Goal("accuracy", "test", at_least=0.7), ((), (0.7,), {"test"}, False)),
        (
            Goal(at_most=0.05, minus=VALIDATION.quantity, at_end=True),
            ((), (), {"validation"}, False),
        ),
        (Goal(at_most=0.05, minus=VALIDATION.quantity), ((), (), set(), False)),
        (Goal("loss", at_most=0.3), ((), (), set(), False)),
        (Goal("recall", "validation", at_least=0.3), ((), (), set(), False)),
    ],
    ids=str,
)
def test_for_each_goal_no_more_is_measured_than_it_takes(
    run: Any, goal: Goal, asked: tuple[object, ...]
) -> None:
    _, runs = run(assignment(goal), FAST, FAST, FAST)
    aims = runs.jobs[0].aims["train_happy_sad_model"]
    assert (aims.loss_targets, aims.test_targets, aims.measured_on, aims.losses) == asked


def test_where_nothing_is_asked_of_validation_nothing_of_it_is_measured(run: Any) -> None:
    _, runs = run(assignment(TRAINING), FAST)
    aims = runs.jobs[0].aims["train_happy_sad_model"]
    assert (aims.validation_targets, aims.measured_on) == ((), frozenset())


def test_another_seed_is_tried_until_the_goal_is_met(run: Any) -> None:
    made, _ = run(assignment(TRAINING), SLOW, FAST)
    assert [(each.seed, each.in_time) for each in made] == [(1, False), (2, True)]


def test_epochs_that_are_in_time_need_no_other_seed(run: Any) -> None:
    made, _ = run(assignment(TRAINING), curves(*[0.5] * 9, 0.95))
    assert [each.reached_at for each in made] == [10]


NEAR = Goal("accuracy", at_least=0.9, by_epoch=10, retry_within=0.1)
# Of what the notebook trained, the log alone says how near it came.
HERE = {"trained": None}
VALIDATED_NEAR = Goal("accuracy", "validation", at_least=0.9, by_epoch=10, retry_within=0.1)


@pytest.mark.parametrize(
    ("best", "seeds"), [(0.5, [1]), (0.79, [1]), (0.8, [1, 2]), (0.89, [1, 2])]
)
def test_of_a_goal_that_says_so_another_seed_is_tried_for_who_came_near(
    run: Any, best: float, seeds: list[int]
) -> None:
    made, _ = run(assignment(NEAR), curves(*[0.5] * 9, best) | HERE, FAST)
    assert [each.seed for each in made] == seeds


def test_who_came_near_too_late_has_another_seed(run: Any) -> None:
    made, _ = run(assignment(NEAR), curves(*[0.5] * 10, 0.95), FAST)
    assert [each.seed for each in made] == [1, 2]


def test_each_seed_must_come_near_for_the_next_one(run: Any) -> None:
    made, _ = run(assignment(NEAR), curves(*[0.85] * 10) | HERE, SLOW | HERE, FAST)
    assert [each.seed for each in made] == [1, 2]


@pytest.mark.parametrize(("best", "seeds"), [(0.5, [1]), (0.85, [1, 2])])
def test_how_near_validation_came_is_known_by_its_log(
    run: Any, best: float, seeds: list[int]
) -> None:
    logged = curves(*[0.95] * 10, val_accuracy=(0.5,) * 9 + (best,))
    made, _ = run(assignment(VALIDATED_NEAR), logged, logged, logged)
    assert [each.seed for each in made][:2] == seeds


def test_another_seed_is_tried_while_one_of_several_goals_is_missed(run: Any) -> None:
    validated = curves(0.5, 0.95, val_accuracy=(0.5, 0.95))
    goals = (TRAINING, Goal("accuracy", "validation", at_least=0.9))
    made, _ = run(assignment(*goals), curves(0.5, 0.95, val_accuracy=(0.5, 0.6)), validated)
    assert [each.in_time for each in made] == [False, True]


def test_the_run_that_meets_most_goals_counts(run: Any) -> None:
    goals = (TRAINING, Goal(at_least=0.99), Goal(at_least=0.8))
    some, none = curves(*[0.5] * 9, 0.95), SLOW
    made, _ = run(assignment(*goals), none, some, none)
    assert chosen(made) is made[1]


def test_what_nobody_measures_is_not_examined(run: Any) -> None:
    claimed = {"trained": None, "path": "kernel", **curves(0.5, 0.9, val_accuracy=(0.5, 0.97))}
    _, runs = run(assignment(VALIDATION), claimed)
    assert [job.exam for job in runs.jobs] == [None]


def test_what_only_a_kernel_says_of_the_accuracy_is_examined(run: Any) -> None:
    claimed = {"trained": None, "path": "kernel", **FAST}
    _, runs = run(assignment(TRAINING), claimed, claimed)
    assert [type(job.exam) for job in runs.jobs] == [type(None), LabelShift]


# Several functions that train

QUICK = Goal("accuracy", at_least=0.9, by_epoch=4)


def two() -> Assignment:
    """Happy or Sad with a second function that trains, which has a goal of its own."""
    made = assignment(TRAINING)
    [first] = made.trainers
    assert isinstance(first, TrainedModel)
    second = replace(first, name="train_deep", variable="deep", goals=(QUICK,), most_epochs=4)
    made.parts.append(second)
    return made


def both(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Edit the fit of the solution, and add one like it that the second function made."""
    return {**first, "second": {"index": 1, "functions": ("train_deep",), "number": 1, **second}}


@pytest.mark.parametrize(
    ("first", "second", "tried"),
    [(FAST, FAST, 1), (SLOW, FAST, 3), (FAST, SLOW, 3)],
    ids=["both reach theirs", "the first misses its goal", "the second misses its goal"],
)
def test_another_seed_is_tried_where_any_of_them_misses_its_goal(
    run: Any, first: dict[str, Any], second: dict[str, Any], tried: int
) -> None:
    made, _ = run(two(), *[both(first, second)] * 3)
    assert len(made) == tried


def test_each_is_judged_by_its_own_goals(run: Any) -> None:
    [made] = run(two(), both(curves(*[0.5] * 7, 0.95), FAST))[0]
    assert [(name, made.outcome(name).reached_at) for name in made.trainings] == [
        ("train_happy_sad_model", 8),
        ("train_deep", 2),
    ]


def test_the_run_counts_in_which_most_goals_of_all_were_reached(run: Any) -> None:
    made, _ = run(two(), both(SLOW, SLOW), both(FAST, SLOW), both(SLOW, SLOW))
    assert chosen(made) is made[1]


def test_without_a_training_of_one_of_them_not_all_is_reached(run: Any) -> None:
    [made] = run(two(), FAST)[0]
    assert (made.in_time, made.reached_at, made.outcome("train_deep").in_time) == (
        False,
        None,
        False,
    )


def test_each_is_trained_for_as_many_epochs_as_are_looked_at(run: Any) -> None:
    _, runs = run(two(), both(FAST, FAST))
    [job] = runs.jobs
    plans = {name: job.training(name) for name in ("train_happy_sad_model", "train_deep", "")}
    assert [(plan.epochs, plan.targets) for plan in plans.values()] == [
        (20, (0.9,)),
        (4, (0.9,)),
        (20, (0.9, 0.9)),
    ]


def test_of_each_what_only_its_kernel_says_is_examined(run: Any) -> None:
    claimed = {"trained": None, "path": "kernel", **FAST}
    made, runs = run(two(), both(FAST, claimed), both(FAST, claimed))
    known = [each.fit.examined is not None for each in made[0].trainings.values()]
    assert (known, len(runs.jobs)) == ([False, True], 2)


# A made-up validation accuracy of 97 %, 88.7 % in truth

MADE_UP = curves(0.5, 0.95, val_accuracy=(0.5, 0.97), val_loss=(0.6, 0.1))
IN_TRUTH = curves(0.5, 0.95, val_accuracy=(0.5, 0.887))
BY_KERNEL = {"trained": None, "path": "kernel", "reason": "a loop of its own"}


@pytest.fixture
def graded(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    def graded(made: Assignment, *edits: dict[str, Any], trains: bool = True) -> Report:
        tried, _ = run(made, *edits, trains=trains)
        monkeypatch.setattr(pipeline, "attempts", lambda *_: tried)
        path = tmp_path / "submission.ipynb"
        nbformat.write(RIGHT[0].notebook(), path)
        grading = Pipeline(Kernels(Backend.best(), Isolation.NONE), Choice([made]))
        return grading.grade(Entry(path, "someone", path.name)).report

    return graded


CLAIMS = {
    "described to the grader": (MADE_UP, True),
    "trained in the kernel": (BY_KERNEL | MADE_UP, True),
    "graded by the notebook": (BY_KERNEL | MADE_UP, False),
}
ON_OTHER_IMAGES = BY_KERNEL | MADE_UP | {"elsewhere": True}
CLAIMED = {
    "validation accuracy": VALIDATION,
    "at any epoch": Goal("accuracy", "validation", at_least=0.9),
    "at the end": Goal("accuracy", "validation", at_least=0.9, at_end=True),
    "a gap": Goal(at_most=0.05, minus=VALIDATION.quantity, at_end=True),
    "a loss": Goal("loss", at_most=1.0),
    "test data": Goal("accuracy", "test", at_least=0.9),
    "a validation loss": Goal("loss", "validation", at_most=1.0, at_end=True),
}


@pytest.mark.parametrize("goal", CLAIMED)
@pytest.mark.parametrize("way", CLAIMS)
def test_points_for_a_number_that_nobody_measured_wait_for_a_person(
    graded: Any, goal: str, way: str
) -> None:
    edit, trains = CLAIMS[way]
    report = graded(assignment(CLAIMED[goal]), edit, edit, edit, trains=trains)
    [check] = report.checks
    assert (report.verdict, check.status) == (Verdict.NEEDS_REVIEW, Status.ERRORED)
    assert (report.score.earned, report.score.pending) == (0, 40)
    assert "a person must look" in check.actual


def test_those_for_a_number_that_is_never_measured_wait_on_other_images_too(graded: Any) -> None:
    report = graded(assignment(CLAIMED["a loss"]), ON_OTHER_IMAGES)
    assert (report.score.earned, report.score.pending) == (0, 40)


@pytest.mark.parametrize("goal", [name for name in CLAIMED if name != "a loss"])
def test_what_was_trained_on_other_images_reaches_no_goal_that_can_be_measured(
    graded: Any, goal: str
) -> None:
    report = graded(assignment(CLAIMED[goal]), ON_OTHER_IMAGES)
    [check] = report.checks
    assert (check.status, check.actual) == (Status.FAILED, "a loop of its own")


@pytest.mark.parametrize("way", [IN_TRUTH, BY_KERNEL | IN_TRUTH])
def test_what_is_missed_by_its_own_claim_fails(graded: Any, way: dict[str, Any]) -> None:
    report = graded(assignment(VALIDATION), way)
    [check] = report.checks
    assert (report.verdict, check.status) == (Verdict.GRADED, Status.FAILED)
    assert (check.expected, check.actual) == (
        "90% validation accuracy by epoch 10",
        "at best 88.7% in 2 epochs",
    )


def test_a_goal_of_90_percent_that_was_met_is_said_to_be_met(graded: Any) -> None:
    report = graded(assignment(TRAINING), curves(0.5, 0.8, 0.9343))
    [check], [goal] = report.checks, report.trainings[0].goals
    assert (check.status, goal.status.value, goal.reached_at) == (Status.PASSED, "met", 3)


def test_each_of_several_goals_is_in_the_report(graded: Any) -> None:
    report = graded(assignment(TRAINING, VALIDATION), MADE_UP)
    assert [goal.words for goal in report.trainings[0].goals] == [
        "90% accuracy by epoch 10",
        "90% validation accuracy by epoch 10",
    ]
    assert [check.status for check in report.checks] == [Status.PASSED, Status.ERRORED]


# On arrays

ARRAYS = {"digits/train": Path("copies/train"), "digits/test": Path("copies/test")}


def on_arrays(*goals: Goal) -> Assignment:
    """The same, trained on arrays."""
    made = assignment(*goals)
    [trained] = made.trainers
    assert isinstance(trained, TrainedModel)
    model = replace(trained, loader=None, data="digits/train", validation="digits/test")
    return replace(made, parts=[model if part is trained else part for part in made.parts])


@pytest.fixture
def arrays(images: Images, tmp_path: Path) -> Callable[..., tuple[list[Attempt], Runs]]:
    counts = {"digits/train": (64, 2), "digits/test": (16, 2)}
    of_arrays = replace(images, folder=None, classes=0, arrays=ARRAYS, array_counts=counts)

    def run_on(made: Assignment, *edits: dict[str, Any]) -> Any:
        runs, planned = Runs(list(edits)), recording.plan(RIGHT[0].notebook(), tmp_path)
        return attempts(made, planned, of_arrays, runs, lambda _: None), runs  # type: ignore[arg-type]

    return run_on


def test_a_job_says_on_which_arrays_a_function_is_to_train(arrays: Any) -> None:
    _, runs = arrays(on_arrays(TRAINING), FAST)
    plan = runs.jobs[0].training("train_happy_sad_model")
    assert (plan.data, plan.validation) == ("digits/train", "")


def test_goals_of_validation_are_measured_on_the_arrays_that_are_named(arrays: Any) -> None:
    _, runs = arrays(on_arrays(VALIDATION), FAST, FAST, FAST)
    plan = runs.jobs[0].training("train_happy_sad_model")
    assert (plan.validation, plan.validation_targets) == ("digits/test", (0.9,))


def test_what_own_cells_train_on_arrays_is_measured_as_what_the_function_does(arrays: Any) -> None:
    _, runs = arrays(on_arrays(VALIDATION), FAST, FAST, FAST)
    plan = runs.jobs[0].training("")
    assert (plan.data, plan.validation, plan.validation_targets) == (
        "digits/train",
        "digits/test",
        (0.9,),
    )


def test_where_functions_train_on_different_data_own_cells_have_none_in_common(
    arrays: Any,
) -> None:
    made = on_arrays(TRAINING)
    [trained] = made.trainers
    assert isinstance(trained, TrainedModel)
    other = replace(trained, name="train_deep", variable="deep", data="digits/test", validation="")
    _, runs = arrays(replace(made, parts=[*made.parts, other]), FAST)
    assert (runs.jobs[0].training("").data, runs.jobs[0].training("").validation) == ("", "")


def test_a_plan_has_the_folders_of_all_arrays(arrays: Any) -> None:
    _, runs = arrays(on_arrays(TRAINING), FAST)
    folders = runs.jobs[0].training("train_happy_sad_model").arrays
    assert folders == {name: str(folder) for name, folder in ARRAYS.items()}


def test_the_grader_can_train_without_class_folders(arrays: Any) -> None:
    _, runs = arrays(on_arrays(TRAINING), FAST)
    assert runs.jobs[0].trainable


def test_as_many_samples_are_to_be_learnt_as_the_arrays_have(arrays: Any) -> None:
    made, _ = arrays(on_arrays(TRAINING), FAST)
    assert [each.images for each in made[0].trainings.values()] == [64]


def test_of_arrays_no_class_folders_are_exchanged(arrays: Any) -> None:
    claimed = {"trained": None, "path": "kernel", **FAST}
    _, runs = arrays(on_arrays(TRAINING), claimed)
    assert [job.exam for job in runs.jobs] == [None]


def test_what_a_kernel_says_of_a_training_on_arrays_is_not_confirmed(arrays: Any) -> None:
    claimed = {"trained": None, "path": "kernel", **FAST}
    made, _ = arrays(on_arrays(TRAINING), claimed)
    assert ["could not confirm it" in each.unconfirmed for each in made[0].results] == [True]
