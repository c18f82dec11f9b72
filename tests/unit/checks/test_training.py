"""What a training that the grader made itself proves, whatever its log says."""

from dataclasses import replace
from typing import Any

import pytest

from grader.checks.declaration import ProbeFault
from grader.checks.goal_result import GoalResult
from grader.checks.observed import Observation
from grader.checks.targets import reaches
from grader.checks.training import GradedTraining
from grader.checks.trusted import Training
from grader.evidence import ByGrader, Examined, Fit, Loader, Model, collect
from grader.goals import Goal
from grader.kinds.training.part import TrainedModel
from grader.records import Execution, ExecutionStatus, Layout, Plan

IMAGES = 80
GOAL = Goal("accuracy", at_least=0.999, before_epoch=15)
LEARNT = (0.5, 0.9, 1.0)
Curve = tuple[float | None, ...]


def training(
    *, seen: int = IMAGES, after: float = 1.0, before: float = 0.5, earlier: int = 0, **more: Any
) -> GradedTraining:
    trained = ByGrader(images=IMAGES, seen=seen, before=before, accuracy=after, **more)
    fit = Fit(kind="fit", index=0, model="model-0", finished=True, trained=trained)
    return GradedTraining("train", "load", fit, LEARNT, IMAGES, 2, seen, earlier=earlier)


def by_epoch(
    running: Curve, measured: Curve, *, telling: bool = True, **more: Any
) -> GradedTraining:
    """A training whose epochs the grader looked at."""
    made = training(running=running, measured=measured, telling=telling, **more)
    return replace(made, accuracy=running)


def reached(made: GradedTraining) -> int | None:
    return GoalResult(made, GOAL).reached_at


def unlucky(made: GradedTraining) -> bool:
    return GoalResult(made, GOAL).unlucky


def elsewhere(reason: str) -> GradedTraining:
    made = training()
    told = {"trained": None, "elsewhere": True, "reason": reason}
    return replace(made, fit=made.fit.model_copy(update=told))


def test_an_honest_training_reaches_its_target() -> None:
    assert reached(training()) == 3


def test_epochs_of_earlier_trainings_add_up() -> None:
    assert reached(training(earlier=10)) == 13


def test_batch_statistics_may_be_a_little_off() -> None:
    assert reached(training(after=0.9875)) == 3


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (
            training(after=0.5),
            "100% in the log, but afterwards 50% of all images classified correctly",
        ),
        (training(before=1.0), "the model classified all images correctly before it was trained"),
        (elsewhere("the loader shows only the class happy"), "only the class happy"),
        (training(seen=8), "each epoch saw 8 of 80 images"),
    ],
)
def test_a_log_alone_reaches_nothing(made: GradedTraining, found: str) -> None:
    assert reached(made) is None
    assert found in reaches(Training(made), GOAL).actual


REACHED = (
    ("log, borne out", (0.5, 1.0), (None, 0.9), True, 2),
    ("log, not borne out", (0.5, 1.0), (None, 0.8875), True, None),
    ("log, borne out later", (1.0, 1.0), (0.75, 0.95), True, 2),
    ("log of few or unmixed images", (0.5, 1.0), (None, 0.9875), False, None),
    ("measured, borne out", (0.9, 0.975), (0.9875, 1.0), False, 2),
    ("measured, borne out by few images", (0.9, 0.975), (1.0, 1.0), False, 1),
    ("measured, by a lucky swing", (0.5625, 0.6), (1.0, 0.75), False, None),
    ("nothing measured", (0.5, 0.9), (None, None), True, None),
    ("almost", (0.9875, 0.9989), (0.9875, 0.9989), True, None),
)


@pytest.mark.parametrize(
    ("running", "measured", "telling", "epochs"),
    [case[1:] for case in REACHED],
    ids=[case[0] for case in REACHED],
)
def test_an_epoch_reaches_the_target_by_one_accuracy_that_the_other_bears_out(
    running: Curve,
    measured: Curve,
    telling: bool,  # noqa: FBT001
    epochs: int | None,
) -> None:
    assert reached(by_epoch(running, measured, telling=telling)) == epochs


@pytest.mark.parametrize(
    ("batch", "seen", "epochs"), [(80, 80, 1), (128, 80, 1), (40, 80, 2), (128, 64, 2)]
)
def test_weights_after_one_batch_of_all_images_need_no_mean_to_bear_them_out(
    batch: int, seen: int, epochs: int
) -> None:
    loader = Loader(kind="loader", name="", type="DirectoryIterator", batch_size=batch)
    made = by_epoch((0.75, 1.0), (1.0, 0.9125), seen=seen, loader=loader)
    assert reached(made) == epochs


