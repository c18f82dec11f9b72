"""How figures of drawn images are turned, without a sine: not every machine has the same one."""


def cosine_and_sine(turn: float) -> tuple[float, float]:
    """Return both of an angle, exactly alike on every machine.

    Args:
        turn: The tangent of half the angle.
    """
    squared = turn * turn
    return (1.0 - squared) / (1.0 + squared), 2.0 * turn / (1.0 + squared)
