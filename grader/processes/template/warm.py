"""Imports what notebooks import, once for all kernels that are forked from here."""

import importlib
import tempfile
from contextlib import suppress

from grader.kinds.folders import modules_inside
from grader.probe import session

# Beside what assignments name, what Keras, IPython and matplotlib import on first use.
MODULES = (
    "tensorflow",
    "keras",
    "tensorflow.keras.preprocessing.image",
    "matplotlib.pyplot",
    "matplotlib.image",
    # Not the inline backend itself: it looks for the shell that it draws in when it is imported.
    "matplotlib.backends.backend_agg",
    "IPython.core.pylabtools",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "multiprocessing.queues",
    "multiprocessing.synchronize",
    "sqlite3",
    "tensorflow.python.data.ops.flat_map_op",
    "tensorflow.python.data.ops.from_generator_op",
    "tornado.platform.asyncio",
    "tornado.queues",
    "grader.training.process",
    "grader.training.trainer",
)


def up() -> None:
    """Import all of it."""
    for module in (*MODULES, *modules_inside()):
        # A kernel that needs a module which is not there says so itself.
        with suppress(ImportError):
            importlib.import_module(module)
    _first_uses()
    # What was found out about the template's folders is not so for its forks.
    tempfile.tempdir = None


def _first_uses() -> None:
    from matplotlib import font_manager
    from PIL import Image

    session.prepare()
    Image.init()
    font_manager.findfont(font_manager.FontProperties())
