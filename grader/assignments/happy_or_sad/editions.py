"""The editions of "Happy or Sad" that students hand in besides the kit's own notebook.

The given cells of the course's editions are written afresh here, to the same effect. Digests of
their normalised sources tell an unchanged cell from one that a student edited.
"""

import re
from collections.abc import Collection

from grader.authoring import Layout, LayoutCell, Retired, Role

LOADER, TRAINER, CALLBACK = "image_generator", "train_happy_sad_model", "myCallback"
# Some of these are code of given cells, some are what remains when those are deleted: the
# docstrings of the kit's graded cells, and where the course's ones have their imports. They are
# looked for in the cells of their edition alone, and the course's in nothing but code.
KIT_SIGNS = (
    r"\.\./data/happy_or_sad",
    r"\.\./add_metadata\.py",
    r"happy_images = sorted",
    r"TF_CPP_MIN_LOG_LEVEL",
    r"pretended_logs",
    r"^curves = ",
    r"^accuracy = curves\.get",
    r"Ends the training once the accuracy of an epoch",
    r"Return the labelled images, scaled to the range",
    r"Train a network to tell happy faces from sad ones",
)
# Digests of given cells as the kit handed them out at first, by a text that each has to this day.
KIT_EARLIER = {
    "pretended_logs": "958047266b1a41fa8ab7b7f33b29f04fc844e164d016e449cf443c4157e6d892",
    "curves = hist.history": "068140792ec5d61333d66b19bfbb1cf2d09cb32d535339d42abca9387fd5ca17",
    "The metric was correctly": "31776e20f802eee61e6b8599758b6cd6cff0179db7734460db1cfc61f2bbd2c6",
}
_COURSE_SIGNS = (
    r"[\"']\./data/?[\"']",
    r"\"\./data/\"[ \t]*\nhappy_dir",
    r"os\.listdir\(happy_dir\) *\[0\]",
    r"Sample happy image:",
    r"^from tensorflow\.keras\.preprocessing\.image import ImageDataGenerator[ \t]*$",
    r"^from tensorflow\.keras import optimizers, *losses[ \t]*$",
    r"hist\.model\.metrics_names",
    r"^print\(f\"Your model reached the desired accuracy after",
    r"encoded_answer",
)
_MARKS = (r"grader-required-cell", r"^!python add_metadata\.py")

_IMPORTS = """\
import os

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from tensorflow.keras import losses, optimizers
from tensorflow.keras.preprocessing.image import ImageDataGenerator
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
        reached = logs.get("accuracy") if logs else None
        if reached and reached > 0.999:
            self.model.stop_training = True
            print("\\nReached 99.9% accuracy so cancelling training!")
'''
# Only what stands around the markers; the rest is the student's.
_LOADER_FRAME = """\
from tensorflow.keras.preprocessing.image import ImageDataGenerator

def image_generator():
    ### START CODE HERE
    ### END CODE HERE
    return train_generator
"""
_TRAINER_FRAME = """\
from tensorflow.keras import optimizers, losses

def train_happy_sad_model(train_generator):
    callbacks = myCallback()
    ### START CODE HERE
    ### END CODE HERE
    return history
"""
_EPOCHS = 'print(f"Your model reached the desired accuracy after {len(hist.epoch)} epochs")\n'
_METRIC = """\
if "accuracy" in hist.history:
    print("The metric was correctly defined.")
else:
    print("The metric has another name; callbacks look for 'accuracy'.")
"""
_TIPS = """\
import base64

