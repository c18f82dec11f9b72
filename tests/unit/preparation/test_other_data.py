"""Arrays other than images of one channel: tables, colours, samples that are alike."""

from typing import Any

import numpy as np
import pytest

from grader.preparation.exact import same
from grader.preparation.rebuild import rebuild
from grader.preparation.recognise import Unrecognised, recognise
from grader.preparation.records import LabelledArrays, Preparation, RowNumbers, RowRange

CHANCE = np.random.default_rng(7)
HOUSES = {
    "train": LabelledArrays(
        CHANCE.lognormal(size=(101, 13)) * np.logspace(-2, 3, 13), CHANCE.uniform(5, 50, 101)
    ),
    "test": LabelledArrays(CHANCE.lognormal(size=(30, 13)), CHANCE.uniform(5, 50, 30)),
}
COLOURED = {
    "train": LabelledArrays(
        CHANCE.integers(0, 256, (60, 32, 32, 3), "uint8"), CHANCE.integers(0, 5, (60, 1))
    )
}
ALIKE = {
    "train": LabelledArrays(
        np.repeat(CHANCE.integers(0, 256, (20, 8, 8), "uint8"), 2, axis=0), np.arange(40) % 2
    )
}
ORDER = np.random.default_rng(8).permutation(101)[:80]


def repeated(x: Any, y: Any, splits: dict[str, LabelledArrays]) -> Preparation:
    """Return how arrays were made, once it is certain that they are made again so."""
    found = recognise(x, y, splits)
    again = rebuild(found, splits)
    assert same(again.x, x)
    assert same(again.y, y)
    return found


def test_a_table_standardised_by_column_is_repeated() -> None:
    x = HOUSES["train"].x.copy()
    x -= x.mean(axis=0)
    x /= x.std(axis=0)
    found = repeated(x, HOUSES["train"].y, HOUSES)
    assert [step.part for step in found.x] == ["Standardize"]


def test_a_table_standardised_and_then_shuffled_is_repeated() -> None:
    x = HOUSES["train"].x
    x = ((x - x.mean(axis=0)) / x.std(axis=0))[ORDER]
    found = repeated(x, HOUSES["train"].y[ORDER], HOUSES)
    assert found.rows == RowNumbers(tuple(ORDER.tolist()))


def test_a_table_between_zero_and_one_is_repeated() -> None:
    x = HOUSES["train"].x
    x = (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))
    assert repeated(x, HOUSES["train"].y, HOUSES).x[-1].part == "MinMax"


def test_a_shuffled_table_is_repeated() -> None:
    y = HOUSES["train"].y[ORDER].astype("float32")
    found = repeated(HOUSES["train"].x[ORDER].astype("float32"), y, HOUSES)
    assert found.rows == RowNumbers(tuple(ORDER.tolist()))


def test_numbers_to_predict_may_be_scaled() -> None:
    found = repeated(HOUSES["train"].x, HOUSES["train"].y / 50, HOUSES)
    assert [step.part for step in found.y] == ["Divide"]


def test_numbers_to_predict_may_be_standardised() -> None:
    y = HOUSES["train"].y
    found = repeated(HOUSES["train"].x, (y - y.mean()) / y.std(), HOUSES)
    assert [step.part for step in found.y] == ["Standardize"]


def test_numbers_to_predict_in_another_order_are_not_repeated() -> None:
    with pytest.raises(Unrecognised, match="labels in y"):
        recognise(HOUSES["train"].x, HOUSES["train"].y[::-1], HOUSES)


def test_columns_left_out_are_not_repeated() -> None:
    with pytest.raises(Unrecognised, match="shape"):
        recognise(HOUSES["train"].x[:, :5], HOUSES["train"].y, HOUSES)


def test_colours_standardised_by_channel_are_repeated() -> None:
    x = COLOURED["train"].x.astype("float32")
    x = (x - x.mean(axis=(0, 1, 2))) / (x.std(axis=(0, 1, 2)) + 1e-7)
    found = repeated(x, COLOURED["train"].y, COLOURED)
    assert found.x[-1].arguments["axes"] == "channels"


def test_channels_first_are_repeated() -> None:
    x = np.moveaxis(COLOURED["train"].x / 255, -1, 1)
    found = repeated(x, COLOURED["train"].y, COLOURED)
    assert found.x[0].arguments == {"axes": (3, 1, 2)}


