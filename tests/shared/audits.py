"""Audits as documents, made up: one of the size that a page must still be read at."""

from itertools import cycle, islice

from grader.audit.document import (
    AdviceRow,
    AssignmentRow,
    Audit,
    CheckColumn,
    Fate,
    GoalLuck,
    OperatorRow,
    SpecimenRow,
)
from grader.audit.specimens import SpecimenKind
from grader.records import Status

HOSTILE = "<script>alert(1)</script> [bold red]x[/]"
DIFF = """\
@@ -30,3 +30,3 @@
     model.compile(
-        loss="binary_crossentropy",
+        loss="mse",
         optimizer=optimizers.RMSprop(learning_rate=0.001),"""
CELLS = ("image_generator", "myCallback", "train_happy_sad_model")


def audit(mutants: int = 200, checks: int = 30, said: str = "") -> Audit:
    """Make an audit.

    Args:
        mutants: How many there are; one in forty lives, one in ten does only what is right.
        checks: How many.
        said: What summaries say; empty for something usual.
    """
    columns = [_check(number, said) for number in range(checks)]
    rows = [
        _row("solution", SpecimenKind.SOLUTION, Fate.RIGHT, checks, set()),
        _row("starter", SpecimenKind.STARTER, Fate.RIGHT, checks, set(range(checks))),
        _row("variant-nadam", SpecimenKind.VARIANT, Fate.RIGHT, checks, set()),
        _row("mistake-acc", SpecimenKind.MISTAKE, Fate.WRONG, checks, {1}),
        *(_mutant(number, mutants, checks, said) for number in range(mutants)),
    ]
    return Audit(
        assignment=AssignmentRow(id="made-up", version="1", title=said or "Made Up"),
        quick=False,
        floor=0.95,
        checks=columns,
        specimens=rows,
        operators=[OperatorRow(name="swap-loss", what="Take a loss for other labels.", made=4,
                               alike=1, killed=2, alive=1)],
        luck=[GoalLuck(part="train", goal="90% accuracy", seeds=20, missed=3, low=0.03, high=0.38,
                       tries=3, all_miss=0.001)],
        advice=[AdviceRow(kind="check-missing", text=said or "A check would tell more.")],
    )  # fmt: skip


def _check(number: int, said: str) -> CheckColumn:
    return CheckColumn(
        id=f"check_of_something_{number}", title=said or f"Something of number {number} holds.",
        part="train", points=3, required=False, hint=said or "Which argument is it?",
        killed=number * 7 % 200, alone=number % 3, mistakes=2, without=3, hint_shown=number % 5 > 0,
    )  # fmt: skip


def _mutant(number: int, mutants: int, checks: int, said: str) -> SpecimenRow:
    fate = Fate.ALIVE if number % 40 == 7 else Fate.ALIKE if number % 10 == 3 else Fate.KILLED
    lost = {*islice(cycle(range(checks)), number, number + number % 7 + 1)}
    row = _row(f"swap-loss-{number:08x}", SpecimenKind.MUTANT, fate, checks,
               lost if fate is Fate.KILLED else set())  # fmt: skip
    about = said or 'loss: "mse" for "binary_crossentropy", which is said at some length here'
    more = {"about": about, "operator": "swap-loss", "cell": CELLS[number * 3 // mutants],
            "line": number % 60 + 1, "diff": DIFF,
            "like": "solution" if fate is Fate.ALIKE else ""}  # fmt: skip
    return row.model_copy(update=more)


def _row(name: str, kind: SpecimenKind, fate: Fate, checks: int, lost: set[int]) -> SpecimenRow:
    statuses: list[Status | None] = [
        (Status.SKIPPED if place % 4 == 3 else Status.FAILED) if place in lost else Status.PASSED
        for place in range(checks)
    ]
    return SpecimenRow(
        id=name, kind=kind, fate=fate, about="it is what it is", earned=3 * (checks - len(lost)),
        possible=3 * checks, statuses=statuses,
        loses=["check_of_something_2"] if kind is SpecimenKind.MISTAKE else [],
    )  # fmt: skip
