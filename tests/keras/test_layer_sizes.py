"""What layers come to at another size of images is what Keras makes of them there."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.evidence import Model
from grader.kinds.value.view.layer_sizes import LayerSize, sizes

SCRIPT = Path(__file__).with_name("layer_sizes.py")
NAMES = (
    "three", "four", "padded", "strided", "dilated", "without biases", "scaled and augmented",
    "resized", "cropped", "separable", "normalized", "pooled to one", "nested", "enlarged",
    "of slopes",
)  # fmt: skip
Built = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def built() -> Built:
    environment = os.environ | {"CUDA_VISIBLE_DEVICES": "-1"}
    ended = subprocess.run(
        [sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False, env=environment
    )
    assert ended.returncode == 0, ended.stderr
    found: Built = json.loads(ended.stdout)
    return found


def model(described: dict[str, Any]) -> Model:
    told = {name: value for name, value in described.items() if name != "all"}
    return Model.model_validate({"kind": "model", "key": "m", **told})


def layer_by_layer(found: list[LayerSize]) -> list[tuple[str, tuple[int | None, ...], int]]:
    return [(each.layer.type, each.shape, each.parameters) for each in found]


@pytest.mark.parametrize("name", NAMES)
def test_layers_come_to_what_keras_makes_of_images_of_another_size(name: str, built: Built) -> None:
    own, asked = built[name]
    _, height, width, channels = asked["input_shape"]
    found = list(sizes(model(own), (height, width, channels)))
    assert layer_by_layer(found) == layer_by_layer(list(sizes(model(asked))))
    assert sum(each.parameters for each in found) == asked["all"]


def test_each_network_is_compared(built: Built) -> None:
    assert [*built] == [*NAMES]
