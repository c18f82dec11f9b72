"""Advice names the settings of the loader that a student has called."""

import pytest

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks.advice import advise
from grader.checks.advice.scene import Scene
from grader.evidence import Raised
from grader.records import Plan, PlannedCell, Role

LAYOUT = happy_or_sad.layouts()[0]
SIZE = (
    "Exception encountered when calling Sequential.call().\n\nInput 0 with name 'None' of layer "
    "'dense' is incompatible with the layer: expected axis -1 of input shape to have value 300, "
    "but received input with shape (None, 196608)\n\nArguments received by Sequential.call():\n  x"
)
RANK = (
    "Argument `output` must have rank (ndim) `target.ndim - 1`. Received: target.shape=(None, 3), "
    "output.shape=(None, 3)"
)
IMAGES = (
    "Arguments `target` and `output` must have the same shape. Received: target.shape="
    "(None, 8, 8, 3), output.shape=(None, 1)"
)
NO_LABELS = "None values not supported."
FLOW = "x = generator.flow_from_directory('../data', class_mode=None)"
FRAME = "x = generator.flow_from_dataframe(frame, class_mode=None)"
DATASET = "x = keras.utils.image_dataset_from_directory('../data', label_mode=None)"
ARRAYS = "x, y = arrays['x'], arrays['y']"


def _advice(message: str, loading: str) -> str:
    cells = (
        PlannedCell(loading, Role.OPTIONAL, origin=0),
        PlannedCell("model.fit(x)", Role.GRADED, "train", origin=1),
    )
    raised = Raised(
        name="ValueError", message=message, line=1, cell="train", direct=False, module="keras.src"
    )
    return advise(Scene(raised, Plan(LAYOUT, cells)))


@pytest.mark.parametrize(
    ("message", "loading", "told"),
    [
        (SIZE, FLOW, "compare target_size and the colours of the loader with"),
        (SIZE, FRAME, "compare target_size and the colours of the loader with"),
        (SIZE, DATASET, "compare image_size and the colours of the loader with"),
        (SIZE, f"{FLOW}\n{DATASET}", "compare target_size or image_size and the colours"),
        (SIZE, ARRAYS, "compare their size and colours with"),
        (RANK, FLOW, "compare class_mode, the units"),
        (RANK, DATASET, "compare label_mode, the units"),
        (RANK, f"{FLOW}\n{DATASET}", "compare class_mode or label_mode, the units"),
        (RANK, ARRAYS, "compare the form of the labels, the units"),
        (IMAGES, FLOW, "the images themselves: look at class_mode."),
        (IMAGES, ARRAYS, "the images themselves."),
        (NO_LABELS, FLOW, "With class_mode None a loader yields no labels."),
        (NO_LABELS, DATASET, "With label_mode None a loader yields no labels."),
    ],
)
def test_settings_are_called_as_the_loader_calls_them(
    message: str, loading: str, told: str
) -> None:
    assert told in _advice(message, loading)


@pytest.mark.parametrize("message", [SIZE, RANK, IMAGES])
@pytest.mark.parametrize(
    ("loading", "others"),
    [
        (DATASET, ("target_size", "class_mode")),
        (FLOW, ("image_size", "label_mode")),
        (ARRAYS, ("target_size", "class_mode", "image_size", "label_mode")),
    ],
    ids=["dataset", "flow", "arrays"],
)
def test_no_setting_of_another_loader_is_named(
    message: str, loading: str, others: tuple[str, ...]
) -> None:
    told = _advice(message, loading)
    assert told
    assert not [name for name in others if name in told]


def test_labels_that_another_loader_lacks_are_not_explained_by_this_one() -> None:
    assert _advice(NO_LABELS, DATASET.replace("label_mode", "class_mode")) == ""
