"""Makes the sample class of "Cats and Dogs", and a manifest of what each submission must get.

``python tests/shared/cats_class.py`` writes ``data/sample_submissions/cats_and_dogs``; reasons in
the manifest were written before the grader was run on the class. All of it together takes four
different trainings, each of them twice, as the notebook asks for: of a network that is as right as
the solution's and learns in a quarter of the time, of the same with too little luck at first,
without augmentation, and of one that hardly learns.
"""

from dataclasses import dataclass
from typing import Any

import nbformat
import samples
from cats_and_dogs.forged import FORGED
from cats_and_dogs.mistakes import MISTAKES
from cats_and_dogs.right import RIGHT
from cats_and_dogs.submission import (
    ALL,
    CURVES,
    EVALUATED,
    GAP,
    QUICKER,
    ROOT,
    SAVE,
    SECOND,
    TEST,
    TESTED,
    Variant,
    graded,
    solution,
)

FOLDER = ROOT / "data" / "sample_submissions" / "cats_and_dogs"
RELEASED = ROOT / "notebooks" / "cats_and_dogs.ipynb"
FILE = "cats_and_dogs.ipynb"
UNLUCKY = "frances"
# Graded by `--prove` alone: with trainings of their own, or as long as others and the same again.
LONG = frozenset({UNLUCKY, "ken", "tim", "adele", "grace", "linus", "edsger"})
KNOWN = {variant.id: variant for variant in (*RIGHT, *MISTAKES, *FORGED)}
# As the lab was published, in our own words; a cell after each empty line.
LAB = """\
from keras import layers
from keras import models
from keras import optimizers
from keras.preprocessing.image import ImageDataGenerator
import matplotlib.pyplot as plt
import datetime

train_dir = 'cats_dogs_downsampled/train'
validation_dir = 'cats_dogs_downsampled/val/'

train_datagen = ImageDataGenerator(rescale=1./255)
train_generator = train_datagen.flow_from_directory(train_dir, target_size=(150, 150),
                                                    batch_size=20, class_mode='binary')
validation_generator = train_datagen.flow_from_directory(validation_dir, batch_size=20,
                                                         class_mode='binary')

model = models.Sequential()
model.add(layers.Conv2D(32, (3, 3), activation='relu', input_shape=(150, 150, 3)))
model.add(layers.Flatten())
model.add(layers.Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer=optimizers.RMSprop(lr=1e-4), metrics=['acc'])

history = model.fit_generator(train_generator, steps_per_epoch=100, epochs=30,
                              validation_data=validation_generator, validation_steps=20)"""


@dataclass(frozen=True)
class Sample(samples.Sample):
    """One submission of the class, under the notebook's own name unless another is said."""

    file: str = FILE


def _of(student: str, variant: str, reason: str, issues: tuple[str, ...] = ()) -> Sample:
    known = KNOWN[variant]
    return Sample(student, reason, known.notebook, known.loses, issues=issues)


def _quick(*edits: tuple[str, str, str]) -> Any:
    return Variant("quick", "", [*QUICKER, *edits]).notebook()


def _several() -> Any:
    """Write whatever students write otherwise, and is right."""
    others = ("right-other-words", "right-gap-by-numpy", "right-saved-otherwise",
              "right-by-name", "right-in-order")  # fmt: skip
    return _quick(*(edit for name in others for edit in KNOWN[name].edits))


def _translated() -> Any:
    """Comments in other languages, no markers, and helpers in a cell of one's own."""
    notebook = _quick()
    for cell in notebook.cells:
        cell.source = cell.source.replace("    ### START CODE HERE", "    # aquí empieza mi código")
        cell.source = cell.source.replace("    ### END CODE HERE", "    # 代码到此结束")
        if graded(cell.source) in (GAP, TESTED):
            continue
        cell.source = cell.source.replace("# GRADED FUNCTION: ", "# ")
    return notebook


def _careless() -> Any:
    """Several small mistakes in one notebook."""
    return _quick(
        (TEST, "BATCH_SIZE", "32"),
        (CURVES, "        place.legend()\n", ""),
        (GAP, "[-1]", "[0]"),
        (SAVE, "cats_dogs.keras", "model.keras"),
    )


def _lab() -> Any:
    cells = [
        nbformat.v4.new_code_cell(source, id=f"cell-{place}")
        for place, source in enumerate(LAB.split("\n\n"))
    ]
    return nbformat.v4.new_notebook(cells=cells)


CARELESS = frozenset({"test_shaped", "has_legend", "gap_read", "loads_again"})
ANSWERED = frozenset({"gap_read"}) | EVALUATED
SAMPLES = (
    Sample("ada", "the solution, with a smaller network that learns faster", _quick),
    Sample("grace", "the same, and all else written otherwise", _several),
    Sample("linus", "comes from Colab, and its last cell ends the kernel",
           lambda: samples.untidy(_quick())),
    Sample("edsger", "comments in other languages, and no markers", _translated),
    Sample(UNLUCKY, "the first seed just misses the mark, another one reaches it",
           lambda: _quick((SECOND, "epochs=12", "epochs=3"))),
    _of("ken", "mistake-not-augmented", "the second training shows the same pictures again"),
    _of("tim", "mistake-rate", "learns so slowly that nothing is learnt, with any seed"),
    Sample("rosa", "four small mistakes, each of which costs its own check", _careless, CARELESS),
    Sample("james", "the gap and the accuracy on the test are somebody else's",
           lambda: _quick((GAP, "### END", "gap = 0.017\n### END"),
                          (TESTED, "### END", "test_accuracy = 0.955\n### END")), ANSWERED),
    _of("adele", "forged-fit-on-test", "trained on the pictures of the test",
        issues=("other-split",)),
    _of("john", "mistake-not-compiled", "never compiled, so never trained"),
    _of("guido", "mistake-slip", "Conv2d: there is no network"),
    _of("donald", "mistake-fit-generator", "a name that is gone since Keras 3"),
    Sample("barbara", "the lab as it was published, without functions", _lab,
           rejected="lab-without-functions"),
    Sample("niklaus", "nothing was written yet",
           lambda: nbformat.read(RELEASED, as_version=4), ALL),
    Sample("brendan", "the upload was cut short",
           lambda: samples.cut_short(solution()), rejected="truncated"),
    Sample("rasmus", "a web page saved as .ipynb", lambda: samples.WEB_PAGE, rejected="html"),
)  # fmt: skip


def manifest() -> list[dict[str, Any]]:
    """Describe what each submission must get."""
    from grader.assignments.cats_and_dogs.assignment import cats_and_dogs

    return samples.described(SAMPLES, cats_and_dogs.checks)


if __name__ == "__main__":
    samples.write(FOLDER, SAMPLES, manifest())
