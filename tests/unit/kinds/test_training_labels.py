"""What is known of the labels that a model is trained on, whatever loads them."""

from typing import Any

import pytest

from grader.checks.observed import Observation
from grader.checks.trusted import Observed
from grader.evidence import ByGrader, Fit, Loader, collect
from grader.kinds.training.view import one_hot
from grader.records import Execution, ExecutionStatus, Layout, Plan


def seen(*told: dict[str, Any]) -> Observed:
    """A run of these trainings."""
    fits = [
        Fit.model_validate({"kind": "fit", "index": n, "model": "m", "finished": True, **each})
        for n, each in enumerate(told)
    ]
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    plan = Plan(Layout("kit", "", ()), ())
    return Observed(Observation(plan, execution, collect(fits), {}, 80, 2))


def on(*label_shape: int) -> dict[str, Any]:
    """A training by the grader, on labels of that shape."""
    loader = Loader(kind="loader", name="", type="ndarray", label_shape=label_shape)
    return {"trained": ByGrader(images=80, seen=80, before=0.1, accuracy=0.9, loader=loader)}


@pytest.mark.parametrize(
    ("labels", "vectors"), [((32,), False), ((32, 1), False), ((32, 10), True), ((32, 2), True)]
)
def test_labels_are_vectors_by_the_shape_of_those_that_the_grader_trained_on(
    labels: tuple[int, ...],
    vectors: bool,  # noqa: FBT001
) -> None:
    assert one_hot(seen(on(*labels)), "train") is vectors


@pytest.mark.parametrize("told", [(), ({},)])
def test_of_what_the_grader_did_not_train_nobody_knows(told: tuple[dict[str, Any], ...]) -> None:
    assert one_hot(seen(*told), "train") is None
