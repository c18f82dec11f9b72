"""Advice for what isolation refused: the probe says so at the beginning of the text."""

from grader.checks.advice.rules import Rules

RULES = Rules()
# Libraries raise what they like in the place of an error of the system.
_ANY = "PermissionError OSError Exception"
RULES.say(
    _ANY,
    "There is no network while grading: .*",
    "Nothing can be fetched while grading: do without what is downloaded, and read the images "
    "from their folder.",
)
RULES.say(
    _ANY,
    "(Commands are not run|No other processes are started|That is not permitted) while grading: .*",
    "Leave it out: what the assignment needs is installed already.",
)
