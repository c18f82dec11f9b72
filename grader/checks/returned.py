"""What graded functions returned, where it is not what they should."""

import math
from collections.abc import Iterable, Iterator, Mapping

from grader.checks.declaration import Expectation, expect
from grader.checks.trusted import Result, Training, graded, returned_by
from grader.evidence import Fit, ReturnedResult
from grader.kinds.batches import returned_instead
from grader.records import Issue

CODE = "history-edited"
TOLERANCE = 1e-6
HISTORY = "History"
Curve = tuple[float | None, ...]


def returned(result: Result, training: Training) -> Expectation:
    """The History of that training is returned.

    Args:
        result: What was returned.
        training: The graded one.
    """
    found = returned_by(result)
    met = found.is_history and found.fit == graded(training).fit.index
    return expect(met, f"the {HISTORY} that fit returned", _found(found, met=met))


def _found(result: ReturnedResult, *, met: bool) -> str:
    if result.is_history and result.fit is None:
        return f"a {HISTORY} that fit did not return"
    if result.is_history:
        return f"that {HISTORY}" if met else f"the {HISTORY} of another training"
    other = " that is not Keras'" if result.type == HISTORY else ""
    found = returned_instead(result.type, result.returned)
    return f"{found.words if found else _with_article(result.type)}{other}"


def _with_article(name: str) -> str:
    return f"an {name}" if name[:1] in "AEIOaeio" else f"a {name}"


def edited(result: ReturnedResult, fits: Mapping[int, Fit], graded: Fit) -> Issue | None:
    """Name the first curve that differs from what was logged; accuracies come first.

    Args:
        result: What was returned.
        fits: All trainings, by number.
        graded: The training that counts, where none is known to have returned it.
    """
    fit = graded if result.fit is None else fits.get(result.fit, graded)
    names = sorted(result.curves.keys() & fit.curves.keys(), key=lambda n: ("acc" not in n, n))
    for name in names:
        shown = result.curves[name]
        if not any(_alike(shown, logged) for logged in _logged(fits.values(), fit, name)):
            return _issue(name, shown, fit.curves[name])
    return None


def _logged(fits: Iterable[Fit], until: Fit, name: str) -> Iterator[Curve]:
    """Yield a curve, then with those before it: fits that share a History go on with it."""
    curve: Curve = ()
    for fit in sorted(fits, key=lambda fit: -fit.index):
        if fit.index <= until.index:
            curve = (*fit.curves.get(name, ()), *curve)
            yield curve


def _alike(one: Curve, other: Curve) -> bool:
    return len(one) == len(other) and all(map(_equal, one, other))


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def _issue(name: str, shown: Curve, logged: Curve) -> Issue:
    here, there = shown, logged
    if len(shown) == len(logged):
        wrong = max(
            n for n, pair in enumerate(zip(shown, logged, strict=True)) if not _equal(*pair)
        )
        here, there = shown[: wrong + 1], logged[: wrong + 1]
    return Issue(
        CODE,
        f"The returned {HISTORY} says {_last(name, here)}; the training logged "
        f"{_last(name, there)}.",
        f"Return the {HISTORY} that fit gives you, and leave it as it is: points come from what "
        "the training logged.",
    )


def _last(name: str, curve: Curve) -> str:
    if not curve:
        return f"no {name}"
    value = "nan" if curve[-1] is None else f"{curve[-1]:.6g}"
    return f"{name} {value} after {len(curve)} epoch{'' if len(curve) == 1 else 's'}"
