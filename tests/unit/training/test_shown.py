"""How many different samples the epochs of a training have shown."""

import pytest

from grader.training.shown import ShownFiles, ShownRows


def epochs(shown: ShownRows, *batches: int) -> list[int]:
    found = []
    shown.begin()
    for count in batches:
        shown.begin_epoch()
        for batch in range(count):
            shown.count(batch)
        found.append(shown.samples)
    return found


def test_each_epoch_shows_all_rows() -> None:
    assert epochs(ShownRows(101, 25, goes_on=False), 5, 5) == [101, 101]


def test_an_epoch_that_is_cut_short_shows_fewer() -> None:
    assert epochs(ShownRows(101, 25, goes_on=False), 2, 5) == [50, 101]


@pytest.mark.parametrize(
    ("batches", "samples"), [((3, 2, 3), [75, 26, 75]), ((5, 5), [101, 101]), ((1, 1, 1), [25] * 3)]
)
def test_with_steps_an_epoch_goes_on_where_the_one_before_ended(
    batches: tuple[int, ...], samples: list[int]
) -> None:
    assert epochs(ShownRows(101, 25, goes_on=True), *batches) == samples


def test_a_second_training_begins_with_the_first_rows() -> None:
    shown = ShownRows(101, 25, goes_on=True)
    assert epochs(shown, 3) + epochs(shown, 3) == [75, 75]


def test_several_batches_may_be_counted_at_once() -> None:
    shown = ShownRows(101, 25, goes_on=False)
    shown.begin_epoch()
    shown.count(2)
    assert shown.samples == 75


def test_of_batches_that_were_made_ahead_only_those_that_were_trained_on_count() -> None:
    given = [frozenset({1, 2}), frozenset({2, 3}), frozenset({4})]
    shown = ShownFiles(given)
    shown.begin_epoch()
    shown.count(1)
    assert (shown.samples, given) == (3, [frozenset({4})])


def test_batches_at_which_keras_has_looked_do_not_count() -> None:
    given = [frozenset({1})]
    ShownFiles(given).begin()
    assert given == []
