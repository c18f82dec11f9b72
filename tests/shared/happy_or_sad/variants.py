"""All variants of the solution of "Happy or Sad": what ``grader audit`` grades beside mutants."""

from .alone import ALONE
from .mistakes import MISTAKES
from .right import RIGHT

VARIANTS = (*RIGHT, *ALONE, *MISTAKES)
