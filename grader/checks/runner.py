"""Runs a rubric on evidence: every check ends passed, failed, skipped or errored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.checks.declaration import Absent, Check, Expectation
from grader.records import CheckResult, Status

Provider = Callable[[], object]


@dataclass(slots=True)
class _Ledger:
    """Which parts have already been reported as failed."""

    parts: set[str] = field(default_factory=set)


def run(checks: Sequence[Check], providers: Mapping[str, Provider]) -> list[CheckResult]:
    """Run checks in order.

    The first check that misses evidence because of some part's failure fails and says so; those
    that miss it because of the same part are skipped. What raises anything else is errored: a
    fault of the grader, for which no student pays.

    Args:
        checks: The rubric, in report order.
        providers: How to get each kind of evidence, by parameter name.
    """
    ledger = _Ledger()
    return [_run(check, providers, ledger) for check in checks]


def _run(check: Check, providers: Mapping[str, Provider], ledger: _Ledger) -> CheckResult:
    try:
        found = check.function(**{name: providers[name]() for name in check.needs})
    except Absent as absent:
        return _absent(check, absent, ledger)
    except Exception as error:  # noqa: BLE001 - whatever a check raises is a fault of ours
        fault = f"{type(error).__name__}: {error}"
        return _result(check, Status.ERRORED, Expectation(met=False, actual=fault))
    if found.met:
        return _result(check, Status.PASSED, found)
    ledger.parts.add(check.part)
    return _result(check, Status.FAILED, found)


def _absent(check: Check, absent: Absent, ledger: _Ledger) -> CheckResult:
    status = Status.SKIPPED if absent.cause in ledger.parts else Status.FAILED
    ledger.parts.add(absent.cause)
    found = Expectation(met=False, actual=absent.reason, hint=absent.hint)
    return _result(check, status, found)


def _result(check: Check, status: Status, found: Expectation) -> CheckResult:
    return CheckResult(
        id=check.id,
        group=check.group,
        title=check.title,
        status=status,
        possible=check.points,
        expected=found.expected,
        actual=found.actual,
        hint=_hint(check, status, found),
        required=check.required,
        review=found.review,
    )


def _hint(check: Check, status: Status, found: Expectation) -> str:
    if status in (Status.PASSED, Status.ERRORED):
        return ""
    # The check's own hint is about what it looks for, not about another part's failure.
    return found.hint or (check.hint if status is Status.FAILED else "")
