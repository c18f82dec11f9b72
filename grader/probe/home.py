"""Where Keras keeps what it fetches: in the run's own folder, not in that of the template."""

from contextlib import suppress
from pathlib import Path


def settle() -> None:
    """Have Keras use the home folder of this process; it chose one when it was imported."""
    with suppress(ImportError, OSError):
        from keras.src.backend import config

        folder = Path.home() / ".keras"
        folder.mkdir(exist_ok=True)
        config._KERAS_DIR = str(folder)  # noqa: SLF001 - it is set nowhere else
