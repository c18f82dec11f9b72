"""Learning rates that callbacks elsewhere set: in descriptions, and between epochs."""

from dataclasses import replace

from grader.training.description import Compile, Description, ObjectSpec

# As the table of optimizers has it.
HIGHEST = 1e6
_RATE = "learning_rate"


def accepted(said: object) -> float | None:
    """Read a learning rate that a kernel has sent; None stands for the one that there is.

    Raises:
        ValueError: It is no number from 0 to ``HIGHEST``.
    """
    match said:
        case None:
            return None
        case int() | float() if not isinstance(said, bool) and 0 <= said <= HIGHEST:
            return float(said)
    raise ValueError(f"a learning rate that is no number from 0 to {HIGHEST:g}")


def starting_at(description: Description, rate: float | None) -> Description:
    """Return a description whose training starts at another learning rate.

    Args:
        description: The description.
        rate: The learning rate; None for the one that it has.
    """
    if rate is None:
        return description
    return replace(description, compile=_with(description.compile, rate))


def apart_from_rate(compiled: Compile) -> Compile:
    """Return what a model was compiled with, whatever its learning rate, if that is a number."""
    if isinstance(compiled.optimizer.arguments.get(_RATE), ObjectSpec):
        return compiled
    return _with(compiled, 0.0)


def number_of(compiled: Compile) -> float | None:
    """Return the learning rate; None if it follows a schedule, or is the optimizer's own."""
    rate = compiled.optimizer.arguments.get(_RATE)
    return float(rate) if isinstance(rate, int | float) else None


def _with(compiled: Compile, rate: float) -> Compile:
    arguments = {**compiled.optimizer.arguments, _RATE: rate}
    return replace(compiled, optimizer=replace(compiled.optimizer, arguments=arguments))
