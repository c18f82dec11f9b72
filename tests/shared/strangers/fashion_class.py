"""What a class has handed in for "Fashion"; grades were written before grading."""

from pathlib import Path

from strangers.fashion.drawing import write as write_files
from strangers.fashion.variants import CONVOLUTION, ONE_HOT, SPLIT, STANDARDISED
from strangers.fashion_sources import (
    A_HISTORY,
    EIGHT,
    IN_PIXELS,
    LINEAR,
    MADE_UP,
    OF_ALL,
    ON_TEST,
    ON_TRAINING,
    ORDERED,
    PATCHED,
    READY,
    SOLUTION,
    trained,
)
from strangers.made import Student, starter
from strangers.made import write as write_folder

MISSED = frozenset({"goal_reached"})
OTHERS = "samples of x are none of the dataset's, or were changed beyond knowing"
CLASS = (
    Student("solution", "all is right", SOLUTION),
    Student(
        "starter", "nothing was written yet", starter("fashion"), 0, passed=False,
        lost=frozenset({
            "samples_counted", "input_shape", "output_layer", "loss", "goal_reached",
            "epochs_asked", "history_returned",
        }),
    ),
    Student("convolution", "images with a channel, and a loss that takes outputs as they are",
            trained(CONVOLUTION)),
    Student("one-hot", "flattened before the model, labels as vectors", trained(ONE_HOT)),
    Student("held-back", "validates with a part of the training images", trained(SPLIT)),
    Student("standardised", "by mean and deviation, and a tenth is held back by fit",
            trained(STANDARDISED)),
    Student("linear", "a network that learns too little", trained(LINEAR.format(OF_ALL)), 60,
            MISSED, passed=False),
    Student(
        "made-up-accuracy", "wrote a better validation accuracy into the History",
        trained(MADE_UP), 60, MISSED, passed=False,
        named=("history-edited", "says val_accuracy 0.96 after 2 epochs"),
    ),
    Student(
        "made-up-history", "never trained, and returns a History of its own",
        trained(A_HISTORY), 50, frozenset({*MISSED, "epochs_asked", "history_returned"}),
        passed=False, named=("", "fit was never called"),
    ),
    Student(
        "patched-load-data", "has Keras load other images, which tell their kind by a line",
        trained(PATCHED), 60, passed=False, verdict="needs_review", pending=MISSED,
        named=("keras-patched", "keras.datasets.fashion_mnist.load_data"),
    ),
    Student(
        "test-images", "trains on the images that it is to be tested with", trained(ON_TEST),
        60, MISSED, passed=False, named=("other-split", "fashion_mnist/test"),
    ),
    Student(
        "labels-in-pixels", "marks the kind in the first row of each image", trained(IN_PIXELS),
        60, passed=False, verdict="needs_review", pending=MISSED, named=("", OTHERS),
    ),
    Student(
        "ready-made", "numbers that were computed before are given to the model", trained(READY),
        60, passed=False, verdict="needs_review", pending=MISSED,
        named=("weights-set", "by set_weights, before it is trained"),
    ),
    Student(
        "eight-samples", "a network that learns too little, validated with eight images",
        trained(EIGHT), 60, MISSED, passed=False,
        named=("validation-data", "8 of 500 samples of fashion_mnist/test"),
    ),
    Student(
        "on-training-images", "learns 300 images by heart, and validates with the same",
        trained(ON_TRAINING), 60, MISSED, passed=False,
        named=("validation-data", "300 samples of fashion_mnist/train, and trains on all"),
    ),
    Student(
        "ordered", "holds back the last fifth of images that are ordered by their kind",
        trained(ORDERED), 60, MISSED, passed=False,
        named=("validation-data", "no sample with the label 8 or 9"),
    ),
)  # fmt: skip


def write(folder: Path) -> Path:
    """Write the assignment's folder as its author has it, with the files of its data."""
    write_folder("fashion", SOLUTION, folder)
    write_files(folder / "files")
    return folder
