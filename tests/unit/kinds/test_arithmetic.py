"""Answers that follow from the student's own model or loader, without the right one being told."""

from collections.abc import Iterator, Sequence
from typing import Any

import looking
import numpy as np
import pytest

from grader.checks.declaration import Expectation, ProbeFault
from grader.evidence import Layer, Loader, Model
from grader.kinds.value.part import Value
from grader.kinds.value.view import EMPTY, NO_QUOTES, ValueView, arithmetic

LARGE, SMALL = (300, 300, 3), (150, 150, 3)
WINDOW: dict[str, Any] = {
    "kernel_size": (3, 3),
    "strides": (1, 1),
    "padding": "valid",
    "use_bias": True,
}
POOL: dict[str, Any] = {"pool_size": (2, 2), "strides": (2, 2), "padding": "valid"}
FIVE = [(148, 16, 448), (72, 32, 4_640), (34, 64, 18_496), (15, 64, 36_928), (5, 64, 36_928)]
THREE = [(73, 16, 448), (34, 32, 4_640), (15, 64, 18_496)]
FIVE_SIDES = [298, 149, 147, 73, 71, 35, 33, 16, 14, 7]


def value(found: object) -> ValueView:
    part = Value("answer")
    return looking.seen(part, looking.look(part, {"answer": found}))


def layer(kind: str, shape: Sequence[int], count: int = 0, **settings: Any) -> Layer:
    return Layer(
        name=kind, type=kind, bases=(kind, "Layer"), output_shape=(None, *shape),
        parameters=count, settings=settings,
    )  # fmt: skip


