"""Functions that take a History are called with one of Keras' own that the author has made up."""

from pathlib import Path
from typing import Any

import pytest

from grader.authoring import Figure, FigureView, Function, FunctionView, History
from grader.kernel.job import Job
from grader.kernel.kernels import Kernels
from grader.kinds.kind import Part
from grader.records import PlannedCell, Role

NAMES = ("acc", "accuracy")
IMPORTS = "import keras\nimport matplotlib.pyplot as plt"
CELLS = {
    # As the original has it, and as whoever writes for either name does.
    "one_name": "def one_name(history):\n    assert isinstance(history, keras.callbacks.History)\n"
    "    for name in ('acc', 'val_acc'):\n        plt.plot(history.epoch, history.history[name])",
    "either": "def either(history):\n    for name, values in history.history.items():\n"
    "        plt.plot(range(1, len(values) + 1), values, label=name)\n    plt.legend()",
    "of_a_dictionary": "def of_a_dictionary(curves):\n    for values in curves.values():\n"
    "        plt.plot(values)",
    "gap": "def gap(history):\n"
    "    return history.history['acc'][-1] - history.history['val_acc'][-1]",
    "sorts": "def sorts(history):\n    history.history['acc'].sort()\n"
    "    return history.history['acc'][0]",
    "returns": "def returns(history):\n"
    "    assert history.params is None and history.model is None\n"
    "    return history",
}


def curves(generator: Any, name: str = "acc") -> dict[str, list[float]]:
    return {each: generator.uniform(size=7).tolist() for each in (name, f"val_{name}")}


def drawn(generator: Any) -> tuple[History]:
    return (History(curves(generator, NAMES[int(generator.integers(2))])),)


def of_acc(generator: Any) -> tuple[History]:
    return (History(curves(generator)),)


PARTS: tuple[Part[Any], ...] = (
    Figure("one_name", draw=of_acc, draws=2),
    Figure("either", draw=drawn, draws=6),
    Figure("of_a_dictionary", draw=lambda generator: (curves(generator),), draws=2),
    Function(
        "gap",
        draw=of_acc,
        reference=lambda made: made.history["acc"][-1] - made.history["val_acc"][-1],
    ),
    Function("sorts", draw=of_acc, reference=lambda made: min(made.history["acc"])),
    Function("returns", draw=of_acc, reference=lambda made: made),
)


@pytest.fixture(scope="module")
def views(kernels: Kernels, images: Path) -> dict[str, Any]:
    cells = [PlannedCell(text, Role.GRADED, name) for name, text in CELLS.items()]
    probes = {part.name: part for part in PARTS}
    cells = [PlannedCell(IMPORTS, Role.REQUIRED), *cells]
    ran = kernels.run(Job(cells, probes, images, "faces", 7))
    assert not ran.evidence.faults
    return {part.name: part.view(ran.evidence.parts[part.kind, part.name]) for part in PARTS}


def series(history: History) -> list[tuple[object, object]]:
    return [(None, values) for values in history.history.values()]


@pytest.mark.parametrize("name", ["one_name", "either"])
def test_what_a_function_draws_of_it_is_compared(views: dict[str, Any], name: str) -> None:
    view: FigureView = views[name]
    found = view.shows("line", series)
    assert found.met, found


def test_a_function_may_take_the_dictionary_alone(views: dict[str, Any]) -> None:
    view: FigureView = views["of_a_dictionary"]
    assert view.shows("line", lambda made: [(None, each) for each in made.values()]).met


def test_what_a_function_computes_of_it_is_compared(views: dict[str, Any]) -> None:
    view: FunctionView = views["gap"]
    assert (view.agrees().met, view.keeps_arguments().met) == (True, True)


def test_a_function_that_changes_it_is_told(views: dict[str, Any]) -> None:
    view: FunctionView = views["sorts"]
    assert view.agrees().met
    assert view.keeps_arguments().actual == (
        "sorts(a History of acc and val_acc) changed what it was given"
    )


def test_one_that_is_returned_is_compared(views: dict[str, Any]) -> None:
    view: FunctionView = views["returns"]
    assert view.agrees().met, view.agrees()
