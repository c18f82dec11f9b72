"""The usual ways to prepare arrays are described so that the same arrays are made again."""

from functools import cache

import pytest
from prepared import DESCRIBED, OTHERS, SPLITS, TESTED, X

from grader.preparation.exact import same
from grader.preparation.rebuild import rebuild
from grader.preparation.recognise import Unrecognised, recognise
from grader.preparation.records import Preparation, RowNumbers, RowRange


@cache
def found(way: str) -> Preparation:
    return recognise(*DESCRIBED[way](), SPLITS)


@pytest.mark.parametrize("way", DESCRIBED)
def test_samples_are_made_again_to_the_last_bit(way: str) -> None:
    assert same(rebuild(found(way), SPLITS).x, DESCRIBED[way]()[0])


@pytest.mark.parametrize("way", DESCRIBED)
def test_labels_are_made_again_to_the_last_bit(way: str) -> None:
    assert same(rebuild(found(way), SPLITS).y, DESCRIBED[way]()[1])


@pytest.mark.parametrize("way", DESCRIBED)
def test_the_split_is_named(way: str) -> None:
    assert found(way).split == ("test" if way.startswith("test_") else "train")


@pytest.mark.parametrize("way", OTHERS)
def test_what_is_not_repeated_has_a_reason(way: str) -> None:
    make, reason = OTHERS[way]
    with pytest.raises(Unrecognised) as caught:
        recognise(*make(), SPLITS)
    assert reason in str(caught.value)


def test_all_rows_are_a_range() -> None:
    assert found("as_they_are").rows == RowRange(0, len(X))


def test_rows_after_a_cut_are_a_range() -> None:
    assert found("last").rows == RowRange(200, 240)


def test_every_other_row_is_a_range_with_a_step() -> None:
    assert found("every_other").rows == RowRange(0, 239, 2)


def test_rows_in_an_order_of_their_own_are_numbers() -> None:
    assert isinstance(found("train_test_split").rows, RowNumbers)


def test_statistics_of_another_split_are_said_to_be_so() -> None:
    assert found("test_images_by_training").x[-1].arguments["of"] == "train"


def test_a_whole_split_that_is_smaller_is_found() -> None:
    assert found("test_images").rows == RowRange(0, TESTED)