def convolved(blocks: Sequence[tuple[int, int, int]]) -> Iterator[Layer]:
    for side, filters, count in blocks:
        yield layer("Conv2D", (side, side, filters), count, filters=filters, **WINDOW)
        yield layer("MaxPooling2D", (side // 2, side // 2, filters), **POOL)


def network(side: int, blocks: Sequence[tuple[int, int, int]]) -> Model:
    inputs = (blocks[-1][0] // 2) ** 2 * blocks[-1][1]
    layers = [
        layer("Rescaling", (side, side, 3), scale=1 / 255),
        *convolved(blocks),
        layer("Flatten", (inputs,)),
        layer("Dense", (512,), inputs * 512 + 512, units=512, use_bias=True),
        layer("Dense", (1,), 513, units=1, use_bias=True),
    ]
    shape = (None, side, side, 3)
    return Model(kind="model", key="m", type="Sequential", input_shape=shape, layers=tuple(layers))


DEEP, COMPACT = network(150, FIVE), network(75, THREE)


@pytest.mark.parametrize(
    ("model", "image", "right"),
    [
        (DEEP, None, 448 + 4_640 + 18_496 + 2 * 36_928 + 256 * 512 + 512 + 513),
        (DEEP, LARGE, 1_704_097),
        (COMPACT, SMALL, 9_494_561),
    ],
)
def test_parameters_are_those_for_images_of_the_size_that_is_asked(
    model: Model, image: tuple[int, int, int] | None, right: int
) -> None:
    assert arithmetic.parameters(value(right), model, image).met
    assert not arithmetic.parameters(value(right + 1), model, image).met


@pytest.mark.parametrize("form", [list, tuple, np.array])
def test_sides_follow_from_convolutions_and_pooling(form: Any) -> None:
    assert arithmetic.sides(value(form(FIVE_SIDES)), DEEP, LARGE).met
    assert arithmetic.sides(value(form(FIVE_SIDES[:6])), COMPACT, LARGE).met
    assert arithmetic.sides(value(form([148, 74, 72, 36, 34, 17])), COMPACT, SMALL).met


@pytest.mark.parametrize(
    ("model", "image", "side", "flat"),
    [(DEEP, LARGE, 7, 3_136), (COMPACT, LARGE, 35, 78_400), (COMPACT, SMALL, 17, 18_496)],
)
def test_the_last_maps_are_made_flat(
    model: Model, image: tuple[int, int, int], side: int, flat: int
) -> None:
    assert arithmetic.last_side(value(side), model, image).met
    assert arithmetic.flat(value(flat), model, image).met
    assert not arithmetic.flat(value(side), model, image).met


def test_maps_that_are_not_as_wide_as_high_are_pairs() -> None:
    assert arithmetic.last_side(value((35, 17)), COMPACT, (300, 150, 3)).met
    assert arithmetic.last_side(value(35), COMPACT, (300, 150, 3)).met is False
    sides = [[298, 148], [149, 74], [147, 72], [73, 36], [71, 34], [35, 17]]
    assert arithmetic.sides(value(sides), COMPACT, (300, 150, 3)).met


@pytest.mark.parametrize(
    ("given", "actual"),
    [
        ([298, 149, 147, 74, 71, 35], "[298, 149, 147, 74, 71, 35]: number 4 of them is not right"),
        ([298, 149], "[298, 149]: they are too few"),
        ([298, 149, 147, 73, 71, 35, 33], "[298, 149, 147, 73, 71, 35, 33]: they are too many"),
        (298, "298"),
    ],
)
def test_the_first_side_that_is_not_right_is_told(given: object, actual: str) -> None:
    found = arithmetic.sides(value(given), COMPACT, LARGE)
    assert (found.met, found.expected, found.actual) == (False, "the right answer, a list", actual)


@pytest.mark.parametrize(
    ("found", "hint"),
    [
        (arithmetic.parameters(value(1_703_344), DEEP, LARGE), arithmetic.BIASES),
        (arithmetic.parameters(value(229_537), DEEP, LARGE), arithmetic.OTHER_SIZE),
        (arithmetic.flat(value(49), DEEP, LARGE), arithmetic.MAPS),
        (arithmetic.flat(value(256), DEEP, LARGE), arithmetic.OTHER_SIZE),
        (arithmetic.flat(value("3136"), DEEP, LARGE), NO_QUOTES),
        (arithmetic.flat(value(None), DEEP, LARGE), EMPTY),
        (arithmetic.flat(value(5), DEEP, LARGE), ""),
    ],
)
def test_a_common_mistake_has_a_hint_of_its_own(found: Expectation, hint: str) -> None:
    assert (found.met, found.hint) == (False, hint)


def test_no_report_tells_what_is_right() -> None:
    told = [
        arithmetic.parameters(value(1), DEEP, LARGE),
        arithmetic.sides(value([1]), DEEP, LARGE),
        arithmetic.last_side(value(1), DEEP, LARGE),
        arithmetic.flat(value(1), DEEP, LARGE),
        arithmetic.batches(value(1), loader(1027, 128)),
    ]
    said = " ".join(f"{each.expected} {each.actual} {each.hint}" for each in told)
    assert not any(right in said for right in ("1704097", "298", "7", "3136", "9"))


def test_a_model_that_leaves_nothing_of_an_image_is_told() -> None:
    found = arithmetic.last_side(value(0), DEEP, (40, 40, 3))
    assert not found.met
    assert found.expected == "a model that has something left of such images"
    assert found.actual.startswith("nothing is left of its input of shape")


def test_without_the_layers_there_is_no_answer() -> None:
    model = DEEP.model_copy(update={"layers": DEEP.layers[:1]})
    assert not arithmetic.last_side(value(None), model).met
    assert not arithmetic.flat(value(None), model).met
    assert not arithmetic.sides(value([]), model).met


def changed(model: Model, at: int, **update: object) -> Model:
    layers = list(model.layers)
    layers[at] = layers[at].model_copy(update=update)
    return model.model_copy(update={"layers": tuple(layers)})


@pytest.mark.parametrize(
    "model",
    [
        # As layers beside each other are seen, and one of the student's own.
        changed(DEEP, 2, output_shape=(None, 73, 73, 16)),
        changed(DEEP, 1, settings={}),
        changed(DEEP, 1, output_shape=None),
        changed(DEEP, 1, parameters=None),
        DEEP.model_copy(update={"input_shape": None}),
    ],
)
def test_what_cannot_be_worked_out_is_for_a_person_to_look_at(model: Model) -> None:
    with pytest.raises(ProbeFault, match="a person must look"):
        arithmetic.parameters(value(1_704_097), model, LARGE)


def test_parameters_that_are_not_as_usual_count_where_no_more_channels_come() -> None:
    more = changed(DEEP, 1, parameters=449)
    assert arithmetic.parameters(value(1_704_098), more, LARGE).met
    unusual = changed(DEEP, -2, parameters=1)
    with pytest.raises(ProbeFault, match="a person must look"):
        arithmetic.parameters(value(1), unusual, LARGE)


def test_for_images_as_a_model_takes_them_its_layers_need_not_be_in_a_row() -> None:
    beside = changed(DEEP, 2, output_shape=(None, 73, 73, 16))
    assert arithmetic.flat(value(256), beside).met
    assert arithmetic.flat(value(256), beside, SMALL).met


def loader(images: int | None, size: int | None) -> Loader:
    return Loader(kind="loader", name="load", type="DirectoryIterator", images=images,
                  batch_size=size)  # fmt: skip


@pytest.mark.parametrize(
    ("images", "size", "right"), [(1027, 128, 9), (1024, 128, 8), (512, 64, 8)]
)
def test_a_smaller_batch_at_the_end_counts(images: int, size: int, right: int) -> None:
    assert arithmetic.batches(value(right), loader(images, size)).met
    assert not arithmetic.batches(value(right + 1), loader(images, size)).met


def test_whoever_forgets_the_last_batch_is_asked_for_it() -> None:
    assert arithmetic.batches(value(8), loader(1027, 128)).hint == arithmetic.LEFT_OVER
    assert arithmetic.batches(value(7), loader(1027, 128)).hint == ""


def test_the_batches_of_other_folders_may_be_right_as_well() -> None:
    assert arithmetic.batches(value(9), loader(512, 128), 1027).met
    assert not arithmetic.batches(value(9), loader(512, 128)).met


@pytest.mark.parametrize(("images", "size"), [(None, 64), (512, None)])
def test_batches_that_are_not_known_are_for_a_person_to_count(
    images: int | None, size: int | None
) -> None:
    with pytest.raises(ProbeFault, match="a person must look at answer"):
        arithmetic.batches(value(8), loader(images, size))
