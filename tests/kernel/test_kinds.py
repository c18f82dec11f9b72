"""Graded parts of each kind, observed in a real kernel."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.checks import Absent
from grader.checks.absence import Seen
from grader.checks.parts import view
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.kinds.figure.part import Figure
from grader.kinds.file.part import File
from grader.kinds.function.part import Case, Function
from grader.kinds.function.view import FunctionView
from grader.kinds.kind import Part
from grader.kinds.value.part import Value
from grader.processes.limits import Limits
from grader.records import CellStatus, Layout, Plan, PlannedCell, Role

FUNCTIONS = {
    "area": "def area(width, height):\n    print('a' * 100)\n    return width * height",
    "wrong": "def wrong(width, height):\n    return width + height",
    "late": "def late(number):\n    return helper(number)",
    "slow": "import time\n\ndef slow(number):\n    while number:\n        time.sleep(0.1)",
    "raises": "def raises(number):\n    # a line\n    return number / 0",
    "scales": "import numpy as np\n\ndef scales(image):\n    image /= 255\n    return image",
    "patched": "np.asarray = np.ndarray = np.generic = None\n\n"
    "def patched(numbers):\n    return [numbers[1], numbers[0]]",
}
VALUES = {
    "count": "count = 3",
    "rate": "import numpy as np\nrate = np.float32(0.25)",
    "choice": "choice = 'B'",
}
FIGURES = {
    "curve": "import matplotlib.pyplot as plt\n\ndef curve(losses):\n"
    "    plt.plot(losses, label='loss')\n    plt.xlabel('epoch')\n    plt.legend()\n    plt.show()",
    "shown": "shown = [3, 1]\nplt.bar([0, 1], shown)\nplt.title('Counts')\nplt.show()",
    "flushed": "flushed, _ = plt.subplots()\n_ = plt.scatter([1, 2], [3, 4])",
}
FILES = {
    "log": "log = [(1, 0.5), (2, 0.25)]\nwith open('log.csv', 'w') as file:\n"
    "    print('epoch,loss', *(f'{a},{b}' for a, b in log), sep='\\n', file=file)",
    "model": "import keras\nimport os\n"
    "model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n"
    "os.makedirs('saved')\nmodel.save('saved/model.keras')\nos.chdir('saved')",
    "stale": "stale = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n"
    "stale.save('../stale.h5')\nstale.set_weights([w + 1 for w in stale.get_weights()])",
    "kept": "kept = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n"
    "kept.save('../kept.keras')\nloaded = keras.saving.load_model('../kept.keras')",
    "unloaded": "unloaded = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n"
    "unloaded.save('../unloaded.keras')",
    "secret": "secret = os.symlink('/etc/hostname', '../secret.txt')",
}
DEFINED_LATER = "def helper(number):\n    return number + 1"


def number(width: float, height: float) -> float:
    return width * height


def image(generator: Any) -> tuple[Any]:
    return (generator.uniform(0, 255, (4, 4, 3)),)


def losses(generator: Any) -> tuple[Any]:
    return (generator.uniform(size=9).tolist(),)


PARTS: tuple[Part[Any], ...] = (
    Function(
        "area",
        cases=[(2, 3), Case((2,), {"height": 0.5})],
        reference=number,
        draw=lambda generator: (float(generator.uniform()), 3),
    ),
    Function("wrong", cases=[(2, 3)], reference=number),
    Function("late", cases=[(1,)], reference=lambda number: number + 1),
    Function("slow", cases=[(0,), (1,)], reference=lambda _: None),
    Function("raises", cases=[(1,)], reference=abs),
    Function("scales", draw=image, reference=lambda image: image / 255, draws=2),
    Figure("curve", draw=losses, draws=2),
    Figure("shown"),
    Figure("flushed"),
    File("log", path="log.csv"),
    File("model", path="saved/model.keras", model="model"),
    File("stale", path="stale.h5", model="stale"),
    File("kept", path="kept.keras", model="kept", loaded="loaded"),
    File("unloaded", path="unloaded.keras", model="unloaded", loaded="never_loaded"),
    File("secret", path="secret.txt"),
    Value("count"),
    Value("rate"),
    Value("choice"),
    Function("patched", cases=[([1, 2],)], reference=lambda numbers: numbers[::-1]),
)


@pytest.fixture(scope="module")
def ran(kernels: Kernels, images: Path) -> Run:
    cells = [PlannedCell(text, Role.GRADED, name) for name, text in FUNCTIONS.items()]
    values = [
        PlannedCell(text, Role.GRADED, name) for name, text in (VALUES | FIGURES | FILES).items()
    ]
    later = [PlannedCell(text, Role.OPTIONAL) for text in (DEFINED_LATER, "count += 1")]
    cells[-1:-1] = [*values, *later]
    probes = {part.name: part for part in PARTS}
    limits = Limits(grace_s=2.0, probe_s=8.0, cell_s=30.0)
    return kernels.run(Job(cells, probes, images, "faces", 7, limits))


See = Callable[[str], Any]


@pytest.fixture(scope="module")
def see(ran: Run) -> See:
    parts: Mapping[str, Part[Any]] = {part.name: part for part in PARTS}

    def see(name: str) -> Any:
        part = parts[name]
        return part.view(ran.evidence.parts[part.kind, name])

    return see


def test_nothing_went_wrong(ran: Run) -> None:
    assert {cell.status for cell in ran.execution.cells} == {CellStatus.DONE}
    assert not ran.evidence.faults
    assert not ran.evidence.tampered


@pytest.mark.parametrize("name", ["area", "late", "scales", "patched"])
def test_a_right_function_agrees(see: See, name: str) -> None:
    found = see(name).agrees()
    assert found.met, found


@pytest.mark.parametrize(
    ("name", "actual"),
    [
        ("wrong", "wrong(2, 3) = 5"),
        ("slow", "slow(1) did not return in time"),
        ("raises", "raises(1) raised ZeroDivisionError: division by zero"),
    ],
)
def test_a_wrong_function_is_told(see: See, name: str, actual: str) -> None:
    assert see(name).agrees().actual == actual


def test_a_changed_argument_is_told(see: See) -> None:
    scales: FunctionView = see("scales")
    assert not scales.keeps_arguments().met
    assert see("area").keeps_arguments().met


def test_what_a_function_prints_or_draws_is_no_output_of_a_cell(ran: Run) -> None:
    shows = [cell.source for cell in ran.notebook.cells if cell.outputs]
    assert shows == [FIGURES["shown"], FIGURES["flushed"], FILES["stale"]]


def test_a_value_is_what_it_is_at_the_end(see: See) -> None:
    assert see("count").equals(4).met
    assert see("rate").within(0.2, 0.3).met
    assert see("choice").one_of("abc", "b").met


def test_a_figure_is_what_a_function_draws(see: See) -> None:
    assert see("curve").shows("line", lambda losses: [(range(9), losses)]).met
    assert see("curve").has_legend("loss").met
    assert see("curve").labelled(title=False, y=False).met


def test_a_figure_is_what_a_cell_has_drawn_and_shown(see: See) -> None:
    assert see("shown").shows("bars", lambda: [([0, 1], [3, 1])]).met
    assert see("shown").labelled(title="counts", x=False, y=False).met
    assert see("flushed").shows("scatter", lambda: [([1, 2], [3, 4])]).met


def test_a_file_is_what_a_cell_has_left(see: See) -> None:
    assert see("log").holds({"epoch": [1, 2], "loss": [0.5, 0.25]}).met


def test_a_saved_model_loads_again(see: See) -> None:
    found = see("model").loads_again()
    assert found.met, found


def test_a_model_that_the_notebook_loaded_itself_predicts_the_same(see: See) -> None:
    found = see("kept").loads_again()
    assert found.met, found


def test_a_model_that_the_notebook_did_not_load_is_told(see: See) -> None:
    found = see("unloaded").loads_again()
    assert (found.met, found.actual) == (False, "never_loaded holds no Keras model")


def test_a_model_that_was_changed_since_is_told(see: See) -> None:
    found = see("stale").loads_again()
    assert not found.met
    assert found.actual.startswith("it predicts otherwise")


def test_no_link_to_a_file_is_followed(see: See) -> None:
    assert "link" in see("secret").exists().actual


def test_what_was_seen_before_a_function_ended_the_kernel_is_kept(
    kernels: Kernels, images: Path
) -> None:
    parts = {name: Function(name, cases=[(1,)], reference=abs) for name in ("early", "leaves")}
    cells = [
        PlannedCell("early = abs", Role.GRADED, "early"),
        PlannedCell("import os\ndef leaves(_):\n    os._exit(3)", Role.GRADED, "leaves"),
    ]
    run = kernels.run(Job(cells, parts, images, "faces", 7, Limits(grace_s=1.0)))
    seen = Seen(Plan(Layout("", "", ()), tuple(cells)), run.execution, run.evidence, parts, 0, 0)
    assert view(seen, parts["early"]).agrees().met
    with pytest.raises(Absent, match=r"leaves was called once more, .* and the kernel ended"):
        view(seen, parts["leaves"])
