"""Descriptions of trainings on arrays: what is taken, and what is refused with which reason."""

import dataclasses
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from descriptions import architecture, description, layer, loader, part, sent
from mutated_data import mutated

from grader.preparation.records import Preparation, RowRange, Step
from grader.training.accept import accept
from grader.training.description import Description, canonical, to_json
from grader.training.prepared import ArrayShape, SplitShapes
from grader.training.refusals import Refused
from grader.training.size import Budget

Json = dict[str, Any]
MUTATIONS = {True: 10_000, False: 2_000}
TRAIN, TEST = "clothes/train", "clothes/test"


def shapes(count: int, *sample: int) -> SplitShapes:
    x, y = ArrayShape((count, *sample), "uint8"), ArrayShape((count,), "uint8")
    return SplitShapes(x, y, 10)


ARRAYS = {TRAIN: shapes(6000, 28, 28), TEST: shapes(1000, 28, 28), "wide": shapes(50, 32, 32)}
SCALED = [part("Cast", dtype="float32"), part("Divide", by=255.0)]
HOT = [part("OneHot", classes=10), part("Cast", dtype="float32")]
LAYERS = (layer("Flatten"), layer("Dense", units=10, activation="softmax"))


def rows(stop: int = 6000, start: int = 0, step: int = 1) -> Json:
    return {"start": start, "stop": stop, "step": step}


def made(split: str | None = TRAIN, stop: int = 6000, **members: Any) -> Json:
    return {"split": split, "rows": rows(stop), "x": SCALED, "y": [], **members}


def of_test(**members: Any) -> Json:
    return made(TEST, 1000, **members)


def arrays(**members: Any) -> Json:
    """A right and plain description of a training on arrays, but for what is given."""
    fit = {"epochs": 5, **members.pop("fit", {})}
    given = {"loader": made(), "architecture": architecture(*LAYERS, shape=[28, 28]), "fit": fit}
    return description(**{**given, **members})


def fitted(**fit: Any) -> Json:
    return arrays(fit=fit)


