"""Functions that take a model are called with one of Keras' own that the author has made up."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.authoring import ColourModel, Function, FunctionView, Tolerance
from grader.kernel.job import Job
from grader.kernel.kernels import Kernels
from grader.records import PlannedCell, Role

IMPORTS = "import random\nimport keras\nimport numpy as np"
CELLS = {
    "share": "def share(model, picture):\n    assert isinstance(model, keras.Model)\n"
    "    return float(model.predict(picture[None], verbose=0)[0, 0])",
    "turned": "def turned(model, picture):\n"
    "    return float(model.predict(picture[None, ..., ::-1], verbose=0)[0, 0])",
    "called": "def called(model, picture):\n"
    "    return float(model(picture[None], training=False)[0, 0])",
    "large": "def large(model, picture):\n    return model.predict(picture[None, 1:])",
    "name": "def name(_):\n    return keras.layers.Dense(1).name",
}
LEAST = 4


def reference(model: Any, picture: Any) -> float:
    return float(model.predict(picture[None])[0, 0])


def drawn(generator: Any) -> tuple[ColourModel, Any]:
    height, width = (int(side) for side in generator.integers(LEAST, 9, 2))
    weights = tuple(float(each) for each in generator.uniform(-2, 2, 3))
    model = ColourModel((height, width), (weights[0], weights[1], weights[2]), 0.25)
    return model, generator.uniform(size=(height, width, 3)).astype(np.float32)


TOLERANCE = Tolerance(absolute=1e-4)
PARTS = (
    *(
        Function(each, draw=drawn, reference=reference, draws=2, tolerance=TOLERANCE)
        for each in ("share", "turned", "called", "large")
    ),
    Function("name", cases=[(ColourModel((2, 2), (1.0, 1.0, 1.0)),)], reference=lambda _: "dense"),
)


@pytest.fixture(scope="module")
def views(kernels: Kernels, images: Path) -> dict[str, FunctionView]:
    cells = [PlannedCell(text, Role.GRADED, name) for name, text in CELLS.items()]
    cells = [PlannedCell(IMPORTS, Role.REQUIRED), *reversed(cells)]
    ran = kernels.run(Job(cells, {part.name: part for part in PARTS}, images, "faces", 7))
    assert not ran.evidence.faults
    return {part.name: part.view(ran.evidence.parts[part.kind, part.name]) for part in PARTS}


@pytest.mark.parametrize("name", ["share", "called"])
def test_what_a_model_predicts_is_what_the_author_s_does(
    views: dict[str, FunctionView], name: str
) -> None:
    assert views[name].agrees().met, views[name].agrees()


def test_channels_in_another_order_are_seen(views: dict[str, FunctionView]) -> None:
    assert not views["turned"].agrees().met


def test_pictures_of_another_size_raise(views: dict[str, FunctionView]) -> None:
    assert "raised ValueError" in views["large"].agrees().actual


def test_layers_of_the_notebook_are_numbered_as_without_it(views: dict[str, FunctionView]) -> None:
    assert views["name"].agrees().met, views["name"].agrees()
    assert math.isfinite(views["share"].calls[0].value)
