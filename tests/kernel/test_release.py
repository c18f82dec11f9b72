"""What students get earns nothing as it is, and runs until they are asked for something."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from authoring_page import PAGE, write_areas
from strangers.graded import WRITTEN

from grader.assignments.assignment import Assignment
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.loading import load
from grader.errors import UsageError
from grader.kernel.end_to_end import execute
from grader.kernel.kernels import Kernels
from grader.notebook.keys import marked_names
from grader.release.bundle import write_bundle
from grader.release.student import Known, student_notebook
from grader.release.trial import points

SHOWN = re.findall(
    r"```console\n(\$ grader .*?)\n(.*?)```", PAGE.with_name("release.md").read_text("utf-8"),
    re.DOTALL,
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("page")
    write_areas(made / "areas")
    return made


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    return write_areas(tmp_path / "areas")


def earned(assignment: Assignment, kernels: Kernels) -> str:
    known = Known(assignment.id, assignment.version, assignment.names)
    return points(assignment, student_notebook(assignment.notebook, known).content, kernels)


def test_the_page_shows_commands() -> None:
    assert len(SHOWN) > 1


@pytest.mark.parametrize(("command", "shown"), SHOWN)
def test_a_command_says_what_the_page_shows(folder: Path, command: str, shown: str) -> None:
    _, program, *arguments = command.split()
    ended = subprocess.run(
        [sys.executable, "-m", program, *arguments],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    assert ended.stdout + ended.stderr == shown


def test_what_students_of_the_kits_own_get_earns_nothing(kernels: Kernels) -> None:
    assert earned(happy_or_sad, kernels) == "Handed in as it is, it earns 0 of 100 points."


def test_what_students_of_strangers_get_earns_nothing(kernels: Kernels, tmp_path: Path) -> None:
    # What students of the others get is handed in by one of their classes.
    assignment = load(WRITTEN["fashion"](tmp_path / "fashion"))
    assert earned(assignment, kernels) == "Handed in as it is, it earns 0 of 100 points."


def refused(areas: Path, kernels: Kernels) -> str:
    """Say why what students get is refused."""
    with pytest.raises(UsageError) as raised:
        earned(load(areas), kernels)
    return str(raised.value)


def given_away(areas: Path) -> None:
    """Have students get one of the answers."""
    path = areas / "areas.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source = notebook.cells[2].source.replace('"m2"', '"m2"  # release: keep')
    nbformat.write(notebook, path)


def test_points_that_are_given_for_nothing_are_refused(areas: Path, kernels: Kernels) -> None:
    given_away(areas)
    assert "earns 2 of 10 points as it is: unit_is_right (2)." in refused(areas, kernels)


def test_points_that_wait_are_refused(areas: Path, kernels: Kernels) -> None:
    given_away(areas)
    module = areas / "assignment.py"
    text = module.read_text("utf-8")
    module.write_text(text.replace("return value.one_of", "raise RuntimeError; value.one_of"))
    told = refused(areas, kernels)
    assert "2 points of what students get wait for a person" in told
    assert "unit_is_right: " in told


def test_a_given_cell_that_fails_is_refused(areas: Path, kernels: Kernels) -> None:
    path = areas / "areas.ipynb"
    notebook = nbformat.read(path, as_version=4)
    source = "# grader-required-cell\n1 / 0"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(source))
    nbformat.write(notebook, path)
    assert "cell 1 raises ZeroDivisionError: division by zero" in refused(areas, kernels)


@pytest.fixture(params=["fashion", "happy-or-sad", "clothes", "warmup"])
def unpacked(request: pytest.FixtureRequest, tmp_path: Path, pytestconfig: pytest.Config) -> Path:
    """Unpack what students get; return their notebook, cut off before they are asked to write."""
    name = request.param
    if name in {"clothes", "warmup"} and not pytestconfig.getoption("--prove"):
        pytest.skip("it imports, and nothing else, before students are asked to write")
    assignment = load(WRITTEN[name](tmp_path / name)) if name in WRITTEN else happy_or_sad
    known = Known(assignment.id, assignment.version, assignment.names)
    archive = tmp_path / "got.zip"
    write_bundle(assignment, student_notebook(assignment.notebook, known), (), archive)
    shutil.unpack_archive(archive, tmp_path)
    path = tmp_path / assignment.id / "notebooks" / assignment.notebook.name
    notebook = nbformat.read(path, as_version=4)
    marked = [bool(marked_names(cell)) for cell in notebook.cells]
    notebook.cells = notebook.cells[: marked.index(True)]
    nbformat.write(notebook, path)
    return path


def test_what_students_get_runs_until_they_are_asked_to_write(
    unpacked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERAS_HOME", str(unpacked.parents[1] / "keras"))
    ended = execute(unpacked, unpacked.parent, 100, lambda _: None)
    assert (ended.failed, ended.error) == (None, "")
