"""The assignments that come with the kit, as a command without options has them."""

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.pipeline import Choice

ASSIGNMENTS = [happy_or_sad]
CHOICE = Choice(ASSIGNMENTS)
