"""Has Keras take the files of its datasets as they lie there, while loaders are looked at."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_MODULE = "keras.src.utils.file_utils"


@contextmanager
def taken_as_they_are() -> Iterator[None]:
    """Have no hash of a file compared meanwhile: drawn images cannot have the hash of Keras' own.

    keras/src/utils/file_utils.py, get_file, which ``keras.datasets`` load by.
    """
    # Where Keras is not loaded, nothing is loaded by it.
    module = sys.modules.get(_MODULE)
    compares = getattr(module, "validate_file", None)
    if module is None or compares is None:
        yield
        return
    vars(module)["validate_file"] = lambda *_, **__: True
    try:
        yield
    finally:
        vars(module)["validate_file"] = compares
