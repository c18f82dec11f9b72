"""Makes the sample class of "The Happy House", and a manifest of what each submission must get.

``python tests/shared/house_class.py`` writes ``data/sample_submissions/happy_house``; reasons in
the manifest were written before the grader was run on the class. All of it together takes four
different trainings that reach something: the solution's, three blocks, these for as few epochs as
is too few with the first seed, and a linear model.
"""

from dataclasses import dataclass, replace
from typing import Any

import nbformat
import samples
from happy_house.mistakes import MISTAKES
from happy_house.right import RIGHT
from happy_house.submission import ALL, FIT, ROOT, graded, solution

FOLDER = ROOT / "data" / "sample_submissions" / "happy_house"
RELEASED = ROOT / "notebooks" / "Happy_House.ipynb"
FILE = "Happy_House.ipynb"
UNLUCKY = "radia"
# Graded by `--prove` alone: with trainings of their own, or as long as others and the same again.
LONG = frozenset({"grace", "ken"})
KNOWN = {variant.id: variant for variant in (*RIGHT, *MISTAKES)}
# As the course had them, in our own order: most are gone since Keras 3.
OLD_IMPORTS = """\
import numpy as np
import pydot
from keras import layers
from keras.layers import Input, Dense, Activation, ZeroPadding2D, BatchNormalization, Conv2D
from keras.layers import MaxPooling2D, Flatten
from keras.models import Model
from keras.preprocessing import image
from keras.utils import layer_utils
from keras.utils.data_utils import get_file
from keras.utils.vis_utils import model_to_dot
from keras.applications.imagenet_utils import preprocess_input
from keras.utils import plot_model
from kt_utils import *

%matplotlib inline"""
OLD_LOAD = """\
X_train_orig, Y_train_orig, X_test_orig, Y_test_orig, classes = load_dataset()

X_train = X_train_orig/255.
X_test = X_test_orig/255.
Y_train = Y_train_orig.T
Y_test = Y_test_orig.T

print ("number of training examples = " + str(X_train.shape[0]))
print ("number of test examples = " + str(X_test.shape[0]))"""
OLD_PICTURE = """\
img_path = 'images/me.jpg'
img = image.load_img(img_path, target_size=(64, 64))
x = image.img_to_array(img)
x = np.expand_dims(x, axis=0)
x = preprocess_input(x)
print(happyModel.predict(x))"""
OLD_DRAWING = "plot_model(happyModel, to_file='HappyModel.png')"


@dataclass(frozen=True)
class Sample(samples.Sample):
    """One submission of the class, under the notebook's own name unless another is said."""

    file: str = FILE


def _of(student: str, variant: str, reason: str, issues: tuple[str, ...] = ()) -> Sample:
    known = KNOWN[variant]
    return Sample(student, reason, known.notebook, known.loses, issues=issues)


def course(*, given: bool = True) -> Any:
    """Build a solved notebook of the course: old imports, cells without marks.

    Args:
        given: Whether the cells that import and load are still there.
    """
    own = [cell.source for cell in solution().cells if graded(cell.source)]
    steps = [text if "HappyModel(input_shape)" in text else text.split("\n", 1)[1] for text in own]
    first = [OLD_IMPORTS, OLD_LOAD] if given else []
    sources = [*first, *steps, OLD_PICTURE, "happyModel.summary()", OLD_DRAWING]
    cells = [
        nbformat.v4.new_code_cell(source, id=f"cell-{place}")
        for place, source in enumerate(sources)
    ]
    return nbformat.v4.new_notebook(cells=cells)


def _unlucky() -> Any:
    """Three blocks that learn for so short that one beginning gets there and another does not."""
    known = KNOWN["right-three-blocks"]
    return replace(known, edits=((FIT, "epochs=20", "epochs=3"),)).notebook()


def _released() -> Any:
    return nbformat.read(RELEASED, as_version=4)


SAMPLES = (
    Sample("ada", "the solution", solution),
    _of("grace", "right-three-blocks", "three blocks of ever more filters"),
    Sample(UNLUCKY, "three blocks for 3 epochs: the first seed misses the mark by a few points, "
           "and another one reaches it", _unlucky),
    _of("alan", "right-by-place", "arguments by place, Adam in capitals"),
    Sample("barbara", "the course's notebook, solved: its imports are gone since Keras 3", course),
    Sample("donald", "the same, and the cells that import and load are lost",
           lambda: course(given=False)),
    Sample("linus", "comes from Colab, and its last cell ends the kernel",
           lambda: samples.untidy(solution())),
    Sample("niklaus", "nothing was written yet", _released, ALL),
    _of("ken", "mistake-linear", "no convolution: too little is learnt with any seed"),
    _of("frances", "mistake-preds-written", "numbers of somebody else's in the place of its own"),
    _of("john", "mistake-evaluated-on-training", "evaluated on the training pictures"),
    _of("adele", "mistake-fit-on-test", "trained on the test pictures",
        issues=("other-split",)),
    _of("tim", "mistake-not-compiled", "never compiled, so never trained"),
    _of("guido", "mistake-slip", "Conv2d: there is no model"),
    _of("james", "mistake-input-32", "takes smaller pictures, so that fit raises"),
    Sample("brendan", "the upload was cut short",
           lambda: samples.cut_short(solution()), rejected="truncated"),
    Sample("rasmus", "a web page saved as .ipynb",
           lambda: samples.WEB_PAGE, rejected="html"),
)  # fmt: skip


def manifest() -> list[dict[str, Any]]:
    """Describe what each submission must get."""
    from grader.assignments.happy_house.assignment import happy_house

    return samples.described(SAMPLES, happy_house.checks)


if __name__ == "__main__":
    samples.write(FOLDER, SAMPLES, manifest())
