"""Jupyter's own tools start their kernels through the provisioner."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager

from grader.processes.template import AVAILABLE

# TensorFlow is there before anything imported it: the kernel was forked from the template.
FORKED = "import sys\nprint('tensorflow' in sys.modules, 6 * 7)"
Execute = Callable[[Path, Path], list[str]]


def papermill(notebook: Path, executed: Path) -> list[str]:
    return ["papermill", "--kernel", "grader", str(notebook), str(executed)]


def nbconvert(notebook: Path, executed: Path) -> list[str]:
    command = ["jupyter", "nbconvert", "--to", "notebook", "--execute", "--output", str(executed)]
    return [*command, "--ExecutePreprocessor.kernel_name=grader", str(notebook)]


@pytest.mark.skipif(not AVAILABLE, reason="kernels cannot be forked here")
@pytest.mark.parametrize("tool", [papermill, nbconvert])
def test_a_tool_executes_a_notebook_in_a_forked_kernel(tool: Execute, tmp_path: Path) -> None:
    notebook, executed = tmp_path / "given.ipynb", tmp_path / "executed.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FORKED)]), notebook)
    program, *arguments = tool(notebook, executed)
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    [cell] = nbformat.read(executed, as_version=4).cells
    assert cell.outputs[0].text == "True 42\n"


def test_the_kernel_is_installed_with_the_package() -> None:
    spec = KernelSpecManager().get_kernel_spec("grader")
    assert spec.metadata["kernel_provisioner"]["provisioner_name"] == "grader-fork"
