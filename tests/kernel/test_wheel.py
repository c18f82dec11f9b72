"""The built wheel works on its own, away from the checkout, and gives no solution away."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import token_runs
import wheels
from happy_or_sad.submission import SOLUTION
from wheels import ROOT, Installed

SECRET = token_runs.secret(SOLUTION.read_text("utf-8"))
# What lies about where people work, and is none of the kit.
STRAYS = (
    "graded/submissions/ada/report.json",
    ".cache/grader/training.json",
    "grader/__pycache__/pipeline.cpython-311.pyc",
    "notebooks/.ipynb_checkpoints/C1W4_Assignment-checkpoint.ipynb",
    "notebooks/C1W4_Assignment.backup-1.ipynb",
    "notebooks/mine.ipynb",
    "data/happy_or_sad/happy/.DS_Store",
    "data/happy_or_sad/.ipynb_checkpoints/happy1-00-checkpoint.png",
    "data/another_class/ada.ipynb",
)


@pytest.fixture(scope="module")
def kit_files() -> list[str]:
    return wheels.files()


@pytest.fixture(scope="module")
def course(kit_files: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make what is handed out as the README says, where people have worked."""
    checkout = tmp_path_factory.mktemp("checkout")
    wheels.copy(kit_files, checkout)
    for name in STRAYS:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SOLUTION, checkout / name)
    made = wheels.hand_out(checkout, wheels.commands(checkout))
    with zipfile.ZipFile(made / "happy-or-sad.zip") as archive:
        archive.extractall(made)
    return made


@pytest.fixture(scope="module")
def wheel(course: Path) -> Path:
    [built] = course.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return wheels.install(wheel, tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def report(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    notebook = tmp_path_factory.mktemp("student") / SOLUTION.name
    shutil.copy(SOLUTION, notebook)
    told: dict[str, Any] = json.loads(installed("grader", "check", str(notebook), "--json").stdout)
    return told


def test_the_installed_package_is_the_one_that_runs(installed: Installed) -> None:
    told = installed("python", "-c", "import grader; print(grader.__file__)").stdout
    assert "/venv/lib/" in told


def test_the_installed_kit_has_its_own_images(installed: Installed) -> None:
    told = installed("grader", "data", "list").stdout
    [listed] = [line for line in told.splitlines() if line.startswith("happy-or-sad ")]
    assert listed.endswith("site-packages/grader/kit/data/happy_or_sad")


def test_the_installed_images_are_as_released(installed: Installed) -> None:
    assert installed("grader", "data", "verify", "happy-or-sad").returncode == 0


def test_the_installed_kit_lacks_nothing(installed: Installed) -> None:
    ended = installed("grader", "doctor")
    missing = [line for line in ended.stdout.splitlines() if line.startswith("MISSING")]
    assert [line for line in missing if "memory" not in line] == []


def test_the_installed_kit_has_its_own_notebook(installed: Installed) -> None:
    told = installed("grader", "doctor").stdout
    assert "site-packages/grader/kit/notebooks/.released/C1W4_Assignment.ipynb" in told


def test_the_installed_kit_gives_a_solution_full_marks(report: dict[str, Any]) -> None:
    assert report["score"]["earned"] == 100


def test_the_installed_kit_says_nothing_against_a_solution(report: dict[str, Any]) -> None:
    assert (report["assignment"]["layout"], report["issues"]) == ("kit", [])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shuts submissions off")
@pytest.mark.parametrize(("place", "open_to_submissions"), [("kit", False), ("probe", True)])
def test_of_the_installed_kit_submissions_read_the_probe_only(
    installed: Installed, place: str, *, open_to_submissions: bool
) -> None:
    code = (
        "from grader.isolation.readable import PACKAGE, readable;"
        f"print(any((PACKAGE / {place!r}).is_relative_to(path) for path in readable()))"
    )
    assert installed("python", "-c", code).stdout == f"{open_to_submissions}\n"


def test_the_installed_kit_writes_reports(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "empty.ipynb").touch()
    installed("grader", "check", str(tmp_path / "empty.ipynb"), "--out", str(tmp_path))
    assert (tmp_path / "report.html").stat().st_size > 1000


def test_the_wheel_has_no_code_of_the_solution(contents: dict[str, bytes]) -> None:
    assert token_runs.found(contents.items(), SECRET) == {}


def test_the_only_notebooks_of_the_wheel_are_the_released_ones(contents: dict[str, bytes]) -> None:
    notebooks = {name: text for name, text in contents.items() if name.endswith(".ipynb")}
    released = [ROOT / "notebooks" / path.name for path in SOLUTION.parent.glob("*.ipynb")]
    assert notebooks == {
        f"grader/kit/notebooks/.released/{path.name}": path.read_bytes() for path in released
    }


def test_what_is_handed_out_has_no_code_of_the_solution(course: Path) -> None:
    assert token_runs.found(token_runs.below(course / "happy-or-sad"), SECRET) == {}


def test_the_wheel_is_handed_out_with_the_rest(course: Path, wheel: Path) -> None:
    assert (course / "happy-or-sad" / wheel.name).read_bytes() == wheel.read_bytes()


def test_students_are_told_how_to_check_their_work(course: Path) -> None:
    told = (course / "happy-or-sad" / "START.md").read_text("utf-8")
    assert f"grader check notebooks/{SOLUTION.name}" in told


def test_a_notebook_that_is_handed_out_lacks_nothing(course: Path) -> None:
    command = [sys.executable, "../add_metadata.py", "--filename", SOLUTION.name]
    ended = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        cwd=course / "happy-or-sad" / "notebooks",
    )
    assert "Grader metadata detected! You can proceed with the lab!" in ended.stdout


def test_the_wheel_has_the_packages_files_and_no_others(
    contents: dict[str, bytes], kit_files: list[str]
) -> None:
    inside = {name for name in contents if name.startswith("grader/") and "/kit/" not in name}
    assert inside == {name for name in kit_files if name.startswith("grader/")}


def test_the_wheel_has_the_images_and_no_other_data(
    contents: dict[str, bytes], kit_files: list[str]
) -> None:
    inside = {name for name in contents if name.startswith("grader/kit/data/")}
    images = [name for name in kit_files if name.startswith("data/happy_or_sad/")]
    assert inside == {f"grader/kit/{name}" for name in images}


def test_the_wheel_says_that_it_is_typed(contents: dict[str, bytes]) -> None:
    assert "grader/py.typed" in contents


def test_the_wheel_has_the_licence(contents: dict[str, bytes]) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in contents)


def test_the_wheel_has_no_tests(contents: dict[str, bytes]) -> None:
    assert [name for name in contents if name.startswith("tests/")] == []
