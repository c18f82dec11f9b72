"""What students hand in of the edition of 2024: the kit's own notebook, and the course's.

The given cells of the course are written afresh here, to the same effect. Digests of their
normalised sources tell an unchanged cell from one that a student edited.
"""

from grader.authoring import Layout, LayoutCell, Role

CALLBACK, LOADER = "EarlyStoppingCallback", "training_dataset"
MODEL, FIT = "create_and_compile_model", "model.fit"
# Code of given cells that no other notebook has.
KIT_SIGNS = (
    r"\.\./data/happy_or_sad",
    r"--filename C1W4_Assignment_2024\.ipynb",
    r"happy_names = sorted",
    r"TF_CPP_MIN_LOG_LEVEL",
    r"^print\(f\"A picture has the shape",
)
_COURSE_SIGNS = (
    r"^BASE_DIR *= *[\"']\./data/?[\"']",
    r"os\.listdir\(happy_dir\) *\[0\]",
    r"Example happy Face",
    r"^print\(f\"The maximum pixel value used is",
    r"^import unittests",
    r"^print\(f\"Range for pixel values",
    r"is an instance of tf\.data\.Dataset",
    r"^unittests\.\w+\(",
    r"example_batch_images",
    r"encoded_answer",
)

_IMPORTS = """\
import base64
import os

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

import unittests
"""
_SAMPLES = """\
BASE_DIR = "./data/"
happy_dir, sad_dir = (os.path.join(BASE_DIR, mood) for mood in ("happy/", "sad/"))

fig, axs = plt.subplots(1, 2, figsize=(6, 6))
for ax, mood, folder in zip(axs, ("happy", "sad"), (happy_dir, sad_dir)):
    first = sorted(os.listdir(folder))[0]
    ax.imshow(tf.keras.utils.load_img(os.path.join(folder, first)))
    ax.set_title(f"Example {mood} Face")
plt.tight_layout()
"""
_SHAPE = """\
sample_image = tf.keras.utils.load_img(os.path.join(happy_dir, sorted(os.listdir(happy_dir))[0]))
sample_array = tf.keras.utils.img_to_array(sample_image)

print(f"Each image has shape: {sample_array.shape}")
print(f"The maximum pixel value used is: {np.max(sample_array)}")
"""
_CALLBACK = '''\
class EarlyStoppingCallback(tf.keras.callbacks.Callback):
    """Ends the training once the accuracy of an epoch is at least 0.999."""

    def on_epoch_end(self, epoch, logs=None):
        reached = logs.get("accuracy") if logs else None
        if reached and reached >= 0.999:
            self.model.stop_training = True
            print("\\nReached 99.9% accuracy so cancelling training!")
'''
# Only what stands around the markers; the rest is the student's.
_LOADER_FRAME = """\
def training_dataset():
    ### START CODE HERE ###
    ### END CODE HERE ###
    return train_dataset_scaled
"""
_MODEL_FRAME = """\
def create_and_compile_model():
    ### START CODE HERE ###
    ### END CODE HERE ###
    return model
"""
_BATCH = """\
for images, labels in train_data.take(1):
    print(f"Range for pixel values: {np.min(images[0]), np.max(images[0])}")

print(f"train_data is an instance of tf.data.Dataset: {isinstance(train_data, tf.data.Dataset)}")
"""
_EXAMPLE = """\
for images, labels in train_data.take(1):
    example_batch_images, example_batch_labels = images, labels
"""
_SUITS = """\
try:
    model.evaluate(example_batch_images, example_batch_labels, verbose=False)
except Exception:
    print("Model and dataset do not suit each other: look at loss, last layer and label_mode.")
else:
    predictions = model.predict(example_batch_images, verbose=False)
    print(f"predictions have shape: {predictions.shape}")
"""
# Given in the course's notebook, too, but run as it was handed in.
_FIT = """\
training_history = model.fit(x=train_data, epochs=15, callbacks=[EarlyStoppingCallback()])
"""
_TIPS = """\
encoded_answer = b"VGhyZWUgY29udm9sdXRpb25zIHdvcmsgYmVzdC4="
answer = base64.b64decode(encoded_answer).decode("ascii")
print(answer)
"""


def _required(text: str, *digests: str, calls: tuple[str, ...] = ()) -> LayoutCell:
    return LayoutCell(
        text, Role.REQUIRED, None, frozenset(calls), frozenset(digests), reworded=bool(digests)
    )


def _optional(text: str) -> LayoutCell:
    return LayoutCell(text, Role.OPTIONAL, reworded=True)


_COURSE_CELLS = (
    _required(
        _IMPORTS,
        "629e46bc480c6134b0325679e5bf137a53b6fd467ffc182d2ff43d0ed1ef1165",
        "aba3824aee74ab3ced657384b412287b4225090af0e6210cc33294ffc8043227",
    ),
    _required(_SAMPLES, "bf3c4e22c7d574380924614c36295b18b43b6d18cb560412fb42ad16238a335a"),
    _required(_SHAPE, "5494ba931992fc31e9d67063589a53297439d1185e45c074943a4f98f43cd3e4"),
    _required(_CALLBACK, "f4f6cd5e64b1578349868d6f2fad4864c7cd83a67cc23c60b39e4ecc26ce612d"),
    LayoutCell(_LOADER_FRAME, Role.GRADED, LOADER),
    _required("train_data = training_dataset()\n", calls=(LOADER,)),
    _optional(_BATCH),
    _optional("unittests.test_train_data(train_data)\n"),
    LayoutCell(_MODEL_FRAME, Role.GRADED, MODEL),
    _required("model = create_and_compile_model()\n", calls=(MODEL,)),
    _optional("unittests.parameter_count(model)\n"),
    _optional(_EXAMPLE),
    _optional(_SUITS),
    _optional("unittests.test_create_and_compile_model(create_and_compile_model)\n"),
    LayoutCell(_FIT, Role.GRADED, FIT),
    _optional("unittests.test_training_history(training_history)\n"),
    _optional(_TIPS),
)


def course_layout() -> Layout:
    """Return the course's own notebook, in which the callback is given."""
    return Layout(
        "course-2024",
        "the course's edition of 2024",
        _COURSE_CELLS,
        _COURSE_SIGNS,
        frozenset({CALLBACK}),
    )
