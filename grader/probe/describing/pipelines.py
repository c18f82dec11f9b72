"""``tf.data`` datasets that ``fit`` was given: all calls that made them, and of which folders."""

import operator
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from grader.probe.describing import mapped
from grader.probe.describing.datasets import DIRECTORY, METHODS, DatasetCall, call_of
from grader.probe.describing.images import digest, printable
from grader.probe.describing.values import Undescribable, encoded

_SETTINGS = (
    "label_mode", "color_mode", "batch_size", "image_size", "shuffle", "seed", "validation_split",
    "subset", "interpolation", "crop_to_aspect_ratio", "pad_to_aspect_ratio",
)  # fmt: skip
# keras/src/utils/image_dataset_utils.py
_FORMATS = (".bmp", ".gif", ".jpeg", ".jpg", ".png")
_MOST_CALLS = 200
Plain = dict[str, Any]


def is_known(value: Any) -> bool:
    """Whether a value is a dataset of which it is known by which call it was made."""
    return call_of(value) is not None


def describe(dataset: Any) -> Plain:
    """Describe a dataset; its numbers are those of this process.

    Args:
        dataset: One that ``is_known``.

    Raises:
        Undescribable: A call on the way to it cannot be put into plain data, and why.
    """
    calls = _calls(dataset)
    _refuse_unsure(calls)
    return {"nodes": [_node(call) for call in calls]}


def _calls(dataset: Any) -> list[DatasetCall]:
    """Return all calls that made a dataset, in their order."""
    last = call_of(dataset)
    assert last is not None  # noqa: S101 - nothing else is described here
    calls: dict[int, DatasetCall] = {}
    left = [last]
    while left:
        call = left.pop()
        calls[call.number] = call
        left.extend(_known(call))
        if len(calls) > _MOST_CALLS:
            raise Undescribable("the dataset was made by more calls than the grader looks at")
    return [calls[number] for number in sorted(calls)]


def image_steps(dataset: Any) -> Iterator[tuple[str, Plain]]:
    """Yield class and arguments of all that mapped functions do to a dataset's images.

    Args:
        dataset: One that ``is_known``.

    Raises:
        Undescribable: It was made in another way than the grader knows, or what is done to its
            images cannot be put into plain data, and why.
    """
    for call in (each for each in _calls(dataset) if each.name == "map"):
        for step in _mapped(call)["x"]:
            yield step["part"], {name: _read(each) for name, each in step["arguments"].items()}


def _read(value: Any) -> Any:
    """Return a value that was encoded; a number of NumPy as one of Python."""
    if isinstance(value, list):
        return [_read(each) for each in value]
    return value.get("value") if isinstance(value, dict) else value


def _refuse_unsure(calls: Iterable[DatasetCall]) -> None:
    """Refuse parts of a cache of which nobody knows whether it holds all of them already."""
    for part in (call for call in calls if call.name in {"take", "skip"}):
        for call in _above(part):
            if call.name == "cache" and call.unsure and not call.passed and _is_random(call):
                raise Undescribable(
                    f"the cache that {part.words} is made of may have been filled before"
                )


def _above(call: DatasetCall) -> Iterator[DatasetCall]:
    for each in call.inputs:
        if isinstance(each, DatasetCall):
            yield each
            yield from _above(each)


def _is_random(call: DatasetCall) -> bool:
    """Whether what a dataset is made of yields something else in each pass."""
    return any(
        each.name == "shuffle"
        or (each.name == DIRECTORY and bool(each.arguments["shuffle"]))
        or any(type(layer.layer).__name__.startswith("Random") for layer in each.layers)
        for each in _above(call)
    )


def _known(call: DatasetCall) -> Iterator[DatasetCall]:
    for each in call.inputs:
        if isinstance(each, str):
            raise Undescribable(
                f"{call.words} is called of a dataset that was made in another way than the "
                f"grader knows: {each}"
            )
        yield each


