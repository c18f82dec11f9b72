"""The assignment of ``shapes``, with a grading profile: less of it, graded by the same rubric."""

from pathlib import Path

import nbformat
import shapes

EPOCHS, QUICK_EPOCHS, SIZE, QUICK_SIZE, TAKEN = 10, 8, 8, 6, 6
PROFILE = """\
QUICK = Profile(
    "quick",
    images={"train": 6},
    size=(6, 6),
    constants={"IMAGE_SIZE": 6, "EPOCHS": 8},
    epochs={"train_model": 8},
    steps={"train_model": 2},
    goals={GOAL: Goal("accuracy", at_least=0.9, by_epoch=8)},
)
"""
MODULE = (
    shapes.MODULE.replace("Training, Value", "Training, Profile, Value")
    .replace("shapes = Assignment(", f"{PROFILE}shapes = Assignment(")
    .replace("data=DATA)", "data=DATA, profile=QUICK)")
    .replace(
        "@data.check(valid.loader, valid.dataset, points=20",
        '''\
@data.check(train.loader, shapes.constant("IMAGE_SIZE", int), points=10, hint="Which size is it?")
def training_size(loader: Loader, size: int) -> Expectation:
    """Training images have the size of the notebook."""
    return loaders.sized(loader, size, size)


@data.check(valid.loader, valid.dataset, points=10''',
    )
)
CELLS = {
    "imports": shapes.CELLS["imports"],
    "sizes": f"# grader-required-cell\nIMAGE_SIZE = {SIZE}\nEPOCHS = {EPOCHS}",
    **{
        name: text.replace("(8, 8)", "(IMAGE_SIZE, IMAGE_SIZE)")
        .replace("(8, 8, 3)", "(IMAGE_SIZE, IMAGE_SIZE, 3)")
        .replace("epochs=10", "epochs=EPOCHS")
        for name, text in shapes.CELLS.items()
        if name != "imports"
    },
}


def notebook(**changed: str) -> nbformat.NotebookNode:
    """Build the solution, with some cells changed."""
    cells = [nbformat.v4.new_code_cell(text) for text in {**CELLS, **changed}.values()]
    made: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=cells)
    return made


def write(folder: Path, module: str = MODULE, **changed: str) -> Path:
    """Write the assignment with its data into a folder, and return it.

    Args:
        folder: A new one.
        module: Text of its module.
        changed: Cells of the notebook that students get.
    """
    shapes.write(folder, module)
    nbformat.write(notebook(**changed), folder / "shapes.ipynb")
    return folder
