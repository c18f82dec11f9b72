"""Reads scalars from the files of TensorBoard, without TensorFlow.

A file is records, each with its length before it and checksums around it (TFRecord:
tensorflow/core/lib/io/record_writer.h); a record is an ``Event`` in the encoding of protocol
buffers (tensorflow/core/util/event.proto), of which the fields below are looked at.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

# The number of a field, and what is in it.
Field: TypeAlias = tuple[int, int | bytes]
_HEAD, _FOOT = struct.Struct("<Q4x"), 4
_FLOAT = struct.Struct("<f")
# Numbers of fields: of Event, Summary, Summary.Value and TensorProto.
_STEP, _SUMMARY = 2, 5
_VALUE = 1
_TAG, _SIMPLE, _TENSOR = 1, 2, 8
_DTYPE, _CONTENT, _FLOATS = 1, 4, 5
_DT_FLOAT = 1
_VARINT, _EIGHT_BYTES, _BYTES, _FOUR_BYTES = 0, 1, 2, 5
_MOST_BITS = 63


def scalars(content: bytes, tag: str) -> Mapping[int, list[float]]:
    """Return what was written of a number, by its step; of a step several where it was so.

    What is cut off, or no such file, has what can be read before that.

    Args:
        content: Of the file.
        tag: Name of the number, such as ``epoch_loss``.
    """
    found: dict[int, list[float]] = {}
    try:
        for record in _records(content):
            for step, value in _of_event(record, tag.encode()):
                found.setdefault(step, []).append(value)
    except (ValueError, struct.error, IndexError):
        pass
    return found


def _records(content: bytes) -> Iterator[bytes]:
    place = 0
    while place + _HEAD.size <= len(content):
        [length] = _HEAD.unpack_from(content, place)
        begin = place + _HEAD.size
        place = begin + length + _FOOT
        if place > len(content):
            return
        yield content[begin : begin + length]


def _of_event(event: bytes, tag: bytes) -> Iterator[tuple[int, float]]:
    """Yield the steps and values of a number in an event."""
    fields = list(_fields(event))
    step = next((held for number, held in fields if number == _STEP and isinstance(held, int)), 0)
    for summary in _within(fields, _SUMMARY):
        for each in _within(_fields(summary), _VALUE):
            value = list(_fields(each))
            if tag in _within(value, _TAG):
                yield from ((step, number) for number in _numbers(value))


def _numbers(value: list[Field]) -> Iterator[float]:
    """Yield the one number of a value, in whichever of the ways there are to write it."""
    held = [*_within(value, _SIMPLE)]
    for tensor in _within(value, _TENSOR):
        fields = list(_fields(tensor))
        if (_DTYPE, _DT_FLOAT) in fields:
            held += [*_within(fields, _CONTENT), *_within(fields, _FLOATS)]
    for each in held:
        if len(each) == _FLOAT.size:
            yield float(_FLOAT.unpack(each)[0])


def _within(fields: Iterable[Field], wanted: int) -> list[bytes]:
    return [held for number, held in fields if number == wanted and isinstance(held, bytes)]


def _fields(message: bytes) -> Iterator[Field]:
    """Yield the numbers and contents of a message's fields.

    Raises:
        ValueError: It is none.
        IndexError: It is cut off.
    """
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            held, place = _varint(message, place)
            yield number, held
            continue
        if kind == _BYTES:
            length, place = _varint(message, place)
        else:
            length = {_EIGHT_BYTES: 8, _FOUR_BYTES: 4}.get(kind, -1)
        if length < 0 or place + length > len(message):
            raise ValueError("no such field")
        yield number, message[place : place + length]
        place += length


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while shift <= _MOST_BITS:
        byte = message[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:  # noqa: PLR2004 - the bit that says that there is more
            return value, place
    raise ValueError("no number ends here")
