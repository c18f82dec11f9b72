"""Runs a rubric on evidence: every check ends passed, failed, skipped or errored."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grader.checks import faults
from grader.checks.declaration import Absent, AssignmentFault, Check, Expectation, ProbeFault
from grader.checks.observed import Observation
from grader.checks.trusted import Observed
from grader.kinds.need import Need
from grader.records import CheckResult, Status

_KIT = "grader."


@dataclass(slots=True)
class _Ledger:
    """Which parts have already been reported as failed, and the evidence found so far."""

    seen: Observation
    parts: set[str] = field(default_factory=set)
    _found: dict[Need[Any], object] = field(default_factory=dict)

    def find(self, need: Need[Any]) -> object:
        """Return evidence, found at most once, or raise what finding it raised."""
        if need not in self._found:
            try:
                self._found[need] = need.find(Observed(self.seen))
            except (Absent, ProbeFault) as reason:
                self._found[need] = reason
        found = self._found[need]
        if isinstance(found, Absent | ProbeFault):
            raise found
        return found


def run(checks: Sequence[Check], seen: Observation) -> list[CheckResult]:
    """Run checks in order.

    The first check that misses evidence because of some part's failure fails and says so; those
    that miss it because of the same part are skipped. What raises anything else is errored: a
    fault of the grader, for which no student pays.

    Args:
        checks: The rubric, in report order.
        seen: The run that they judge.
    """
    ledger = _Ledger(seen)
    return [_run(check, ledger) for check in checks]


def _run(check: Check, ledger: _Ledger) -> CheckResult:
    try:
        found = _judge(check, [*map(ledger.find, check.needs)])
    except Absent as absent:
        return _absent(check, absent, ledger)
    except AssignmentFault as told:
        errored = _result(check, Status.ERRORED, Expectation(met=False, actual=str(told)))
        return replace(errored, of_assignment=True)
    # Whatever a check raises is a fault of ours; one that calls exit() ends no grading.
    except (Exception, SystemExit) as error:  # noqa: BLE001
        fault = f"{type(error).__name__}: {error}"
        return _result(check, Status.ERRORED, Expectation(met=False, actual=fault))
    if found.met and check.claimed:
        return _result(check, Status.ERRORED, replace(found, met=False, actual=_claimed(found)))
    if found.met:
        return _result(check, Status.PASSED, found)
    ledger.parts.add(check.part)
    found = replace(found, hint=found.hint or check.hint)
    return _result(check, Status.FAILED, found, check.part)


def _judge(check: Check, evidence: Sequence[object]) -> Expectation:
    """Run the function of a check; what one of an author's raises is told as that."""
    try:
        return _expectation(check.function(*evidence))
    except (Absent, ProbeFault):
        raise
    except (Exception, SystemExit) as error:
        if check.function.__module__.startswith(_KIT):
            raise
        place = faults.place(check.function, error)
        raised = f"a check of the assignment raised {type(error).__name__}: {error}{place}"
        raise AssignmentFault(raised) from error


def _expectation(returned: object) -> Expectation:
    """Return what a check returned, as reports take it; an array is neither true nor false."""
    if not isinstance(returned, Expectation):
        plain = returned is None or isinstance(returned, bool)
        found = repr(returned) if plain else f"a {type(returned).__name__}"
        raise TypeError(f"the check returned {found}, not an Expectation")
    return replace(
        returned,
        met=_truth(returned.met),
        expected=str(returned.expected),
        actual=str(returned.actual),
        hint=str(returned.hint),
    )


def _truth(met: object) -> bool:
    """Return whether something holds; what holds whatever was found is no answer."""
    if isinstance(met, str) or callable(met):
        found = f"the text {met!r}" if isinstance(met, str) else f"{met!r}, which is not called"
        raise TypeError(f"the first argument of expect is {found}; expected True or False")
    return bool(met)


def _claimed(found: Expectation) -> str:
    said = f" {found.actual}" if found.actual else ""
    return f"the notebook's own kernel says so, and a person must look:{said}"


def _absent(check: Check, absent: Absent, ledger: _Ledger) -> CheckResult:
    status = Status.SKIPPED if absent.cause in ledger.parts else Status.FAILED
    ledger.parts.add(absent.cause)
    own = check.hint if status is Status.FAILED else ""
    hint = own if absent.hint is None else absent.hint
    found = Expectation(met=False, actual=absent.reason, hint=hint)
    return _result(check, status, found, absent.cause)


def _result(
    check: Check, status: Status, found: Expectation, cause: str | None = None
) -> CheckResult:
    return CheckResult(
        id=check.id,
        group=check.group,
        title=check.title,
        status=status,
        possible=check.points,
        expected=found.expected,
        actual=found.actual,
        hint=found.hint if cause else "",
        required=check.required,
        cause=cause or "",
        review=found.review,
    )
