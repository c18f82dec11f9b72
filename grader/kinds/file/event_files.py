"""Reads scalars from the files of TensorBoard, without TensorFlow.

A file is records, each with its length before it and checksums around it (TFRecord:
tensorflow/core/lib/io/record_writer.h); a record is an ``Event``, which TensorBoard's own protocol
buffer reads. Its reader of whole files would import TensorFlow.
"""

import struct
from collections.abc import Iterator, Mapping
from typing import Any

_HEAD, _FOOT = struct.Struct("<Q4x"), 4
_FLOAT = struct.Struct("<f")


def scalars(content: bytes, tag: str) -> Mapping[int, list[float]]:
    """Return what was written of a number, by its step; of a step several where it was so.

    What is cut off, or no such file, has what can be read before that.

    Args:
        content: Of the file.
        tag: Name of the number, such as ``epoch_loss``.
    """
    # Few notebooks leave such a file.
    from google.protobuf.message import DecodeError
    from tensorboard.compat.proto.event_pb2 import Event

    found: dict[int, list[float]] = {}
    for record in _records(content):
        try:
            event = Event.FromString(record)
        except DecodeError:
            break
        for value in event.summary.value:
            if value.tag == tag:
                found.setdefault(event.step, []).extend(_numbers(value))
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


def _numbers(value: Any) -> Iterator[float]:
    """Yield the one number of a value, in whichever of the ways there are to write it."""
    from tensorboard.compat.proto.types_pb2 import DT_FLOAT

    if value.HasField("simple_value"):
        yield value.simple_value
    if value.tensor.dtype == DT_FLOAT:
        yield from value.tensor.float_val[:1]
        if len(value.tensor.tensor_content) == _FLOAT.size:
            yield float(_FLOAT.unpack(value.tensor.tensor_content)[0])
