"""All variants of the solution of "Horses or Humans": what ``grader audit`` grades."""

VARIANTS = ()
