"""Lines that run commands do nothing while grading, in kernels of every kind, and say so."""

from collections.abc import Callable

import pytest

from grader.isolation.choice import Isolation
from grader.kernel.job import Run
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.template import AVAILABLE
from grader.records import CellStatus

Go = Callable[..., Run]
DONE, RAISED = CellStatus.DONE, CellStatus.RAISED
KINDS = [(Backend.FRESH, Isolation.NONE)] + [
    (Backend.best(), Isolation.AVAILABLE) for _ in range(AVAILABLE)
]
# Lines, what is said to be left out, and the number of its line.
LEFT_OUT = {
    "!pip install -q scipy\nx = 1": ("!pip install -q scipy", 1),
    "\n\nx = 1\n!wget -q https://example.org/images.zip": (
        "!wget -q https://example.org/images.zip",
        4,
    ),
    "if True:\n    !ls {folder}\n    x = 1": ("!ls {folder}", 2),
    "!pip install \\\n    scipy\nx = 1": ("!pip install scipy", 1),
    "x = !ls data\nx = 1 if x == [] and x.n == '' else x": ("!ls data", 1),
    "!!ls\nx = 1": ("!ls", 1),
    "%pip install -q scipy\nx = 1": ("%pip install -q scipy", 1),
    "%conda install scipy\nx = 1": ("%conda install scipy", 1),
    "%mamba install scipy\nx = 1": ("%mamba install scipy", 1),
    "%uv pip install scipy\nx = 1": ("%uv pip install scipy", 1),
    "x = %sx ls\nx = len(x) + 1": ("%sx ls", 1),
    "%system ls\nx = 1": ("%system ls", 1),
    "%ls data\nx = 1": ("%ls data", 1),
    "%tensorflow_version 2.x\nx = 1": ("%tensorflow_version 2.x", 1),
    "x = %no_such_magic\nx = 1": ("%no_such_magic", 1),
    "%load_ext tensorboard\n%tensorboard --logdir logs\nx = 1": ("%load_ext tensorboard", 1),
    "%load_ext google.colab.data_table\nx = 1": ("%load_ext google.colab.data_table", 1),
    "%%capture\n!pip install scipy\nx = 1": ("!pip install scipy", 2),
    "%%capture caught\nx = 1\n%pip install scipy": ("%pip install scipy", 3),
    "%%time\nx = 1\n!ls\nx = 2": ("!ls", 3),
    "%matplotlib widget\nx = 1": ("%matplotlib widget", 1),
    "%%bash\nexit 1": ("%%bash", 1),
    "%%sh --out x\nls": ("%%sh --out x", 1),
    "%%script ruby\nputs 1": ("%%script ruby", 1),
    "%%python\nraise SystemExit": ("%%python", 1),
    "%%shell\nls": ("%%shell", 1),
    "%%!\nls": ("%%!", 1),
    "get_ipython().system('ls')\nx = 1": ("!ls", 1),
}
HARMLESS = {
    "%matplotlib inline\nx = 1": "",
    "%cd data\n%cd ..\nx = 1": "",
    "%env TF_CPP_MIN_LOG_LEVEL=2\nx = 1": "",
    "%load_ext autoreload\n%autoreload 2\nx = 1": "",
    "%time x = 1": "",
    "%%time\nx = 1": "",
    "%%writefile note.txt\nx = 1": "",
    "x = %pwd\nx = 1": "",
}
UNKNOWN_CELL = "%%no_such_magic\nx = 1"
IN_FUNCTION = "\ndef listing():\n    !ls\n    return 1"
CALLS = "x = listing() + listing()"
MORE = [UNKNOWN_CELL, IN_FUNCTION, CALLS]
CELLS = [*LEFT_OUT, *HARMLESS, *MORE]


@pytest.fixture(scope="module", params=KINDS, ids=str)
def ran(go: Go, request: pytest.FixtureRequest) -> Run:
    backend, isolation = request.param
    with Kernels(backend, isolation) as kernels:
        return go(*CELLS, using=kernels)


def printed(run: Run, cell: str) -> str:
    outputs = run.notebook.cells[CELLS.index(cell)].outputs
    return "".join(str(output.get("text", "")) for output in outputs)


def noted(run: Run, cell: str) -> list[tuple[str, int | None]]:
    found = [each for each in run.evidence.not_run if each.cell == CELLS.index(cell)]
    return [(each.text, each.line) for each in found]


def status(run: Run, cell: str) -> CellStatus:
    return run.execution.cells[CELLS.index(cell)].status


@pytest.mark.parametrize("cell", LEFT_OUT)
def test_the_rest_of_the_cell_is_run(ran: Run, cell: str) -> None:
    assert (status(ran, cell), ran.evidence.cells[CELLS.index(cell)].error) == (DONE, None)


@pytest.mark.parametrize("cell", LEFT_OUT)
def test_what_is_left_out_is_told_with_its_line(ran: Run, cell: str) -> None:
    assert noted(ran, cell)[0] == LEFT_OUT[cell]


@pytest.mark.parametrize("cell", [cell for cell in LEFT_OUT if not cell.startswith("%%capture")])
def test_what_is_left_out_is_said_in_the_cell_s_output(ran: Run, cell: str) -> None:
    said = printed(ran, cell).splitlines()[0]
    assert said.startswith(f"[grader] {LEFT_OUT[cell][0]!r} was not run: ")


@pytest.mark.parametrize("cell", HARMLESS)
def test_other_magics_do_what_they_do_in_jupyter(ran: Run, cell: str) -> None:
    assert (status(ran, cell), noted(ran, cell)) == (DONE, [])
    assert "[grader]" not in printed(ran, cell)


def test_an_unknown_magic_of_a_whole_cell_raises_as_in_jupyter(ran: Run) -> None:
    assert status(ran, UNKNOWN_CELL) is RAISED
    error = ran.execution.cells[CELLS.index(UNKNOWN_CELL)].error
    assert str(error) == (
        "UsageError: Cell magic `%%no_such_magic` not found. (line 1 of the cell)"
    )


def test_a_line_of_a_function_is_told_once_and_where_it_stands(ran: Run) -> None:
    assert (noted(ran, IN_FUNCTION), noted(ran, CALLS)) == ([("!ls", 3)], [])


def test_nothing_goes_wrong_with_the_probe(ran: Run) -> None:
    assert ran.evidence.faults == []
