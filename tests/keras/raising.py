"""Makes the common errors for real and prints what the probe says of each, as JSON.

Run by test_common_errors.py in a folder laid out as a run's, from its folder of notebooks. The
cells run in a shell like the kernel's, one error after the other in the same process.
"""
# ruff: noqa: T201

import contextlib
import io
import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import keras
import matplotlib as mpl
import tensorflow as tf
from common_errors import ERRORS
from common_errors.common_error import CommonError
from happy_or_sad.submission import CALLBACK, LOADER, TRAINER, Variant, graded
from ipykernel.compiler import XCachingCompiler
from ipykernel.kernelbase import Kernel
from IPython.core.interactiveshell import InteractiveShell

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks.advice.names import HOMES, METHODS
from grader.probe import exceptions
from grader.probe.machine_paths import MachinePaths
from grader.records import Role

# As the kit's cell does that tries the callback.
TRY = """
for logs in ({"accuracy": 1.0}, {"accuracy": 0.5, "loss": 1.0}, {"loss": 0.7}, None):
    callback = myCallback()
    if hasattr(callback, "set_model"):
        callback.set_model(tf.keras.Sequential())
        callback.on_epoch_end(0, logs)
"""
CALLS = {
    CALLBACK: TRY,
    LOADER: "gen = image_generator()",
    TRAINER: "hist = train_happy_sad_model(gen)",
}
SOLUTION = Variant("solution", "").notebook()
# Different in every process.
VARYING = re.compile(r"(?<=0x)[0-9a-f]{6,}|(?<=iterator_)\d+(?=\])")


class Runner:
    """Runs cells as a kernel does."""

    def __init__(self) -> None:
        mpl.use("agg")
        self._shell = InteractiveShell.instance()
        self._shell.compile = XCachingCompiler()  # type: ignore[no-untyped-call]
        self._shell.showtraceback = self._shell.showsyntaxerror = Mock()
        self._paths = MachinePaths(Path.cwd().parent)
        for cell in happy_or_sad.layouts()[0].cells:
            if cell.role is Role.REQUIRED and not cell.calls and "hist" not in cell.source:
                self._run(cell.source)
        for name in (CALLBACK, LOADER):
            self._run(graded(SOLUTION, name).source)
        self._run(CALLS[LOADER])
        kernel = Kernel(_allow_stdin=False)  # type: ignore[no-untyped-call]
        self._shell.user_ns["input"] = Mock(side_effect=kernel.raw_input)
        self._given = dict(self._shell.user_ns)

    def raised(self, error: CommonError) -> dict[str, Any] | None:
        """Return what the probe says of the exception that ends a notebook, if one does."""
        keras.backend.clear_session(free_memory=False)
        keras.utils.set_random_seed(1)
        self._shell.user_ns.clear()
        self._shell.user_ns.update(self._given)
        files: dict[str, str] = {}
        for source, name in _cells(error):
            file = self._shell.compile.get_code_name(source, source, 0)
            files |= {file: name} if name else {}
            found = self._run(source)
            if found is not None:
                return exceptions.describe(found, files, file, self._paths)
        return None

    def _run(self, source: str) -> BaseException | None:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            ended = self._shell.run_cell(source)
        found: BaseException | None = ended.error_before_exec or ended.error_in_exec
        return found


def _cells(error: CommonError) -> Iterator[tuple[str, str | None]]:
    """Yield the cells that differ from the solution's, each followed by one that calls it."""
    notebook = error.variant.notebook()
    for name in (CALLBACK, LOADER, TRAINER):
        source = graded(notebook, name).source
        if source != graded(SOLUTION, name).source or name == TRAINER:
            # Whatever raises does so by the end of the first epoch.
            yield source.replace("epochs=20", "epochs=1"), name
            yield CALLS[name], None


def missing() -> list[str]:
    """Return which names of Keras that advice speaks of are not there."""
    places = dict.fromkeys(HOMES, tf.keras)
    for module in filter(None, HOMES):
        for part in module.split("."):
            places[module] = getattr(places[module], part)
    kinds = {
        "Sequential": tf.keras.Sequential,
        "Functional": tf.keras.Model,
        "ImageDataGenerator": tf.keras.preprocessing.image.ImageDataGenerator,
    }
    named = [(places[module], name) for module, names in HOMES.items() for name in names]
    named += [(kinds[kind], name) for kind, names in METHODS.items() for name in names]
    return [name for owner, name in named if not hasattr(owner, name)]


def main() -> None:
    """Print what is said of the errors, and which names are not there."""
    warnings.simplefilter("ignore")
    runner = Runner()
    said = {error.id: runner.raised(error) for error in ERRORS}
    print(VARYING.sub("0", json.dumps({"raised": said, "missing": missing()})))


if __name__ == "__main__":
    main()
