"""The assignment and its graded parts."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from grader.assignments.horses_or_humans.editions import RETIRED
from grader.assignments.horses_or_humans.images import (
    TRAINING,
    VALIDATION,
    horses_or_humans_images,
)
from grader.authoring import (
    Assignment,
    Case,
    Figure,
    Function,
    Goal,
    GradedCell,
    History,
    ImageLoader,
    Limits,
    Profile,
    TrainedModel,
    Value,
    checkout,
    histories,
    reference,
)

NOTEBOOK = "horses_or_humans.ipynb"
EPOCHS, FIRST_EPOCHS = 15, 6
# Pictures to train on, in the kit's own folders and in the original ones.
PICTURES = 1027
# Bad luck moves an accuracy by a few points; what is further away is made once.
NEAR = 0.1
LEARNT = Goal("accuracy", at_least=0.75, retry_within=NEAR)
VALIDATED = Goal("accuracy", "validation", at_least=0.75, at_end=True, retry_within=NEAR)
# Nine batches as well, the last of which is smaller: who asks for eight leaves pictures out.
QUICK = Profile(
    "quick",
    images={TRAINING: 256, VALIDATION: 128},
    constants={"IMAGE_SIZE": 150, "COMPACT_SIZE": 75, "BATCH_SIZE": 60},
    epochs={"train": FIRST_EPOCHS},
    limits=Limits(cell_s=1200, notebook_s=2400),
)
# Shares of a human above this one mean a human.
HALF = 0.5
NAMES = ("horse-1.png", "horse-2.png", "human-1.png", "human-2.png")
Shares = NDArray[np.float64]


def last_gap(history: History) -> float:
    """Return by how much the accuracy in training is above that in validation at last."""
    name = "acc" if "acc" in history.history else "accuracy"
    return float(history.history[name][-1] - history.history[f"val_{name}"][-1])


def some_predictions(generator: Generator) -> tuple[list[str], NDArray[np.int64], Shares, Shares]:
    """Make up names and labels of pictures, and what two models say of each of them."""
    count = int(generator.integers(6, 12))
    labels = generator.integers(0, 2, count)
    # Nothing is next to one half, and all four cases are there.
    sides = generator.permutation([0, 1, 2, 3, *generator.integers(0, 4, count - 4)])
    large, small = (
        np.where(right == labels, 1, -1) * generator.uniform(0.05, 0.45, count) + HALF
        for right in (sides // 2, sides % 2)
    )
    names = [f"picture-{number:02d}.png" for number in range(count)]
    return names, labels, large.round(3), small.round(3)


def lost(names: list[str], labels: NDArray[np.int64], large: Shares, small: Shares) -> list[str]:
    """Return the names of pictures that the large model knows and the small one does not."""
    known, unknown = (large > HALF) == labels, (small > HALF) != labels
    return [name for name, both in zip(names, known & unknown, strict=True) if both]


horses_or_humans = Assignment(
    id="horses-or-humans",
    title="Horses or Humans",
    notebook=reference(NOTEBOOK),
    data=horses_or_humans_images(),
    profile=QUICK,
    retired=RETIRED,
    # The whole of it: 300 by 300 pixels in batches of 128, and two trainings of 15 epochs.
    limits=Limits(cell_s=3600, notebook_s=7200, memory_bytes=8 * 1024**3),
    variants=checkout("tests/shared/horses_or_humans/variants.py"),
)
training_images = horses_or_humans.part(
    ImageLoader("load_training", variable="train_batches", split=TRAINING)
)
horses_or_humans.part(GradedCell("build_model"))
horses_or_humans.part(GradedCell("compile_model"))
first = horses_or_humans.part(
    TrainedModel(
        "train",
        variable="history",
        loader=training_images,
        goals=(LEARNT,),
        most_epochs=EPOCHS,
    )
)
validation_images = horses_or_humans.part(
    ImageLoader("load_validation", variable="validation_batches", split=VALIDATION)
)
second = horses_or_humans.part(
    TrainedModel(
        "train_validated",
        variable="validated_history",
        loader=training_images,
        goals=(VALIDATED,),
        most_epochs=EPOCHS,
    )
)
curves = horses_or_humans.part(
    Figure(
        "plot_curves",
        cases=histories.CASES,
        draw=histories.some,
        draws=2,
    )
)
gap = horses_or_humans.part(
    Function(
        "read_gap",
        cases=histories.CASES,
        reference=last_gap,
        draw=histories.some,
        draws=4,
    )
)
compact_images = horses_or_humans.part(
    ImageLoader("load_compact_training", variable="compact_batches", split=TRAINING)
)
compact_validation = horses_or_humans.part(
    ImageLoader("load_compact_validation", variable="compact_validation", split=VALIDATION)
)
horses_or_humans.part(GradedCell("build_compact"))
compact = horses_or_humans.part(
    TrainedModel(
        "train_compact",
        variable="compact_history",
        loader=compact_images,
        goals=(VALIDATED,),
        most_epochs=EPOCHS,
    )
)
compact_accuracy = horses_or_humans.part(Value("compact_accuracy", form="a number from 0 to 1"))
compared = horses_or_humans.part(
    Function(
        "compare",
        cases=[
            Case(
                (
                    list(NAMES),
                    np.array([0, 0, 1, 1]),
                    np.array([0.1, 0.2, 0.9, 0.3]),
                    np.array([0.8, 0.1, 0.4, 0.2]),
                ),
                expected=["horse-1.png", "human-1.png"],
            )
        ],
        reference=lost,
        draw=some_predictions,
        draws=5,
    )
)
WHOLE = "a whole number"
raw_values = horses_or_humans.part(Value("raw_values", form=WHOLE))
batches = horses_or_humans.part(Value("batches", form=WHOLE))
sides = horses_or_humans.part(Value("sides", form="a list of whole numbers"))
flat = horses_or_humans.part(Value("flat", form=WHOLE))
lecture_flat = horses_or_humans.part(Value("lecture_flat", form=WHOLE))
parameters = horses_or_humans.part(Value("parameters", form=WHOLE))
compact_parameters = horses_or_humans.part(Value("compact_parameters", form=WHOLE))
risk = horses_or_humans.part(Value("risk", form="a, b, c or d"))
