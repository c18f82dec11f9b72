"""Rules: which advice is for which exception.

A rule is found by the exception's type first, then by the whole of its text. A word somewhere in
the text is never enough: Keras quotes the names of types and files, and students choose names.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from grader.checks.advice.scene import Scene

Match = re.Match[str]
Answer = Callable[[Match, Scene], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Advice for exceptions of some types whose whole text is like a pattern.

    Args:
        kinds: Names of the types.
        pattern: What the text must match from its beginning to its end.
        answer: Makes the advice; empty where the rule is not for this exception after all.
    """

    kinds: frozenset[str]
    pattern: re.Pattern[str]
    answer: Answer

    def advise(self, scene: Scene) -> str:
        """Return the advice; empty if there is none."""
        match = self.pattern.fullmatch(scene.message)
        return self.answer(match, scene) if match else ""


class Rules:
    """A list of rules, to which functions are added by decorating them."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._rules = list(rules)

    def __add__(self, others: "Rules") -> "Rules":
        return Rules([*self._rules, *others._rules])

    def on(self, kinds: str, pattern: str = ".*") -> Callable[[Answer], Answer]:
        """Add a function that makes advice.

        Args:
            kinds: Names of types, separated by blanks.
            pattern: What the text must match as a whole; by default any text.
        """

        def add(answer: Answer) -> Answer:
            self._rules.append(Rule(frozenset(kinds.split()), _compiled(pattern), answer))
            return answer

        return add

    def say(self, kinds: str, pattern: str, advice: str) -> None:
        """Add advice that is the same for all exceptions of the kind."""
        self.on(kinds, pattern)(lambda *_: advice)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules)

    def answers(self, scene: Scene) -> Iterator[tuple[Rule, str]]:
        """Yield the rules that have advice, with it: those for the type itself, then its bases."""
        for kind in (scene.raised.name, *scene.raised.bases):
            for rule in self._rules:
                if kind in rule.kinds and (advice := rule.advise(scene)):
                    yield rule, advice


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)
