"""The assignment and its graded parts: a callback, a loader, and a model that is trained."""

from functools import cache

from grader.assignments.happy_or_sad.editions import (
    CALLBACK,
    KIT_EARLIER,
    KIT_SIGNS,
    LOADER,
    RETIRED,
    TRAINER,
    course_layouts,
)
from grader.assignments.happy_or_sad.images import happy_or_sad as images
from grader.authoring import (
    Assignment,
    Goal,
    ImageLoader,
    Layout,
    StoppingCallback,
    TrainedModel,
    checkout,
    layout_of,
    reference,
)

NOTEBOOK = "C1W4_Assignment.ipynb"
IMAGE = (150, 150, 3)
BATCH = 10
CONVOLUTIONS = 3
MOST_EPOCHS = 20
# Rounding, a threshold of another size and a comparison with "at least" differ at one of them.
ACCURACIES = (0.0, 0.5, 0.9, 0.95, 0.985, 0.99, 0.9949, 0.998, 0.999, 0.99901, 0.9995, 1.0)
GOAL = Goal("accuracy", at_least=0.999, before_epoch=15)


# Every submission of a class asks for them, and they are read from a notebook.
@cache
def _layouts() -> tuple[Layout, ...]:
    notebook = happy_or_sad.notebook
    own = layout_of(notebook, "kit", "the kit's own notebook", KIT_SIGNS, KIT_EARLIER)
    return (own, *course_layouts())


happy_or_sad = Assignment(
    id="happy-or-sad",
    title="Happy or Sad",
    notebook=reference(NOTEBOOK),
    data=images(),
    editions=_layouts,
    retired=RETIRED,
    # Students, who have the wheel, get neither.
    variants=checkout("tests/shared/happy_or_sad/variants.py"),
)
callback_part = happy_or_sad.part(
    StoppingCallback(CALLBACK, threshold=GOAL.bound, accuracies=ACCURACIES)
)
loader_part = happy_or_sad.part(ImageLoader(LOADER, variable="gen"))
trained = happy_or_sad.part(
    TrainedModel(
        TRAINER, variable="hist", loader=loader_part, goals=(GOAL,), most_epochs=MOST_EPOCHS
    )
)
