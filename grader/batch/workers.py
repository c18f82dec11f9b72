"""How many submissions are graded at a time."""

from grader import machine

# A kernel with TensorFlow and a usual model takes 0.8 GB; twice that leaves room for larger ones.
MEMORY_BYTES = 1_600_000_000


def workers(asked: int | None, submissions: int) -> tuple[int, str]:
    """Return how many, and why not as many as were asked for, if so.

    Args:
        asked: How many were asked for; None for one a core.
        submissions: How many there are.
    """
    wanted = min(asked or machine.cores(), max(1, submissions))
    available = machine.available_memory()
    room = max(1, available // MEMORY_BYTES)
    if room >= wanted:
        return wanted, ""
    return room, (
        f"{room} at a time instead of {wanted}: {available / 1e9:.1f} GB of memory are available, "
        f"and each needs {MEMORY_BYTES / 1e9:.1f} GB."
    )
