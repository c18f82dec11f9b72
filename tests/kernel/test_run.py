import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from grader.evidence.reading import MAX_BYTES
from grader.isolation.choice import Isolation
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.template import AVAILABLE
from grader.records import CellStatus, ExecutionStatus, PlannedCell, Role

Go = Callable[..., Run]
RANDOM = """\
import random
import numpy as np
import tensorflow as tf
print(random.random(), np.random.rand(), float(tf.random.uniform(())), hash("text"))"""
PLOT = """\
import matplotlib.pyplot as plt
plt.plot(range(10_000))
plt.show()"""
BAR = """\
import keras, sys
bar = keras.utils.Progbar(50)
for step in range(50):
    bar.update(step + 1, [("loss", 0.5)])"""
CELLS: dict[str, str | PlannedCell] = {
    "random": RANDOM,
    "raises": "x = 1\nx / 0",
    "graded": PlannedCell("# a line\ndef broken():\n    return {}['key']\n", Role.GRADED, "broken"),
    "calls": PlannedCell("x = 2\nbroken()", Role.REQUIRED, calls=frozenset({"broken"})),
    "syntax": PlannedCell("def train():\n    return = 3\n", Role.GRADED, "train"),
    "path": "import os\nopen(os.path.abspath('../data/faces/no.png'))",
    "import": "from os import no_such_name",
    "input": "input('which?')",
    "sys.exit": "import sys\nsys.exit('enough')",
    "exit": "exit()",
    "pause": "import time\ntime.sleep(0.5)",
    "python": "!python -c 'import sys; print(sys.executable)'",
    "folder": "import os\nprint(os.getcwd(), os.listdir('../data/faces'), os.listdir('data'))",
    "environment": "print(*os.environ)",
    "plot": PLOT,
    "warning": "import warnings\nwarnings.warn('careful')\nprint('just so', file=sys.stderr)",
    "bar": BAR,
    "empty": "",
    "comment": "# nothing",
    "magic": "%matplotlib inline\n%reset -f",
    "last": "print('reached')",
}
NAMES = list(CELLS)
BACKENDS = [backend for backend in Backend if backend is Backend.FRESH or AVAILABLE]


def threads() -> set[int]:
    return {thread.ident or 0 for thread in threading.enumerate()}


def sockets() -> int:
    return len(psutil.Process().net_connections(kind="all"))


@pytest.fixture(scope="module", params=BACKENDS)
def ran_and_left(go: Go, request: pytest.FixtureRequest) -> tuple[Run, set[int], int]:
    with Kernels(request.param, Isolation.NONE) as kernels:
        go("x = 1", using=kernels)  # what is started once and kept is there
    threads_before, sockets_before = threads(), sockets()
    with Kernels(request.param, Isolation.NONE) as kernels:
        made = go(*CELLS.values(), using=kernels, processes=20)
    # Closed first: until then the event loop's pool may grow by a thread at any time.
    return made, threads() - threads_before, sockets() - sockets_before


@pytest.fixture(scope="module")
def ran(ran_and_left: tuple[Run, set[int], int]) -> Run:
    return ran_and_left[0]


def status(ran: Run, name: str) -> CellStatus:
    return ran.execution.cells[NAMES.index(name)].status


def error(ran: Run, name: str) -> Any:
    return ran.execution.cells[NAMES.index(name)].error


def printed(ran: Run, name: str) -> str:
    outputs = ran.notebook.cells[NAMES.index(name)].outputs
    return "".join(str(output.get("text", "")) for output in outputs)


def test_a_cell_that_raises_does_not_hide_later_ones(ran: Run) -> None:
    assert status(ran, "raises") is CellStatus.RAISED
    assert printed(ran, "last") == "reached\n"


def test_a_run_with_an_exception_says_so_as_a_whole(ran: Run) -> None:
    assert ran.execution.status is ExecutionStatus.CELL_FAILED


def test_an_error_has_name_message_and_line(ran: Run) -> None:
    raised = error(ran, "raises")
    assert (raised.name, raised.message, raised.line) == (
        "ZeroDivisionError",
        "division by zero",
        2,
    )


def test_an_error_in_a_graded_function_is_found_in_its_cell(ran: Run) -> None:
    raised = error(ran, "calls")
    assert (raised.message, raised.cell, raised.function, raised.line) == (
        "'key'", "broken", "broken", 3,
    )  # fmt: skip


def test_a_syntax_error_has_its_line(ran: Run) -> None:
    assert (error(ran, "syntax").name, error(ran, "syntax").line) == ("SyntaxError", 2)


def test_a_syntax_error_has_its_text(ran: Run) -> None:
    raised = ran.evidence.cells[NAMES.index("syntax")].error
    assert raised is not None
    assert (raised.cell, raised.source_line) == ("train", "return = 3")


def test_a_cell_that_ends_well_has_no_error(ran: Run) -> None:
    assert error(ran, "last") is None


