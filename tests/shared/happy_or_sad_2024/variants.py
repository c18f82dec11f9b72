"""All variants of the solution of the edition of 2024, which ``grader audit`` grades."""

from .mistakes import MISTAKES
from .right import RIGHT

VARIANTS = (*RIGHT, *MISTAKES)
