"""All variants of the solution of "Horses or Humans": what ``grader audit`` grades."""

from .mistakes import MISTAKES
from .right import RIGHT

VARIANTS = (*RIGHT, *MISTAKES)
