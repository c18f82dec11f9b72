"""Evidence that was kept is found again, and never instead of other evidence."""

import os
from pathlib import Path

import pytest
from happy_or_sad.right import RIGHT
from recording import load, plan

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.audit import evidence_cache
from grader.audit.evidence_cache import EvidenceCache, key_of
from grader.kept import Kept, KeptAttempt

NOTEBOOK = '{"cells": []}'
PACKAGE = Path(evidence_cache.__file__).parents[1]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    planned = plan(RIGHT[0].notebook(), tmp_path)
    made = [
        KeptAttempt(seed=each.seed, execution=each.run.execution, evidence=each.run.evidence)
        for each in load("solution", planned)
    ]
    return Kept(
        submission="0", assignment=happy_or_sad.id, observation="0", plan=planned, images=80,
        classes=2, attempts=tuple(made),
    )  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path) -> EvidenceCache:
    return EvidenceCache(tmp_path / "evidence")


def test_what_was_kept_is_found(cache: EvidenceCache, kept: Kept) -> None:
    cache.keep("a", kept)
    found = cache.find("a")
    assert found is not None
    assert found.attempts == kept.attempts


def test_what_was_not_is_not(cache: EvidenceCache) -> None:
    assert cache.find("a") is None


def test_what_is_damaged_is_forgotten(cache: EvidenceCache, kept: Kept, tmp_path: Path) -> None:
    cache.keep("a", kept)
    [path] = (tmp_path / "evidence").iterdir()
    path.write_bytes(path.read_bytes()[:-9])
    assert (cache.find("a"), path.exists()) == (None, False)


def test_nobody_else_may_read_it(cache: EvidenceCache, kept: Kept, tmp_path: Path) -> None:
    cache.keep("a", kept)
    [path] = (tmp_path / "evidence").iterdir()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_was_used_long_ago_goes_first(
    cache: EvidenceCache, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_cache, "MOST_FILES", 2)
    for place, name in enumerate("abc"):
        cache.keep(name, kept)
        os.utime(tmp_path / "evidence" / f"{name}.evidence", (place, place))
    cache.keep("d", kept)
    assert {path.stem for path in (tmp_path / "evidence").iterdir()} == {"c", "d"}


def test_a_full_disk_is_no_reason_to_fail(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "evidence").touch()
    cache = EvidenceCache(tmp_path / "evidence")
    cache.keep("a", kept)
    assert cache.find("a") is None


@pytest.mark.parametrize(
    "other", [("{}", 1, "x"), (NOTEBOOK, 2, "x"), (NOTEBOOK, 1, "y")],
    ids=["notebook", "seed", "what is observed"],
)  # fmt: skip
def test_another_condition_has_another_key(other: tuple[str, int, str]) -> None:
    assert key_of(*other) != key_of(NOTEBOOK, 1, "x")


def test_of_the_kits_modules_those_count_that_run_and_observe() -> None:
    found = {path.relative_to(PACKAGE).as_posix() for path in evidence_cache.observing_modules()}
    apart = ("audit/page.py", "report/html.py", "assignments/happy_or_sad/model_and_training.py")
    assert found.isdisjoint(apart)
    assert {"probe/session.py", "kernel/driver.py", "kinds/value/inside.py"} <= found
