"""Horses or Humans: what its checks ask for, and what its made-up arguments are."""

from collections.abc import Callable

import numpy as np
import pytest
from horses_class import LESSON
from horses_or_humans.submission import ALL, SOLUTION, graded
from horses_or_humans.variants import VARIANTS

# Checks are declared as their modules are imported, in the order of the report.
from grader.assignments.horses_or_humans.assignment import (
    compact,
    horses_or_humans,
    questions,
    training,
)
from grader.assignments.horses_or_humans.editions import RETIRED
from grader.assignments.horses_or_humans.parts import (
    PICTURES,
    QUICK,
    last_gap,
    lost,
    some_predictions,
)
from grader.authoring import (
    Absent,
    Expectation,
    History,
    ProbeFault,
    Training,
    ValueView,
    histories,
)
from grader.checks.training import Curve, GradedTraining
from grader.evidence import ByGrader, Fit, Layer, Loader, Model, OnSplit

GRADED = 512
DRAWS = range(20)


def test_the_rubric_has_a_hundred_points() -> None:
    assert sum(check.points for check in horses_or_humans.checks) == 100


def test_each_check_is_lost_by_some_mistake() -> None:
    lost_by_some = {check for variant in VARIANTS for check in variant.loses}
    assert lost_by_some == ALL == {check.id for check in horses_or_humans.checks}


def test_there_are_many_variants_that_are_right_and_many_mistakes() -> None:
    right = [variant for variant in VARIANTS if not variant.loses]
    assert (len(right) >= 12, len(VARIANTS) - len(right) >= 20) == (True, True)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda each: each.id)
def test_the_cells_of_each_variant_are_code(variant: object) -> None:
    notebook = variant.notebook()  # type: ignore[attr-defined]
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert [compile(text, "cell", "exec") for text in cells if graded(text)]


def test_the_solution_writes_each_graded_name() -> None:
    text = SOLUTION.read_text("utf-8")
    assert [name for name in horses_or_humans.names if f": {name}\\n" not in text] == []


def fitted(
    name: str, *, steps: int | None = None, elsewhere: bool = False, made: ByGrader | None = None
) -> Training:
    fit = Fit(kind="fit", index=0, model="m", finished=True, steps_per_epoch=steps, trained=made)
    fit = fit.model_copy(update={"elsewhere": elsewhere, "reason": "shows others"})
    return Training(GradedTraining(name, "load_training", fit, (), GRADED, 2, GRADED))


