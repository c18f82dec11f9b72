"""Whether observations stand in the order in which the probe wrote them, each of them once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.checked import PartEvidence
from grader.evidence.schema import CellEnd, Environment, Record

_PLACE = re.compile(rb', "place": (\d{1,9})\}$')
# The probe looks at these once after each cell that asks for it.
_ONCE = PartEvidence
AnyRecord = Record | PartEvidence


@dataclass(frozen=True, slots=True)
class Line:
    """An observation, the number that it bears, and whether it could be read.

    What has no number was not written by the probe; what could not be read is a fault.
    """

    record: AnyRecord
    place: int | None
    readable: bool = True


def numbered(line: bytes) -> tuple[bytes, int | None]:
    """Return a line without its number, and the number."""
    found = _PLACE.search(line)
    return (line[: found.start()] + b"}", int(found[1])) if found else (line, None)


def believed(lines: Sequence[Line]) -> tuple[list[AnyRecord], bool]:
    """Return the observations that count, and whether all of them did.

    Args:
        lines: As they stand in the file.
    """
    taken = list(_in_turn(lines))
    intact = [line.place for line in lines] == list(range(len(taken)))
    once = list(_once([line.record for line in taken], again=intact))
    return once, intact and len(once) == len(lines)


def _in_turn(lines: Sequence[Line]) -> Iterator[Line]:
    """Leave out what has no number, repeats one, or comes before its turn."""
    last = {line.place: position for position, line in enumerate(lines)}
    due = 0
    for position, line in enumerate(lines):
        early = line.place is not None and line.place > due and last.get(due, -1) > position
        if line.place is not None and line.place >= due and not early:
            due = line.place + 1
            yield line


def _once(records: Sequence[AnyRecord], *, again: bool) -> Iterator[AnyRecord]:
    """Leave out what is said a second time, where the probe had no cause to say it again.

    Args:
        records: In order.
        again: Whether the end of another cell is such a cause.
    """
    seen = set[tuple[type, object]]()
    for record in records:
        if again and isinstance(record, CellEnd):
            seen = {key for key in seen if not issubclass(key[0], _ONCE)}
        key = _key(record)
        if key is None or key not in seen:
            yield record
        if key is not None:
            seen.add(key)


def _key(record: AnyRecord) -> tuple[type, object] | None:
    if isinstance(record, _ONCE):
        return type(record), record.name
    if isinstance(record, CellEnd):
        return CellEnd, record.index
    return (Environment, None) if isinstance(record, Environment) else None
