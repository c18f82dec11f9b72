"""What a forged submission is, and how its cells are written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import dedent, indent
from typing import Any

from happy_or_sad.submission import CALLBACK, CALLING, LOADER, LOADING, TRAINER, Edit, Variant

from grader.records import Status
from grader.report.document import Report

TARGET = frozenset({"target_reached", "stopped_by_callback"})
STOP = frozenset({"stopped_by_callback"})


@dataclass(frozen=True)
class Worth:
    """What a submission is worth.

    Args:
        points: Those that it earns, of 100.
        lost: Checks that must not pass.
        passed: Whether it passes.
    """

    points: int = 100
    lost: frozenset[str] = frozenset()
    passed: bool = True

    @classmethod
    def of(cls, report: Report) -> "Worth":
        """Read it from a report; points that wait for a person count as earned."""
        lost = frozenset(each.id for each in report.checks if each.status is not Status.PASSED)
        return cls(report.score.earned + report.score.pending, lost, report.score.passed)


ALL = Worth()
NO_TARGET = Worth(80, TARGET, passed=False)
NO_LOADER = Worth(80, LOADING)
NO_CALLBACK = Worth(80, CALLING | STOP)


@dataclass(frozen=True)
class Forged:
    """A submission, and what it is worth.

    Args:
        id: Names it.
        does: What it does.
        worth: What it is worth.
        edits: Of the solution's cells: name, old, new.
        cells: Graded cells that are replaced as a whole.
        seldom: Whether ``--prove`` alone grades it.
    """

    id: str
    does: str
    worth: Worth = ALL
    edits: Sequence[Edit] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    seldom: bool = False

    def notebook(self) -> Any:
        """Build the notebook."""
        return Variant(self.id, self.does, self.edits, cells=self.cells).notebook()


# Grades a submission, and returns what it is worth.
Grade = Callable[[Forged], Worth]


def seldom(*forged: Forged) -> tuple[Forged, ...]:
    """Have ``--prove`` alone grade these."""
    return tuple(replace(each, seldom=True) for each in forged)


def by_id(forged: Forged) -> str:
    """Name a case of a test."""
    return forged.id


def callback(methods: str) -> dict[str, str]:
    """Write a callback's cell.

    Args:
        methods: Those of its class.
    """
    head = "class myCallback(tf.keras.callbacks.Callback):\n    ### START CODE HERE\n"
    return {CALLBACK: _cell(CALLBACK, f"{head}{_body(methods)}    ### END CODE HERE\n")}


def own_callback(code: str) -> dict[str, str]:
    """Write a callback's cell that begins with something else than its class."""
    return {CALLBACK: _cell(CALLBACK, f"### START CODE HERE\n{dedent(code)}### END CODE HERE\n")}


def loader(code: str) -> dict[str, str]:
    """Write a loader's cell; the code sets ``train_generator``."""
    head = "def image_generator():\n    ### START CODE HERE\n"
    tail = "    ### END CODE HERE\n    return train_generator\n"
    return {LOADER: _cell(LOADER, f"{head}{_body(code)}{tail}")}


def trainer(code: str) -> dict[str, str]:
    """Write a training cell; ``L`` are Keras' layers, and the code sets ``history``."""
    head = "def train_happy_sad_model(train_generator):\n    callbacks = myCallback()\n"
    begin = f"{head}    ### START CODE HERE\n    L = tf.keras.layers\n"
    tail = "    ### END CODE HERE\n    return history\n"
    return {TRAINER: _cell(TRAINER, f"{begin}{_body(code)}{tail}")}


def trained(optimizer: str, epochs: int = 20) -> str:
    """Write how ``model`` is compiled and trained."""
    return f"""\
model.compile(loss="binary_crossentropy", optimizer={optimizer}, metrics=["accuracy"])
history = model.fit(train_generator, epochs={epochs}, callbacks=[callbacks])
"""


def network(layers: str, optimizer: str) -> dict[str, str]:
    """Write a training cell of layers from ``images`` to ``out``."""
    images = "images = tf.keras.Input((150, 150, 3))\n"
    model = "model = tf.keras.Model(images, out)\n"
    return trainer(images + dedent(layers) + model + trained(optimizer))


def _cell(name: str, source: str) -> str:
    return f"# GRADED FUNCTION: {name}\n{source}"


def _body(code: str) -> str:
    return indent(dedent(code), "    ")
