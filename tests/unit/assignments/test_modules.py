"""Modules that lie beside a notebook: what of them is wrong is told when they are declared."""

from pathlib import Path

import beside
import pytest

from grader.assignments.declaring import DeclarationError
from grader.assignments.digests import digests
from grader.assignments.loading import load
from grader.assignments.modules import require_modules

MOST_BYTES = 1_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return beside.write(tmp_path / "areas")


def told(*modules: Path, rubric: tuple[Path, ...] = ()) -> str:
    with pytest.raises(DeclarationError) as caught:
        require_modules(modules, rubric)
    return str(caught.value)


def written(folder: Path, name: str, content: bytes = b"x = 1\n") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_module_can_be_given(folder: Path) -> None:
    assert [path.name for path in load(folder).modules] == [beside.NAME]


def test_it_is_told_with_the_line_of_the_assignment(folder: Path) -> None:
    (folder / beside.NAME).unlink()
    line = next(
        number
        for number, text in enumerate((folder / "assignment.py").read_text().splitlines(), 1)
        if "modules=" in text
    )
    with pytest.raises(DeclarationError, match=rf"assignment\.py, line {line}: .* is not there"):
        load(folder)


@pytest.mark.parametrize(
    "name", ["shaping.txt", "shaping", "shape-of.py", "2d.py", "class.py", "two words.py"]
)
def test_a_file_that_cannot_be_imported_is_refused(tmp_path: Path, name: str) -> None:
    assert f"found {name!r}" in told(written(tmp_path, name))


@pytest.mark.parametrize("name", ["numpy.py", "random.py", "PIL.py", "grader.py", "nbformat.py"])
def test_the_name_of_what_is_installed_is_refused(tmp_path: Path, name: str) -> None:
    assert f"{name} would stand for the module {name.removesuffix('.py')}" in told(
        written(tmp_path, name)
    )


@pytest.mark.parametrize("other", ["shaping.py", "Shaping.py"])
def test_two_of_one_name_are_refused(tmp_path: Path, other: str) -> None:
    modules = written(tmp_path, "shaping.py"), written(tmp_path / "more", other)
    assert "two modules called shaping.py" in told(*modules)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "shaping.py has 0"),
        (b"#" * (MOST_BYTES + 1), "up to 1,000,000 bytes, and shaping.py has 1,000,001"),
        (b"x = 1\ny = = 2\n", "shaping.py, line 2: invalid syntax"),
        (b"x = '\xff'\n", "shaping.py"),
        (b"x = 1\x00\n", "shaping.py"),
    ],
)
def test_a_content_that_is_no_module_is_refused(tmp_path: Path, content: bytes, found: str) -> None:
    assert found in told(written(tmp_path, "shaping.py", content))


def test_as_many_bytes_as_a_module_may_have_are_taken(tmp_path: Path) -> None:
    require_modules((written(tmp_path, "shaping.py", b"#" * MOST_BYTES),), ())


@pytest.mark.parametrize("given", ["shaping.py", ["shaping.py"], Path("shaping.py"), ("a.py",)])
def test_what_is_no_tuple_of_paths_is_refused(given: object) -> None:
    with pytest.raises(DeclarationError, match="modules are a tuple of Paths; found"):
        require_modules(given, ())


@pytest.mark.parametrize("name", ["assignment.py", "variants.py"])
def test_the_rubric_is_no_module_for_students(folder: Path, name: str) -> None:
    written(folder, "variants.py", b"VARIANTS = ()\n")
    module = folder / "assignment.py"
    module.write_text(module.read_text().replace(f'"{beside.NAME}"', f'"{name}"'))
    with pytest.raises(DeclarationError, match=f"{name} is of the rubric"):
        load(folder)


def test_what_is_observed_depends_on_what_a_module_holds(folder: Path) -> None:
    assignment = load(folder)
    before = digests(assignment)
    (folder / beside.NAME).write_text(beside.MODULE.replace("2 *", "3 *"))
    after = digests(assignment)
    assert (before.observation != after.observation, before.rubric == after.rubric) == (True, True)
