"""Variants of the solution of "The Happy House": what ``grader audit`` grades beside mutants."""

from .mistakes import MISTAKES
from .right import RIGHT

VARIANTS = (*RIGHT, *MISTAKES)
