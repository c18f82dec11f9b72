"""An assignment as a stranger writes one, in a folder of its own: long sleeves or short ones."""

from pathlib import Path

import nbformat
from PIL import Image

MODULE = '''\
"""Long sleeves or short ones."""

from pathlib import Path

from grader.authoring import (
    Assignment, Dataset, Expectation, ImageLoader, Loader, Model, StoppingCallback,
    TrainedModel, Goal, loaders, models,
)

HERE = Path(__file__).parent
shirts = Assignment(
    id="shirts",
    title="Shirts",
    notebook=HERE / "shirts.ipynb",
    data=Dataset("shirts", "shirts", ("long", "short"), HERE / "images"),
    pass_mark=0.5,
    seeds=(1, 2),
)
images = shirts.part(ImageLoader("load", variable="batches"))
goal = Goal("accuracy", at_least=0.9, by_epoch=10)
model = shirts.part(
    TrainedModel("train", variable="history", loader=images, goals=(goal,), most_epochs=10)
)
loading = shirts.group("loading")
building = shirts.group("building")


@loading.check(images.loader, points=40, hint="How many come at a time?")
def batch_size(loader: Loader) -> Expectation:
    """Images come in batches of 4."""
    return loaders.batches_of(loader, 4)


@building.check(model.model, points=60, hint="What does a dense layer take?")
def flattened(model: Model) -> Expectation:
    """Feature maps are flattened before the dense layers."""
    return models.flattened(model)
'''
LOAD = """\
# GRADED FUNCTION: load
def load():
    ### START CODE HERE
    data = ImageDataGenerator(rescale=1 / 255)
    batches = data.flow_from_directory("../data/shirts", (8, 8), batch_size=4)
    ### END CODE HERE
    return batches
"""
TRAIN = """\
# GRADED FUNCTION: train
def train(batches):
    ### START CODE HERE
    model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(1)])
    model.compile(loss="mse", metrics=["accuracy"])
    history = model.fit(batches, epochs=2)
    ### END CODE HERE
    return history
"""
GIVEN = {
    "imports": "# grader-required-cell\nimport keras\n"
    "from tensorflow.keras.preprocessing.image import ImageDataGenerator\n",
    "batches": "# grader-required-cell\nbatches = load()\n",
    "history": "# grader-required-cell\nhistory = train(batches)\n",
}


def notebook() -> nbformat.NotebookNode:
    """Build the solution."""
    sources = (GIVEN["imports"], LOAD, GIVEN["batches"], TRAIN, GIVEN["history"])
    made: nbformat.NotebookNode = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in sources]
    )
    return made


def write(folder: Path, module: str = MODULE) -> Path:
    """Write the assignment into a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assignment.py").write_text(module, "utf-8")
    nbformat.write(notebook(), folder / "shirts.ipynb")
    for label, colour in (("long", "red"), ("short", "blue")):
        (folder / "images" / label).mkdir(parents=True, exist_ok=True)
        for number in range(3):
            Image.new("RGB", (8, 8), colour).save(folder / "images" / label / f"{number}.png")
    return folder
