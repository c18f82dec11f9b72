"""What to try after an exception that a student's code raised, in the words of the assignment.

Advice that is wrong costs more time than none, so there is some only where a rule is sure.
"""

from grader.checks.advice import (
    attributes,
    calls,
    endings,
    finding,
    imports,
    nothing,
    refused,
    settings,
    shapes,
    syntax,
    unknown,
    values,
)
from grader.checks.advice.names import closest
from grader.checks.advice.rules import Rules
from grader.checks.advice.scene import Scene
from grader.checks.advice.wording import inner_message

RULES = sum(
    (
        refused.RULES,
        syntax.RULES,
        imports.RULES,
        unknown.RULES,
        nothing.RULES,
        attributes.RULES,
        calls.RULES,
        values.RULES,
        finding.RULES,
        shapes.RULES,
        settings.RULES,
        endings.RULES,
    ),
    Rules(),
)


def advise(scene: Scene) -> str:
    """Return what to look at next; empty where nothing is sure.

    What a line raises by itself says what its author wanted it to say.
    """
    if scene.raises_itself:
        return ""
    return next((advice for _, advice in RULES.answers(scene)), "")


__all__ = ["RULES", "Scene", "advise", "closest", "inner_message"]