encoded_answer = b"VGhyZWUgY29udm9sdXRpb25zIHdvcmsgYmVzdC4="
answer = base64.b64decode(encoded_answer).decode("ascii")
print(answer)
"""


def _required(text: str, *digests: str, calls: tuple[str, ...] = ()) -> LayoutCell:
    return LayoutCell(
        text, Role.REQUIRED, None, frozenset(calls), frozenset(digests), reworded=bool(digests)
    )


def _optional(text: str, *digests: str) -> LayoutCell:
    return LayoutCell(text, Role.OPTIONAL, digests=frozenset(digests), reworded=True)


_COURSE_CELLS = (
    # The released notebook has the last two imports in its graded cells, where they may be lost.
    _required(_IMPORTS, "bd7bff0eb5232c38c16e812db83204d18a0f21ff24ea3215352522aeac05fd22"),
    _required(_SAMPLES, "ad44a5d2660d2aa206eaeac0bb309f6c1f5c2eb966e35536a4c8139ef371cf00"),
    _required(_SHAPE, "fe8b4b4ed54478529fb8172e6af4a965213c74fd99cc2d30c5a94d9d0d47cf18"),
    _required(
        _CALLBACK,
        "e69d3cc945800b9d4d96e1d58198b1b71becdccb3c53813966b4cee51ef96196",
        # As it was written here at first, which is how the kit's own exercise is solved.
        "a5ec40eba5b1daccc57fef783144d199687a7a786d4c62087afe8d07bab64053",
    ),
    LayoutCell(_LOADER_FRAME, Role.GRADED, LOADER),
    _required("gen = image_generator()\n", calls=(LOADER,)),
    LayoutCell(_TRAINER_FRAME, Role.GRADED, TRAINER),
    _required("hist = train_happy_sad_model(gen)\n", calls=(TRAINER,)),
    _required(_EPOCHS, "e92b9e5937611a8cca02b05692094b6128b2752114dd9af7199195aa481a0c9b"),
    _optional(_METRIC, "66be56010e08e68f797268d36c331dc15d7f82b4689f1866aca39a8b1d1647fb"),
    _optional(_TIPS, "1fb5cce1fdc6ea71dd3f72f3fae9b243b4ed5518684d4e64a8b8403d170b3f36"),
)


def course_layouts() -> tuple[Layout, ...]:
    """Return the course's two editions of 2022; the callback is given in both."""
    given = frozenset({CALLBACK})
    # The first of several equally likely ones is chosen, so marks must speak for the second.
    return (
        Layout(
            "course-2022-unmarked",
            "the course's edition of 2022, without marked cells",
            _COURSE_CELLS,
            _COURSE_SIGNS,
            given,
        ),
        Layout(
            "course-2022",
            "the course's edition of 2022",
            _COURSE_CELLS,
            _COURSE_SIGNS,
            given,
            _MARKS,
        ),
    )


# What it is about; other assignments have functions of the same names.
_OWN = re.compile(r"happy|EarlyStoppingCallback", re.IGNORECASE)


def _is_2019(code: str, graded: Collection[str]) -> bool:
    # Whoever has a loader has a later edition, whatever was copied into it.
    if LOADER in graded or re.search(rf"\b{LOADER}\b", code):
        return False
    if re.search(rf"^[ \t]*def[ \t]+{TRAINER}[ \t]*\([ \t]*\w", code, re.MULTILINE):
        return False
    takes_nothing = re.search(rf"^[ \t]*def[ \t]+{TRAINER}[ \t]*\([ \t]*\)", code, re.MULTILINE)
    called_with = re.search(rf"=[ \t]*{TRAINER}[ \t]*\([ \t]*\w", code)
    accuracy = re.search(r"^[ \t]*DESIRED_ACCURACY[ \t]*=", code, re.MULTILINE)
    return bool(
        "happy-or-sad.zip" in code
        # Other notebooks of the same course have one, too.
        or (accuracy and (CALLBACK in graded or _OWN.search(code)))
        or (takes_nothing and not called_with)
    )


_USE_THE_KIT = (
    "Start from the kit's own notebook, notebooks/C1W4_Assignment.ipynb, and copy your code into "
    "its three graded cells."
)
RETIRED = (
    Retired(
        "course-2019",
        "the course's edition of 2019 (train_happy_sad_model without an argument)",
        _is_2019,
        _USE_THE_KIT,
    ),
)
