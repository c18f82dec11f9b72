"""Declares the checks of a rubric: mypy sees which evidence each takes."""

import inspect
from collections.abc import Callable
from typing import Any, NoReturn, Protocol, TypeVar, overload

from grader.assignments.declaring import (
    DeclarationError,
    Place,
    did_you_mean,
    require,
    require_text,
)
from grader.checks import Check, Claim, Expectation, Need
from grader.checks.parts import view
from grader.checks.trusted import run_of
from grader.kinds.kind import GradedPart, Part

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
# Of a part of one of ``grader.kinds`` there is one evidence, so that the part stands for it.
Wanted = Need[A] | Part[A]
One = Callable[[A], Expectation]
Two = Callable[[A, B], Expectation]
Three = Callable[[A, B, C], Expectation]
Four = Callable[[A, B, C, D], Expectation]
CLAIM = "The {} of a training are what the notebook's own kernel says, and it may say anything."
WAITS = (
    "Name a Goal with targets.reaches, or the training itself, whose numbers are the grader's own; "
    "or declare it with check_claim, so that its points wait for a person."
)
_BY_POSITION = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class Rubric(Protocol):
    """Where checks are declared, in the order in which they are reported."""

    checks: list[Check]

    @property
    def names(self) -> list[str]:
        """The graded names."""


