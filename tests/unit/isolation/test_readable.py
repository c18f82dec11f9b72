"""Submissions read what Python needs, and not what people keep beside it."""

import site
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.isolation import landlock
from grader.isolation.choice import Isolation
from grader.isolation.exposure import around, exposed, named, refuse_exposed
from grader.isolation.layers import LINUX
from grader.isolation.readable import PYTHON, reader_of
from grader.kinds.folders import modules_inside

NEEDED = (
    "bin/python", f"lib/{PYTHON}/os.py", f"lib/{PYTHON}/site-packages/numpy/__init__.py",
    "lib/libz.so", "lib/libssl.so.3", "lib/x86_64-linux-gnu/libc.so.6", "lib/tcl8.6/init.tcl",
    "share/fonts/DejaVuSans.ttf", "share/zoneinfo/Europe/Berlin", "ssl/cacert.pem",
)  # fmt: skip
# Where people keep their work below a folder that Python is installed in.
PRIVATE = (
    "ada.ipynb", "class/ada.ipynb", "projects/week4/ada.ipynb", "home/teacher/solution.ipynb",
    "share/class/ada.ipynb", "lib/class/ada.ipynb", "lib/python-course/ada.ipynb", "var/grades.csv",
    "envs/other/class/ada.ipynb",
)  # fmt: skip
READING = """
import sys
sys.prefix = sys.base_prefix = sys.exec_prefix = sys.base_exec_prefix = sys.argv[1]
from pathlib import Path
from grader.isolation.confinement import Confinement, confine
confine(Confinement(sys.argv[2], ("landlock",), 60))
for path in sys.argv[3:]:
    try:
        print(Path(path).read_text())
    except PermissionError:
        print("shut off")
"""

# Landlock does not mind that a folder is touched.
IMPORTING = """
import os, sys
from grader.isolation.confinement import Confinement, confine
from grader.isolation.readable import PACKAGE
confine(Confinement(sys.argv[1], ("landlock",), 60))
os.utime(PACKAGE)
import grader.wire.arrays
print("imported")
"""
LOOKING = """
import importlib, sys
from grader.isolation.confinement import Confinement, confine
confine(Confinement(sys.argv[1], ("landlock",), 60))
from grader.kinds.folders import modules_inside
print(*map(importlib.import_module, modules_inside()))
"""


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for a Conda environment, or for a Python that was built here."""
    folder = tmp_path / "prefix"
    for name in (*NEEDED, *PRIVATE):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("seen", "utf-8")
    for name in ("prefix", "base_prefix", "exec_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, str(folder))
    return folder


@pytest.mark.parametrize("name", NEEDED)
def test_what_python_needs_may_be_read(prefix: Path, name: str) -> None:
    assert reader_of(prefix / name)


@pytest.mark.parametrize("name", PRIVATE)
def test_what_lies_beside_it_may_not(prefix: Path, name: str) -> None:
    assert reader_of(prefix / name) is None


@pytest.mark.parametrize(
    "path", ["/usr/share/class", "/usr/local/class", "/usr/src/class", "/usr/local/share/a", "/usr"]
)
def test_of_the_system_what_libraries_need_may_be_read(path: str) -> None:
    assert reader_of(Path(path)) is None


def test_packages_that_a_user_has_installed_may_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / ".local" / "lib" / PYTHON / "site-packages"
    monkeypatch.setattr(site, "ENABLE_USER_SITE", True)
    monkeypatch.setattr(site, "getusersitepackages", lambda: str(packages))
    packages.mkdir(parents=True)
    assert reader_of(packages / "numpy")
    assert reader_of(tmp_path / ".local" / "share") is None


@pytest.mark.skipif(
    not LINUX or landlock.version() < landlock.FLOOR, reason="this system has no Landlock"
)
def test_landlock_shuts_off_what_lies_beside_python(prefix: Path, tmp_path: Path) -> None:
    read = [str(prefix / name) for name in (*NEEDED, *PRIVATE)]
    command = [sys.executable, "-c", READING, str(prefix), str(tmp_path / "own"), *read]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    assert ended.stdout.splitlines() == ["seen"] * len(NEEDED) + ["shut off"] * len(PRIVATE)


@pytest.fixture
def library(prefix: Path) -> Path:
    return prefix / "lib" / PYTHON


@pytest.mark.parametrize("what", ["out", "data"])
def test_strict_refuses_what_submissions_could_read(library: Path, what: str) -> None:
    place = library / "new" / "folder"
    places = named([], None, [place]) if what == "data" else named([], place, [])
    with pytest.raises(UsageError, match=f"lies in {library}, which every submission may read"):
        refuse_exposed(Isolation.STRICT, places)


def test_strict_refuses_submissions_that_others_could_read(library: Path) -> None:
    with pytest.raises(UsageError, match=f"the submission {library}/class lies in {library}"):
        refuse_exposed(Isolation.STRICT, named([library / "class"], None, []))


@pytest.mark.parametrize("place", ["site-packages/course/areas", "areas", "areas.ipynb"])
def test_strict_refuses_assignments_that_submissions_could_read(library: Path, place: str) -> None:
    with pytest.raises(UsageError, match=f"the assignment {library}/{place} lies in {library}"):
        refuse_exposed(Isolation.STRICT, named([], None, [], [library / place]))


def test_strict_refuses_a_class_that_a_link_leads_to(library: Path, tmp_path: Path) -> None:
    (library / "class").mkdir()
    (tmp_path / "class").symlink_to(library / "class")
    with pytest.raises(UsageError, match="lies in"):
        refuse_exposed(Isolation.STRICT, named([tmp_path / "class"], None, []))


@pytest.mark.parametrize("variable", ["HOME", "TMPDIR"])
def test_places_that_everybody_has_are_looked_at(
    library: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(library))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert [str(library) in reason for reason in exposed(around())] == [True]


def test_a_class_beside_python_is_not_refused(prefix: Path) -> None:
    refuse_exposed(Isolation.STRICT, named([prefix / "class"], prefix / "graded", []))


@pytest.mark.parametrize("isolation", [Isolation.AVAILABLE, Isolation.NONE])
def test_only_strict_promises_anything(library: Path, isolation: Isolation) -> None:
    refuse_exposed(isolation, named([library / "class"], None, []))


@pytest.mark.skipif(not landlock.version(), reason="Landlock is not available")
def test_modules_are_found_after_files_have_come_and_gone_beside_them(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", IMPORTING, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == "imported\n", ran.stderr


@pytest.mark.skipif(not landlock.version(), reason="Landlock is not available")
def test_what_looks_at_graded_parts_can_be_imported_by_a_fresh_kernel(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOOKING, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.count(".inside'") == len(modules_inside()), ran.stderr
