from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from grader import resources

Grader = Callable[..., CompletedProcess[str]]


def test_every_dataset_is_listed(grader: Grader) -> None:
    folder = resources.home() / "data" / "happy_or_sad"
    assert grader("data", "list").stdout == f"happy-or-sad  80 images  {folder}\n"


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


def test_doctor_finds_nothing_missing(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.examination.MEMORY_BYTES", 0)
    assert "MISSING" not in grader("doctor").stdout


def test_doctor_fails_when_something_is_missing(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.examination.PACKAGES", ("no-such-package",))
    assert grader("doctor").returncode == 1


def test_doctor_tells_how_to_get_what_is_missing(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.examination.PACKAGES", ("no-such-package",))
    assert "pip install" in grader("doctor").stdout