class Group:
    """Checks that are reported together.

    Args:
        rubric: Where they are declared.
        name: What they are reported under.
    """

    def __init__(self, rubric: Rubric, name: str) -> None:
        require_text(name, "The name of a group of checks", "loader")
        self._rubric = rubric
        self._name = name

    @overload
    def check(
        self, one: Wanted[A], /, *, points: int, hint: str, required: bool = False
    ) -> Callable[[One[A]], One[A]]: ...
    @overload
    def check(
        self, one: Wanted[A], two: Wanted[B], /, *, points: int, hint: str, required: bool = False
    ) -> Callable[[Two[A, B]], Two[A, B]]: ...
    @overload
    def check(
        self, one: Wanted[A], two: Wanted[B], three: Wanted[C], /,
        *, points: int, hint: str, required: bool = False,
    ) -> Callable[[Three[A, B, C]], Three[A, B, C]]: ...  # fmt: skip
    @overload
    def check(
        self, one: Wanted[A], two: Wanted[B], three: Wanted[C], four: Wanted[D], /,
        *, points: int, hint: str, required: bool = False,
    ) -> Callable[[Four[A, B, C, D]], Four[A, B, C, D]]: ...  # fmt: skip
    def check(
        self, *evidence: Wanted[Any], points: int, hint: str, required: bool = False
    ) -> Callable[[Any], Any]:
        """Declare a check: a function that takes evidence and returns an ``Expectation``.

        Its name is the check's id, and the first line of its docstring is what the student reads.
        It is a check of the part whose evidence comes first.

        Args:
            evidence: One to four pieces, in the order of the function's parameters.
            points: What the check is worth, a whole number.
            hint: Points a student in the right direction, without the line that solves it.
            required: The assignment cannot be passed without it.

        Raises:
            DeclarationError: It is not declared so; names the file and the line.
        """
        needs = tuple(map(_need, evidence))
        return self._declared(needs, points, hint, required=required)

    def check_claim(
        self, claim: Claim[A], /, *, points: int, hint: str
    ) -> Callable[[One[A]], One[A]]:
        """Declare a check of what only the notebook's kernel says: its points wait for a person.

        It fails where not even the kernel says so. What it says may be anything, so that a check
        that passes is reported as one that a person must look at.

        Args:
            claim: What is claimed, such as the ``claims`` of a TrainedModel.
            points: What the check is worth, a whole number.
            hint: Points a student in the right direction, without the line that solves it.

        Raises:
            DeclarationError: It is not declared so; names the file and the line.
        """
        require(isinstance(claim, Claim), f"A claim was expected; found {claim!r:.80}.",
                "Name what only a kernel says, such as claims of a TrainedModel; declare it with "
                "check where it is evidence.")  # fmt: skip
        need = Need(claim.name, claim.part, claim.find)
        return self._declared((need,), points, hint, claimed=True)

    def _declared(
        self, needs: tuple[Any, ...], points: int, hint: str,
        *, required: bool = False, claimed: bool = False,
    ) -> Callable[[Any], Any]:  # fmt: skip
        def declare(function: Any) -> Any:  # noqa: ANN401 - the overloads say what it is
            place = Place.of_function(function)
            self._require_function(function, needs, place)
            _require_worth(points, hint, place)
            require(isinstance(required, bool), f"required is True or False; found {required!r}.",
                    "Write required=True, or leave it out.", place)  # fmt: skip
            part = needs[0].part
            self._rubric.checks.append(
                Check(function, needs, self._name, part, points, hint, required, claimed)
            )
            return function

        return declare

    def _require_function(
        self, function: Callable[..., Expectation], needs: tuple[Need[Any], ...], place: Place
    ) -> None:
        name = getattr(function, "__name__", "")
        require(name.isidentifier(), f"A check is a named function; found {function!r}.",
                "Put @group.check(...) above a def.", place)  # fmt: skip
        for need in needs:
            self._require_need(need, place)
        require(needs, f"{name} asks for no evidence.",
                "Name it in check(...), such as the loader of an ImageLoader.", place)  # fmt: skip
        require(needs[0].part, f"{name} asks for a constant first, which is of no part.",
                "Name evidence of a part before it.", place)  # fmt: skip
        twice = name in {check.id for check in self._rubric.checks}
        require(not twice, f"There are two checks called {name}.", "Rename one of them.", place)
        require((inspect.getdoc(function) or "").strip(), f"{name} has no docstring.",
                "Its first line is what the student reads: what must hold, in a sentence.",
                place)  # fmt: skip
        taken = [
            p for p in inspect.signature(function).parameters.values() if p.kind in _BY_POSITION
        ]
        require(len(taken) == len(needs), f"{name} takes {len(taken)} arguments and asks for "
                f"{len(needs)} pieces of evidence.", "Both are the same, in the same order.",
                place)  # fmt: skip

    def _require_need(self, need: object, place: Place) -> None:
        if isinstance(need, Need):
            known = self._rubric.names
            found = (
                f"The evidence {need.name} is of {need.part}, which is no part of this assignment."
            )
            fix = did_you_mean(need.part, known) or "Add it with assignment.part(...) first."
            require(need.part in known or not need.part, found, fix, place)
            return
        require(not isinstance(need, Claim), CLAIM.format(getattr(need, "name", "")), WAITS, place)
        attributes = vars(type(need)) if isinstance(need, GradedPart) else ()
        offered = [name for name in attributes if isinstance(getattr(need, name), Need)]
        which = f"Name which: {', '.join(offered)}." if offered else (
            "Name evidence of a part, such as the loader of an ImageLoader.")  # fmt: skip
        require(False, f"Evidence was expected; found {need!r:.80}.", which, place)  # noqa: FBT003


def _need(evidence: Wanted[Any]) -> Need[Any]:
    if isinstance(evidence, Part):
        return Need(evidence.kind, evidence.name, lambda seen: view(run_of(seen), evidence))
    return evidence


def _require_worth(points: object, hint: object, place: Place) -> None:
    whole = isinstance(points, int) and not isinstance(points, bool) and points > 0
    require(whole, f"Points are a whole number above 0; found {points!r}.",
            "Give the check the points that it is worth.", place)  # fmt: skip
    require_text(hint, "A hint", "Which argument resizes the images?", place)


def refuse_check_without_group(assignment: str) -> NoReturn:
    """Say how a check is declared.

    Args:
        assignment: Id of the assignment that it was declared of.

    Raises:
        DeclarationError: Always.
    """
    raise DeclarationError(
        Place.of_caller(),
        f"A check is of a group; found one of the assignment {assignment} itself.",
        'Write @assignment.group("name").check(...), with its variable for assignment.',
    )
