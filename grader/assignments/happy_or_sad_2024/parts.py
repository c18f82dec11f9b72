"""The assignment and its parts: a callback, a dataset, a model, and a cell that trains it."""

from functools import cache

from grader.assignments.happy_or_sad.images import happy_or_sad as images
from grader.assignments.happy_or_sad.parts import GOAL
from grader.assignments.happy_or_sad_2024.editions import (
    CALLBACK,
    FIT,
    KIT_SIGNS,
    LOADER,
    MODEL,
    course_layout,
)
from grader.authoring import (
    Assignment,
    GradedCell,
    ImageLoader,
    Layout,
    StoppingCallback,
    TrainedModel,
    checkout,
    layout_of,
    reference,
)

NOTEBOOK = "C1W4_Assignment_2024.ipynb"
MOST_EPOCHS = 15
# As the course has it; three convolutions with 64 filters and 512 units come to half of it.
MOST_PARAMETERS = 21_000_000
# Whether 0.999 itself stops makes no difference with 80 images, so it is not tried.
ACCURACIES = (0.0, 0.5, 0.9, 0.95, 0.985, 0.99, 0.9949, 0.998, 0.9991, 0.9995, 1.0)


# Every submission of a class asks for them, and they are read from a notebook.
@cache
def _layouts() -> tuple[Layout, ...]:
    own = layout_of(happy_or_sad_2024.notebook, "kit", "the kit's own notebook", KIT_SIGNS)
    return own, course_layout()


happy_or_sad_2024 = Assignment(
    id="happy-or-sad-2024",
    title="Happy or Sad, edition of 2024",
    notebook=reference(NOTEBOOK),
    data=images(),
    editions=_layouts,
    modules=(reference("unittests.py"),),
    edition_of="happy-or-sad",
    # Other notebooks of the course's edition of 2024 have both.
    common_names=frozenset({CALLBACK, MODEL}),
    # Students, who have the wheel, get neither.
    variants=checkout("tests/shared/happy_or_sad_2024/variants.py"),
)
callback_part = happy_or_sad_2024.part(
    StoppingCallback(CALLBACK, threshold=GOAL.bound, accuracies=ACCURACIES)
)
loader_part = happy_or_sad_2024.part(ImageLoader(LOADER, variable="train_data"))
happy_or_sad_2024.part(GradedCell(MODEL))
trained = happy_or_sad_2024.part(
    TrainedModel(FIT, loader=loader_part, goals=(GOAL,), most_epochs=MOST_EPOCHS)
)
