"""The assignment and its graded parts."""

from grader.assignments.cats_and_dogs.editions import RETIRED
from grader.assignments.cats_and_dogs.images import (
    TEST,
    TRAINING,
    VALIDATION,
    cats_and_dogs_images,
)
from grader.authoring import (
    Assignment,
    Figure,
    File,
    Goal,
    GradedCell,
    ImageLoader,
    Limits,
    Profile,
    TrainedModel,
    Value,
    checkout,
    histories,
    reference,
)

NOTEBOOK = "cats_and_dogs.ipynb"
BATCH, EPOCHS, MOST_EPOCHS = 20, 20, 30
# Pictures to train on, in the kit's own folders and in those of the lab that this one follows.
PICTURES = 2140
# Bad luck moves an accuracy by a few points; what is further away is made once.
NEAR = 0.1
LEARNT = Goal("accuracy", at_least=0.8, retry_within=NEAR)
TESTED = Goal("accuracy", "test", at_least=0.75, at_end=True, retry_within=NEAR)
# Right and wrong separate on so many of them, as the whole of them does, in a third of the time.
QUICK = Profile("quick", images={TRAINING: 300, VALIDATION: 150, TEST: 150})


cats_and_dogs = Assignment(
    id="cats-and-dogs",
    title="Cats and Dogs",
    notebook=reference(NOTEBOOK),
    data=cats_and_dogs_images(),
    profile=QUICK,
    retired=RETIRED,
    # Two trainings, which take three minutes together on a machine with nothing else to do.
    limits=Limits(cell_s=1200, notebook_s=2400),
    variants=checkout("tests/shared/cats_and_dogs/variants.py"),
)
training_images = cats_and_dogs.part(
    ImageLoader("load_training", variable="train_batches", split=TRAINING)
)
validation_images = cats_and_dogs.part(
    ImageLoader("load_validation", variable="validation_batches", split=VALIDATION)
)
test_images = cats_and_dogs.part(ImageLoader("load_test", variable="test_batches", split=TEST))
built = cats_and_dogs.part(GradedCell("build_model"))
compiled = cats_and_dogs.part(GradedCell("compile_model"))
first = cats_and_dogs.part(
    TrainedModel(
        "train",
        variable="history",
        loader=training_images,
        goals=(LEARNT,),
        most_epochs=MOST_EPOCHS,
    )
)
curves = cats_and_dogs.part(
    Figure(
        "plot_curves",
        cases=histories.CASES,
        draw=histories.some,
        draws=4,
    )
)
gap = cats_and_dogs.part(Value("gap", form="a number from -1 to 1"))
augmented_images = cats_and_dogs.part(
    ImageLoader("load_augmented", variable="augmented_batches", split=TRAINING)
)
second = cats_and_dogs.part(
    TrainedModel(
        "train_augmented",
        variable="augmented_history",
        loader=augmented_images,
        goals=(TESTED,),
        most_epochs=MOST_EPOCHS,
    )
)
saved = cats_and_dogs.part(
    File("save_and_load", path="cats_dogs.keras", model="model", loaded="loaded_model")
)
test_accuracy = cats_and_dogs.part(Value("test_accuracy", form="a number from 0 to 1"))
