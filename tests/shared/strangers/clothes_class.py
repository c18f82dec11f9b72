"""What a class has handed in for "Ten Kinds of Clothes"; grades were written before grading."""

from pathlib import Path

from strangers.made import Sources, Student, edited, solved, starter
from strangers.made import write as write_folder

FILE = "clothes.ipynb"
SOLUTION: Sources = {
    "imports": """\
# grader-required-cell
import keras
from keras import layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator""",
    "load": '''\
# GRADED FUNCTION: load_clothes
def load_clothes():
    """Return the labelled images, scaled to the range 0 to 1, in batches of 20."""
    ### START CODE HERE
    scaled = ImageDataGenerator(rescale=1 / 255)
    batches = scaled.flow_from_directory(
        "../data/clothes",
        target_size=(28, 28),
        color_mode="grayscale",
        batch_size=20,
        class_mode="sparse",
    )
    ### END CODE HERE
    return batches''',
    "batches": "# grader-required-cell\nbatches = load_clothes()",
    "train": '''\
# GRADED FUNCTION: train_model
def train_model(batches):
    """Train a network to tell ten kinds of clothes apart and return its history."""
    ### START CODE HERE
    model = keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(0.003),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    history = model.fit(batches, epochs=10)
    ### END CODE HERE
    return history''',
    "history": "# grader-required-cell\nhistory = train_model(batches)",
    "accuracy": "print(history.history['accuracy'][-1])",
}
ONE_HOT = edited(
    SOLUTION, ("load", '"sparse"', '"categorical"'), ("train", "sparse_cat", "cat")
)  # fmt: skip
LOGITS = edited(
    SOLUTION,
    ("train", 'Dense(10, activation="softmax")', "Dense(10)"),
    ("train", '"sparse_categorical_crossentropy"',
     "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"),
    ("train", "layers.Flatten()", "layers.Conv2D(16, 3), layers.MaxPooling2D(), layers.Flatten()"),
)  # fmt: skip
MADE_UP = """
model = keras.Sequential(
    [
        layers.Input((28, 28, 1)),
        layers.Conv2D(2, 3),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]
)
model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(batches, epochs=1)
history.history["accuracy"] = [0.5, 0.8, 0.95, 0.98]
history.history["loss"] = [1.5, 0.9, 0.3, 0.1]
history.epoch = [0, 1, 2, 3]
"""
CLASS = (
    Student("solution", "all is right", SOLUTION),
    Student(
        "starter", "nothing was written yet", starter("clothes"), 0, passed=False,
        lost=frozenset({
            "images_found", "batch_size", "labels", "pixels_scaled", "input_shape", "flattened",
            "output_layer", "loss", "metric", "goal_reached", "epochs_asked", "history_returned",
        }),
    ),
    Student("one-hot", "labels as vectors, and the loss that goes with them", ONE_HOT),
    Student("logits", "two convolutions, and the loss takes outputs as they are", LOGITS),
    Student(
        "batches", "batches of 10, and 12 epochs asked for",
        edited(SOLUTION, ("load", "batch_size=20", "batch_size=10"),
               ("train", "epochs=10", "epochs=12")),
        89, frozenset({"batch_size", "epochs_asked"}),
    ),
    Student(
        "binary", "learnt with two classes: one output, a loss for it; that reaches nothing",
        edited(SOLUTION, ("train", 'Dense(10, activation="softmax")',
                          'Dense(1, activation="sigmoid")'),
               ("train", '"sparse_categorical_crossentropy"', '"binary_crossentropy"')),
        61, frozenset({"output_layer", "loss", "goal_reached"}), passed=False,
    ),
    Student(
        "acc", "the metric has another name, and the cell below it fails",
        edited(SOLUTION, ("train", '["accuracy"]', '["acc"]')), 90, frozenset({"metric"}),
    ),
    Student(
        "one-epoch", "has stopped too early",
        edited(SOLUTION, ("train", "epochs=10", "epochs=1")), 80, frozenset({"goal_reached"}),
        passed=False,
    ),
    Student(
        "made-up", "trained for one epoch and wrote better numbers into the history",
        {**SOLUTION, "train": solved(SOLUTION["train"], MADE_UP)}, 80, frozenset({"goal_reached"}),
        passed=False,
    ),
    Student(
        "no-return", "returns the model, of pixels from 0 to 255",
        edited(SOLUTION, ("load", "rescale=1 / 255", ""), ("train", "return history",
               "return model")),
        88, frozenset({"pixels_scaled", "history_returned"}),
    ),
)  # fmt: skip


def write(folder: Path) -> Path:
    """Write the assignment's folder as its author has it, without images."""
    return write_folder("clothes", SOLUTION, folder)