# By the grading profile 512 pictures come in batches of 60, and in the notebook 1,027 of 128.
@pytest.mark.parametrize(
    ("steps", "batch", "pictures", "whole"),
    [
        (None, 60, 512, True),
        (9, 60, 512, True),
        (8, 60, 512, False),
        (9, 128, 1027, True),
        (8, 128, 1027, False),
        (1027 // 60, 60, 512, False),
    ],
)
def test_an_epoch_that_leaves_pictures_out_is_told_by_profile_and_in_full(
    steps: int | None, batch: int, pictures: int, *, whole: bool
) -> None:
    found = training.first_whole(fitted("train", steps=steps), batch, (pictures, 2))
    assert found.met is whole


def test_eight_steps_are_too_few_for_the_profile_as_for_the_notebook() -> None:
    batch = QUICK.constants["BATCH_SIZE"]
    assert isinstance(batch, int)
    assert {-(-GRADED // batch), -(-PICTURES // 128)} == {9}


ASKING: list[Callable[[Training], Expectation]] = [
    training.second_validated,
    compact.compact_validated,
    lambda each: training.begun_anew(each, each),
    lambda each: compact.compact_evaluated(value(0.8), each),
]


def value(number: object) -> ValueView:
    from grader.assignments.horses_or_humans.parts import compact_accuracy
    from grader.kinds.value.evidence import ValueEvidence
    from grader.values.encode import encode

    record = ValueEvidence(
        kind="value", name="compact_accuracy", outcome="value", value=encode(number)
    )
    return compact_accuracy.view(record)


@pytest.mark.parametrize("check", ASKING)
def test_nothing_waits_of_a_training_on_other_pictures(
    check: Callable[[Training], Expectation],
) -> None:
    with pytest.raises(Absent, match="trains on other pictures"):
        check(fitted("train_validated", elsewhere=True))


@pytest.mark.parametrize("check", ASKING)
def test_what_nobody_knows_of_a_training_in_the_notebook_waits(
    check: Callable[[Training], Expectation],
) -> None:
    with pytest.raises(ProbeFault):
        check(fitted("train_validated"))


def made(number: int, *earlier: int) -> Training:
    by = ByGrader(images=GRADED, seen=GRADED, before=0.5, accuracy=1.0, went_on_from=earlier)
    fit = Fit(kind="fit", index=number, number=number, model="m", finished=True, trained=by)
    return Training(GradedTraining("train", "load_training", fit, (), GRADED, 2, GRADED))


@pytest.mark.parametrize(("second", "met"), [(made(1), True), (made(1, 0), False)])
def test_the_second_training_is_of_a_new_model(second: Training, *, met: bool) -> None:
    assert training.begun_anew(made(0), second).met is met


@pytest.mark.parametrize(("part", "met"), [("validation", True), ("train", False)])
def test_validation_is_with_the_pictures_that_are_there_for_it(part: str, *, met: bool) -> None:
    by = ByGrader(
        images=GRADED,
        seen=GRADED,
        before=0.5,
        accuracy=1.0,
        validation_folder=f"data/horses_or_humans/{part}",
    )
    assert training.second_validated(fitted("train_validated", made=by)).met is met


def compact_training(part: str) -> Training:
    """A training that logged 0.88 in validation at last, and of which 0.9 was measured."""
    by = ByGrader(
        images=GRADED,
        seen=GRADED,
        before=0.5,
        accuracy=1.0,
        validated=OnSplit(images=256, before=0.5, accuracy=0.9),
        validation_folder=f"data/horses_or_humans/{part}",
    )
    curves: dict[str, Curve] = {"val_accuracy": (0.7, 0.88)}
    fit = Fit(kind="fit", index=0, model="m", finished=True, trained=by, curves=curves)
    return Training(GradedTraining("train_compact", "load", fit, (), GRADED, 2, GRADED))


@pytest.mark.parametrize(
    ("told", "part", "met"),
    [
        (0.9, "validation", True),
        (0.88, "validation", True),
        (0.7, "validation", False),
        (0.95, "validation", False),
        (0.9, "train", True),
        (0.88, "train", False),
    ],
)
def test_the_accuracy_is_what_was_measured_or_what_was_logged_of_the_right_pictures(
    told: float, part: str, *, met: bool
) -> None:
    assert compact.compact_evaluated(value(told), compact_training(part)).met is met


def network(convolutions: int) -> Model:
    layers = [
        Layer(name=f"{kind}{number}", type=kind)
        for number in range(convolutions)
        for kind in ("Conv2D", "MaxPooling2D")
    ]
    return Model(kind="model", key="m", type="Sequential", layers=tuple(layers))


@pytest.mark.parametrize(("convolutions", "met"), [(2, False), (3, True), (4, False), (5, False)])
def test_the_compact_model_has_three_convolutions(convolutions: int, *, met: bool) -> None:
    assert compact.compact_convolutions(network(convolutions)).met is met


def test_the_names_of_pictures_that_only_the_large_model_knows_are_in_order() -> None:
    names, labels = ["a", "b", "c", "d"], np.array([0, 0, 1, 1])
    large, small = np.array([0.1, 0.2, 0.9, 0.3]), np.array([0.8, 0.1, 0.4, 0.2])
    assert lost(names, labels, large, small) == ["a", "c"]


@pytest.mark.parametrize("seed", DRAWS)
def test_in_made_up_predictions_each_model_is_right_alone_for_some_picture(seed: int) -> None:
    names, labels, large, small = some_predictions(np.random.default_rng(seed))
    assert (bool(lost(names, labels, large, small)), bool(lost(names, labels, small, large))) == (
        True,
        True,
    )


@pytest.mark.parametrize("seed", DRAWS)
def test_no_made_up_prediction_is_next_to_one_half(seed: int) -> None:
    _, _, large, small = some_predictions(np.random.default_rng(seed))
    assert min(abs(np.concatenate([large, small]) - 0.5)) > 0.04


@pytest.mark.parametrize("name", ["acc", "accuracy"])
def test_the_gap_is_that_after_the_last_epoch(name: str) -> None:
    assert last_gap(History({name: [0.5, 1.0], f"val_{name}": [0.5, 0.75]})) == 0.25


@pytest.mark.parametrize("seed", DRAWS)
def test_a_made_up_training_has_a_gap(seed: int) -> None:
    assert last_gap(*histories.some(np.random.default_rng(seed))) != 0


def test_the_lesson_without_functions_is_known_and_not_graded() -> None:
    [lesson] = RETIRED
    assert lesson.recognise(LESSON, ())


@pytest.mark.parametrize(
    ("code", "names"), [("model.fit(x)", ()), (LESSON, ("load_training", "train"))]
)
def test_other_notebooks_are_not_taken_for_it(code: str, names: tuple[str, ...]) -> None:
    [lesson] = RETIRED
    assert not lesson.recognise(code, names)


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (questions.raw_told, 270_000, 900_000),
        (questions.lecture_told, 78_400, 3_136),
        (questions.risk_named, "c", "a"),
    ],
)
def test_what_does_not_depend_on_the_model_is_right_or_not(
    check: Callable[[ValueView], Expectation], right: object, wrong: object
) -> None:
    assert (check(value(right)).met, check(value(wrong)).met) == (True, False)


def test_a_loader_of_another_size_is_told_so() -> None:
    from grader.assignments.horses_or_humans import loading

    loader = Loader(
        kind="loader",
        name="load_training",
        type="DirectoryIterator",
        batch_size=60,
        target_size=(300, 300),
        class_mode="binary",
    )
    found = loading.training_shaped(loader, 150, 60)
    assert (found.met, found.expected, found.actual) == (False, "150 x 150", "300 x 300")
