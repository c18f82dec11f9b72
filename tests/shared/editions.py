"""Submissions in the course's editions of 2022, in our own words, and in retired ones."""

from collections.abc import Mapping
from typing import Any

import nbformat

from grader.assignments.happy_or_sad.editions import LOADER, TRAINER, course_layouts
from grader.assignments.happy_or_sad_2024.editions import course_layout
from grader.records import Role

GRADED = {
    LOADER: """\
from tensorflow.keras.preprocessing.image import ImageDataGenerator

# GRADED FUNCTION: image_generator
def image_generator():
    ### START CODE HERE
    train_datagen = ImageDataGenerator(rescale=1/255)
    train_generator = train_datagen.flow_from_directory(directory='./data/',
                                                        target_size=(150, 150),
                                                        batch_size=10,
                                                        class_mode='binary')
    ### END CODE HERE
    return train_generator""",
    TRAINER: """\
from tensorflow.keras import optimizers, losses

# GRADED FUNCTION: train_happy_sad_model
def train_happy_sad_model(train_generator):
    callbacks = myCallback()

    ### START CODE HERE
    model = tf.keras.models.Sequential([
        tf.keras.layers.Conv2D(16, (3,3), activation='relu', input_shape=(150, 150, 3)),
        tf.keras.layers.MaxPooling2D(2, 2),
        tf.keras.layers.Conv2D(32, (3,3), activation='relu'),
        tf.keras.layers.MaxPooling2D(2, 2),
        tf.keras.layers.Conv2D(64, (3,3), activation='relu'),
        tf.keras.layers.MaxPooling2D(2, 2),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(512, activation='relu'),
        tf.keras.layers.Dense(1, activation='sigmoid')
    ])
    model.compile(loss='binary_crossentropy',
                  optimizer=optimizers.RMSprop(learning_rate=0.001),
                  metrics=['accuracy'])
    history = model.fit(train_generator, epochs=20, callbacks=[callbacks])
    ### END CODE HERE
    return history""",
}


def course_2022(*, marked: bool = True) -> Any:
    """Build a solved notebook of 2022, with or without marked cells."""
    mark = "# grader-required-cell\n\n" if marked else ""
    sources = ["!python add_metadata.py --filename C1W4_Assignment.ipynb"]
    for cell in course_layouts()[0].cells:
        graded = cell.role is Role.GRADED and cell.name
        imported = cell.source.startswith("from tensorflow.keras") and "load_img" not in cell.source
        if graded:
            sources.append(mark + GRADED[cell.name or ""])
        elif not imported or "img_to_array" in cell.source:
            sources.append(mark + cell.source.rstrip())
    return notebook(sources)


def course_2019() -> Any:
    """Build a notebook of 2019, in which the function takes no argument."""
    return notebook([
        ("import tensorflow as tf\nimport os\nimport zipfile\n\nDESIRED_ACCURACY = 0.999\n\n"
        'zip_ref = zipfile.ZipFile("/tmp/happy-or-sad.zip", "r")\n'
        'zip_ref.extractall("/tmp/h-or-s")\nzip_ref.close()'),
        ("# GRADED FUNCTION: train_happy_sad_model\ndef train_happy_sad_model():\n"
        "    model = tf.keras.models.Sequential([tf.keras.layers.Flatten()])\n"
        "    return 0"),
        "train_happy_sad_model()",
    ])  # fmt: skip


def course_2024(graded: Mapping[str, str]) -> Any:
    """Build a notebook of 2024: its given cells in our own words, and cells of a student's.

    Args:
        graded: The student's cells by their graded names; where one is missing, what was given.
    """
    cells = course_layout().cells
    return notebook([graded.get(cell.name or "", cell.source).rstrip() for cell in cells])


def notebook(sources: list[str]) -> Any:
    """Build a notebook of code cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"
    return nbformat.v4.new_notebook(cells=cells)
