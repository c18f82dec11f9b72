"""How large a model is and what it costs to train, counted before anything is allocated."""

import math
from dataclasses import dataclass
from typing import cast

from grader.training import memory
from grader.training.axes import MisfitError, Shape
from grader.training.description import Architecture, ObjectSpec
from grader.training.parameters import parameters
from grader.training.paths import CONVOLUTIONS, POOLING
from grader.training.refusals import Refused
from grader.training.shapes import infer


@dataclass(frozen=True, slots=True)
class Budget:
    """What a model may cost; all counted, none measured.

    Args:
        parameters: Numbers that it has as weights, trained or not.
        activations: Numbers that its layers put out for one image.
        memory_bytes: What training takes for a batch, beside the process itself.
        multiply_adds: Multiplications with an addition that one image takes forward.
    """

    parameters: int = 60_000_000
    activations: int = 16_000_000
    memory_bytes: int = 4 * 2**30
    multiply_adds: int = 5_000_000_000

    @classmethod
    def within(cls, memory_bytes: int) -> "Budget":
        """Return what a model may cost whose trainer is ended above so much memory.

        A third is left: what is counted is up to a fifth below what training takes, and the process
        itself has 0.6 GiB before it begins.

        Args:
            memory_bytes: Resident memory that a trainer may have in all.
        """
        return cls(memory_bytes=memory_bytes * 2 // 3)


@dataclass(frozen=True, slots=True)
class Size:
    """What a model costs.

    Args:
        parameters: As in ``Budget``.
        activations: As in ``Budget``.
        multiply_adds: As in ``Budget``.
        kept: Numbers that training keeps of one image.
        shapes: What each layer puts out, without the axis of the batch.
    """

    parameters: int
    activations: int
    multiply_adds: int
    kept: int
    shapes: tuple[Shape, ...]

    def memory_bytes(self, batch_size: int | None) -> int:
        """Return what it takes to train with batches of that size; None only to measure."""
        largest = max(map(math.prod, self.shapes))
        if batch_size is None:
            return memory.to_measure(largest, self.parameters)
        return memory.to_train(self.kept, largest, self.parameters, batch_size)


def place(position: int, part: ObjectSpec) -> str:
    """Name a layer in a message: its position, the input's being 0, and its class."""
    return f"layer {position} ({part.name})"


def measure(architecture: Architecture) -> Size:
    """Count what a model costs.

    Args:
        architecture: All of its classes and arguments accepted, its inputs earlier layers.

    Raises:
        Refused: A layer does not fit what it is called with.
    """
    shapes: list[Shape] = []
    weights = work = kept = 0
    for position, layer in enumerate(architecture.layers):
        given = tuple(shapes[at] for at in layer.inputs)
        try:
            shapes.append(infer(layer.part, given))
            held = parameters(layer.part, given)
        except MisfitError as error:
            raise Refused(f"{place(position, layer.part)}: {error}") from None
        weights += held
        work += _multiply_adds(layer.part, held, given, shapes[-1])
        kept += memory.copies(layer.part) * math.prod(shapes[-1])
    return Size(weights, sum(map(math.prod, shapes)), work, kept, tuple(shapes))


def refuse_above(budget: Budget, size: Size, batch_size: int | None) -> None:
    """Refuse a model that costs too much.

    Args:
        budget: What it may cost.
        size: What it costs.
        batch_size: Images of a batch; None if it is only measured.

    Raises:
        Refused: It costs more.
    """
    counted = {
        "parameters": (size.parameters, budget.parameters),
        "activations for an image": (size.activations, budget.activations),
        "multiply-adds for an image": (size.multiply_adds, budget.multiply_adds),
    }
    for what, (found, most) in counted.items():
        if found > most:
            raise Refused(f"the model may have at most {most:,} {what}, it has {found:,}")
    needed = size.memory_bytes(batch_size)
    if needed > budget.memory_bytes:
        may, takes = (f"{number / 2**30:.1f} GiB" for number in (budget.memory_bytes, needed))
        raise Refused(f"a model may take at most {may} of memory to be trained, this takes {takes}")


def _multiply_adds(part: ObjectSpec, weights: int, inputs: tuple[Shape, ...], output: Shape) -> int:
    """Count a weight of a kernel once for each place that it is applied to."""
    if part.name in CONVOLUTIONS:
        return weights * math.prod(output[:2])
    if part.name == "Dense":
        return weights * math.prod(output[:-1])
    if part.name in POOLING:
        window = cast("Shape", part.arguments.get("pool_size", (2, 2)))
        return math.prod(output) * math.prod(window)
    return math.prod(output) * len(inputs)