def numbered(described: Iterable[Plain | None]) -> None:
    """Number the datasets of one ``fit`` from 0 on, in the order in which they were made.

    Args:
        described: What is trained on, and what is validated with; those that are datasets are
            changed.
    """
    nodes = [node for each in described if each and "nodes" in each for node in each["nodes"]]
    places = {number: place for place, number in enumerate(sorted({n["number"] for n in nodes}))}
    for node in nodes:
        node["number"] = places[node["number"]]
        node["inputs"] = [places[number] for number in node["inputs"]]


def _node(call: DatasetCall) -> Plain:
    inputs = [each.number for each in call.inputs if isinstance(each, DatasetCall)]
    return {"number": call.number, "made": _made(call), "inputs": inputs}


def _made(call: DatasetCall) -> Plain:
    if call.name == DIRECTORY:
        return _directory(call)
    if call.name == "map":
        return _mapped(call)
    arguments = {name: _value(call, name) for name in METHODS[call.name]}
    if call.name == "cache":
        if arguments.pop("filename") not in {"", None}:
            raise Undescribable(f"{call.words} keeps images in a file")
        arguments["filled"] = call.passed and _is_random(call)
    if call.name == "prefetch" and arguments["buffer_size"] is None:
        arguments["buffer_size"] = -1
    return {"part": call.name, "arguments": arguments}


def _mapped(call: DatasetCall) -> dict[str, list[Plain]]:
    dataset = call.made()
    if dataset is None:
        raise Undescribable(f"the dataset of {call.words} is gone")
    return mapped.described(dataset, call.layers, call.words)


def _value(call: DatasetCall, name: str) -> Any:
    """Return an argument as plain data; a tensor or a scalar of NumPy is the number that it is."""
    value = call.arguments[name]
    if value is None or isinstance(value, bool | str):
        return value
    try:
        return operator.index(value)
    except TypeError:
        return encoded(value, f"{call.words}: {name}")


def _directory(call: DatasetCall) -> Plain:
    given = call.arguments
    _refuse_unusual(call, given)
    settings = {
        name: encoded(given[name], f"{call.words}: {name}") for name in _SETTINGS if name in given
    }
    if isinstance(settings["image_size"], int):
        settings["image_size"] = [settings["image_size"]] * 2
    settings["interpolation"] = str(settings["interpolation"]).lower()
    if given["part"] is not None:
        settings |= {"subset": given["part"], "both": True}
    if settings["validation_split"] is None or settings["subset"] is None:
        # Keras looks at neither where one of them is missing.
        settings |= {"validation_split": None, "subset": None}
    classes, folder = list(given["classes"]), given["folder"]
    found = list(_files(given, is_part=settings["validation_split"] is not None))
    return {
        "settings": settings,
        "classes": encoded(classes, f"{call.words}: class_names"),
        "files": digest((path, classes.index(path.split("/")[0])) for path in found),
        "images": len(found),
        "folder": printable(folder),
    }


def _refuse_unusual(call: DatasetCall, given: Mapping[str, Any]) -> None:
    import keras

    if not isinstance(given["labels"], str) or given["label_mode"] is None:
        raise Undescribable(f"{call.words} has other labels than those of its folders, or none")
    if given.get("format", "tf") != "tf":
        raise Undescribable(f"{call.words} makes no dataset of tf.data")
    order = given.get("data_format") or keras.config.image_data_format()
    if order != "channels_last":
        raise Undescribable(f"{call.words} puts channels first")


def _files(given: Mapping[str, Any], *, is_part: bool) -> Iterator[str]:
    """Yield paths below the folder; of a part, those of the other one as well."""
    if not is_part:
        yield from (path.replace(os.sep, "/") for path in given["paths"])
        return
    folder = Path(given["folder"])
    for name in given["classes"]:
        for root, _, files in os.walk(folder / name):
            found = (Path(root, file) for file in files if file.lower().endswith(_FORMATS))
            yield from (path.relative_to(folder).as_posix() for path in found)
