"""The different correct solutions that the bench has graded: a class with unlucky ones in it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from happy_or_sad import submission

ROOT = Path(__file__).parents[2]
NAME = "C1W4_Assignment.ipynb"
RELEASED = ROOT / "notebooks" / NAME
IMAGES = ROOT / "data" / "happy_or_sad"


@dataclass(frozen=True)
class Solution:
    """A network, and how it is trained.

    Args:
        filters: Of the convolutions, each of which is followed by pooling.
        units: Of the hidden dense layer.
        optimizer: Its name.
        rate: Its learning rate.
        momentum: Of SGD.
    """

    filters: tuple[int, ...]
    units: int
    optimizer: Literal["Adam", "RMSprop", "SGD"]
    rate: float = 0.001
    momentum: float = 0.0

    @property
    def id(self) -> str:
        """Names the folder of the submission, in lower case as some tools want it."""
        parts = (*self.filters, "dense", self.units, self.optimizer.lower(), f"{self.rate:g}")
        return "-".join(map(str, parts)).replace(".", "_")

    @property
    def settings(self) -> dict[str, float]:
        """Arguments of the optimizer."""
        momentum = {"momentum": self.momentum} if self.momentum else {}
        return {"learning_rate": self.rate, **momentum}

    @property
    def compiled_with(self) -> str:
        """The optimizer, as a notebook writes it."""
        arguments = ", ".join(f"{name}={value}" for name, value in self.settings.items())
        return f"optimizers.{self.optimizer}({arguments})"

    def notebook(self) -> dict[str, Any]:
        """Fill in the notebook as released: what is not marked stays as it is."""
        content: dict[str, Any] = json.loads(RELEASED.read_text(encoding="utf-8"))
        trainer = submission.model(
            submission.INPUT,
            *(layer for count in self.filters for layer in (_convolution(count), submission.POOL)),
            submission.FLAT,
            f'Dense({self.units}, activation="relu")',
            submission.OUT,
            optimizer=self.compiled_with,
        )
        solved = submission.Variant(self.id, "one of the bench", cells=trainer).notebook()
        for cell, answer in zip(content["cells"], solved.cells, strict=True):
            if "graded" in cell["metadata"].get("tags", []):
                cell["source"] = answer.source.splitlines(keepends=True)
        return content


def _convolution(filters: int) -> str:
    return f'Conv2D({filters}, (3, 3), activation="relu")'


# What ``survey`` found on an AMD EPYC: these reach the target in time with the first seed. Whether
# one does is a matter of luck, and another processor has other luck.
LUCKY = (
    Solution((64, 128, 128), 512, "Adam"),
    Solution((64, 128, 128), 128, "RMSprop"),
    Solution((32, 64, 128), 512, "Adam"),
    Solution((32, 64, 64), 512, "Adam"),
    Solution((32, 64, 64), 128, "RMSprop"),
    Solution((32, 32, 64), 128, "RMSprop"),
    Solution((16, 32, 64, 64), 512, "Adam"),
    Solution((16, 32, 64, 64), 128, "RMSprop"),
    Solution((16, 32, 64), 512, "Adam"),
    Solution((16, 32, 64), 64, "Adam", 0.0007),
    Solution((16, 32, 64), 128, "SGD", 0.01, 0.9),
    Solution((32, 32, 32), 128, "SGD", 0.01, 0.9),
    Solution((32, 32, 32), 128, "RMSprop"),
    Solution((16, 32, 32), 128, "Adam", 0.0005),
    Solution((16, 32, 32), 512, "RMSprop", 0.0005),
    Solution((16, 16, 16), 128, "RMSprop"),
)
# These with the second one, and the last three with the third.
UNLUCKY = (
    Solution((32, 32, 32), 128, "SGD", 0.02, 0.9),
    Solution((16, 32, 32), 64, "SGD", 0.008, 0.9),
    Solution((16, 16, 16), 128, "SGD", 0.02, 0.9),
    Solution((16, 16, 16), 128, "Adam", 0.0005),
    Solution((16, 16, 16), 512, "RMSprop", 0.0005),
    Solution((16, 16, 16), 128, "Adam", 0.0003),
    Solution((16, 16, 16), 32, "Adam", 0.0004),
    Solution((16, 16, 16), 32, "RMSprop", 0.0007),
)
# As in a class, one unlucky submission follows after two others.
SOLUTIONS = tuple(
    solution
    for place, one in enumerate(UNLUCKY)
    for solution in (*LUCKY[2 * place : 2 * place + 2], one)
)


def write(folder: Path, chosen: tuple[Solution, ...]) -> None:
    """Write the notebooks as a class hands them in, each in a folder of its own."""
    for solution in chosen:
        place = folder / solution.id / NAME
        place.parent.mkdir(parents=True)
        place.write_text(json.dumps(solution.notebook(), indent=1), encoding="utf-8")
