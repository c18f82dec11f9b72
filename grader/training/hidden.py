"""Splits that the grader alone has: their places are none in the layout of a run."""

_HIDDEN = "hidden/"


def hidden(name: str) -> str:
    """Return the place of a split that no notebook finds.

    Args:
        name: Its name in the dataset.
    """
    return f"{_HIDDEN}{name}"


def is_hidden(place: str) -> bool:
    """Whether a place is one that no notebook finds, whatever a notebook has made there."""
    return place.startswith(_HIDDEN)
