"""Advice for what ends a cell on purpose, or has it wait for what never comes."""

from grader.checks.advice.rules import Rules

RULES = Rules()
RULES.say(
    "StdinNotImplementedError",
    r"raw_input was called, .*",
    "Nobody answers where notebooks are graded: write the value into the cell.",
)
RULES.say("SystemExit", ".*", "That ends the notebook before it is finished: leave it out.")
# The grader's own words for a function that did not end.
RULES.say("TimeoutError", "it did not end when it was called", "Look for a loop that never ends.")
RULES.say(
    "MemoryError _ArrayMemoryError ResourceExhaustedError",
    ".*",
    "That takes more memory than there is: compute with fewer numbers at a time.",
)
