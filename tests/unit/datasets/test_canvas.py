"""What images are painted on: of any size, and as exact in each."""

import numpy as np
import pytest

from grader.assignments.happy_or_sad.drawing import faces
from grader.assignments.happy_or_sad.drawing.poses import BEAMING
from grader.canvas import MOST, WHITE, Arc, Canvas, Grid, coverage

SIZES = [(1, 1), (64, 64), (28, 20), (20, 28), (300, 151)]


def disc(grid: Grid, radius: float) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    canvas = Canvas(grid)
    inside = coverage(grid.ellipse(0.0, 0.0, radius, radius))
    canvas.paint(inside, (WHITE, 0.0, 0.0))
    return canvas.pixels(inside)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_image_is_as_large_as_its_grid(width: int, height: int) -> None:
    assert disc(Grid(width, height), 8.0).shape == (height, width, 4)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_what_is_drawn_around_the_origin_lies_in_the_middle(width: int, height: int) -> None:
    pixels = disc(Grid(width, height), 8.0)
    assert np.array_equal(pixels, pixels[::-1, ::-1])


@pytest.mark.parametrize(("width", "height"), [(64, 64), (30, 40)])
def test_a_shape_keeps_its_size_in_pixels(width: int, height: int) -> None:
    assert np.count_nonzero(disc(Grid(width, height), 8.0)[..., 3] == WHITE) == 172


def test_a_stroke_may_be_in_an_image_of_any_size() -> None:
    grid = Grid(40, 30)
    assert Arc(grid, 0.0, 0.0, 10.0, 3.0).stroke(2.0).shape == (30, 40)


def test_two_images_share_no_pixels() -> None:
    first, second = Canvas(Grid(4, 4)), Canvas(Grid(4, 4))
    first.paint(first.grid.plane(1.0), (WHITE, WHITE, WHITE))
    assert not second.rgb.any()


@pytest.mark.parametrize(("width", "height"), [(170, 170), (150, 190)])
def test_a_face_is_the_same_in_the_middle_of_a_larger_image(width: int, height: int) -> None:
    left, top = (width - 150) // 2, (height - 150) // 2
    larger = faces.draw(BEAMING, Grid(width, height))[top : top + 150, left : left + 150]
    assert np.array_equal(larger, faces.draw(BEAMING))


@pytest.mark.parametrize("side", [0, -1, 150.0, True, "150", None, MOST + 1])
@pytest.mark.parametrize("name", ["width", "height"])
def test_what_is_no_size_is_refused_by_name(name: str, side: object) -> None:
    sides = {"width": 150, "height": 150, name: side}
    with pytest.raises(ValueError, match=f"The {name} of an image is a whole .* found {side!r}"):
        Grid(**sides)  # type: ignore[arg-type]
