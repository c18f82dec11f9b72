"""Makes the sample class of "Horses or Humans", and a manifest of what each submission must get.

``python tests/shared/horses_class.py`` writes ``data/sample_submissions/horses_or_humans``; reasons
in the manifest were written before the grader was run on the class. All of it together takes four
different trainings of the networks: of smaller ones, which are as right as the solution's and learn
in a fraction of the time, of the same on datasets of ``tf.data``, with too little luck at first,
and of networks that hardly learn.
"""

from dataclasses import dataclass
from typing import Any

import nbformat
import samples
from horses_or_humans.forged import FORGED
from horses_or_humans.mistakes import EVALUATE, MISTAKES
from horses_or_humans.right import RIGHT
from horses_or_humans.submission import (
    ALL,
    BUILD,
    COMPARE,
    CURVES,
    FIRST,
    GAP,
    MEASURED,
    QUICKER,
    ROOT,
    SECOND,
    SECOND_FIT,
    SLOW,
    UNLEARNT,
    Variant,
    graded,
    solution,
)

FOLDER = ROOT / "data" / "sample_submissions" / "horses_or_humans"
RELEASED = ROOT / "notebooks" / "horses_or_humans.ipynb"
FILE = "horses_or_humans.ipynb"
UNLUCKY = "frances"
# Graded by `--prove` alone: with trainings of their own, or as long as others and the same again.
LONG = frozenset({UNLUCKY, "margaret", "tim", "adele", "grace", "linus", "edsger"})
KNOWN = {variant.id: variant for variant in (*RIGHT, *MISTAKES, *FORGED)}
# As the lesson was published, in our own words; a cell after each empty line.
LESSON = """\
import os
import tensorflow as tf
from tensorflow.keras.optimizers import RMSprop
from tensorflow.keras.preprocessing.image import ImageDataGenerator

train_horse_dir = os.path.join('/tmp/horse-or-human/horses')
train_human_dir = os.path.join('/tmp/horse-or-human/humans')
print(os.listdir(train_horse_dir)[:10])

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Conv2D(16, (3, 3), activation='relu', input_shape=(300, 300, 3)))
model.add(tf.keras.layers.Flatten())
model.add(tf.keras.layers.Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer=RMSprop(lr=0.001), metrics=['acc'])

train_datagen = ImageDataGenerator(rescale=1/255)
train_generator = train_datagen.flow_from_directory('/tmp/horse-or-human/', batch_size=128,
                                                    target_size=(300, 300), class_mode='binary')

history = model.fit_generator(train_generator, steps_per_epoch=8, epochs=15, verbose=1)"""


@dataclass(frozen=True)
class Sample(samples.Sample):
    """One submission of the class, under the notebook's own name unless another is said."""

    file: str = FILE


def _quick(*edits: tuple[str, str, str], cells: dict[str, str] | None = None) -> Any:
    return Variant("quick", "", [*QUICKER, *edits], cells=cells or {}).notebook()


def _several() -> Any:
    """Write whatever students write otherwise, and is right."""
    others = ("right-from-zero", "right-gap-by-numpy", "right-by-mask", "right-by-name",
              "right-in-order", "right-one-expression")  # fmt: skip
    return _quick(*(edit for name in others for edit in KNOWN[name].edits))


def _translated() -> Any:
    """Comments in other languages, no markers, and a function in the place of a loop."""
    notebook = _quick(cells=dict(KNOWN["right-loop"].cells))
    for cell in notebook.cells:
        cell.source = cell.source.replace("    ### START CODE HERE", "    # aquí empieza mi código")
        cell.source = cell.source.replace("    ### END CODE HERE", "    # 代码到此结束")
        if "# GRADED VALUE: " not in cell.source and graded(cell.source):
            cell.source = cell.source.replace("# GRADED FUNCTION: ", "# ")
    return notebook


def _careless() -> Any:
    """Several small mistakes in one notebook."""
    return _quick(
        (CURVES, "        place.legend()\n", ""),
        (GAP, "[-1]", "[0]"),
        (COMPARE, "known & unknown", "unknown"),
        (FIRST, "return history", "return None"),
    )


def _answers() -> Any:
    """Answers of somebody else's."""
    return _quick(
        (MEASURED, EVALUATE, "compact_accuracy = 0.8477"),
        cells={
            name: f"# GRADED VALUE: {name}\n{name} = {text}\n"
            for name, text in (("sides", "[148, 74]"), ("batches", "8"), ("risk", '"d"'))
        },
    )


def _lesson() -> Any:
    cells = [
        nbformat.v4.new_code_cell(source, id=f"cell-{place}")
        for place, source in enumerate(LESSON.split("\n\n"))
    ]
    return nbformat.v4.new_notebook(cells=cells)


CARELESS = frozenset({"has_legend", "gap_read", "pictures_lost", "first_returned"})
ANSWERED = frozenset({"compact_evaluated", "sides_told", "batches_told", "risk_named"})
ON_VALIDATION = (
    "model.fit(train_batches, epochs=EPOCHS", "model.fit(validation_batches, epochs=EPOCHS"
)  # fmt: skip
SAMPLES = (
    Sample("ada", "the solution, with smaller networks that learn faster", _quick),
    Sample("grace", "the same, and all else written otherwise", _several),
    Sample("linus", "comes from Colab, and its last cell ends the kernel",
           lambda: samples.untidy(_quick())),
    Sample("edsger", "comments in other languages, and no markers", _translated),
    Sample("margaret", "all loaders are datasets of tf.data", KNOWN["right-datasets"].notebook),
    Sample(UNLUCKY, "the first seed just misses the mark, another one reaches it",
           lambda: _quick((SECOND, "epochs=EPOCHS", "epochs=5"))),
    Sample("tim", "learns so slowly that nothing is learnt, with any seed",
           lambda: _quick(SLOW), UNLEARNT),
    Sample("rosa", "four small mistakes, each of which costs its own check", _careless, CARELESS),
    Sample("james", "the accuracy and three answers are somebody else's", _answers, ANSWERED),
    Sample("adele", "trained on the pictures to validate with",
           lambda: _quick((SECOND, *ON_VALIDATION)),
           frozenset({"begun_anew", "second_validated", "validated"}), issues=("other-split",)),
    Sample("john", "never compiled, so never trained", KNOWN["mistake-not-compiled"].notebook,
           KNOWN["mistake-not-compiled"].loses),
    Sample("guido", "Conv2d: there is no large network",
           lambda: _quick((BUILD, "Conv2D(", "Conv2d(")), KNOWN["mistake-slip"].loses),
    Sample("donald", "a name that is gone since Keras 3",
           lambda: _quick((SECOND, "model.fit(", "model.fit_generator(")), SECOND_FIT),
    Sample("barbara", "the lesson as it was published, without functions", _lesson,
           rejected="lesson-without-functions"),
    Sample("niklaus", "nothing was written yet",
           lambda: nbformat.read(RELEASED, as_version=4), ALL),
    Sample("brendan", "the upload was cut short",
           lambda: samples.cut_short(solution()), rejected="truncated"),
    Sample("rasmus", "a web page saved as .ipynb", lambda: samples.WEB_PAGE, rejected="html"),
)  # fmt: skip


def manifest() -> list[dict[str, Any]]:
    """Describe what each submission must get."""
    from grader.assignments.horses_or_humans.assignment import horses_or_humans

    return samples.described(SAMPLES, horses_or_humans.checks)


if __name__ == "__main__":
    samples.write(FOLDER, SAMPLES, manifest())
