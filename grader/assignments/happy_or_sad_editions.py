"""The editions of "Happy or Sad" that students hand in besides the kit's own notebook.

The given cells of the course's editions are written afresh here, to the same effect. Digests of
their normalised sources tell an unchanged cell from one that a student edited.
"""

import ast

from grader.assignments.assignment import Retired
from grader.notebook import source
from grader.records import Layout, LayoutCell, Role

LOADER, TRAINER, CALLBACK = "image_generator", "train_happy_sad_model", "myCallback"
KIT_SIGNS = (
    r"\.\./data/happy_or_sad",
    r"\.\./add_metadata\.py",
    r"GRADED FUNCTION: *myCallback",
    r"grader-required-cell",
    r"happy_images = sorted",
)
_COURSE_SIGNS = (
    r"[\"']\./data/?[\"']",
    r"python add_metadata\.py",
    r"\"\./data/\"\s*\nhappy_dir",
    r"encoded_answer",
)

_IMPORTS = """\
import os

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
"""
_SAMPLES = """\
from tensorflow.keras.preprocessing.image import load_img

base_dir = "./data/"
happy_dir, sad_dir = (os.path.join(base_dir, mood) for mood in ("happy/", "sad/"))

for mood, folder in (("happy", happy_dir), ("sad", sad_dir)):
    print(f"Sample {mood} image:")
    plt.imshow(load_img(os.path.join(folder, sorted(os.listdir(folder))[0])))
    plt.show()
"""
_SHAPE = """\
from tensorflow.keras.preprocessing.image import img_to_array

sample_image = load_img(os.path.join(happy_dir, sorted(os.listdir(happy_dir))[0]))
sample_array = img_to_array(sample_image)

print(f"Each image has shape: {sample_array.shape}")
print(f"The maximum pixel value used is: {np.max(sample_array)}")
"""
_CALLBACK = '''\
class myCallback(tf.keras.callbacks.Callback):
    """Ends the training once the accuracy of an epoch is above 0.999."""

    def on_epoch_end(self, epoch, logs=None):
        accuracy = (logs or {}).get("accuracy")
        if accuracy is not None and accuracy > 0.999:
            print("\\nReached 99.9% accuracy so cancelling training!")
            self.model.stop_training = True
'''
_EPOCHS = 'print(f"Your model reached the desired accuracy after {len(hist.epoch)} epochs")\n'


def _required(text: str, *digests: str, calls: tuple[str, ...] = ()) -> LayoutCell:
    return LayoutCell(text, Role.REQUIRED, calls=frozenset(calls), digests=frozenset(digests))


_COURSE_CELLS = (
    _required(_IMPORTS, "bd7bff0eb5232c38c16e812db83204d18a0f21ff24ea3215352522aeac05fd22"),
    _required(_SAMPLES, "ad44a5d2660d2aa206eaeac0bb309f6c1f5c2eb966e35536a4c8139ef371cf00"),
    _required(_SHAPE, "fe8b4b4ed54478529fb8172e6af4a965213c74fd99cc2d30c5a94d9d0d47cf18"),
    _required(_CALLBACK, "e69d3cc945800b9d4d96e1d58198b1b71becdccb3c53813966b4cee51ef96196"),
    LayoutCell("from tensorflow.keras.preprocessing.image import ImageDataGenerator\n",
               Role.REQUIRED),
    LayoutCell("", Role.GRADED, LOADER),
    _required("gen = image_generator()\n", calls=(LOADER,)),
    LayoutCell("from tensorflow.keras import losses, optimizers\n", Role.REQUIRED),
    LayoutCell("", Role.GRADED, TRAINER),
    _required("hist = train_happy_sad_model(gen)\n", calls=(TRAINER,)),
    _required(_EPOCHS, "e92b9e5937611a8cca02b05692094b6128b2752114dd9af7199195aa481a0c9b"),
)  # fmt: skip


def course_layouts() -> tuple[Layout, ...]:
    """Return the course's two editions of 2022; the callback is given in both."""
    given = frozenset({CALLBACK})
    return (
        Layout(
            "course-2022",
            "the course's edition of 2022",
            _COURSE_CELLS,
            (*_COURSE_SIGNS, r"grader-required-cell"),
            given,
        ),
        Layout(
            "course-2022-unmarked",
            "the course's edition of 2022, without marked cells",
            _COURSE_CELLS,
            _COURSE_SIGNS,
            given,
        ),
    )


def _is_2019(text: str) -> bool:
    if LOADER in source.defined_names(text):
        return False
    if "happy-or-sad.zip" in text:
        return True
    tree = source.parse(text)
    functions = (
        [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)] if tree else []
    )
    return any(node.name == TRAINER and not node.args.args for node in functions)


def _is_2024(text: str) -> bool:
    defined = source.defined_names(text)
    return bool(defined & {"training_dataset", "create_and_compile_model"})


_USE_THE_KIT = (
    "Start from the kit's own notebook, notebooks/C1W4_Assignment.ipynb, and copy your code into "
    "its three graded cells."
)
RETIRED = (
    Retired(
        "course-2024",
        "the course's edition of 2024 (training_dataset, create_and_compile_model)",
        _is_2024,
        _USE_THE_KIT,
    ),
    Retired(
        "course-2019",
        "the course's edition of 2019 (train_happy_sad_model without an argument)",
        _is_2019,
        _USE_THE_KIT,
    ),
)
