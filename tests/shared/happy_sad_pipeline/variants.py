"""All variants of the solution of "Happy or Sad in the Wild", for ``grader audit``."""

from .mistakes import MISTAKES
from .right import RIGHT

VARIANTS = (*RIGHT, *MISTAKES)
