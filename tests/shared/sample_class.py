"""Makes the sample class: small, realistic submissions, and a manifest of what each must get.

``python tests/shared/sample_class.py`` writes ``data/sample_submissions/happy_or_sad``. The
reasons in the manifest were written before the grader was run on the class.
"""

from dataclasses import dataclass
from typing import Any

import editions
import nbformat
import samples
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.right import RIGHT
from happy_or_sad.submission import (
    CALLBACK,
    CONV,
    DENSE,
    FLAT,
    INPUT,
    LOADER,
    OUT,
    POOL,
    ROOT,
    Variant,
    model,
)

FOLDER = ROOT / "data" / "sample_submissions" / "happy_or_sad"
RELEASED = ROOT / "notebooks" / "C1W4_Assignment.ipynb"
FILE = "C1W4_Assignment.ipynb"
KNOWN = {variant.id: variant for variant in (*RIGHT, *MISTAKES)}


@dataclass(frozen=True)
class Sample(samples.Sample):
    """One submission of the class, under the notebook's own name unless another is said."""

    file: str = FILE


def _of(student: str, variant: str, reason: str) -> Sample:
    known = KNOWN[variant]
    return Sample(student, reason, known.notebook, known.loses)


THREE = Variant(
    "three", "batches of 5, the metric acc, two convolutions",
    ((LOADER, "batch_size=10", "batch_size=5"),),
    frozenset({"batch_size", "metric", "convolutions", "stopped_by_callback"}),
    model(INPUT, CONV, POOL, CONV, POOL, FLAT, DENSE, OUT, metrics='["acc"]'),
)  # fmt: skip
EMPTY = frozenset({
    "images_found", "batch_size", "target_size", "class_mode", "pixels_scaled", "stops_above",
    "goes_on_below", "lives_without_accuracy", "input_shape", "convolutions", "flattened",
    "output_layer", "loss", "metric", "epochs_asked", "target_reached", "stopped_by_callback",
    "history_returned",
})  # fmt: skip


def _solution() -> Any:
    return KNOWN["solution"].notebook()


def _released() -> Any:
    return nbformat.read(RELEASED, as_version=4)


def _untidy() -> Any:
    """Colab: cells of one's own, a folder of one's own, no metadata, no tags."""
    notebook = _solution()
    added = {
        "mount": "from google.colab import drive\ndrive.mount('/content/drive')",
        "listing": "!pip install -q tensorflow\n!ls /content/drive\n%cd /content",
    }
    notebook.cells[1:1] = [
        nbformat.v4.new_code_cell(source, id=name) for name, source in added.items()
    ]
    notebook.metadata = {}
    for cell in notebook.cells:
        cell.metadata = {}
        cell.source = cell.source.replace("../data/happy_or_sad/", "/content/drive/MyDrive/faces/")
    return notebook


def _shuffled() -> Any:
    """Graded cells at the end, the loader twice: a wrong one first."""
    notebook = _solution()
    graded = [cell for cell in notebook.cells if "# GRADED FUNCTION" in cell.source]
    rest = [cell for cell in notebook.cells if cell not in graded]
    wrong = nbformat.from_dict(dict(graded[1]) | {"id": "first-try"})
    wrong.source = graded[1].source.replace("batch_size=10", "batch_size=64")
    notebook.cells = [*rest, wrong, graded[2], graded[1], graded[0]]
    return notebook


def _translated() -> Any:
    """Comments and messages in other languages, no markers."""
    notebook = _solution()
    for cell in notebook.cells:
        cell.source = cell.source.replace("    ### START CODE HERE", "    # aquí empieza mi código")
        cell.source = cell.source.replace("    ### END CODE HERE", "    # 代码到此结束")
    return notebook


def _old_format() -> str:
    """Format 3, as Jupyter wrote it before 2015."""
    notebook = nbformat.convert(_solution(), 3)
    return str(nbformat.writes(notebook, version=3))


def _killed() -> Any:
    return Variant(
        "killed", "", ((LOADER, "    return train_generator", "    import os\n    os._exit(0)"),)
    ).notebook()


def _reworded() -> Any:
    return Variant(
        "reworded",
        "",
        ((CALLBACK, "Reached 99.9% accuracy so cancelling training!", "¡Listo! 完成"),),
    ).notebook()


SAMPLES = (
    Sample("ada", "the solution", _solution),
    _of("grace", "right-functional-helper-imports", "a functional model with a helper function"),
    _of("alan", "right-add-input_shape-MaxPool2D-verbose0", "layers added one by one, no output"),
    _of("edsger", "right-two-units-softmax", "two output units and sparse labels"),
    _of("barbara", "right-rescaling-layer", "the model scales the images, not the generator"),
    Sample("donald", "the course's notebook of 2022, in which the callback is given",
           editions.course_2022),
    Sample("margaret", "the same, without marked cells",
           lambda: editions.course_2022(marked=False)),
    Sample("linus", "comes from Colab: extra cells, a folder of its own, no metadata", _untidy,
           issues=("cell-added", "given-cell-restored", "metadata-missing")),
    Sample("radia", "cells in another order, and the loader twice: the later one counts",
           _shuffled, issues=("graded-cell-twice",)),
    Sample("hedy", "comments in two languages, no markers, another file name", _translated,
           file="Tarea semana 4 (final).ipynb", issues=("markers-missing",)),
    Sample("dennis", "saved in the format of 2014", _old_format),
    Sample("frances", "says it in its own words", _reworded),
    Sample("niklaus", "nothing was written yet", _released, EMPTY),
    Sample("ken", "batches of 5, the metric acc, which the callback never sees, two convolutions",
           THREE.notebook, THREE.loses),
    _of("john", "mistake-lr", "lr is gone in Keras 3: nothing is compiled or trained"),
    _of("adele", "mistake-fit_generator", "fit_generator is gone in Keras 3: nothing is trained"),
    _of("tim", "mistake-threshold-0.9", "training ends above 90 %, before the target"),
    _of("bjarne", "mistake-class-folder", "one class's folder: no images, nothing to train on"),
    _of("kathleen", "mistake-categorical-one-unit", "two labels for one output: fit raises"),
    _of("guido", "mistake-syntax-error", "a bracket is missing: the last function is not defined"),
    _of("yukihiro", "mistake-slip-layer", "Conv2d: no model is built"),
    _of("james", "mistake-rate-1e-6", "it hardly learns, with any of the three seeds"),
    Sample("larry", "the kernel is ended by the loader: nothing is loaded or trained", _killed,
           KNOWN["mistake-slip-loader"].loses | KNOWN["mistake-syntax-error"].loses),
    Sample("brendan", "the upload was cut short",
           lambda: samples.cut_short(_solution()), rejected="truncated"),
    Sample("rasmus", "a web page saved as .ipynb",
           lambda: samples.WEB_PAGE, rejected="html"),
    Sample("fran", "the course's notebook of 2019", editions.course_2019, rejected="course-2019"),
)  # fmt: skip


def manifest() -> list[dict[str, Any]]:
    """Describe what each submission must get."""
    from grader.assignments.happy_or_sad.assignment import happy_or_sad

    return samples.described(SAMPLES, happy_or_sad.checks)


if __name__ == "__main__":
    samples.write(FOLDER, SAMPLES, manifest())
