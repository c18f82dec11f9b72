import math
from typing import Any

import pytest

from grader.inspection.augmenting import of_layers


@pytest.mark.parametrize(
    ("layer", "given", "ways"),
    [
        ("RandomFlip", {"mode": "horizontal"}, {"horizontal_flip": 1}),
        ("RandomFlip", {}, {"horizontal_flip": 1, "vertical_flip": 1}),
        ("RandomRotation", {"factor": (-0.1, 0.25)}, {"rotation_range": 90}),
        ("RandomRotation", {"factor": 0.1}, {"rotation_range": 36}),
        ("RandomZoom", {"height_factor": 0.2, "width_factor": None}, {"zoom_range": 0.2}),
        ("RandomZoom", {"height_factor": [0, 0.2]}, {"zoom_range": 0.1}),
        (
            "RandomTranslation",
            {"height_factor": 0.2, "width_factor": [-0.1, 0]},
            {"height_shift_range": 0.2, "width_shift_range": 0.1},
        ),
        ("RandomShear", {"x_factor": [0, 1], "y_factor": [0, 0]}, {"shear_range": 45}),
        ("RandomBrightness", {"factor": [-0.3, 0.3]}, {"brightness_range": 0.3}),
        ("RandomContrast", {"factor": 0.3}, {"RandomContrast": 1}),
        ("Solarization", {}, {"Solarization": 1}),
        ("RandomRotation", {"factor": 0}, {}),
        ("Rescaling", {"scale": 1 / 255}, {}),
        ("Multiply", {"by": 0.5}, {}),
    ],
)
def test_layers_are_told_as_the_generator_s_arguments(
    layer: str, given: dict[str, Any], ways: dict[str, float]
) -> None:
    assert of_layers([(layer, given)]) == pytest.approx(ways)


def test_of_several_layers_of_one_way_the_widest_counts() -> None:
    turned = [("RandomRotation", {"factor": share}) for share in (0.1, 0.2, 0.05)]
    assert math.isclose(of_layers(turned)["rotation_range"], 72)
