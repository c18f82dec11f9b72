"""TensorFlow's log, which tells a notebook more than it tells a program."""

import logging


def as_in_a_notebook() -> None:
    """Have TensorFlow decide anew what it logs, and where to.

    It does when it is imported; in a fork of a template, that was before there was a notebook.
    """
    from tensorflow.python.platform import tf_logging

    logging.getLogger("tensorflow").handlers.clear()
    tf_logging._logger = None  # noqa: SLF001 - it is made once, and cannot be told to be otherwise
    tf_logging.get_logger()
