"""What is judged of a run in which the grader trained: what it trained, whatever a kernel says."""

import pytest

from grader.checks import Absent
from grader.checks.observed import Observed
from grader.evidence import ByGrader, Evidence, Fit, Model, Result, collect
from grader.records import Execution, ExecutionStatus, Layout, Plan, ProbeRequest

TRAINED = ByGrader(images=80, seen=80, before=0.5, accuracy=1.0)
PROBES = {"train": ProbeRequest("training", "train", variable="hist")}


def observed(trained: ByGrader | None) -> Observed:
    """A kernel says that the model it returned is another than was trained."""
    evidence: Evidence = collect(
        [
            Model(kind="model", key="trained", type="Sequential"),
            Model(kind="model", key="shown", type="Sequential"),
            Fit(kind="fit", index=0, model="trained", finished=True, trained=trained),
            Result(
                kind="result", name="train", type="History", is_history=True, fit=0, model="shown"
            ),
        ]
    )
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    return Observed(Plan(Layout("kit", "", ()), ()), execution, evidence, PROBES, 80, 2)


@pytest.mark.parametrize(("trained", "model"), [(TRAINED, "trained"), (None, "shown")])
def test_the_model_is_that_which_the_grader_trained(trained: ByGrader | None, model: str) -> None:
    assert observed(trained).model("train").key == model


def test_a_loader_of_other_images_is_told_to_read_those_in_its_folder() -> None:
    seen = observed(None)
    seen.evidence.foreign.append("load")
    with pytest.raises(Absent, match="load shows other images") as raised:
        seen.loader("load")
    assert raised.value.hint == "Have load read the images from their folder whenever it is called."
