"""What the other tools check: as much of the rubric as their own kind of tests can see.

Both get the same statements, nbgrader as cells at the end of the notebook, Otter as test files,
which it runs when the notebook has ended.
"""

from dataclasses import dataclass
from textwrap import indent


@dataclass(frozen=True)
class Check:
    """Statements that hold for a right solution, and what they are worth.

    Args:
        name: Names the part of the rubric.
        points: As in the rubric.
        needs: Names of the notebook that the statements use.
        code: The statements.
    """

    name: str
    points: int
    needs: tuple[str, ...]
    code: str

    def otter(self) -> str:
        """Write the test file, in Otter's format of functions that raise."""
        return _OTTER.format(
            name=self.name,
            points=self.points,
            needs=", ".join(self.needs),
            code=indent(self.code, "    "),
        )


_OTTER = """\
from otter.test_files import test_case

OK_FORMAT = False
name = "{name}"
points = {points}


@test_case()
def test_{name}({needs}):
{code}"""

CHECKS = (
    Check(
        "loader",
        20,
        ("gen",),
        """\
images, labels = gen[0]
assert gen.samples == 80
assert images.shape == (10, 150, 150, 3)
assert labels.shape == (10,)
assert gen.class_mode == "binary"
assert 0.5 < images.max() <= 1
""",
    ),
    Check(
        "callback",
        15,
        ("myCallback",),
        """\
from types import SimpleNamespace

def stops(logs):
    callback = myCallback()
    callback.set_model(SimpleNamespace(stop_training=False))
    callback.on_epoch_end(0, logs)
    return callback.model.stop_training

assert stops({"accuracy": 0.9995})
assert not stops({"accuracy": 0.999})
assert not stops({"loss": 0.7})
assert not stops(None)
""",
    ),
    Check(
        "structure",
        20,
        ("hist",),
        """\
kinds = [type(layer).__name__ for layer in hist.model.layers]
assert hist.model.input_shape == (None, 150, 150, 3)
assert kinds.count("Conv2D") >= 2
assert "Flatten" in kinds
assert hist.model.output_shape == (None, 1)
""",
    ),
    Check(
        "compile",
        15,
        ("hist",),
        """\
assert hist.model.loss == "binary_crossentropy"
assert "accuracy" in hist.history
""",
    ),
    Check(
        "training",
        30,
        ("hist",),
        """\
assert max(hist.history["accuracy"]) > 0.999
assert len(hist.epoch) < 15
assert hist.params["epochs"] <= 20
""",
    ),
)