WEIGHTS = [[label, 1.0 + label] for label in range(10)]
TAKEN: dict[str, Json] = {
    "plain": arrays(),
    "batch_size": fitted(batch_size=64, shuffle=False),
    "validation_data": arrays(validation=of_test(), fit={"validation_batch_size": 16}),
    "validation_split": fitted(validation_split=0.2),
    "sample_weight": fitted(sample_weight=WEIGHTS),
    "one_hot": arrays(loader=made(y=HOT)),
    "flat": arrays(
        loader=made(x=[*SCALED, part("Reshape", shape=[784])]),
        architecture=architecture(LAYERS[1], shape=[784]),
    ),
    "some": arrays(loader=made(rows={"numbers": [5, 3, 4]})),
    "a_loader_to_validate_with": arrays(
        validation=loader(target_size=[28, 28], color_mode="grayscale"),
        loader=made(x=[*SCALED, part("Reshape", shape=[28, 28, 1])]),
        architecture=architecture(*LAYERS, shape=[28, 28, 1]),
    ),
    "arrays_to_validate_with": description(
        loader=loader(target_size=[28, 28], color_mode="grayscale"),
        validation=of_test(x=[*SCALED, part("Reshape", shape=[28, 28, 1])]),
        architecture=architecture(*LAYERS, shape=[28, 28, 1]),
        fit={"epochs": 5, "validation_batch_size": 9},
    ),
}
OF_FILES = {"epochs": 5}
# Each is refused with the reason beside it.
REFUSED: dict[str, tuple[Json, str]] = {
    "another_split": (arrays(loader=made("secret")), '"secret" is no split'),
    "no_split": (arrays(loader=made(split=None)), "null is no split"),
    "a_path_for_a_split": (arrays(loader=made("../../etc")), "is no split"),
    "arrays_of_their_own": (arrays(loader=made(x=[[0.5] * 784])), "step 0 must be an object"),
    "an_array": (arrays(loader=[[0.5] * 784]), "loader must be an object"),
    "a_path": (arrays(loader=made(path="/etc/passwd")), 'takes no "path"'),
    "a_loader_within": (arrays(loader=made(generator={})), 'takes no "generator"'),
    "a_callable": (arrays(loader=made(x=[part("Lambda", function="f")])), '"Lambda" is not among'),
    "a_table": (arrays(loader=made(x=[*SCALED, part("Add", by=[1.0])])), "by must be a number"),
    "too_many_rows": (arrays(loader=made(stop=6001)), "stop must be a whole number from 1 to 6000"),
    "rows_of_the_larger": (arrays(loader=made(TEST)), "stop must be a whole number from 1 to 1000"),
    "repeated_rows": (arrays(loader=made(rows={"numbers": [1, 1]})), "a number stands twice"),
    "endless_rows": (arrays(loader=made(rows={"numbers": [*range(6001)]})), "a list of 1 to 6000"),
    "many_steps": (arrays(loader=made(x=SCALED * 5)), "x must be a list of 0 to 8"),
    "labels_that_are_computed": (
        arrays(loader=made(y=[part("Cast", dtype="float32"), part("Add", by=1.0)])),
        "Add of labels leaves nothing that tells their class",
    ),
    "transposed_labels": (
        arrays(loader=made(y=[*HOT, part("Transpose", axes=[1])])), "axes must be a list of 2 to 5"
    ),
    "labels_by_their_mean": (
        arrays(loader=made(y=[part("Cast", dtype="float32"), part("Center", axes="all", of=None)])),
        "Center of labels",
    ),
    "validation_labels_that_are_computed": (
        arrays(validation=of_test(y=[part("Cast", dtype="float32"), part("Multiply", by=2.0)])),
        "validation: Multiply of labels",
    ),
    "another_shape": (
        arrays(loader=made(x=[*SCALED, part("Reshape", shape=[784])])),
        r"layer 0 \(InputLayer\): shape must be \(784,\), that of the arrays' samples",
    ),
    "another_split_of_another_shape": (
        arrays(loader=made("wide", 50)), r"shape must be \(32, 32\), that of the arrays' samples"
    ),
    "validation_of_another_shape": (
        arrays(validation=made("wide", 50)), "its samples have another shape"
    ),
    "validation_of_files_of_another_shape": (
        arrays(validation=loader()), "its samples have another shape"
    ),
    "validation_of_no_split": (arrays(validation=made("secret")), '"secret" is no split'),
    "validation_without_rows": (
        arrays(validation={"split": TEST, "x": [], "y": []}), "rows is missing"
    ),
    "batch_size_of_zero": (fitted(batch_size=0), "batch_size must be null or a whole number from"),
    "negative_batch_size": (fitted(batch_size=-1), "batch_size must be"),
    "huge_batch_size": (fitted(batch_size=10**9), "batch_size must be"),
    "a_fraction_of_a_batch": (fitted(batch_size=0.5), "batch_size must be"),
    "batch_size_is_true": (fitted(batch_size=True), "batch_size must be"),
    "batch_size_is_a_list": (fitted(batch_size=[32]), "batch_size must be"),
    "validation_batch_size_of_zero": (
        fitted(validation_batch_size=0), "validation_batch_size must be"
    ),
    "negative_validation_split": (
        fitted(validation_split=-0.1), "validation_split must be a number from 0 to 1"
    ),
    "all_to_validate_with": (fitted(validation_split=1), "leaves none on one side"),
    "next_to_nothing_to_validate_with": (
        arrays(loader=made(stop=3), fit={"validation_split": 1e-18}), "leaves none on one side"
    ),
    "validation_split_is_a_text": (fitted(validation_split="0.2"), "validation_split must be"),
    "validation_split_of_numpy": (
        fitted(validation_split={"number": "float16", "value": 0.5}), "a number of Python's own"
    ),
    "sample_weight_is_an_array": (fitted(sample_weight=[1.0] * 10), "an item must be a list of 2"),
    "sample_weight_of_some": (fitted(sample_weight=WEIGHTS[:9]), "one weight for each of 10"),
    "sample_weight_of_none": (fitted(sample_weight=[]), "one weight for each of 10"),
    "sample_weight_twice": (fitted(sample_weight=WEIGHTS + WEIGHTS[:1]), "label 0 stands twice"),
    "sample_weight_of_others": (
        fitted(sample_weight=[*WEIGHTS[1:], [10, 1.0]]), "one weight for each of 10"
    ),
    "negative_sample_weight": (
        fitted(sample_weight=[[0, -1.0], *WEIGHTS[1:]]), "the weight of 0 must be a number from 0"
    ),
    "endless_sample_weight": (
        fitted(sample_weight=[[label, 1.0] for label in range(2000)]), "must be a list of 0 to 1000"
    ),
    "a_loader_with_a_batch_size": (
        description(fit={**OF_FILES, "batch_size": 8}), "batch_size goes with arrays"
    ),
    "a_loader_with_a_validation_split": (
        description(fit={**OF_FILES, "validation_split": 0.5}), "validation_split goes with arrays"
    ),
    "a_loader_with_sample_weight": (
        description(fit={**OF_FILES, "sample_weight": WEIGHTS}), "sample_weight goes with arrays"
    ),
}  # fmt: skip


def taken(found: Json) -> Description:
    return accept(sent(found), arrays=ARRAYS)