def test_a_column_of_labels_may_become_a_row() -> None:
    found = repeated(COLOURED["train"].x, COLOURED["train"].y.reshape(-1), COLOURED)
    assert found.y[0].arguments == {"shape": ()}


def test_a_column_of_labels_may_become_one_hot() -> None:
    hot = np.eye(5, dtype="float32")[COLOURED["train"].y[:, 0]]
    found = repeated(COLOURED["train"].x, hot, COLOURED)
    assert [step.part for step in found.y] == ["Reshape", "OneHot", "Cast"]


def test_exchanged_labels_are_none_of_the_datasets() -> None:
    column = (COLOURED["train"].y == 1).astype("int64")
    known = {"train": LabelledArrays(COLOURED["train"].x, column)}
    with pytest.raises(Unrecognised, match="labels in y are not made of those"):
        recognise(COLOURED["train"].x, 1 - column, known)


def test_samples_that_are_alike_are_told_apart_by_their_labels() -> None:
    order = np.random.default_rng(9).permutation(40)
    found = repeated(ALIKE["train"].x[order], ALIKE["train"].y[order], ALIKE)
    assert isinstance(found.rows, RowNumbers)
    assert sorted(found.rows.numbers) == list(range(40))


def test_samples_that_are_alike_stay_in_their_order() -> None:
    found = repeated(ALIKE["train"].x / 255, ALIKE["train"].y, ALIKE)
    assert found.rows == RowRange(0, 40)


def test_numbers_in_another_order_of_bytes_are_repeated() -> None:
    x = HOUSES["train"].x
    found = recognise(x.astype(">f8"), HOUSES["train"].y, HOUSES)
    assert same(rebuild(found, HOUSES).x, x)


def test_an_array_of_a_class_of_its_own_is_not_repeated() -> None:
    class Own(np.ndarray[Any, Any]):
        pass

    with pytest.raises(Unrecognised, match="x is no array but Own"):
        recognise(HOUSES["train"].x.view(Own), HOUSES["train"].y, HOUSES)


def test_more_numbers_of_rows_than_a_message_holds_are_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.preparation.rows.MAX_NUMBERS", 79)
    with pytest.raises(Unrecognised):
        recognise(HOUSES["train"].x[ORDER], HOUSES["train"].y[ORDER], HOUSES)


def test_one_sample_from_the_middle_is_repeated() -> None:
    found = repeated(COLOURED["train"].x[5:6] / 255, COLOURED["train"].y[5:6], COLOURED)
    assert found.rows == RowRange(5, 6)


def test_one_row_of_a_table_is_repeated() -> None:
    found = repeated(HOUSES["train"].x[5:6], HOUSES["train"].y[5:6], HOUSES)
    assert found.rows == RowRange(5, 6)


@pytest.mark.parametrize("number", [0, 1, 255])
def test_arrays_of_one_number_only_are_not_repeated(number: int) -> None:
    x = np.full((40, 8, 8), number, "uint8")
    with pytest.raises(Unrecognised):
        recognise(x, ALIKE["train"].y, ALIKE)


def test_texts_of_a_dataset_are_no_arrays_of_numbers() -> None:
    texts = {"train": LabelledArrays(np.array(["a", "b"]), np.array(["c", "d"]))}
    with pytest.raises(Unrecognised, match="no arrays of numbers"):
        recognise(np.arange(2), np.arange(2), texts)


def test_splits_whose_labels_have_other_shapes_do_not_matter() -> None:
    other = LabelledArrays(COLOURED["train"].x[:9], np.arange(9))
    found = repeated(COLOURED["train"].x / 255, COLOURED["train"].y, {**COLOURED, "test": other})
    assert found.split == "train"


def test_labels_that_are_all_alike_are_repeated() -> None:
    same_label = {"train": LabelledArrays(COLOURED["train"].x, np.ones(60))}
    found = repeated(COLOURED["train"].x[9:30] / 255, np.ones(21, "int64"), same_label)
    assert found.rows == RowRange(9, 30)


@pytest.mark.parametrize("factor", [1e305, 1e-320, -1e300])
def test_numbers_at_the_end_of_what_a_type_holds_are_no_fault(factor: float) -> None:
    with pytest.raises(Unrecognised):
        recognise(COLOURED["train"].x * factor + 3, COLOURED["train"].y, COLOURED)
