"""The brush paints limbs where they are, and nothing elsewhere."""

import numpy as np
import pytest

from grader.canvas import Canvas, Grid, Plane
from grader.drawing.brush import Brush

SIDE = 40
RED = (1.0, 0.0, 0.0)
SQUARE = ((-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0))


def canvas() -> Canvas:
    return Canvas(Grid(SIDE, SIDE))


def painted(made: Canvas) -> Plane:
    """Return how much red each pixel has got."""
    red: Plane = np.abs(made.rgb[0] - canvas().rgb[0])
    return red


def test_a_limb_is_where_its_ends_are() -> None:
    made = canvas()
    Brush(made).limb((-10.0, 0.0), (10.0, 0.0), 3.0, 3.0, RED)
    rows, columns = np.nonzero(painted(made) > 0)
    assert (rows.min(), rows.max()) == (17, 22)
    assert (columns.min(), columns.max()) == (7, 32)


def test_a_limb_is_as_wide_as_said_at_each_end() -> None:
    made = canvas()
    Brush(made).limb((-10.0, 0.0), (10.0, 0.0), 6.0, 2.0, RED)
    heights = (painted(made) > 0).sum(axis=0)
    assert heights[10] > heights[30] > 0


def test_who_looks_to_the_left_is_the_mirror_image() -> None:
    right, left = canvas(), canvas()
    Brush(right, x=0.0, scale=2.0).limb((1.0, 2.0), (6.0, -3.0), 1.5, 0.5, RED)
    Brush(left, x=0.0, scale=2.0, side=-1.0).limb((1.0, 2.0), (6.0, -3.0), 1.5, 0.5, RED)
    assert np.allclose(painted(left), painted(right)[:, ::-1])


@pytest.mark.parametrize("corners", [SQUARE, SQUARE[::-1]])
def test_a_polygon_is_filled_whichever_way_round_its_corners_come(
    corners: tuple[tuple[float, float], ...],
) -> None:
    made = canvas()
    Brush(made).polygon(corners, RED)
    rows, columns = np.nonzero(painted(made) > 0)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (15, 24, 15, 24)


def test_what_is_beyond_the_picture_is_not_painted() -> None:
    made = canvas()
    Brush(made, x=200.0, y=-200.0).spot((0.0, 0.0), 5.0, RED)
    assert not painted(made).any()


def test_a_chain_goes_through_its_points() -> None:
    made = canvas()
    Brush(made).chain([(-10.0, -10.0), (0.0, 0.0), (10.0, -10.0)], 2.0, 2.0, RED)
    assert (painted(made)[[9, 19, 9], [9, 19, 29]] > 0).all()
