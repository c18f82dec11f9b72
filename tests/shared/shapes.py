"""An assignment as a stranger writes one, whose dataset has a split of each purpose."""

from pathlib import Path

import nbformat
import numpy as np
from PIL import Image, ImageDraw

from grader.authoring import Pixels

MODULE = '''\
"""Squares or discs."""

from pathlib import Path

import numpy as np

from grader.authoring import (
    Arrays, Assignment, ClassFolders, Dataset, Expectation, Goal, ImageLoader, Loader,
    TrainedModel, Training, Value, ValueView, loaders, targets,
)

HERE = Path(__file__).parent
GOAL = Goal("accuracy", at_least=0.9, by_epoch=10)
DATA = Dataset(
    "shapes",
    "shapes",
    ("disc", "square"),
    splits=(
        ClassFolders("train", HERE / "images" / "train", record=HERE / "train.json"),
        ClassFolders("validation", HERE / "images" / "validation", record=HERE / "valid.json"),
        Arrays("test", HERE / "test.npz", labels="y", record=HERE / "test.json"),
    ),
)
shapes = Assignment("shapes", "Shapes", HERE / "shapes.ipynb", data=DATA)
train = shapes.part(ImageLoader("load_train", variable="train_batches"))
valid = shapes.part(ImageLoader("load_validation", variable="valid_batches", split="validation"))
test = shapes.part(ImageLoader("load_test", variable="test_batches", split="test"))
model = shapes.part(
    TrainedModel("train_model", variable="history", loader=train, goals=(GOAL,), most_epochs=10)
)
mean = shapes.part(Value("mean_pixel"))
data = shapes.group("data")


@data.check(train.loader, train.dataset, points=20, hint="Which folder has the training images?")
def training_images(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All training images are found."""
    return loaders.finds(loader, *dataset)


@data.check(valid.loader, valid.dataset, points=20, hint="Which folder is for validation?")
def validation_images(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All validation images are found."""
    return loaders.finds(loader, *dataset)


@data.check(test.loader, test.dataset, points=10, hint="What does the file hold?")
def test_images(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All test images are found."""
    return loaders.finds(loader, *dataset)


@data.check(mean, points=10, hint="What does the file hold?")
def test_mean(value: ValueView) -> Expectation:
    """The mean pixel of the test images is computed."""
    return value.equals(float(np.load(DATA.split("test").place)["x"].mean()))


@shapes.group("training").check(model.training, points=40, hint="Does it learn too slowly?")
def goal_reached(training: Training) -> Expectation:
    """Training reaches 90 % accuracy by epoch 10."""
    return targets.reaches(training, GOAL)
'''
CELLS = {
    "imports": """\
# grader-required-cell
import keras
import numpy as np
import tensorflow as tf
from tensorflow.keras.preprocessing.image import ImageDataGenerator""",
    "load_train": """\
# GRADED FUNCTION: load_train
def load_train():
    ### START CODE HERE
    scaled = ImageDataGenerator(rescale=1 / 255)
    batches = scaled.flow_from_directory(
        "../data/shapes/train", target_size=(8, 8), batch_size=4, class_mode="binary"
    )
    ### END CODE HERE
    return batches""",
    "load_validation": """\
# GRADED FUNCTION: load_validation
def load_validation():
    ### START CODE HERE
    scaled = ImageDataGenerator(rescale=1 / 255)
    batches = scaled.flow_from_directory(
        "../data/shapes/validation", target_size=(8, 8), batch_size=4, class_mode="binary"
    )
    ### END CODE HERE
    return batches""",
    "load_test": """\
# GRADED FUNCTION: load_test
def load_test():
    ### START CODE HERE
    with np.load("../data/shapes/test.npz") as file:
        images, labels = file["x"], file["y"]
    batches = tf.data.Dataset.from_tensor_slices((images, labels)).batch(5)
    ### END CODE HERE
    return batches""",
    "batches": """\
# grader-required-cell
train_batches = load_train()
valid_batches = load_validation()
test_batches = load_test()""",
    "train_model": """\
# GRADED FUNCTION: train_model
def train_model(train_batches, valid_batches):
    ### START CODE HERE
    model = keras.Sequential(
        [
            keras.layers.Input((8, 8, 3)),
            keras.layers.Flatten(),
            keras.layers.Dense(8, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy", metrics=["accuracy"])
    history = model.fit(train_batches, validation_data=valid_batches, epochs=10)
    ### END CODE HERE
    return history""",
    "history": "# grader-required-cell\nhistory = train_model(train_batches, valid_batches)",
    "mean_pixel": """\
# GRADED VALUE: mean_pixel
### START CODE HERE
mean_pixel = float(np.load("../data/shapes/test.npz")["x"].mean())
### END CODE HERE""",
}
SIDE = 8


def notebook(**changed: str) -> nbformat.NotebookNode:
    """Build the solution, with some cells changed."""
    sources = {**CELLS, **changed}
    cells = [
        nbformat.v4.new_code_cell(text, id=name.replace("_", "-")) for name, text in sources.items()
    ]
    made: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=cells)
    return made


def draw(label: str, number: int) -> Pixels:
    """Draw a disc or a square, of another brightness each time."""
    image = Image.new("RGB", (SIDE, SIDE), (20, 20, 20 + number))
    colour = (240, 60, 60) if label == "disc" else (60, 60, 240)
    shape = ImageDraw.Draw(image)
    (shape.ellipse if label == "disc" else shape.rectangle)((1, 1, 6, 6), fill=colour)
    return np.asarray(image)


def write(folder: Path, module: str = MODULE, validation: int = 4) -> Path:
    """Write the assignment with its data into a folder, and return it.

    Args:
        folder: A new one.
        module: Text of its module.
        validation: Images of each class to validate with; the first have names of those to train.
    """
    folder.mkdir(parents=True)
    (folder / "assignment.py").write_text(module, "utf-8")
    nbformat.write(notebook(), folder / "shapes.ipynb")
    for split, first, count in (("train", 0, 8), ("validation", 20, validation)):
        for label in ("disc", "square"):
            (folder / "images" / split / label).mkdir(parents=True)
            for number in range(count):
                place = folder / "images" / split / label / f"{number}.png"
                Image.fromarray(draw(label, first + number)).save(place)
    images = [draw(label, 9 + number) for label in ("disc", "square") for number in range(5)]
    np.savez(folder / "test.npz", x=np.stack(images), y=np.repeat([0, 1], 5))
    return folder
