"""The table of what all share, in docs/isolation.md, and what is tried: they name the same."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hostile import HELD, SEALED
from sharing import EVERYDAY, WAYS

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "isolation.md").read_text("utf-8")
LEAST = 20
_LINES = PAGE[PAGE.index("| way | what bounds it |") :].partition("\n\n")[0].splitlines()
_HEAD, _RULE, *_ROWS = _LINES
TABLE = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in _ROWS]
TRIED = [name for *_, tried in TABLE for name in re.findall(r"`([^`]+)`", tried)]
WAY_IDS = [each.id for each in WAYS]
TESTS = {path.name for path in (ROOT / "tests").rglob("test_*.py")}


def test_the_table_has_at_least_twenty_ways() -> None:
    assert len(TABLE) >= LEAST
    assert len({way for way, *_ in TABLE}) == len(TABLE)


def test_at_least_twenty_ways_are_run_beside_neighbours() -> None:
    assert len(set(WAY_IDS)) == len(WAYS) >= LEAST


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_each_row_says_what_bounds_a_way_and_where_it_is_tried(row: tuple[str, ...]) -> None:
    way, bound, tried = row
    assert way
    assert bound
    assert "`" in tried


@pytest.mark.parametrize("name", WAY_IDS)
def test_what_is_tried_is_named_once_in_the_table(name: str) -> None:
    assert Counter(TRIED)[name] == 1


@pytest.mark.parametrize("name", sorted(set(TRIED)))
def test_what_the_table_names_is_tried(name: str) -> None:
    assert name in {*WAY_IDS, *(each.id for each in (*SEALED, *HELD)), *TESTS}


def test_what_is_tried_every_day_is_some_of_all_that_is_tried() -> None:
    assert 0 < len(EVERYDAY) < len(WAYS)
