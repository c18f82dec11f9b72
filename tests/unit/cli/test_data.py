import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import shirts
from shapes import write

from grader import resources

Grader = Callable[..., CompletedProcess[str]]


def test_every_dataset_is_listed(grader: Grader) -> None:
    folder = resources.home() / "data"
    lines = grader("data", "list").stdout.splitlines()
    assert f"happy-or-sad  80 images  {folder / 'happy_or_sad'}" in lines
    assert {"happy-house/train", "happy-house/test"} <= {line.split()[0] for line in lines}


def test_a_missing_dataset_is_listed_with_its_remedy(
    grader: Grader, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "home", lambda: folder)
    assert "missing, `grader data make happy-or-sad` draws it" in grader("data", "list").stdout


def test_the_kits_own_images_are_as_released(grader: Grader) -> None:
    assert grader("data", "verify", "happy-or-sad").returncode == 0


def test_a_folder_of_other_things_is_not_the_dataset(grader: Grader) -> None:
    assert grader("data", "verify", "happy-or-sad", "class").returncode == 1


def test_every_problem_of_a_dataset_has_a_line(grader: Grader, folder: Path) -> None:
    *problems, last = grader("data", "verify", "happy-or-sad", "class").stderr.splitlines()
    assert last == f"happy-or-sad: {len(problems)} problems in {folder}/class"


@pytest.mark.usefixtures("few_assignments")
def test_doctor_finds_nothing_missing(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.examination.MEMORY_BYTES", 0)
    assert "MISSING" not in grader("doctor").stdout


@pytest.mark.usefixtures("few_assignments")
def test_doctor_fails_when_something_is_missing(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.examination.PACKAGES", ("no-such-package",))
    assert grader("doctor").returncode == 1


@pytest.mark.usefixtures("few_assignments")
def test_doctor_tells_how_to_get_what_is_missing(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.examination.PACKAGES", ("no-such-package",))
    assert "pip install" in grader("doctor").stdout


@pytest.fixture
def shapes(folder: Path) -> Path:
    """An assignment whose dataset has splits, each with a record that is not written yet."""
    write(folder / "shapes")
    return folder / "shapes"


def test_splits_are_listed_with_what_they_hold(grader: Grader, shapes: Path) -> None:
    told = grader("data", "list", "--assignments", "shapes").stdout.splitlines()
    found = [line.split("  ") for line in told if line.startswith("shapes/")]
    assert [line[:2] for line in found] == [
        ["shapes/train", "16 samples of 2 classes"],
        ["shapes/validation", "8 samples of 2 classes"],
        ["shapes/test", "10 samples of 2 classes"],
    ]
    assert found[0][3] == str(shapes / "images" / "train")


def test_a_missing_split_is_listed_as_missing(grader: Grader, shapes: Path) -> None:
    (shapes / "test.npz").unlink()
    told = grader("data", "list", "--assignments", "shapes").stdout
    assert "shapes/test  a file with arrays  missing\n" in told


def test_what_is_recorded_is_compared(grader: Grader, shapes: Path) -> None:
    shown = grader("data", "record", "shapes", "--assignments", "shapes").stdout
    assert f"shapes/test: recorded {shapes / 'test.npz'} in {shapes / 'test.json'}\n" in shown
    (shapes / "images" / "validation" / "disc" / "0.png").unlink()
    ended = grader("data", "verify", "shapes", "--assignments", "shapes")
    assert ended.returncode == 1
    assert "disc/0.png: expected an image, found no file\n" in ended.stderr
    assert "shapes/train: all 16 images in " in ended.stdout


def test_nothing_is_compared_before_it_is_recorded(grader: Grader, shapes: Path) -> None:
    ended = grader("data", "verify", "shapes", "--assignments", "shapes")
    assert ended.returncode == 1
    assert f"{shapes / 'test.json'}: expected the record of shapes/test, found" in ended.stderr


def test_another_copy_of_all_splits_is_compared(grader: Grader, shapes: Path) -> None:
    grader("data", "record", "shapes", "--assignments", "shapes")
    copy = shapes.parent / "copy"
    shutil.copytree(shapes / "images", copy)
    shutil.copyfile(shapes / "test.npz", copy / "test.npz")
    ended = grader("data", "verify", "shapes", "copy", "--assignments", "shapes")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_copy_that_lacks_a_split_is_told(grader: Grader, shapes: Path) -> None:
    grader("data", "record", "shapes", "--assignments", str(shapes))
    ended = grader("data", "verify", "shapes", "shapes/images", "--assignments", "shapes")
    assert ended.returncode == 1
    assert "In the folder that --data names, it is called test.npz." in ended.stderr


def test_a_dataset_that_keeps_no_record_is_not_recorded(grader: Grader) -> None:
    ended = grader("data", "record", "happy-or-sad")
    assert ended.returncode == 2
    assert "happy-or-sad does not say where its record is kept." in ended.stderr


def test_a_dataset_that_is_not_divided_is_recorded_as_well(grader: Grader, folder: Path) -> None:
    kept = 'HERE / "images", record=HERE / "images.json"'
    shirts.write(folder / "shirts", shirts.MODULE.replace('HERE / "images"', kept))
    shown = grader("data", "record", "shirts", "--assignments", "shirts").stdout
    images = folder / "shirts" / "images"
    assert shown == f"shirts: recorded {images} in {folder / 'shirts' / 'images.json'}\n"
    (images / "long" / "0.png").unlink()
    ended = grader("data", "verify", "shirts", "--assignments", "shirts")
    assert ended.stderr.splitlines()[0] == "long/0.png: expected an image, found no file"
