"""The assignment and its graded parts: a model, and the four steps from it to a test accuracy."""

from functools import cache

from grader.assignments.happy_house.editions import SIGNS, course_layout
from grader.assignments.happy_house.pictures import happy_house as pictures
from grader.authoring import (
    Assignment,
    Goal,
    GradedCell,
    Layout,
    Profile,
    TrainedModel,
    Value,
    checkout,
    layout_of,
    reference,
)

NOTEBOOK = "Happy_House.ipynb"
PICTURE = (64, 64, 3)
FIT = "happyModel.fit"
# The course's model takes 40 epochs, and right and wrong are told apart after 20.
EPOCHS, GRADED_EPOCHS = 40, 20
# Bad luck moves an accuracy by a few points; what is further away is made once.
GOAL = Goal("accuracy", "test", at_least=0.75, retry_within=0.1)


# Every submission of a class asks for them, and they are read from a notebook.
@cache
def _layouts() -> tuple[Layout, ...]:
    own = layout_of(happy_house.notebook, "kit", "the kit's own notebook", SIGNS)
    return own, course_layout(own)


happy_house = Assignment(
    id="happy-house",
    title="The Happy House",
    notebook=reference(NOTEBOOK),
    data=pictures(),
    editions=_layouts,
    modules=(reference("kt_utils.py"),),
    profile=Profile("20-epochs", epochs={FIT: GRADED_EPOCHS}),
    # Students, who have the wheel, get neither.
    variants=checkout("tests/shared/happy_house/variants.py"),
)
happy_house.part(GradedCell("HappyModel"))
happy_house.part(GradedCell("happyModel"))
happy_house.part(GradedCell("happyModel.compile"))
trained = happy_house.part(
    TrainedModel(FIT, data="train", test="test", goals=(GOAL,), most_epochs=EPOCHS)
)
preds = happy_house.part(Value("preds", form="a list of the loss and the accuracy"))
