"""What a run's evidence says of fits where the grader trains nothing, and when it is asked to."""

from pathlib import Path
from typing import Any

import pytest

from grader.evidence import Evidence, Fit
from grader.fits.plans import FitPlans
from grader.fits.service import FitService
from grader.training.results import TrainingPlan

CLAIMED = {
    "trained": {"images": 80, "seen": 80, "before": 0.5, "accuracy": 1.0},
    "examined": {"by": "weights", "turned": 1, "after": 1.0},
    "elsewhere": True,
    "epochs_before": (3,),
}


def kept(**said: Any) -> tuple[Fit, Evidence]:
    """Return a fit, and its evidence, as a service without trainings leaves them."""
    evidence = Evidence()
    evidence.add(Fit(kind="fit", index=0, model="m", finished=True, **said))
    service = FitService(FitPlans(TrainingPlan(seed=1)), None, None)
    assert service.result(evidence) == {}
    return next(iter(evidence.fits.values())), evidence


def test_a_notebook_is_left_to_itself_where_the_grader_trains_nothing(tmp_path: Path) -> None:
    service = FitService(FitPlans(TrainingPlan(seed=1)), None, None)
    assert (service.start(tmp_path, lambda: None), list(tmp_path.iterdir())) == ("", [])
    service.close()
    assert service.cpu_s == 0.0


@pytest.mark.parametrize("path", ["kernel", "grader"])
@pytest.mark.parametrize("name", CLAIMED)
def test_no_kernel_says_what_only_the_grader_knows(name: str, path: str) -> None:
    fit, _ = kept(path=path, number=0, **{name: CLAIMED[name]})
    assert getattr(fit, name) == Fit.model_fields[name].default


def test_a_kernel_that_says_that_the_grader_trained_has_no_curves() -> None:
    fit, evidence = kept(path="grader", number=0, curves={"loss": (0.5,)})
    assert (dict(fit.curves), list(evidence.tampered)) == ({}, ["fit"])


def test_a_kernel_that_trained_by_itself_keeps_its_curves() -> None:
    fit, evidence = kept(path="kernel", number=0, curves={"loss": (0.5,)})
    assert (dict(fit.curves), list(evidence.tampered)) == ({"loss": (0.5,)}, [])
