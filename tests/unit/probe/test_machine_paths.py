import json
import os
import sys
import sysconfig
from pathlib import Path

import pytest

import grader
from grader.probe.machine_paths import MachinePaths

RUN = Path("/var/grader-1-abc")
CELL = "ipykernel_12/3456.py"
LIBRARIES = sysconfig.get_paths()["purelib"]
PATHS = MachinePaths(RUN)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"{RUN}/notebooks/faces/a.png", "faces/a.png"),
        (f"{RUN}/notebooks", "."),
        (f"{RUN}/notebooks/", "./"),
        (f"{RUN}/data/happy_or_sad/happy", "../data/happy_or_sad/happy"),
        (f"{RUN}/home/pictures", "~/pictures"),
        (f"{RUN}/home", "~"),
        (str(RUN), ".."),
        (f"{LIBRARIES}/keras/layers/__init__.py", "keras/layers/__init__.py"),
        (f"{os.path.realpath(LIBRARIES)}/keras/x.py", "keras/x.py"),
        (json.__file__, "json/__init__.py"),
        (f"{sys.prefix}/share/jupyter", "share/jupyter"),
        (grader.__file__, "grader/__init__.py"),
        (str(RUN / "tmp" / CELL), "notebook"),
        (f"/var/{CELL}", "notebook"),
    ],
)
def test_a_path_of_the_machine_is_shown_as_a_student_knows_it(path: str, shown: str) -> None:
    assert PATHS.shorten(f"cannot read '{path}' (twice: {path})") == (
        f"cannot read '{shown}' (twice: {shown})"
    )


@pytest.mark.parametrize(
    "text",
    [
        "/content/drive/MyDrive/faces",
        "C:\\Users\\ann\\faces",
        "/usr/share/faces",
        "/home/ann/faces",
        f"{RUN}s/notebooks",
        f"/mnt{RUN}/notebooks",
        "ipykernel_12",
        "a text without a path",
        "",
    ],
)
def test_what_a_student_wrote_stays(text: str) -> None:
    assert PATHS.shorten(text) == text


def test_without_a_run_s_folder_libraries_are_shortened_all_the_same() -> None:
    assert MachinePaths().shorten(f"{LIBRARIES}/keras") == "keras"


def test_a_cell_is_called_by_its_name() -> None:
    file = str(RUN / "tmp" / CELL)
    assert PATHS.shorten(f'File "{file}"', {file: "train"}) == 'File "train"'