def test_a_path_of_the_run_is_told_from_the_notebook_on(ran: Run) -> None:
    assert error(ran, "path").message.endswith(": '../data/faces/no.png'")


def test_a_path_of_a_library_is_told_without_where_the_library_is(ran: Run) -> None:
    assert error(ran, "import").message == "cannot import name 'no_such_name' from 'os' (os.py)"


def test_what_the_notebook_raised_is_told_apart_from_what_it_called(ran: Run) -> None:
    ended = [ran.evidence.cells[NAMES.index(name)].error for name in ("raises", "input")]
    assert [(raised.direct, raised.module) for raised in ended if raised] == [
        (True, "__main__"),
        (False, "ipykernel.kernelbase"),
    ]


def test_a_question_to_the_user_raises(ran: Run) -> None:
    assert error(ran, "input").name == "StdinNotImplementedError"


def test_sys_exit_ends_its_cell_alone(ran: Run) -> None:
    assert (error(ran, "sys.exit").name, error(ran, "sys.exit").message) == ("SystemExit", "enough")


def test_exit_ends_nothing(ran: Run) -> None:
    assert status(ran, "exit") is CellStatus.DONE
    assert status(ran, "pause") is CellStatus.DONE


def test_python_in_a_cell_is_the_kernel_s_own(ran: Run) -> None:
    assert Path(printed(ran, "python").strip()).parent == Path(sys.executable).parent


def test_the_data_is_where_every_edition_looks_for_it(ran: Run) -> None:
    assert printed(ran, "folder").count("happy") == 2


def test_the_work_folder_is_removed(ran: Run) -> None:
    folder = Path(printed(ran, "folder").split()[0])
    assert folder.name == "notebooks"
    assert not folder.parent.exists()


def test_what_the_grader_s_own_environment_holds_is_kept_from_a_cell(ran: Run) -> None:
    assert "PYTEST_CURRENT_TEST" not in printed(ran, "environment")


def test_a_plot_of_ten_thousand_points_is_drawn(ran: Run) -> None:
    assert "image/png" in str(ran.notebook.cells[NAMES.index("plot")].outputs)


def test_a_warning_is_harmless(ran: Run) -> None:
    assert status(ran, "warning") is CellStatus.DONE
    assert "careful" in printed(ran, "warning")


def test_a_progress_bar_is_kept_as_it_is_seen_last(ran: Run) -> None:
    assert len(printed(ran, "bar")) < 300
    assert "50/50" in printed(ran, "bar")


@pytest.mark.parametrize("name", ["empty", "comment", "magic"])
def test_a_cell_without_python_is_done(ran: Run, name: str) -> None:
    assert (status(ran, name), error(ran, name)) == (CellStatus.DONE, None)


def test_every_cell_s_end_is_evidence(ran: Run) -> None:
    assert list(ran.evidence.cells) == list(range(len(CELLS)))


def test_versions_are_evidence(ran: Run) -> None:
    environment = ran.evidence.environment
    assert environment is not None
    assert environment.python == ".".join(map(str, sys.version_info[:3]))


def test_nothing_goes_wrong_with_the_probe(ran: Run) -> None:
    assert ran.evidence.faults == []


def test_what_the_run_used_is_measured(ran: Run) -> None:
    assert ran.execution.cpu_s > 0
    assert ran.execution.wall_s > 0
    assert 100_000_000 < ran.execution.peak_rss_bytes < 4_000_000_000


def test_no_thread_is_left(ran_and_left: tuple[Run, set[int], int]) -> None:
    assert ran_and_left[1] == set()


def test_no_socket_is_left(ran_and_left: tuple[Run, set[int], int]) -> None:
    assert ran_and_left[2] <= 0


@pytest.fixture(scope="module")
def ended_early(go: Go) -> Run:
    flood = "for _ in range(400):\n    keras.Sequential().compile(loss='mse')"
    return go(RANDOM, f"import keras\n{flood}", "import os\nos._exit(0)", "print('not reached')")


def test_the_same_seed_gives_the_same_random_numbers(ran: Run, ended_early: Run) -> None:
    other = str(ended_early.notebook.cells[0].outputs[0].text)
    assert printed(ran, "random") == other


def test_a_kernel_that_ends_is_named(ended_early: Run) -> None:
    assert ended_early.execution.status is ExecutionStatus.DIED
    assert [cell.status for cell in ended_early.execution.cells[2:]] == [
        CellStatus.DIED, CellStatus.NOT_RUN,
    ]  # fmt: skip


def test_what_was_observed_before_the_kernel_ended_is_kept(ended_early: Run) -> None:
    assert list(ended_early.evidence.cells) == [0, 1]


def test_evidence_is_bounded_and_says_what_was_left_out(ended_early: Run) -> None:
    assert 0 < len(ended_early.evidence.models) < 400
    assert [fault.message.partition(":")[0] for fault in ended_early.evidence.faults] == ["model"]
    assert len(str(ended_early.evidence)) < MAX_BYTES
