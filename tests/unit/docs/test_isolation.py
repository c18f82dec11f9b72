"""What docs say that is tried: by ``doctor --prove``, by the hostile class, and by tests."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import HELD, SEALED
from sharing import WAYS

from grader.isolation.trials import TRIALS
from grader.overuse import ALL

DOCS, TESTS = Path(__file__).parents[3] / "docs", Path(__file__).parents[2]
ISOLATION = (DOCS / "isolation.md").read_text("utf-8")
LAYERS = (DOCS / "layers.md").read_text("utf-8")
BEGIN, END = "| way | stopped by |\n|---|---|\n", "\n\nWhat holds of a class"
ATTACKS = {attack.id for attack in (*SEALED, *HELD)} | {way.id for way in WAYS}
NAMED = re.findall(
    r"`([a-z-]+|test_[a-z_]+\.py)`", ISOLATION.partition("| tried in |")[2].partition("\n\n")[0]
)


def test_limits_that_doctor_tries_are_listed(keep_true: Callable[[str, str], None]) -> None:
    before, _, rest = ISOLATION.partition(BEGIN)
    rows = "\n".join(f"| {way.what} | {way.bound} |" for way in ALL)
    keep_true("isolation.md", before + BEGIN + rows + END + rest.partition(END)[2])


def test_ways_that_doctor_tries_of_layers_are_listed() -> None:
    table = LAYERS.partition("\n\n## ")[0]
    listed = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)
    assert listed == [(trial.__doc__ or "").strip().rstrip(".") for trial in TRIALS]


def test_no_two_ways_that_doctor_tries_have_the_same_words() -> None:
    words = [*((trial.__doc__ or "") for trial in TRIALS), *(f"{way.what}." for way in ALL)]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("name", sorted(set(NAMED)))
def test_what_is_said_to_be_tried_is_there(name: str) -> None:
    assert name in ATTACKS or list(TESTS.rglob(name))


def test_ways_of_what_all_share_are_tried_somewhere() -> None:
    assert len(set(NAMED)) > 20


def test_the_number_of_hostile_notebooks_is_told() -> None:
    assert f"tried by {len(SEALED) + len(HELD)} hostile notebooks" in ISOLATION
