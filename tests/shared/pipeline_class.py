"""Makes the sample class of "Happy or Sad in the Wild", and a manifest of what it must get.

``python tests/shared/pipeline_class.py`` writes ``data/sample_submissions/happy_sad_pipeline``;
reasons in the manifest were written before the grader was run on the class. All of it takes three
different trainings: of a network that is as right as the solution's at a part of its price, of
the same for a single epoch, and of that with pictures which are divided anew in each pass.
"""

from dataclasses import dataclass
from typing import Any

import nbformat
import samples
from happy_sad_pipeline.forged import FORGED
from happy_sad_pipeline.mistakes import MISTAKES
from happy_sad_pipeline.right import RIGHT
from happy_sad_pipeline.submission import (
    ALL,
    CLASSIFY,
    CURVES,
    FLIPS,
    PLOT,
    QUICKER,
    ROOT,
    SAVE,
    Variant,
    graded,
    solution,
)

FOLDER = ROOT / "data" / "sample_submissions" / "happy_sad_pipeline"
RELEASED = ROOT / "notebooks" / "happy_sad_pipeline.ipynb"
FILE = "happy_sad_pipeline.ipynb"
# Graded by `--prove` alone: with trainings of their own, or as long as others and the same again.
LONG = frozenset({"ken", "tim", "grace", "linus", "edsger"})
KNOWN = {variant.id: variant for variant in (*RIGHT, *MISTAKES, *FORGED)}
# As the pipeline was published, in our own words; a cell after each empty line.
PUBLISHED = """\
from tensorflow.keras.models import Sequential
import matplotlib.pyplot as plt
import seaborn as sns
import imghdr
import cv2
import os

def summary_images(folder_name):
    for image_class in os.listdir(folder_name):
        print(image_class, len(os.listdir(os.path.join(folder_name, image_class))))

data = tf.keras.utils.image_dataset_from_directory('downloads')
train_size = int(len(data)*.7)
val_size = int(len(data)*.2)

train = data.take(train_size)
val = data.skip(train_size).take(val_size)

hist = model.fit(train, epochs=20, validation_data=val, callbacks=[tf_callback])"""


@dataclass(frozen=True)
class Sample(samples.Sample):
    """One submission of the class, under the notebook's own name unless another is said."""

    file: str = FILE


def _of(student: str, variant: str, reason: str, issues: tuple[str, ...] = ()) -> Sample:
    known = KNOWN[variant]
    return Sample(student, reason, known.notebook, known.loses, issues=issues)


def _quick(*edits: tuple[str, str, str], **cells: str) -> Any:
    return Variant("quick", "", [*QUICKER, *edits], cells=cells).notebook()


def _several() -> Any:
    """Write whatever students write otherwise, and is right."""
    others = ("right-walked", "right-compared", "right-sklearn", "right-concatenated",
              "right-matshow", "right-pillow", "right-scipy", "right-two-figures")  # fmt: skip
    return _quick(**{name: text for each in others for name, text in KNOWN[each].cells.items()})


def _translated() -> Any:
    """Comments in other languages, and no markers."""
    notebook = _quick()
    for cell in notebook.cells:
        cell.source = cell.source.replace("    ### START CODE HERE", "    # aquí empieza mi código")
        cell.source = cell.source.replace("    ### END CODE HERE", "    # 代码到此结束")
        if graded(cell.source) != FLIPS:
            cell.source = cell.source.replace("# GRADED FUNCTION: ", "# ")
    return notebook


def _careless() -> Any:
    """Several small mistakes in one notebook."""
    return _quick(
        (CURVES, "        place.legend()\n", ""),
        (PLOT, "set_xticks([0, 1], CLASSES)", "set_xticks([0, 1], CLASSES[::-1])"),
        (CLASSIFY, "max(share, 1 - share)", "share"),
        (SAVE, "happy_sad.keras", "model.keras"),
    )


def _published() -> Any:
    cells = [
        nbformat.v4.new_code_cell(source, id=f"cell-{place}")
        for place, source in enumerate(PUBLISHED.split("\n\n"))
    ]
    return nbformat.v4.new_notebook(cells=cells)


CARELESS = frozenset({"has_legend", "matrix_labelled", "confidence_right", "loads_again"})
SAMPLES = (
    Sample("ada", "the solution, with a smaller network that learns faster", _quick),
    Sample("grace", "the same, and all else written otherwise", _several),
    Sample("linus", "comes from Colab, and its last cell ends the kernel",
           lambda: samples.untidy(_quick())),
    Sample("edsger", "comments in other languages, and no markers", _translated),
    Sample("rosa", "four small mistakes, each of which costs its own check", _careless, CARELESS),
    _of("ken", "mistake-as-printed", "divided anew in each pass, as it was printed"),
    _of("tim", "mistake-one-epoch", "a single epoch, after which nothing is learnt"),
    _of("james", "mistake-removes-unasked", "files are gone that nobody wanted to be removed"),
    _of("donald", "mistake-blue-first", "channels as another package reads them"),
    _of("adele", "forged-log", "a log that no training has written"),
    _of("john", "mistake-not-compiled", "never compiled, so never trained"),
    _of("guido", "mistake-slip", "Conv2d: there is no network"),
    Sample("barbara", "the pipeline as it was published, without functions", _published,
           rejected="pipeline-without-functions"),
    Sample("niklaus", "nothing was written yet",
           lambda: nbformat.read(RELEASED, as_version=4), ALL),
    Sample("brendan", "the upload was cut short",
           lambda: samples.cut_short(solution()), rejected="truncated"),
    Sample("rasmus", "a web page saved as .ipynb", lambda: samples.WEB_PAGE, rejected="html"),
)  # fmt: skip


def manifest() -> list[dict[str, Any]]:
    """Describe what each submission must get."""
    from grader.assignments.happy_sad_pipeline.assignment import happy_sad_pipeline

    return samples.described(SAMPLES, happy_sad_pipeline.checks)


if __name__ == "__main__":
    samples.write(FOLDER, SAMPLES, manifest())
