"""The matrix of an audit: checks by specimens, and what it says of each check."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.audit.document import CheckColumn, Fate, OperatorRow, SpecimenRow
from grader.audit.judged import Judged
from grader.audit.operators.registry import OPERATORS, sentence
from grader.audit.specimens import SpecimenKind
from grader.checks import Check


@dataclass(frozen=True)
class Matrix:
    """Checks by specimens.

    Args:
        checks: The rubric.
        judged: The specimens.
        like: Of mutants that do what a right specimen does, the id of that one.
        untrained: Whether trainings were left out that might tell more of what lives.
    """

    checks: Sequence[Check]
    judged: Sequence[Judged]
    like: Mapping[str, str]
    untrained: bool = False

    @property
    def wrong(self) -> list[Judged]:
        """The specimens that must lose something: mistakes, and mutants that do something else."""
        return [
            each
            for each in self.judged
            if each.specimen.kind in {SpecimenKind.MISTAKE, SpecimenKind.MUTANT}
            and each.specimen.id not in self.like
            and (each.lost or not self.untrained)
        ]

    def columns(self) -> list[CheckColumn]:
        """Return what is known of each check."""
        together = _together(self.checks, self.wrong)
        shown = {hint for each in self.wrong for hint in _hints(each)}
        return [self._column(each, together[each.id], shown) for each in self.checks]

    def _column(
        self, check: Check, together: list[str], shown: set[tuple[str, str]]
    ) -> CheckColumn:
        losing = [each for each in self.wrong if check.id in each.lost]
        mutants = [each for each in losing if each.specimen.kind is SpecimenKind.MUTANT]
        alone = [each for each in losing if each.lost == {check.id}]
        mistakes = [each for each in losing if each not in mutants]
        not_asked = sum(not each.asked(check) for each in self.wrong)
        return CheckColumn(
            id=check.id,
            title=check.title,
            part=check.part,
            points=check.points,
            required=check.required,
            hint=check.hint,
            killed=len(mutants),
            alone=len(alone),
            mistakes=len(mistakes),
            without=sum(
                each.as_foretold and not each.specimen.foretells(each.lost_without(check))
                for each in losing
            ),
            not_asked=not_asked,
            hint_shown=(check.id, check.hint) in shown,
            # That of checks which some were not asked would say nothing.
            together=[] if not_asked else together,
        )

    def rows(self) -> list[SpecimenRow]:
        """Return what came of each specimen."""
        return [self._row(each) for each in self.judged]

    def _row(self, judged: Judged) -> SpecimenRow:
        specimen = judged.specimen
        made = specimen.mutant
        statuses = {each.id: each.status for each in judged.results}
        open_points = sum(each.points for each in self.checks if not judged.asked(each))
        return SpecimenRow(
            id=specimen.id,
            kind=specimen.kind,
            fate=self._fate(judged),
            about=specimen.about,
            earned=judged.score.earned + open_points,
            possible=judged.score.possible + open_points,
            statuses=[statuses.get(each.id) for each in self.checks] if statuses else [],
            loses=sorted(specimen.loses),
            operator=made.operator if made else "",
            cell=made.cell if made else "",
            line=made.line if made else None,
            diff=made.diff if made else "",
            like=self.like.get(specimen.id, ""),
        )

    def _fate(self, judged: Judged) -> Fate:
        if judged.specimen.kind is not SpecimenKind.MUTANT:
            return Fate.RIGHT if judged.as_foretold else Fate.WRONG
        if judged.lost:
            return Fate.KILLED
        if judged.specimen.id in self.like:
            return Fate.ALIKE
        return Fate.OPEN if self.untrained else Fate.ALIVE


def operators(rows: Iterable[SpecimenRow]) -> list[OperatorRow]:
    """Return what came of the mutants of each operator that made any."""
    by_operator = defaultdict[str, list[Fate]](list)
    for row in rows:
        if row.operator:
            by_operator[row.operator].append(row.fate)
    return [
        OperatorRow(
            name=name,
            what=sentence(name),
            made=len(fates),
            alike=fates.count(Fate.ALIKE),
            killed=fates.count(Fate.KILLED),
            alive=fates.count(Fate.ALIVE),
        )
        for name in OPERATORS
        if (fates := by_operator.get(name))
    ]


def _together(checks: Sequence[Check], wrong: Sequence[Judged]) -> dict[str, list[str]]:
    """Return, of each check that is lost by any, the others that the very same ones lose."""
    losing = {
        check.id: frozenset(each.specimen.id for each in wrong if check.id in each.lost)
        for check in checks
    }
    return {
        name: [other for other in losing if other != name and ids and losing[other] == ids]
        for name, ids in losing.items()
    }


def _hints(judged: Judged) -> set[tuple[str, str]]:
    return {(each.id, each.hint) for each in judged.results if each.hint}
