"""Specimens of the kit's own assignment, judged by evidence that was recorded."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import recording
from happy_or_sad.submission import Variant

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.audit.judged import Judged
from grader.audit.specimens import Specimen, SpecimenKind
from grader.checks import Check, Expectation

RUBRIC = happy_or_sad.checks


def judged(variant: Variant, folder: Path, kind: SpecimenKind | None = None) -> Judged:
    """Judge a variant by what was recorded of it.

    Args:
        variant: Which.
        folder: Where its notebook is written.
        kind: As what; None for what it is.
    """
    usual = SpecimenKind.MISTAKE if variant.loses else SpecimenKind.VARIANT
    specimen = Specimen(variant.id, kind or usual, "", variant.why, variant.loses)
    planned = recording.plan(variant.notebook(), folder)
    return Judged(happy_or_sad, specimen, planned, recording.load(variant.id, planned))


def starter() -> Judged:
    """Return a starter that was rejected, so that it has no points."""
    return Judged(happy_or_sad, Specimen("starter", SpecimenKind.STARTER, ""))


def broken(check: Check) -> Check:
    """Return a check that passes, whatever it sees."""

    def passes(*_: object) -> Expectation:
        return Expectation(met=True)

    passes.__name__ = check.id
    return replace(check, function=passes)


Several = Sequence[Any]
