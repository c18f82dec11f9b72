"""The records of a kernel's evidence: the schema's own, and those of each kind of graded part."""

import functools
import operator
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, TypeAdapter

from grader.checked import PartEvidence
from grader.evidence.schema import Record
from grader.kinds.registry import kinds

_CLASSES = (*get_args(Record), *(part.record for part in kinds()))
_UNION: Any = functools.reduce(operator.or_, _CLASSES)
RECORD: TypeAdapter[Record | PartEvidence] = TypeAdapter(
    Annotated[_UNION, Field(discriminator="kind")]
)


def _listed(parts: dict[tuple[str, str], PartEvidence]) -> list[dict[str, Any]]:
    """Return what JSON can say: its keys are texts alone."""
    return [record.model_dump(mode="json") for record in parts.values()]


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
