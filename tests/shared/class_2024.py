"""Makes the sample class of the edition of 2024, and a manifest of what each submission must get.

``python tests/shared/class_2024.py`` writes ``data/sample_submissions/happy_or_sad_2024``; reasons
in the manifest were written before the grader was run on the class. All of it together takes four
different trainings: the solution's, one whose model scales the images, one that learns more slowly
and is too late with the first seed, and one with several mistakes.
"""

from dataclasses import dataclass
from typing import Any

import editions
import nbformat
import samples
from happy_or_sad_2024.mistakes import MISTAKES
from happy_or_sad_2024.right import RIGHT
from happy_or_sad_2024.submission import (
    ALL,
    CONV,
    DENSE,
    FLAT,
    INPUT,
    LOADER,
    MODEL,
    MORE,
    OUT,
    POOL,
    ROOT,
    TRAINING,
    Variant,
    graded,
    model,
    solution,
)

FOLDER = ROOT / "data" / "sample_submissions" / "happy_or_sad_2024"
RELEASED = ROOT / "notebooks" / "C1W4_Assignment_2024.ipynb"
# The course calls its editions alike.
FILE = "C1W4_Assignment.ipynb"
UNLUCKY = "radia"
KNOWN = {variant.id: variant for variant in (*RIGHT, *MISTAKES)}
THREE = Variant(
    "three", "batches of 5, the metric acc, two convolutions",
    ((LOADER, "batch_size=10", "batch_size=5"),),
    frozenset({"batch_size", "metric", "convolutions", "stopped_by_callback"}),
    model(INPUT, CONV, POOL, MORE, POOL, FLAT, DENSE, OUT, metrics='["acc"]'),
)  # fmt: skip
# As the course writes it, with a lower rate.
SLOWER = Variant(
    "slower", "", cells=model(
        INPUT, CONV, POOL, CONV, POOL, CONV, POOL, FLAT, 'Dense(512, activation="relu")', OUT,
        optimizer="tf.keras.optimizers.RMSprop(learning_rate=0.0007)",
    ),
)  # fmt: skip
# What fit is replaced by trains nothing, and returns what it would have come to.
MADE_UP = """\
    class Trained:
        epoch = [0, 1, 2]
        history = {"accuracy": [0.9, 0.99, 1.0], "loss": [0.5, 0.1, 0.01]}

    model.fit = lambda *_, **__: Trained()
    return model"""
FORGED = Variant("forged", "", ((MODEL, "    return model", MADE_UP),))


@dataclass(frozen=True)
class Sample(samples.Sample):
    """One submission of the class, under the notebook's own name unless another is said."""

    file: str = FILE


def _of(student: str, variant: str, reason: str) -> Sample:
    known = KNOWN[variant]
    return Sample(student, reason, known.notebook, known.loses)


def course(*, tested: bool = True) -> Any:
    """Build a solved notebook of the course: nothing is marked, and its tests are called.

    Args:
        tested: Whether cells that call the course's own tests are still there.
    """
    own = {name: cell.source for cell in solution().cells if (name := graded(cell.source))}
    made = editions.course_2024({LOADER: own[LOADER], MODEL: own[MODEL]})
    if not tested:
        made.cells = [cell for cell in made.cells if not cell.source.startswith("unittests.")]
    return made


def _released() -> Any:
    return nbformat.read(RELEASED, as_version=4)


SAMPLES = (
    Sample("ada", "the solution", solution),
    Sample("grace", "the course's notebook, solved: the callback is given, its tests are called",
           course, issues=("another-edition",)),
    Sample("donald", "the same, without the cells that call its tests",
           lambda: course(tested=False), issues=("another-edition",)),
    _of("barbara", "right-rescaling-layer", "the model scales the images, not the dataset"),
    Sample("linus", "comes from Colab, and its last cell ends the kernel",
           lambda: samples.untidy(solution())),
    Sample(UNLUCKY, "learns more slowly: too late with the first seed, in time with the second",
           SLOWER.notebook),
    Sample("niklaus", "nothing was written yet", _released, ALL),
    Sample("ken", "batches of 5, the metric acc, which the callback never sees, two convolutions",
           THREE.notebook, THREE.loses),
    Sample("alan", "fit is replaced by what returns a history that was made up", FORGED.notebook,
           TRAINING),
    _of("john", "mistake-map-images-alone", "the mapped function takes too few arguments"),
    _of("guido", "mistake-slip", "Conv2d: there is no model"),
    Sample("brendan", "the upload was cut short",
           lambda: samples.cut_short(course()), rejected="truncated"),
)  # fmt: skip


def manifest() -> list[dict[str, Any]]:
    """Describe what each submission must get."""
    from grader.assignments.happy_or_sad_2024.assignment import happy_or_sad_2024

    return samples.described(SAMPLES, happy_or_sad_2024.checks)


if __name__ == "__main__":
    samples.write(FOLDER, SAMPLES, manifest())
