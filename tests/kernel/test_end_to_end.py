import sys
import threading
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat import NotebookNode

from grader.errors import KernelFault, UsageError
from grader.kernel.end_to_end import execute
from grader.records import EndToEnd

STRAY = """\
import subprocess
child = subprocess.Popen(["sleep", "86411"], start_new_session=True)"""


def notebook(folder: Path, *sources: str, **tags: list[str]) -> Path:
    path = folder / "notebook.ipynb"
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    for cell in cells:
        cell.metadata.update(tags)
    text = nbformat.v4.new_markdown_cell("# Title")
    nbformat.write(nbformat.v4.new_notebook(cells=[text, *cells]), path)
    return path


def run(path: Path, cell_s: int = 60) -> tuple[EndToEnd, list[NotebookNode]]:
    shown: list[NotebookNode] = []
    return execute(path, path.parent, cell_s, shown.append), shown


def test_other_sources_are_executed_in_the_place_of_cells(tmp_path: Path) -> None:
    path = notebook(tmp_path, "EPOCHS = 40", "print(EPOCHS)")
    before, shown = path.read_bytes(), list[NotebookNode]()
    execute(path, tmp_path, 60, shown.append, {1: "EPOCHS = 20"})
    assert (shown[2].outputs[0].text.strip(), path.read_bytes()) == ("20", before)


@pytest.fixture(scope="module")
def fine(tmp_path_factory: pytest.TempPathFactory) -> tuple[EndToEnd, list[NotebookNode], Path]:
    path = notebook(
        tmp_path_factory.mktemp("fine"),
        "import sys, os; print(sys.executable)",
        "print(os.getcwd())",
        "!python -c 'import sys; print(sys.executable)'",
        STRAY,
        "",
    )
    return *run(path), path


def test_a_notebook_that_runs_has_no_failure(fine: tuple[EndToEnd, object, Path]) -> None:
    assert (fine[0].failed, fine[0].error) == (None, "")


def test_cells_that_were_executed_are_counted(fine: tuple[EndToEnd, object, Path]) -> None:
    assert fine[0].cells == 4


def test_every_cell_is_shown(fine: tuple[EndToEnd, list[NotebookNode], Path]) -> None:
    assert len(fine[1]) == 6


def test_the_kernel_is_the_grader_s_own(fine: tuple[EndToEnd, list[NotebookNode], Path]) -> None:
    assert fine[1][1].outputs[0].text.strip() == sys.executable


def test_python_in_a_cell_is_the_same(fine: tuple[EndToEnd, list[NotebookNode], Path]) -> None:
    found = Path(fine[1][3].outputs[0].text.strip())
    assert found.parent == Path(sys.executable).parent


def test_it_runs_in_the_given_folder(fine: tuple[EndToEnd, list[NotebookNode], Path]) -> None:
    assert Path(fine[1][2].outputs[0].text.strip()).samefile(fine[2].parent)


def test_the_file_is_not_written(fine: tuple[EndToEnd, object, Path]) -> None:
    assert all(not cell.get("outputs") for cell in nbformat.read(fine[2], 4).cells)


def test_no_process_is_left(fine: tuple[EndToEnd, object, Path]) -> None:
    assert fine
    lines = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
    assert not [line for line in lines if "86411" in line]


def test_no_thread_is_left(fine: tuple[EndToEnd, object, Path]) -> None:
    assert fine
    assert not [thread for thread in threading.enumerate() if "HB" in type(thread).__name__]


def test_the_first_cell_that_fails_ends_it(tmp_path: Path) -> None:
    result, shown = run(notebook(tmp_path, "x = 1", "x / 0", "print(x)"))
    assert (result.failed, result.error, result.cells) == (
        2, "ZeroDivisionError: division by zero", 1,
    )  # fmt: skip
    assert len(shown) == 3


def test_a_cell_that_is_tagged_may_raise(tmp_path: Path) -> None:
    result, _ = run(notebook(tmp_path, "1 / 0", tags=["raises-exception"]))
    assert result.failed is None


def test_a_cell_over_its_time_fails(tmp_path: Path) -> None:
    result, _ = run(notebook(tmp_path, "while True: pass"), cell_s=1)
    assert (result.failed, result.error) == (1, "it ran longer than 1 s")


def test_a_cell_that_ends_the_kernel_fails(tmp_path: Path) -> None:
    result, _ = run(notebook(tmp_path, "import os\nos._exit(0)", "x = 1"))
    assert (result.failed, result.error) == (1, "the kernel died")


def test_a_file_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        run(tmp_path / "none.ipynb")


def test_a_file_that_is_no_notebook_is_a_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "page.ipynb").write_text("<html>", encoding="utf-8")
    with pytest.raises(UsageError, match="expected a Jupyter notebook"):
        run(tmp_path / "page.ipynb")


def test_a_kernel_that_cannot_be_started_is_a_fault(tmp_path: Path) -> None:
    path = notebook(tmp_path, "x = 1")
    with pytest.raises(KernelFault, match="could not be started"):
        execute(path, tmp_path / "nowhere", 60, lambda _: None)
