"""What the methods of a ``tf.data.Dataset`` make of what a dataset yields."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from grader.training.refusals import Refused
from grader.training.stream import Stream

_BY_ITSELF, _MOST_READY = 2, 8


def concatenated(one: Stream, other: Stream, where: str) -> Stream:
    """Return what two datasets yield, one after the other.

    Args:
        one: What the first of them yields.
        other: What the second yields.
        where: Their place, for messages.

    Raises:
        Refused: They are not alike, or the first does not end.
    """
    alike = ("steps", "sample", "dtype", "labels")
    for name in alike:
        if getattr(one, name) != getattr(other, name):
            raise Refused(f"{where}: the two datasets have images or labels of another form")
    if (one.batch is None) != (other.batch is None) or _view(one) != _view(other):
        raise Refused(f"{where}: one of the two datasets is read in another way than the other")
    if one.elements is None or one.images is None:
        raise Refused(f"{where}: the first of the two datasets does not end")
    return replace(
        one,
        batch=one.batch and max(one.batch, other.batch or 1),
        elements=None if other.elements is None else one.elements + other.elements,
        images=None if other.images is None else one.images + other.images,
        mixed=one.mixed and other.mixed,
        held=0,
    )


def _view(stream: Stream) -> tuple[object, ...]:
    settings = stream.directory.settings
    names = ("color_mode", "image_size", "interpolation", "crop_to_aspect_ratio",
             "pad_to_aspect_ratio")  # fmt: skip
    return (stream.directory.classes, *(settings.get(name) for name in names))


def _take(of: Stream, arguments: Mapping[str, object], _: str) -> Stream:
    count = cast("int", arguments["count"])
    if count == -1 or (of.elements is not None and count >= of.elements):
        return replace(of, held=0)
    most = count * (of.batch or 1)
    return replace(of, elements=count, images=min(most, of.images or most), held=0)


def _skip(of: Stream, arguments: Mapping[str, object], where: str) -> Stream:
    count = cast("int", arguments["count"])
    if of.elements is None or of.images is None:
        return replace(of, held=0)
    left = 0 if count == -1 else max(0, of.elements - count)
    if not left:
        raise Refused(f"{where} leaves no images")
    return replace(of, elements=left, images=min(of.images, left * (of.batch or 1)), held=0)


def _shuffle(of: Stream, arguments: Mapping[str, object], _: str) -> Stream:
    size = cast("int", arguments["buffer_size"])
    among = size if of.elements is None else min(size, of.elements)
    whole = of.batch is None and of.elements is not None and size >= of.elements
    return replace(of, mixed=of.mixed or whole, held=among * of.element_bytes)


def _cache(of: Stream, _: Mapping[str, object], where: str) -> Stream:
    if of.images is None:
        raise Refused(f"{where} would hold images without end")
    return replace(of, held=of.bytes)


def _batch(of: Stream, arguments: Mapping[str, object], where: str) -> Stream:
    if of.batch is not None:
        raise Refused(f"{where} makes batches of batches")
    size = cast("int", arguments["batch_size"])
    drops = arguments.get("drop_remainder") is True
    batched = replace(of, batch=size, held=0)
    if of.elements is None:
        return batched
    count = of.elements // size if drops else math.ceil(of.elements / size)
    return replace(batched, elements=count, images=count * size if drops else of.elements)


def _unbatch(of: Stream, _: Mapping[str, object], where: str) -> Stream:
    if of.batch is None:
        raise Refused(f"{where} takes batches, and there are none")
    return replace(of, batch=None, elements=of.images, held=0)


def _prefetch(of: Stream, arguments: Mapping[str, object], _: str) -> Stream:
    size = cast("int", arguments["buffer_size"])
    return replace(of, held=made_ready(size) * of.element_bytes)


def made_ready(buffer_size: int) -> int:
    """Return how many elements a trainer makes ready ahead: what is yielded stays the same.

    Args:
        buffer_size: What ``prefetch`` was told; -1 where it was to decide by itself.
    """
    return _BY_ITSELF if buffer_size == -1 else min(buffer_size, _MOST_READY)


def _repeat(of: Stream, arguments: Mapping[str, object], where: str) -> Stream:
    count = arguments.get("count")
    if count is None or count == -1 or of.elements is None or of.images is None:
        return replace(of, elements=None, images=None, held=0)
    times = cast("int", count)
    if not times:
        raise Refused(f"{where} leaves no images")
    return replace(of, elements=of.elements * times, images=of.images * times, held=0)


Call = Callable[[Stream, Mapping[str, object], str], Stream]
CALLS: dict[str, Call] = {
    "take": _take,
    "skip": _skip,
    "shuffle": _shuffle,
    "cache": _cache,
    "batch": _batch,
    "unbatch": _unbatch,
    "prefetch": _prefetch,
    "repeat": _repeat,
}
