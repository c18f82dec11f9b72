"""The audit as data: version 1 of ``audit.json``, from which text and page are made."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, FiniteFloat

from grader.audit.specimens import SpecimenKind
from grader.records import Status
from grader.report.fields import Frozen, Name, Text


class Fate(StrEnum):
    """What a specimen came to.

    ``right`` came to what it must, ``wrong`` did not. A mutant is ``killed`` if it loses a check,
    ``alive`` if it gets all points, and ``alike`` if it does what a right specimen does, so that it
    must get them. It is ``open`` if it gets all points where no training was looked at.
    """

    RIGHT = "right"
    WRONG = "wrong"
    KILLED = "killed"
    ALIVE = "alive"
    ALIKE = "alike"
    OPEN = "open"


class SpecimenRow(Frozen):
    """A notebook that was graded, a row of the matrix.

    ``statuses`` has one for each check, none where it was rejected; null of those that were not
    asked, as a mutant had failed others before its training was over: ``earned`` is then what it
    has at most. ``loses`` are the checks that a mistake must lose. ``operator``, ``cell``, ``line``
    and ``diff`` are of a mutant, whose line counts from 1; ``like`` is the right specimen that it
    behaves like.
    """

    id: Name
    kind: SpecimenKind
    fate: Fate
    about: Text
    earned: int
    possible: int
    statuses: list[Status | None]
    loses: list[Name] = Field(default_factory=list)
    operator: Name = ""
    cell: Name = ""
    line: int | None = None
    diff: Text = ""
    like: Name = ""


class CheckColumn(Frozen):
    """A check, a column of the matrix.

    ``killed`` counts the mutants that lose it, ``mistakes`` the mistakes that do, and ``alone``
    those of both that lose nothing else. ``hint_shown`` tells whether its hint was shown with any
    of them, ``together`` which other checks the very same ones lose. ``without`` counts those that
    would not come to what they must if the check passed whatever it saw: mutants that would live,
    as far as they were looked at, and mistakes that would not lose all that is written beside them.
    ``not_asked`` counts the mutants that failed other checks before their training was over, so
    that this one was not asked.
    """

    id: Name
    title: Text
    part: Name
    points: int
    required: bool
    hint: Text
    killed: int
    alone: int
    mistakes: int
    without: int
    hint_shown: bool
    not_asked: int = 0
    together: list[Name] = Field(default_factory=list)


class OperatorRow(Frozen):
    """What came of the mutants of an operator; ``what`` says in a sentence what it does."""

    name: Name
    what: Text
    made: int
    alike: int
    killed: int
    alive: int


class GoalLuck(Frozen):
    """How often the solution misses a goal by luck alone.

    Of ``seeds`` runs with one seed each, ``missed`` did. ``low`` and ``high`` are the ends of the
    95 % interval of that share (Clopper and Pearson). ``all_miss`` is how often all of the
    ``tries`` published seeds would.
    """

    part: Name
    goal: Text
    seeds: int
    missed: int
    low: FiniteFloat
    high: FiniteFloat
    tries: int
    all_miss: FiniteFloat


class AdviceRow(Frozen):
    """What could be done; ``kind`` is stable, ``about`` has the ids that ``text`` is about."""

    kind: Literal["check-missing", "check-never-needed", "points"]
    text: Text
    about: list[Name] = Field(default_factory=list)


class MutantSample(Frozen):
    """How many mutants were graded of those that were made, where not all of them were.

    Of all that do something else than what is right, a share is killed: ``low`` and ``high`` are
    the ends of its 95 % interval, 0 to 1 (Clopper and Pearson).
    """

    graded: int
    made: int
    low: FiniteFloat
    high: FiniteFloat


class AssignmentRow(Frozen):
    """Which assignment, in which version."""

    id: Name
    version: Name
    title: Name


class Audit(Frozen):
    """All there is to know about a rubric that was audited.

    ``quick`` says that parts that train were left out. ``killed`` counts mutants, ``changed`` those
    that do something else than what is right. ``floor`` is the share, 0 to 1, that must be killed.
    ``sample`` is there where not all mutants were graded.
    """

    schema_version: Literal[1] = 1
    assignment: AssignmentRow
    quick: bool
    floor: FiniteFloat
    checks: list[CheckColumn]
    specimens: list[SpecimenRow]
    operators: list[OperatorRow]
    sample: MutantSample | None = None
    luck: list[GoalLuck] = Field(default_factory=list)
    advice: list[AdviceRow] = Field(default_factory=list)

    def of(self, *kinds: SpecimenKind) -> list[SpecimenRow]:
        """Return the specimens of some kinds, in order."""
        return [each for each in self.specimens if each.kind in kinds]

    def with_fate(self, fate: Fate) -> list[SpecimenRow]:
        """Return the specimens that came to something, in order."""
        return [each for each in self.specimens if each.fate is fate]

    @property
    def early(self) -> bool:
        """Whether there are mutants that were not trained to the end, as they had failed before."""
        return any(None in each.statuses for each in self.specimens)

    @property
    def changed(self) -> int:
        """How many mutants do something else than what is right."""
        return len(self.with_fate(Fate.KILLED)) + len(self.with_fate(Fate.ALIVE))

    @property
    def killed(self) -> float:
        """The share of these that is killed, 0 to 1; 1 where there are none."""
        return len(self.with_fate(Fate.KILLED)) / self.changed if self.changed else 1.0

    @property
    def passed(self) -> bool:
        """Whether all that was foretold came true, and enough mutants were killed."""
        return not self.with_fate(Fate.WRONG) and self.killed >= self.floor

    def to_json(self) -> str:
        """Render as JSON with a final line feed."""
        return self.model_dump_json(indent=2) + "\n"
