"""Evidence that is kept: what comes back is what was observed, or nothing."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import recording
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.right import RIGHT
from happy_or_sad.submission import Variant

from grader import kept
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.attempt import Attempt
from grader.kept import Kept, KeptAttempt, pack, unpack


def kept_of(made: list[Attempt]) -> Kept:
    runs = [(each.seed, each.run) for each in made]
    return Kept(
        submission="0" * 64,
        assignment="happy-or-sad",
        observation="1" * 64,
        plan=made[0].observed.plan,
        images=80,
        classes=2,
        attempts=tuple(
            KeptAttempt(seed=seed, execution=run.execution, evidence=run.evidence)
            for seed, run in runs
        ),
    )


@pytest.fixture
def made(tmp_path: Path) -> list[Attempt]:
    return recording.load("solution", recording.plan(RIGHT[0].notebook(), tmp_path))


@pytest.fixture
def found(made: list[Attempt]) -> Kept:
    return kept_of(made)


def packed(found: Kept) -> bytes:
    content = pack(found)
    assert content is not None
    return content


def test_the_evidence_comes_back(found: Kept, made: list[Attempt]) -> None:
    back = unpack(packed(found))
    assert back is not None
    [attempt] = back.attempts_at(happy_or_sad, found.plan)
    assert attempt.run.evidence == made[0].run.evidence
    assert (attempt.run.execution, attempt.trainings) == (made[0].run.execution, made[0].trainings)


@pytest.mark.parametrize("variant", [*RIGHT, *MISTAKES][::5], ids=lambda each: each.id)
def test_checks_find_the_same_in_it(variant: Variant, tmp_path: Path) -> None:
    planned = recording.plan(variant.notebook(), tmp_path)
    made = recording.load(variant.id, planned)
    back = unpack(packed(kept_of(made)))
    assert back is not None
    again = recording.judge(planned, back.attempts_at(happy_or_sad, planned))
    assert again.results == recording.judge(planned, made).results


def test_so_is_why_a_training_missed_its_target(tmp_path: Path) -> None:
    [variant] = [each for each in MISTAKES if each.id == "mistake-rate-1"]
    planned = recording.plan(variant.notebook(), tmp_path)
    back = unpack(packed(kept_of(recording.load(variant.id, planned))))
    assert back is not None
    judged = recording.judge(planned, back.attempts_at(happy_or_sad, planned))
    [missed] = [each for each in judged.results if each.id == "target_reached"]
    assert missed.hint.endswith("at a learning rate of 1: look first at the learning rate.")


def test_what_splits_hold_comes_back(found: Kept) -> None:
    counts = {"validation": (8, 2), "test": (10, 0)}
    back = unpack(packed(found.model_copy(update={"splits": counts})))
    assert back is not None
    [attempt] = back.attempts_at(happy_or_sad, found.plan)
    assert [attempt.observed.counts(split) for split in (None, *counts)] == [
        (80, 2),
        (8, 2),
        (10, 0),
    ]


def test_evidence_of_before_there_were_splits_comes_back(found: Kept) -> None:
    content = json.loads(gzip.decompress(packed(found)))
    del content["splits"]
    back = unpack(gzip.compress(json.dumps(content).encode()))
    assert back == found


def test_what_was_run_is_known_again(found: Kept) -> None:
    back = unpack(packed(found))
    assert back is not None
    assert back.is_run_of(found.plan)


def test_the_same_evidence_is_the_same_file(found: Kept) -> None:
    back = unpack(packed(found))
    assert back is not None
    assert packed(back) == packed(found)


def test_no_time_is_in_the_file(found: Kept) -> None:
    # Bytes 4 to 7 of a gzip file, RFC 1952.
    assert packed(found)[4:8] == bytes(4)


def test_the_file_says_its_version(found: Kept) -> None:
    assert json.loads(gzip.decompress(packed(found)))["schema_version"] == 1


def test_what_is_too_much_is_not_kept(found: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_BYTES", 1000)
    assert pack(found) is None


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_BYTES", 1000)
    assert unpack(gzip.compress(b" " * 1001)) is None


def edited(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def edit(content: bytes) -> bytes:
        told = json.loads(gzip.decompress(content))
        change(told)
        return gzip.compress(json.dumps(told).encode())

    return edit


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda content: content[: len(content) // 2],
    "not compressed": gzip.decompress,
    "no JSON": lambda _: gzip.compress(b"{"),
    "not UTF-8": lambda _: gzip.compress(b"\xff\xfe\xfd"),
    "too deep": lambda _: gzip.compress(b"[" * 100_000),
    "a later version": edited(lambda told: told.update(schema_version=2)),
    "no version": edited(lambda told: told.update(schema_version=None)),
    "no attempt": edited(lambda told: told.update(attempts=[])),
    "more fields": edited(lambda told: told.update(more=1)),
    "no plan": edited(lambda told: told.pop("plan")),
    "a part of another kind": edited(
        lambda told: told["attempts"][0]["evidence"].update(parts=[{"kind": "?", "name": "x"}])
    ),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_nothing(found: Kept, damage: Callable[[bytes], bytes]) -> None:
    assert unpack(damage(packed(found))) is None


def test_half_a_character_in_a_notebook_is_no_fault(found: Kept) -> None:
    cells = [replace(cell, source="'\ud800'") for cell in found.plan.cells]
    half = found.model_copy(update={"plan": replace(found.plan, cells=tuple(cells))})
    back = unpack(packed(half))
    assert back is None or back.is_run_of(half.plan)
