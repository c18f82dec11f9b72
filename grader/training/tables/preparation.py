"""What may have been done to arrays before ``fit``, and with which arguments."""

from grader.preparation.records import LEAST_FACTOR, MOST_FACTOR
from grader.training.description import Json, Value
from grader.training.tables.kinds import (
    Kind,
    UnfitError,
    either,
    flag,
    one_of,
    optional,
    real,
    several,
    text,
    whole,
)
from grader.training.tables.signatures import Table, signature

MAX_AXES = 5
_DTYPES = (
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16",
    "float32", "float64",
)  # fmt: skip
_AXES = ("all", "samples", "channels")


def _plain(kind: Kind) -> Kind:
    """A kind of number without a type of its own: casts say in which type something is computed."""

    def read(value: Json, where: str) -> Value:
        if isinstance(value, dict):
            raise UnfitError
        return kind.read(value, where)

    return Kind(kind.expected, read)


_NUMBER = _plain(real(-MOST_FACTOR, MOST_FACTOR))
_FACTOR = _plain(either(real(LEAST_FACTOR, MOST_FACTOR), real(-MOST_FACTOR, -LEAST_FACTOR)))
_OF = optional(text())
_OF_SAMPLES: Table = {
    "Cast": signature("dtype", dtype=one_of(*_DTYPES)),
    "Add": signature("by", by=_NUMBER),
    "Multiply": signature("by", by=_FACTOR),
    "Divide": signature("by", by=_FACTOR),
    "Transpose": signature("axes", axes=several(_plain(whole(1, MAX_AXES)), 2, MAX_AXES)),
    "Reshape": signature("shape", shape=several(_plain(whole(1, 10**6)), 0, MAX_AXES)),
    "Center": signature("axes", "of", axes=one_of(*_AXES), of=_OF),
    "Standardize": signature(
        "axes",
        "of",
        axes=one_of(*_AXES),
        of=_OF,
        epsilon=_plain(real(0, 1)),
        centred=flag(),
    ),
    "MinMax": signature("axes", "of", axes=one_of(*_AXES), of=_OF),
}
STEPS: dict[str, Table] = {
    "x": _OF_SAMPLES,
    "y": {**_OF_SAMPLES, "OneHot": signature("classes", classes=_plain(whole(2, 1000)))},
}