@pytest.mark.parametrize("name", TAKEN)
def test_what_can_be_trained_is_taken(name: str) -> None:
    assert isinstance(taken(TAKEN[name]), Description)


@pytest.mark.parametrize("name", TAKEN)
def test_what_was_taken_is_written_down_so_that_it_is_taken_again(name: str) -> None:
    found = taken(TAKEN[name])
    again: Any = to_json(found)
    assert canonical(taken(again)) == canonical(found)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_trained_is_refused_with_its_reason(name: str) -> None:
    found, reason = REFUSED[name]
    with pytest.raises(Refused, match=reason):
        taken(found)


def test_of_the_new_shapes_forty_are_refused() -> None:
    assert len(REFUSED) >= 40


def test_a_description_says_how_arrays_were_made() -> None:
    steps = (Step("Cast", {"dtype": "float32"}), Step("Divide", {"by": 255.0}))
    assert taken(arrays()).loader == Preparation(TRAIN, RowRange(0, 6000), steps)


def test_without_arrays_of_the_graders_own_there_is_no_split() -> None:
    with pytest.raises(Refused, match="is no split of the dataset"):
        accept(sent(arrays()))


def test_arrays_count_as_memory() -> None:
    little = Budget(memory_bytes=100 * 2**20)
    with pytest.raises(Refused, match="of memory to be trained"):
        accept(sent(arrays(loader=made(x=[part("Cast", dtype="float64")]))), little, ARRAYS)


def test_a_large_batch_counts_as_memory() -> None:
    huge = {TRAIN: shapes(10**6, 28, 28)}
    wide = (layer("Dense", units=4096), layer("Dense", units=4096), *LAYERS)
    found = arrays(
        loader=made(stop=10**6, x=[]),
        architecture=architecture(*wide, shape=[28, 28]),
        fit={"batch_size": 10_000},
    )
    with pytest.raises(Refused, match="of memory to be trained"):
        accept(sent(found), arrays=huge)


# What an attacker would like to see taken somewhere.
POISON: tuple[Any, ...] = (
    None, True, 0, -1, 1e9, 10**19, 0.5, "", "x" * 200, "/etc/passwd", "os.system", "\x00", [],
    "\ud800", "Lambda", [0.5] * 30, [[1.0, 2.0]] * 3, {}, {"number": "float64", "value": 2.0},
    {"__numpy__": [1.0]}, part("Add", by=[1.0]), part("Cast", dtype="object"), TEST, "wide",
    rows(0), {"numbers": [0, 0]}, {"numbers": [*range(700)]}, part("Reshape", shape=[1] * 9),
)  # fmt: skip


@pytest.fixture(scope="module")
def outcomes(request: pytest.FixtureRequest) -> list[Description | str]:
    chance = random.Random(2)  # noqa: S311 - repeatable, not secret
    many = MUTATIONS[request.config.getoption("--prove")]
    return [outcome(mutated(chance, TAKEN, POISON)) for _ in range(many)]


def outcome(found: Any) -> Description | str:
    try:
        return taken(found)
    except Refused as refused:
        return str(refused)


def of_arrays(outcomes: list[Description | str]) -> Iterator[Preparation]:
    for found in outcomes:
        if isinstance(found, Description):
            data = (found.loader, found.validation)
            yield from (each for each in data if isinstance(each, Preparation))


def test_some_are_taken_and_most_are_not(outcomes: list[Description | str]) -> None:
    descriptions = sum(isinstance(found, Description) for found in outcomes)
    assert len(outcomes) / 50 < descriptions < len(outcomes) / 2


def test_what_is_taken_is_of_the_datasets_arrays(outcomes: list[Description | str]) -> None:
    for found in of_arrays(outcomes):
        others = {step.arguments.get("of") for step in (*found.x, *found.y)}
        assert {found.split, *(others - {None})} <= ARRAYS.keys()


def test_what_is_taken_is_of_rows_that_there_are(outcomes: list[Description | str]) -> None:
    for found in of_arrays(outcomes):
        assert 1 <= found.rows.count <= ARRAYS[found.split].x.shape[0]


def test_what_is_taken_holds_scalars_and_short_tuples(outcomes: list[Description | str]) -> None:
    for found in of_arrays(outcomes):
        for step in (*found.x, *found.y):
            for held in step.arguments.values():
                values = held if isinstance(held, tuple) else (held,)
                assert len(values) <= 5
                assert all(each is None or isinstance(each, int | float | str) for each in values)


def test_what_is_taken_of_fit_holds_numbers(outcomes: list[Description | str]) -> None:
    for found in outcomes:
        if isinstance(found, Description):
            assert all(map(is_plain, dataclasses.astuple(found.fit)))


def is_plain(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return all(map(is_plain, value))
    return not isinstance(value, Mapping | str)
