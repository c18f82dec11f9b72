"""Small programs in the shapes of Keras' own guides; each prints what came of it.

The guides: keras.io/guides (the functional API, the Sequential model, making layers and models by
subclassing, training and evaluation, customising ``fit``, training loops from scratch,
serialisation and its customisation, callbacks, transfer learning, preprocessing layers).
"""

from guides.callbacks import CALLBACKS
from guides.custom import CUSTOM
from guides.networks import FOLDERS, NETWORKS
from guides.saving import SAVING

START = """\
import keras
import numpy as np
from keras import layers, ops
keras.utils.set_random_seed(1)
x = np.random.rand(12, 4).astype("float32")
y = (x.sum(axis=1, keepdims=True) > 2).astype("float32")
def made(**options):
    hidden = layers.Dense(3, activation="relu")
    model = keras.Sequential([keras.Input((4,)), hidden, layers.Dense(1)])
    model.compile(**{"optimizer": "sgd", "loss": "mse", "run_eagerly": True, **options})
    return model
"""
# The first models of a notebook are shown images by the grader, if it trained them itself.
GUIDES = {"images in folders": FOLDERS} | CALLBACKS | CUSTOM | NETWORKS | SAVING
PROGRAMS = {name: f"{START}\n{program}" for name, program in GUIDES.items()}
