"""Evidence that holds what the probe did not write: it is noticed, and the probe is believed."""

import json
from typing import Any

import pytest

from grader.evidence import Evidence, parse
from grader.kinds.batches import Loader

CELL = {"kind": "cell", "index": 0}
TEN = {"kind": "loader", "name": "load", "type": "DirectoryIterator", "batch_size": 10}
FIVE = TEN | {"batch_size": 5}
FIT = {"kind": "fit", "index": 0, "model": "m"}
FAULT = {"kind": "fault", "name": "load", "message": "ours"}


def read(*records: tuple[int | None, dict[str, Any]]) -> Evidence:
    """Read records of which each has a number, or none."""
    placed = [record if n is None else {**record, "place": n} for n, record in records]
    return parse(b"".join(json.dumps(record).encode() + b"\n" for record in placed))


def batch_size(evidence: Evidence) -> int | None:
    loader = evidence.find(Loader, "load")
    return loader.batch_size if loader else None


def test_what_the_probe_wrote_is_not_tampered_with() -> None:
    assert not read((0, CELL), (1, TEN), (2, FIT), (3, FIT)).tampered


@pytest.mark.parametrize(
    "records",
    [
        [(0, TEN), (1, CELL), (0, FIVE), (1, CELL)],
        [(0, TEN), (None, FIVE)],
        [(None, FIVE), (0, TEN)],
        [(0, CELL), (1, TEN), (7, FIVE)],
        [(0, CELL), (7, FIVE), (1, TEN)],
        [(0, CELL), (2, TEN)],
        [(1, TEN)],
        [(0, CELL), (1, TEN), (2, FIVE)],
    ],
    ids=[
        "a second copy", "no number", "no number, first", "a later number", "ahead of its turn",
        "one is missing", "the first is missing", "said again without cause",
    ],
)  # fmt: skip
def test_other_lines_are_noticed_and_not_believed(
    records: list[tuple[int | None, dict[str, Any]]],
) -> None:
    evidence = read(*records)
    assert evidence.tampered.keys() == {"evidence"}
    assert batch_size(evidence) == 10


def test_a_part_is_looked_at_again_after_another_cell() -> None:
    evidence = read((0, CELL), (1, TEN), (2, CELL | {"index": 1}), (3, FIVE))
    assert not evidence.tampered
    assert batch_size(evidence) == 5


def test_a_part_is_not_looked_at_again_where_lines_are_foreign() -> None:
    evidence = read((0, CELL), (1, TEN), (2, CELL | {"index": 1}), (3, FIVE), (9, FIT))
    assert batch_size(evidence) == 10


def test_a_cell_ends_once() -> None:
    ended = CELL | {"error": {"name": "ValueError", "message": ""}}
    evidence = read((0, ended), (1, CELL))
    assert evidence.tampered
    assert evidence.cells[0].error is not None


def test_a_fault_that_the_probe_did_not_write_is_none() -> None:
    assert read((0, TEN), (None, FAULT)).faults == []


def test_a_line_that_cannot_be_read_is_a_fault_and_noticed() -> None:
    evidence = parse(b"junk\n")
    assert len(evidence.faults) == 1
    assert evidence.tampered
