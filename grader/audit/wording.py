"""What is said of an audit, in whichever form: each sentence is made here, and nowhere else."""

from collections.abc import Iterator, Sequence

from grader.audit.document import Audit, CheckColumn, Fate, GoalLuck, MutantSample, SpecimenRow
from grader.audit.specimens import SpecimenKind
from grader.records import Status
from grader.report.wording import count
from grader.shares import percent

QUICK = "Quick: without trainings, and with one mutant of each operator."
EARLY = (
    "A mutant that fails a check before its training is over is not trained to the end, and other "
    "checks are not asked: --every-check does."
)
FATES = {
    Fate.RIGHT: "as it must be",
    Fate.WRONG: "not as it must be",
    Fate.KILLED: "loses points",
    Fate.ALIVE: "lives",
    Fate.ALIKE: "does only what is right",
    Fate.OPEN: "would take a training to tell",
}

_OF_STARTER = "Ask there for something that only the student can have written."
_OF_VARIANT = "If it is right, the check asks for too much; if not, write beside it what it loses."
_OF_MISTAKE = "If the points are fair so, write beside it what it loses; if not, mend the check."


def verdict(audit: Audit) -> str:
    """Say whether the rubric tells right from wrong, as far as that was tried."""
    wrong = len(audit.with_fate(Fate.WRONG))
    if wrong:
        told = "it must" if wrong == 1 else "they must"
        return f"✗ {count(wrong, 'notebook')} that you wrote did not come to what {told}."
    share = percent(audit.killed)
    if audit.killed < audit.floor:
        return (
            f"✗ {share} of the mutants are told from the solution; {percent(audit.floor)} must be."
        )
    return (
        f"✓ The rubric tells right from wrong: {share} of the mutants are told from the solution."
    )


def sample(found: MutantSample) -> str:
    """Say what a sample of the mutants says of all of them."""
    return (
        f"A sample: {found.graded} of {count(found.made, 'mutant')} were graded. Of all that do "
        f"something else than what is right, {percent(found.low)} to {percent(found.high)} lose "
        "points (95 % interval)."
    )


def counts(audit: Audit) -> Iterator[tuple[str, str, bool]]:
    """Yield what was graded, what came of it, and whether that is as it must be."""
    [solution], [starter] = audit.of(SpecimenKind.SOLUTION), audit.of(SpecimenKind.STARTER)
    for name, row in (("solution", solution), ("starter", starter)):
        yield name, f"{row.earned} of {row.possible} points", row.fate is Fate.RIGHT
    for name, kind, said in (
        ("right variants", SpecimenKind.VARIANT, "have all points"),
        ("mistakes", SpecimenKind.MISTAKE, "lose what is written beside them, and nothing else"),
    ):
        rows = audit.of(kind)
        right = sum(row.fate is Fate.RIGHT for row in rows)
        yield name, f"{right} of {len(rows)} {said}" if rows else "none", right == len(rows)
    yield "mutants", _mutants(audit), audit.killed >= audit.floor


def _mutants(audit: Audit) -> str:
    rows = audit.of(SpecimenKind.MUTANT)
    killed, alike, left = (
        len(audit.with_fate(fate)) for fate in (Fate.KILLED, Fate.ALIKE, Fate.OPEN)
    )
    said = [f"{killed} of {audit.changed} lose points"]
    said += [f"{alike} of all {len(rows)} do only what is right"] if alike else []
    said += [f"{left} would take a training to tell"] if left else []
    return "; ".join(said)


def place(row: SpecimenRow) -> str:
    """Say where a mutant was changed; nothing of any other specimen."""
    return f"{row.cell}, line {row.line}: " if row.line is not None else ""


def came_to(row: SpecimenRow, audit: Audit) -> str:
    """Say what came of a specimen that is not as it must be, and what to do; of others nothing."""
    if row.fate is not Fate.WRONG:
        return ""
    points = f"{row.earned} of {row.possible} points"
    lost = _lost(row, audit)
    if row.kind is SpecimenKind.STARTER:
        passed = [c.id for c in audit.checks if c.id not in lost]
        return f"It has {points} with nothing filled in: {listed(passed)} passes. {_OF_STARTER}"
    if not row.loses:
        return f"It has {points}, and must have all: it loses {listed(lost)}. {_OF_VARIANT}"
    missing = [name for name in row.loses if name not in lost]
    more = [name for name in lost if name not in row.loses]
    told = [f"it does not lose {listed(missing)}"] if missing else []
    told += [f"it loses {listed(more)}, which is not written beside it"] if more else []
    return f"It has {points}: {' and '.join(told)}. {_OF_MISTAKE}"


def _lost(row: SpecimenRow, audit: Audit) -> list[str]:
    if not row.statuses:
        return [check.id for check in audit.checks]
    pairs = zip(audit.checks, row.statuses, strict=True)
    return [check.id for check, status in pairs if status is not Status.PASSED]


def findings(audit: Audit) -> Iterator[tuple[str, list[str]]]:
    """Yield what was found of the rubric, as titles with lines; none where nothing was."""
    for title, lines in (
        ("Checks that never fail", _never(audit)),
        ("Checks that only fail together", _together(audit)),
        ("Hints that nobody is shown", _unseen(audit)),
        ("Goals that luck alone can miss", [goal(each) for each in audit.luck if each.missed]),
        ("What could be done", [each.text for each in audit.advice]),
    ):
        if lines:
            yield title, lines


def _never(audit: Audit) -> list[str]:
    return [f"{c.id}: {c.title}{_asked(c)}" for c in audit.checks if not c.killed + c.mistakes]


def _together(audit: Audit) -> list[str]:
    groups = {tuple(sorted((each.id, *each.together))) for each in audit.checks if each.together}
    return [listed(group) for group in sorted(groups)]


def _unseen(audit: Audit) -> list[str]:
    return [f"{c.id}: {c.hint}{_asked(c)}" for c in audit.checks if not c.hint_shown]


def _asked(check: CheckColumn) -> str:
    left = check.not_asked
    return f" (not asked of {count(left, 'mutant')} that failed before)" if left else ""


def points(row: SpecimenRow) -> str:
    """Say how many points a specimen has, or has at most where not all checks were asked."""
    return f"≤ {row.earned}" if None in row.statuses else str(row.earned)


def goal(luck: GoalLuck) -> str:
    """Say how often a goal is missed by luck alone."""
    share = percent(luck.missed / luck.seeds)
    return (
        f"{luck.part}, {luck.goal}: the solution misses it with {luck.missed} of {luck.seeds} "
        f"seeds, {share} (95 % interval {percent(luck.low)} to {percent(luck.high)}); with all "
        f"{luck.tries} published ones, {percent(luck.all_miss)}"
    )


def listed(names: Sequence[str]) -> str:
    """Write names as a list in a sentence."""
    *others, last = names or ("none",)
    return f"{', '.join(others)} and {last}" if others else last
