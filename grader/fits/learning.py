"""How a training was set to learn: what it began with, and at which rate, as the grader made it."""

from collections.abc import Iterator

from grader.training.description import Architecture, ObjectSpec
from grader.training.results import Trained

# Those of Keras that begin all numbers of a kernel alike.
_ALIKE = frozenset({"Zeros", "Ones", "Constant"})


def steady_rate(trained: Trained) -> float | None:
    """Return the learning rate that all epochs ended with; None if it changed or has a schedule."""
    rates = {epoch.learning_rate for epoch in trained.epochs}
    return rates.pop() if len(rates) == 1 else None


def constant_kernels(architecture: Architecture) -> str:
    """Return the initializer by which a hidden layer's kernel begins with one number throughout.

    All units of such a layer stay alike, or get no gradient. Where the last layer with a kernel is
    the only one, the network learns all the same.

    Returns:
        Name of its class; empty where there is none.
    """
    begun = list(_initializers(architecture))
    return next((name for name in begun[:-1] if name in _ALIKE), "")


def _initializers(architecture: Architecture) -> Iterator[str]:
    """Yield the name of each kernel's initializer, in the order in which layers are called."""
    for layer in architecture.layers:
        for name, value in layer.part.arguments.items():
            if name == "kernel_initializer" and isinstance(value, ObjectSpec):
                yield value.name
