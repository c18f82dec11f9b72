"""The assignment and its graded parts."""

import numpy as np

from grader.assignments.happy_sad_pipeline import answers, sorting
from grader.assignments.happy_sad_pipeline.editions import RETIRED
from grader.assignments.happy_sad_pipeline.images import FACES, happy_sad_pipeline_images
from grader.assignments.happy_sad_pipeline.numbered import no_names, some_numbered
from grader.authoring import (
    Assignment,
    Case,
    Figure,
    File,
    Function,
    Goal,
    GradedCell,
    ImageLoader,
    Limits,
    Tolerance,
    TrainedModel,
    Value,
    checkout,
    histories,
    reference,
)

NOTEBOOK, MODULE = "happy_sad_pipeline.ipynb", "wild_pictures.py"
BATCH, MOST_EPOCHS = 32, 20
TRAINED, VALIDATED, TESTED_ON = 0.7, 0.2, 0.1
# Of pictures that no student's code sees. Bad luck moves an accuracy by a few points.
UNSEEN = Goal("accuracy", "test", at_least=0.7, at_end=True, retry_within=0.1)
# A pixel is rounded when a picture is made larger; whatever is wrong moves the share by more.
ROUNDED = Tolerance(relative=0, absolute=0.02)
ONE_CLASS = np.zeros(4, int), np.zeros(4, int)

happy_sad_pipeline = Assignment(
    id="happy-sad-pipeline",
    title="Happy or Sad in the Wild",
    notebook=reference(NOTEBOOK),
    data=happy_sad_pipeline_images(),
    retired=RETIRED,
    modules=(reference(MODULE),),
    limits=Limits(cell_s=1200, notebook_s=2400),
    variants=checkout("tests/shared/happy_sad_pipeline/variants.py"),
)
sorted_files = happy_sad_pipeline.part(
    Function(
        "sort_files",
        cases=[(sorting.SMALL,)],
        draw=sorting.some_folder,
        draws=2,
        reference=sorting.sort_files,
    )
)
doubles = happy_sad_pipeline.part(
    Function(
        "find_doubles",
        cases=[(sorting.SMALL,)],
        draw=sorting.some_folder,
        draws=2,
        reference=sorting.find_doubles,
    )
)
cleaned = happy_sad_pipeline.part(
    Function(
        "clean",
        cases=[Case((sorting.SMALL,)), Case((sorting.SMALL,), {"change": True})],
        draw=sorting.some_change,
        draws=4,
        reference=sorting.clean,
    )
)
training_images = happy_sad_pipeline.part(
    ImageLoader("split_pictures", variable="train_data", split=FACES, item=0)
)
shown = happy_sad_pipeline.part(
    Function("parts_shown", draw=some_numbered, draws=1, reference=no_names)
)
happy_sad_pipeline.part(GradedCell("build_model"))
happy_sad_pipeline.part(GradedCell("compile_model"))
log = happy_sad_pipeline.part(File("training_log", path="logs/train/events.*"))
trained = happy_sad_pipeline.part(
    TrainedModel(
        "train",
        variable="history",
        loader=training_images,
        goals=(UNSEEN,),
        most_epochs=MOST_EPOCHS,
    )
)
curves = happy_sad_pipeline.part(
    Figure(
        "plot_curves",
        cases=histories.CASES,
        draw=histories.some,
        draws=3,
    )
)
predicted = happy_sad_pipeline.part(
    Function("predict_all", draw=answers.some_batches, draws=3, reference=answers.predict_all)
)
matrix = happy_sad_pipeline.part(
    Function(
        "confusion",
        cases=[(answers.LABELS, answers.PREDICTED), ONE_CLASS],
        draw=answers.some_labels,
        draws=3,
        reference=answers.confusion,
    )
)
scored = happy_sad_pipeline.part(
    Function(
        "scores",
        cases=[
            (answers.LABELS, answers.PREDICTED, 1),
            (answers.LABELS, answers.PREDICTED, 0),
            (*ONE_CLASS, 1),
            (answers.LABELS, np.zeros(8, int), 1),
            (np.zeros(8, int), answers.PREDICTED, 1),
        ],
        draw=answers.some_scored,
        draws=3,
        reference=answers.scores,
    )
)
matrix_drawn = happy_sad_pipeline.part(
    Figure(
        "plot_confusion",
        cases=[(np.array([[12, 2], [5, 11]]),)],
        draw=answers.some_matrix,
        draws=2,
    )
)
classified = happy_sad_pipeline.part(
    Function(
        "classify_image",
        draw=answers.some_picture,
        draws=4,
        reference=answers.classify_image,
        tolerance=ROUNDED,
    )
)
filtered = happy_sad_pipeline.part(
    Function(
        "apply_filter",
        cases=[(answers.EDGE, answers.SOBEL)],
        draw=answers.some_grey,
        draws=3,
        reference=answers.apply_filter,
    )
)
flips = happy_sad_pipeline.part(Value("flips", form="convolve2d or correlate2d"))
saved = happy_sad_pipeline.part(
    File("save_and_load", path="happy_sad.keras", model="model", loaded="loaded_model")
)
