"""Which trainings count together, by what the grader knows of them."""

import json
from collections.abc import Mapping

import descriptions
import numpy as np
import pytest

from grader.evidence import Evidence, Fit, collect
from grader.fits.answered import Answered
from grader.fits.plans import FitPlans
from grader.fits.together import Together
from grader.training.accept import accept
from grader.training.refusals import Refused
from grader.training.results import Epoch, Measured, Trained, TrainingPlan

DESCRIBED = accept(json.dumps(descriptions.description()).encode())
CALLING, OWN, OTHER = 8, 7, 3
PLANS = FitPlans(TrainingPlan(seed=1), calling={CALLING: "train"})


def answered(epochs: int, after: int | None = None) -> Answered:
    made = tuple(Epoch(number, {"accuracy": 0.5}, 80) for number in range(epochs))
    trained = Trained(made, 80, ((np.zeros(1),),), Measured(0.5, 0.8))
    return Answered(DESCRIBED, trained, after=after)


Made = Mapping[int, tuple[int | None, Answered | Refused | None]]


def before(which: int, trainings: Made, plans: FitPlans = PLANS, **told: object) -> tuple[int, ...]:
    """Return the epochs that count with a training.

    Args:
        which: Number of that one.
        trainings: By number, in their order: in which cell, and what came of the request.
        plans: Tell whose a cell is.
        told: What the kernel says of each fit besides.
    """
    return noted(trainings, plans, **told).fits[which].epochs_before


def noted(trainings: Made, plans: FitPlans, **told: object) -> Evidence:
    evidence = collect(
        Fit.model_validate({"kind": "fit", "index": n, "model": "m", "number": n} | told)
        for n in trainings
    )
    cells = {n: cell for n, (cell, _) in trainings.items()}
    known = {n: made for n, (_, made) in trainings.items() if made is not None}
    Together(known, cells, plans).note(evidence)
    return evidence


DEEP = 9
TWO = FitPlans(TrainingPlan(seed=1), calling={CALLING: "train", DEEP: "train_deep"})


@pytest.mark.parametrize(
    ("after", "epochs"), [(None, ()), (0, ())], ids=["another model", "the same model"]
)
def test_what_the_call_of_another_function_has_trained_does_not_count(
    after: int | None, epochs: tuple[int, ...]
) -> None:
    trainings = {0: (CALLING, answered(9)), 1: (DEEP, answered(4, after=after))}
    assert before(1, trainings, plans=TWO) == epochs


def test_what_was_trained_of_a_model_in_an_own_cell_counts_for_whichever_function() -> None:
    trainings = {
        0: (CALLING, answered(9)),
        1: (OWN, answered(3, after=0)),
        2: (DEEP, answered(4, after=1)),
    }
    assert before(2, trainings, plans=TWO) == (3,)


def test_each_fit_has_the_cell_in_which_the_grader_was_asked_for_it() -> None:
    evidence = noted({0: (CALLING, answered(1)), 1: (OWN, None)}, PLANS, cell=5)
    assert [fit.cell for fit in evidence.fits.values()] == [CALLING, OWN]


THREE = {0: (CALLING, answered(14)), 1: (CALLING, answered(3)), 2: (CALLING, answered(14))}
TRIED = {0: (OTHER, answered(9)), 1: (OWN, answered(5)), 2: (CALLING, answered(4))}


@pytest.mark.parametrize(("number", "epochs"), [(0, ()), (1, (14,)), (2, (14, 3))])
def test_those_of_one_call_count_up_to_the_one_that_is_returned(
    number: int, epochs: tuple[int, ...]
) -> None:
    assert before(number, THREE) == epochs


def test_what_was_tried_in_other_cells_does_not_count() -> None:
    assert before(2, TRIED) == ()


@pytest.mark.parametrize(("number", "epochs"), [(0, ()), (1, (9,))])
def test_all_before_count_where_the_one_that_is_returned_was_made_elsewhere(
    number: int, epochs: tuple[int, ...]
) -> None:
    assert before(number, TRIED) == epochs


def test_a_model_that_was_trained_in_another_cell_brings_its_epochs_along() -> None:
    trainings = {
        0: (OTHER, answered(9)),
        1: (OWN, answered(3, after=0)),
        2: (CALLING, answered(4, after=1)),
    }
    assert before(2, trainings) == (9, 3)


def test_a_model_that_was_trained_in_another_cell_brings_along_what_was_tried_before() -> None:
    trainings = {
        0: (OTHER, answered(9)),
        1: (OTHER, answered(2)),
        2: (OWN, answered(5)),
        3: (CALLING, answered(4, after=1)),
    }
    assert before(3, trainings) == (9, 2)


def test_it_does_not_bring_along_what_another_function_has_trained() -> None:
    trainings = {
        0: (CALLING, answered(9)),
        1: (OWN, answered(2)),
        2: (DEEP, answered(4, after=1)),
    }
    assert before(2, trainings, plans=TWO) == (2,)


def test_a_model_that_was_trained_before_is_not_counted_twice() -> None:
    trainings = {0: (CALLING, answered(9)), 1: (CALLING, answered(4, after=0))}
    assert before(1, trainings) == (9,)


@pytest.mark.parametrize("came", [None, Refused("too many models")], ids=["shown", "refused"])
def test_what_the_kernel_trained_counts_by_its_curves(came: Refused | None) -> None:
    trainings = {0: (CALLING, came), 1: (CALLING, came)}
    assert before(1, trainings, curves={"loss": (0.5,) * 6}) == (6,)


def test_a_training_that_had_no_epoch_does_not_count() -> None:
    assert before(1, {0: (CALLING, Refused("absurd")), 1: (CALLING, answered(4))}) == ()


def test_no_kernel_can_say_what_counts() -> None:
    assert before(0, THREE, epochs_before=(1, 2, 3)) == ()


def test_with_what_nobody_heard_of_nothing_counts() -> None:
    assert before(2, THREE, number=99) == ()


def test_more_trainings_than_there_is_room_for_are_no_fault() -> None:
    many = {number: (CALLING, answered(1)) for number in range(300)}
    assert len(before(299, many)) == 200
