"""What is said of loaders that show other images than those that lie where they read them."""

from grader.evidence import Evidence

_OTHERS = "{} shows other images than those that lie in its {} when it is called."
_READ = "Have {} read the images from their {} whenever it is called."


def told(evidence: Evidence) -> dict[str, tuple[str, str]]:
    """Return what is said of each such loader, and what to do, by its graded name.

    Args:
        evidence: What was observed, compared.
    """
    places = (("folder", evidence.foreign), ("file", evidence.foreign_samples))
    return {
        name: (_OTHERS.format(name, place), _READ.format(name, place))
        for place, names in places
        for name in names
    }
