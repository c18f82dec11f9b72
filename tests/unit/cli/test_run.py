"""A notebook of another language is not run as if it were Python."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from grader.errors import UsageError
from grader.kernel.end_to_end import refuse_unrunnable

Grader = Callable[..., CompletedProcess[str]]
R = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
OTHERS = {
    "R": (R, "the kernel ir (R)"),
    "R in Colab": (
        {"kernelspec": {"name": "ir", "display_name": "R"}, "language_info": {"name": "R"}},
        "the kernel ir (R)",
    ),
    "Julia": (
        {"kernelspec": {"name": "julia-1.10", "display_name": "Julia", "language": "julia"}},
        "the kernel julia-1.10 (julia)",
    ),
    "JavaScript": ({"language_info": {"name": "javascript"}}, "javascript"),
    "a kernel was changed and nothing run since": (
        {
            "kernelspec": {"name": "bash", "display_name": "Bash", "language": "bash"},
            "language_info": {"name": "python"},
        },
        "the kernel bash (bash)",
    ),
}
PYTHON: dict[str, dict[str, Any]] = {
    "an environment of conda": {"name": "conda-env-tf-py", "language": "python"},
    "another name": {"name": "python38", "display_name": "Python 3.8"},
    "a number": {"name": "python3", "language": "Python 3"},
    "no language": {"name": "tf-gpu", "display_name": "TensorFlow"},
    "nothing": {},
}


def notebook(folder: Path, metadata: dict[str, Any]) -> Path:
    path = folder / "a.ipynb"
    content = {"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content))
    return path


@pytest.mark.parametrize(("metadata", "named"), OTHERS.values(), ids=OTHERS)
def test_another_language_is_refused_by_its_name(
    tmp_path: Path, metadata: dict[str, Any], named: str
) -> None:
    with pytest.raises(UsageError) as raised:
        refuse_unrunnable(notebook(tmp_path, metadata))
    assert f"the notebook is for {named}, which is not here." in str(raised.value)


@pytest.mark.parametrize("kernel", PYTHON.values(), ids=PYTHON)
def test_python_of_any_name_is_run(tmp_path: Path, kernel: dict[str, Any]) -> None:
    refuse_unrunnable(notebook(tmp_path, {"kernelspec": kernel} if kernel else {}))


@pytest.mark.parametrize("kernel", [[], "ir", None, {"language": 3}])
def test_metadata_of_any_shape_are_no_obstacle(tmp_path: Path, kernel: object) -> None:
    refuse_unrunnable(notebook(tmp_path, {"kernelspec": kernel, "language_info": kernel}))


def test_nothing_is_run_when_one_is_of_another_language(grader: Grader, folder: Path) -> None:
    ended = grader("run", str(notebook(folder, R)))
    assert (ended.returncode, ended.stdout) == (2, "")
