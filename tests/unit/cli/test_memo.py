from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from grader.fits.options import CACHE

Grader = Callable[..., CompletedProcess[str]]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE, str(tmp_path))
    training = tmp_path / "trainings" / "0.training"
    training.parent.mkdir()
    training.touch()
    return training


def test_trainings_are_forgotten(grader: Grader, kept: Path) -> None:
    assert (grader("memo", "clear").returncode, kept.exists()) == (0, False)


def test_what_audits_have_observed_is_forgotten(grader: Grader, kept: Path) -> None:
    observed = kept.parents[1] / "evidence" / "0.evidence"
    observed.parent.mkdir()
    observed.touch()
    assert (grader("memo", "clear").returncode, observed.exists()) == (0, False)


def test_nothing_is_there_to_be_forgotten(grader: Grader, kept: Path) -> None:
    kept.unlink()
    kept.parent.rmdir()
    assert grader("memo", "clear").returncode == 0
