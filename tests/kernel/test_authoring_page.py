"""What docs/authoring.md shows of its first assignment, and how it is shared, is what happens."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import wheels
from authoring_page import blocks, section, write_areas

Shown = tuple[str, str]
CHECKED = [tuple(block.split("\n", 1)) for block in blocks("From nothing to graded", "console")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("page")
    areas = write_areas(made / "areas")
    right = (areas / "areas.ipynb").read_text("utf-8")
    (areas / "copy.ipynb").write_text(right.replace("width * height", "width + height"), "utf-8")
    return made


@pytest.fixture(scope="module")
def check(folder: Path) -> Callable[[str], str]:
    def check(command: str) -> str:
        program, *arguments = command.removeprefix("$ ").split()
        ended = subprocess.run(
            [sys.executable, "-m", program, *arguments],
            capture_output=True, text=True, check=False, cwd=folder,
        )  # fmt: skip
        return ended.stdout + ended.stderr

    return check


@pytest.mark.parametrize(("command", "shown"), CHECKED)
def test_a_command_says_what_the_page_shows(
    check: Callable[[str], str], command: str, shown: str
) -> None:
    said = check(command)
    assert [line.rstrip() for line in said.rstrip().splitlines()] == shown.rstrip().splitlines()


def test_the_package_that_the_page_shows_can_be_built(tmp_path: Path) -> None:
    project, [text] = tmp_path / "course", re.findall(
        r"```toml\n(.*?)```", section("Share it"), re.DOTALL
    )  # fmt: skip
    package = write_areas(project / "course_areas")
    (package / "__init__.py").touch()
    (project / "pyproject.toml").write_text(text)
    wheels.pip("wheel", str(project), "--no-deps", "--wheel-dir", str(tmp_path))
    [built] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        names = archive.namelist()
        [points] = [name for name in names if name.endswith("entry_points.txt")]
        assert "areas = course_areas.assignment" in archive.read(points).decode()
    assert {f"course_areas/{name}" for name in ("areas.ipynb", "assignment.py")} <= {*names}
