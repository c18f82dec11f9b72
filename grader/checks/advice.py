"""What to try after an exception that a student's code raised."""

from grader.evidence import Raised


def advise(raised: Raised) -> str:
    """Return what to look at next."""
    if raised.name in ("SyntaxError", "IndentationError", "TabError"):
        return "Python cannot read this cell. Look at the line named and at the one before it."
    if raised.name == "NameError":
        return "Is the name spelled as where it is defined, and is it defined before it is used?"
    return "Run the notebook from the top in a fresh kernel to see the same error where it happens."