def test_a_target_that_was_measured_and_not_logged_is_said_to_be_measured() -> None:
    found = reaches(Training(by_epoch((0.9, 0.975), (0.9875, 1.0), telling=False)), GOAL).actual
    assert found == "99.9% after 2 epochs, as the grader measured it on all images"


def test_of_a_target_that_was_logged_nothing_more_is_said() -> None:
    assert (
        reaches(Training(by_epoch((0.5, 1.0), (None, 1.0))), GOAL).actual == "99.9% after 2 epochs"
    )


def test_what_a_metric_logs_that_is_no_accuracy_does_not_count() -> None:
    made = replace(by_epoch((0.5, 0.5), (None, None)), accuracy=(1.0, 1.0))
    assert reached(made) is None


def test_an_epoch_that_shows_few_images_may_reach_the_target() -> None:
    assert reached(by_epoch((0.95,), (1.0,), telling=False, seen=40)) == 1


@pytest.mark.parametrize(("images", "another"), [(80, True), (64, False)])
def test_a_training_gets_another_seed_if_all_images_are_shown_some_time(
    images: int,
    another: bool,  # noqa: FBT001
) -> None:
    loader = Loader(kind="loader", name="", type="DirectoryIterator", images=images)
    made = by_epoch((0.95,) * 14, (0.9,) * 14, telling=False, seen=40, loader=loader)
    assert unlucky(made) is another


def examined(
    by: str = "weights", before: float | None = 0.5, after: float | None = 1.0
) -> GradedTraining:
    told = {"by": by, "before": before, "after": after}
    changed = {"trained": None, "examined": Examined.model_validate(told), "reason": "a loop"}
    made = training()
    return replace(made, fit=made.fit.model_copy(update=changed))


def test_what_its_weights_confirm_reaches_the_target() -> None:
    assert reaches(Training(examined()), GOAL).met


def test_what_was_not_trained_by_the_grader_is_for_a_person_to_look_at() -> None:
    assert reaches(Training(examined()), GOAL).review


def test_what_the_grader_trained_needs_nobody_to_look_at_it() -> None:
    assert not reaches(Training(training()), GOAL).review


def test_why_the_grader_did_not_train_is_said() -> None:
    assert "by its own kernel (a loop)" in reaches(Training(examined()), GOAL).actual


def test_of_unseen_images_fewer_must_be_classified_correctly() -> None:
    assert reaches(Training(examined("predictions", None, 0.8)), GOAL).met


@pytest.mark.parametrize(
    "made",
    [examined(after=0.8), examined("predictions", after=0.7), examined("nothing", after=None)],
)
def test_a_claim_that_is_not_confirmed_is_neither_passed_nor_failed(made: GradedTraining) -> None:
    with pytest.raises(ProbeFault, match="in its own kernel"):
        reaches(Training(made), GOAL)


def test_a_model_that_knew_the_images_before_has_not_learnt_them() -> None:
    assert not reaches(Training(examined(before=1.0)), GOAL).met


def test_weights_that_are_worse_than_their_log_get_another_seed() -> None:
    assert unlucky(training(after=0.75))


def test_random_weights_that_are_right_before_training_get_another_seed() -> None:
    assert unlucky(training(before=1.0))


def test_a_training_that_ends_too_soon_gets_no_other_seed() -> None:
    made = replace(training(after=0.75), accuracy=(0.5, 0.9))
    assert not unlucky(made)


RELEARNT = ((None, 3), (0.9, 3), (0.8875, None), (0.0, None))


@pytest.mark.parametrize(("share", "epochs"), RELEARNT)
def test_what_does_not_learn_exchanged_labels_reaches_nothing(
    share: float | None, epochs: int | None
) -> None:
    assert reached(training(relearnt=share)) == epochs


def test_what_does_not_learn_exchanged_labels_is_told_so() -> None:
    found = reaches(Training(training(relearnt=0.5)), GOAL)
    assert "with exchanged labels, classified at best 50% of them correctly" in found.actual


def test_where_there_was_no_time_to_find_out_a_person_must_look() -> None:
    with pytest.raises(ProbeFault, match="no time to find out"):
        reaches(Training(training(relearnt=0.5, undecided=True)), GOAL)


def test_settings_count_the_arrays_that_are_trained_on() -> None:
    part = TrainedModel("train", variable="history", data="clothes/train", most_epochs=9)
    trained = ByGrader(images=500, seen=500, before=0.1, accuracy=0.5)
    model = Model(kind="model", key="model-0", type="Sequential")
    fit = Fit(kind="fit", index=0, model="model-0", finished=True, trained=trained)
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    plan, counts = Plan(Layout("kit", "", ()), ()), {"clothes/train": (500, 10)}
    seen = Observation(plan, execution, collect([model, fit]), {"train": part}, 0, 0, counts)
    settings = GradedTraining.of(seen, "train", "").settings
    assert settings is not None
    assert (settings.images, settings.classes) == (500, 10)
