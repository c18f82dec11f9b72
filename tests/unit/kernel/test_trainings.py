from pathlib import Path

import pytest

from grader.kernel.teaching import Training
from grader.kernel.trainings import CACHE, Teaching, kept
from grader.training.results import Epoch, Measured, Report, Trained, go_on


def made(report: Report) -> Trained:
    epoch = Epoch(0, {}, 1)
    report(epoch)
    return Trained((epoch,), 1, (), Measured(0.5, 0.5))


def test_trainings_are_kept_where_the_user_wants_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE, str(tmp_path))
    kept().training("0" * 64, go_on, made)
    assert len(list(tmp_path.glob("trainings/*.training"))) == 1


def test_notebooks_train_by_themselves_when_that_is_wanted() -> None:
    assert Teaching.chosen(Training.NOTEBOOK, memo=True) is None


@pytest.mark.parametrize("memo", [True, False])
def test_trainings_are_kept_or_not(*, memo: bool) -> None:
    teaching = Teaching.chosen(Training.GRADER, memo=memo)
    assert teaching is not None
    assert (teaching.memo is not None) is memo
