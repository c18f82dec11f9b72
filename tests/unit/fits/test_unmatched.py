from typing import Any

import pytest

from grader.evidence import Evidence, Fit
from grader.fits.overlay import UNMATCHED, note_unmatched

CUT = {"error": {"name": "KeyboardInterrupt", "message": ""}}
DONE = {"finished": True, "path": "grader"}


def noted(answered: list[int], *fits: dict[str, Any]) -> bool:
    evidence = Evidence()
    for index, fit in enumerate(fits):
        evidence.add(Fit(**{"kind": "fit", "index": index, "model": "m", **fit}))
    note_unmatched(evidence, answered)
    return bool(evidence.tampered)


@pytest.mark.parametrize(
    ("answered", "fits"),
    [
        ([], []),
        ([0], [DONE | {"number": 0}]),
        ([0], [{"finished": True, "number": 0}]),
        ([], [{"finished": True}]),
        ([0], [{}]),
        ([], [CUT | {"path": "grader", "number": 0}]),
    ],
    ids=["nothing", "trained", "refused", "not asked", "cut short", "interrupted"],
)  # fmt: skip
def test_what_fits_asked_for_is_not_noted(answered: list[int], fits: list[dict[str, Any]]) -> None:
    assert not noted(answered, *fits)


@pytest.mark.parametrize(
    ("answered", "fits"),
    [
        ([1000], []),
        ([0, 1000], [DONE | {"number": 0}]),
        ([0, 1000], [{}]),
        ([], [DONE | {"number": 0}]),
        ([0], [DONE]),
    ],
)
def test_what_no_fit_asked_for_is_noted(answered: list[int], fits: list[dict[str, Any]]) -> None:
    assert noted(answered, *fits)


def test_what_makes_no_sense_is_noted() -> None:
    evidence = Evidence()
    note_unmatched(evidence, [], senseless=True)
    assert evidence.tampered == {"fit": UNMATCHED}
