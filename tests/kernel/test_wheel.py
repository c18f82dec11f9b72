"""The built wheel works on its own: away from the checkout, with all that it needs inside."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"pip failed: {ended.stderr}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", str(ROOT), "--no-deps", "--wheel-dir", str(folder))
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Install the wheel where only it is new: what it needs is borrowed from this environment."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", symlinks=True)
    programs = folder / "venv" / "bin"
    pip("--python", str(programs / "python"), "install", "--no-deps", "--no-index", str(wheel))
    [site] = (folder / "venv").glob("lib/python*/site-packages")
    # A path alone: the .pth file of the editable installation, which it holds, is not read.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")

    def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return subprocess.run(
            [programs / program, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env=environment,
        )

    return run


def test_the_installed_package_is_the_one_that_runs(installed: Run) -> None:
    told = installed("python", "-c", "import grader; print(grader.__file__)").stdout
    assert "/venv/lib/" in told


def test_the_installed_kit_has_its_own_images(installed: Run) -> None:
    told = installed("grader", "data", "list").stdout
    assert told.rstrip().endswith("site-packages/grader/kit/data/happy_or_sad")


def test_the_installed_images_are_as_released(installed: Run) -> None:
    assert installed("grader", "data", "verify", "happy-or-sad").returncode == 0


def test_the_installed_kit_lacks_nothing(installed: Run) -> None:
    ended = installed("grader", "doctor")
    missing = [line for line in ended.stdout.splitlines() if line.startswith("MISSING")]
    assert [line for line in missing if "memory" not in line] == []


def test_the_installed_kit_has_its_own_notebook(installed: Run) -> None:
    told = installed("grader", "doctor").stdout
    assert "site-packages/grader/kit/notebooks/solutions/C1W4_Assignment.ipynb" in told


def test_the_installed_kit_recognises_a_submission(installed: Run) -> None:
    code = (
        "from pathlib import Path; from grader import resources;"
        "from grader.assignments import ASSIGNMENTS, happy_or_sad as one;"
        "from grader.assignments.recognise import recognise; from grader.notebook.read import read;"
        "print(recognise(read(resources.reference(one.notebook)), [one])[1].id)"
    )
    assert installed("python", "-c", code).stdout == "kit\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shuts submissions off")
@pytest.mark.parametrize(("place", "open_to_submissions"), [("kit", False), ("probe", True)])
def test_of_the_installed_kit_submissions_read_the_probe_only(
    installed: Run, place: str, *, open_to_submissions: bool
) -> None:
    code = (
        "from grader.isolation.confinement import PACKAGE, readable;"
        f"print(any((PACKAGE / {place!r}).is_relative_to(path) for path in readable()))"
    )
    assert installed("python", "-c", code).stdout == f"{open_to_submissions}\n"


def test_the_installed_kit_writes_reports(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.ipynb").touch()
    installed("grader", "check", str(tmp_path / "empty.ipynb"), "--out", str(tmp_path))
    assert (tmp_path / "report.html").stat().st_size > 1000


def test_the_wheel_says_that_it_is_typed(wheel: Path) -> None:
    assert "grader/py.typed" in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_has_the_licence(wheel: Path) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in zipfile.ZipFile(wheel).namelist())


def test_the_wheel_has_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if name.startswith("tests/")] == []
