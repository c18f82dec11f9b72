"""The records of a kernel's evidence: the schema's own, and those of each kind of graded part."""

import functools
import operator
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, SerializationInfo, TypeAdapter

from grader.checked import PartEvidence
from grader.evidence.schema import Record
from grader.kinds.observing import observed_as
from grader.kinds.registry import kinds

_CLASSES = (*get_args(Record), *(part.record for part in kinds()))
_UNION: Any = functools.reduce(operator.or_, _CLASSES)
RECORD: TypeAdapter[Record | PartEvidence] = TypeAdapter(
    Annotated[_UNION, Field(discriminator="kind")]
)


# Kinds whose evidence is kept in tables of their own: it was before there were kinds.
_TABLES = {observed_as(part.record): part.table for part in kinds() if part.table}


def gathered(kept: Any) -> Any:  # noqa: ANN401 - not yet looked at
    """Put the tables of single kinds among the parts, as evidence has them.

    Args:
        kept: What ``spread`` has returned, if it is sound.
    """
    tables = {} if not isinstance(kept, dict) else kept.keys() & {*_TABLES.values()}
    if not tables:
        return kept
    parts, rows = kept.get("parts", []), [kept[table] for table in sorted(tables)]
    if not isinstance(parts, list) or not all(isinstance(table, dict) for table in rows):
        raise ValueError("parts are listed, and tables of them are by name")
    records = [record for table in rows for record in table.values()]
    others = {name: value for name, value in kept.items() if name not in tables}
    return others | {"parts": [*parts, *records]}


def spread(
    kept: dict[str, Any], parts: dict[tuple[str, str], PartEvidence], info: SerializationInfo
) -> dict[str, Any]:
    """Add the tables of single kinds to what is kept of evidence.

    Args:
        kept: All else.
        parts: All parts.
        info: How it is written down.
    """
    tables: dict[str, Any] = {}
    for (kind, name), record in parts.items():
        if kind in _TABLES:
            written = record.model_dump(mode=info.mode, exclude_defaults=info.exclude_defaults)
            tables.setdefault(_TABLES[kind], {})[name] = written
    if info.exclude_defaults:
        kept = {name: value for name, value in kept.items() if name != "parts" or value}
        return kept | tables
    return kept | {table: tables.get(table, {}) for table in _TABLES.values()}


def _listed(parts: dict[tuple[str, str], PartEvidence]) -> list[dict[str, Any]]:
    """Return what JSON can say: its keys are texts alone."""
    listed = (record for (kind, _), record in parts.items() if kind not in _TABLES)
    return [record.model_dump(mode="json") for record in listed]


def _by_name(parts: Any) -> Any:  # noqa: ANN401 - not yet looked at
    """Take apart a list of records, as they are kept."""
    if not isinstance(parts, list):
        return parts
    records = map(RECORD.validate_python, parts)
    return {(each.kind, each.name): each for each in records if isinstance(each, PartEvidence)}


PartsByName = Annotated[
    dict[tuple[str, str], PartEvidence],
    BeforeValidator(_by_name),
    PlainSerializer(_listed),
]
