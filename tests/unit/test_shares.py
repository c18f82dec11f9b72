"""Shares as percentages: rounded to the nearest, but a near miss never reads as a hit."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.shares import percent


def logged(right: int, images: int) -> float:
    """What Keras logs: a 32-bit float."""
    found: float = struct.unpack("f", struct.pack("f", right / images))[0]
    return found


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "0%"),
        (0.29, "29%"),
        (logged(46, 80), "57.5%"),
        (logged(47, 80), "58.75%"),
        (logged(2, 3), "66.67%"),
        (logged(1, 3), "33.33%"),
        (1.0, "100%"),
        (-0.125, "-12.5%"),
    ],
)
def test_a_share_is_rounded_to_the_nearest(share: float, written: str) -> None:
    assert percent(share) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.9989, "99.89%"),
        (0.99895, "99.89%"),
        (0.998999, "99.89%"),
        (0.99999, "99.99%"),
        (0.79996, "79.99%"),
    ],
)
def test_a_near_miss_never_reads_as_a_hit(share: float, written: str) -> None:
    assert percent(share) == written


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_so_many_of_so_many_images_read_the_same_logged_or_counted(found: tuple[int, int]) -> None:
    assert percent(logged(*found)) == percent(found[0] / found[1])


@given(st.floats(0, 1), st.integers(0, 1000))
def test_what_is_below_a_mark_never_reads_as_that_mark(share: float, tenths: int) -> None:
    mark = tenths / 1000
    assert share >= mark - 1e-7 or percent(share) != percent(mark)


def test_what_is_no_share_is_written_as_it_is() -> None:
    assert percent(1e9) == "1e+09"
