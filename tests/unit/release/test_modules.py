"""Modules are handed out beside the notebook, as they are, with nothing of the solution."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import beside
import pytest

from grader.assignments.loading import load
from grader.errors import UsageError
from grader.release.bundle import write_bundle
from grader.release.modules import beside as beside_notebook
from grader.release.modules import given, problems
from grader.release.student import Known, Student, student_notebook

SECRET = "result = width * height * double(1) / 2 + width - height - 0.5"  # noqa: S105 - code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = beside.write(tmp_path / "areas")
    notebook = made / "areas.ipynb"
    notebook.write_text(notebook.read_text().replace("result = width * height", SECRET))
    return made


def released(folder: Path) -> Student:
    found = load(folder)
    return student_notebook(found.notebook, Known(found.id, found.version, found.names))


def bundled(folder: Path) -> Mapping[str, bytes]:
    target = folder.parent / "areas.zip"
    write_bundle(load(folder), released(folder), (), target)
    with zipfile.ZipFile(target) as opened:
        return {name.removeprefix("areas/"): opened.read(name) for name in opened.namelist()}


def test_a_module_lies_beside_the_notebook_in_the_bundle(folder: Path) -> None:
    assert bundled(folder)[f"notebooks/{beside.NAME}"] == beside.MODULE.encode()


def test_the_first_page_of_the_bundle_names_it(folder: Path) -> None:
    assert f"| `notebooks/{beside.NAME}` |" in bundled(folder)["START.md"].decode()


def test_what_a_module_imports_is_among_the_requirements(folder: Path) -> None:
    (folder / beside.NAME).write_text(f"import h5py\n{beside.MODULE}")
    assert "\nh5py==" in bundled(folder)["requirements.txt"].decode()


@pytest.mark.parametrize(
    "hidden", [SECRET, f"def area(width, height):\n    {SECRET}", f"CODE = {json.dumps(SECRET)}"]
)
def test_a_module_with_the_solution_is_refused(folder: Path, hidden: str) -> None:
    secret = released(folder).secret
    (folder / beside.NAME).write_text(f"{beside.MODULE}\n{hidden}\n")
    with pytest.raises(UsageError, match=rf"{beside.NAME} has 10 tokens in a row of the solution"):
        given((folder / beside.NAME,), secret)


def test_it_is_refused_in_the_bundle_as_well(folder: Path) -> None:
    (folder / beside.NAME).write_text(f"{beside.MODULE}\n# {SECRET}\n")
    with pytest.raises(UsageError, match="tokens in a row of the solution"):
        bundled(folder)


def test_a_module_that_has_gone_is_told(folder: Path) -> None:
    secret = released(folder).secret
    (folder / beside.NAME).unlink()
    with pytest.raises(UsageError, match="cannot be read"):
        given((folder / beside.NAME,), secret)


def test_it_is_written_beside_the_students_notebook(folder: Path) -> None:
    module, student = folder / beside.NAME, folder / "student" / "areas.ipynb"
    found = beside_notebook(student, (module,), released(folder).secret)
    assert found == {folder / "student" / beside.NAME: beside.MODULE.encode()}


def test_where_it_lies_there_already_it_is_not_written(folder: Path) -> None:
    module = folder / beside.NAME
    assert beside_notebook(folder / "out.ipynb", (module,), released(folder).secret) == {}


def test_a_module_that_differs_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / beside.NAME
    path.write_text(beside.MODULE.replace("2 *", "3 *"))
    [problem] = problems({path: beside.MODULE.encode()})[path]
    assert problem == "line 5 is '    return 3 * number', expected '    return 2 * number'"


def test_a_module_that_is_missing_is_told(tmp_path: Path) -> None:
    path = tmp_path / beside.NAME
    assert problems({path: b"x = 1"}) == {path: ["it is missing"]}


def test_what_is_as_it_should_be_has_no_problem(tmp_path: Path) -> None:
    path = tmp_path / beside.NAME
    path.write_text(beside.MODULE)
    assert problems({path: beside.MODULE.encode()}) == {}
