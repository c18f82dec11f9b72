"""The tables against Keras itself: in a process of its own, of which only JSON comes back."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from descriptions import architecture

from grader.training.networks import read_architecture
from grader.training.size import measure
from grader.training.tables.callbacks import CALLBACKS
from grader.training.tables.kinds import take
from grader.training.tables.layers import LAYERS
from grader.training.tables.loaders import GENERATOR, ITERATOR
from grader.training.tables.losses import LOSSES
from grader.training.tables.metrics import METRICS, SHORT_WORD
from grader.training.tables.optimizers import OPTIMIZERS, SCHEDULES
from grader.training.tables.signatures import Signature, Table
from grader.training.tables.weights import CONSTRAINTS, INITIALIZERS, REGULARIZERS

SCRIPT = Path(__file__).with_name("constructors.py")
TABLES: dict[str, Table] = {
    "layers": LAYERS,
    "initializers": INITIALIZERS,
    "regularizers": REGULARIZERS,
    "constraints": CONSTRAINTS,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "losses": LOSSES,
    "metrics": METRICS,
    "callbacks": CALLBACKS,
}
KNOWN = [(home, name) for home, table in TABLES.items() for name in table if name != SHORT_WORD]
REQUIRED = "(required)"
# Names are not trained, types are float32 by default, and what is printed is printed elsewhere.
OF_NO_EFFECT = {"name", "dtype", "verbose"}
# Keras keeps the margins of each side.
WRITTEN_OUT = {"ZeroPadding2D"}
# Whose default is None or false is off unless it is asked for.
OFF = (None, False)


@pytest.fixture(scope="module")
def real() -> dict[str, Any]:
    command = [sys.executable, str(SCRIPT)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def entries(real: dict[str, Any]) -> Iterator[tuple[str, Signature, dict[str, Any]]]:
    for home, name in KNOWN:
        yield name, TABLES[home][name], real["constructors"][home][name]


def test_every_argument_of_the_tables_is_one_of_its_constructor(real: dict[str, Any]) -> None:
    unknown = {name: set(ours.arguments) - set(theirs) for name, ours, theirs in entries(real)}
    assert {name: found for name, found in unknown.items() if found} == {}


def test_what_is_not_in_the_tables_is_off_by_default(real: dict[str, Any]) -> None:
    for name, ours, theirs in entries(real):
        left = set(theirs) - set(ours.arguments) - OF_NO_EFFECT
        assert {each: theirs[each] for each in left if theirs[each] not in OFF} == {}, name


def test_what_a_constructor_requires_the_tables_require(real: dict[str, Any]) -> None:
    for name, ours, theirs in entries(real):
        required = {each for each, default in theirs.items() if default == REQUIRED}
        assert required == ours.required - {"name", "shape"}, name


def test_every_default_is_a_value_that_may_be_said(real: dict[str, Any]) -> None:
    for name, ours, theirs in entries(real):
        for argument, kind in ours.arguments.items():
            default = theirs[argument]
            by_name = isinstance(default, str) and argument.endswith("_initializer")
            if default not in (None, REQUIRED) and not by_name and name not in WRITTEN_OUT:
                take(kind, default, name)


@pytest.mark.parametrize(
    ("function", "ours", "left_out"),
    [
        ("generator", GENERATOR, {"preprocessing_function"}),
        (
            "iterator",
            ITERATOR,
            {"self", "directory", "classes", "save_to_dir", "save_prefix", "save_format",
             "follow_links"},
        ),
    ],
)  # fmt: skip
def test_a_loader_s_settings_are_all_known_or_left_out_on_purpose(
    real: dict[str, Any], function: str, ours: Signature, left_out: set[str]
) -> None:
    assert set(real[function]) == set(ours.arguments) | left_out


def test_shapes_and_weights_are_counted_as_keras_does(real: dict[str, Any]) -> None:
    for made in real["called"]:
        layer = {name: made[name] for name in ("part", "arguments", "inputs")}
        size = measure(read_architecture(architecture(layer, shape=[24, 20, 6])))
        assert [list(size.shapes[-1]), size.parameters] == [made["shape"], made["parameters"]], (
            layer
        )


def test_every_layer_was_called(real: dict[str, Any]) -> None:
    assert {made["part"] for made in real["called"]} == set(LAYERS) - {"InputLayer"}
