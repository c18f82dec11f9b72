"""All variants of the solution of "Cats and Dogs": what ``grader audit`` grades beside mutants."""

from .mistakes import MISTAKES
from .right import RIGHT

VARIANTS = (*RIGHT, *MISTAKES)
