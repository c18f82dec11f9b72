"""Advice for layers, images and labels whose shapes do not fit each other."""

import re

from grader.checks.advice import loaders
from grader.checks.advice.rules import Match, Rules
from grader.checks.advice.scene import Scene, is_none

RULES = Rules()
IMAGES_DO_NOT_FIT = (
    "The images do not fit the model: compare {} with the input shape of the first layer."
)
NO_COLOURS = "An image has three numbers: height, width and colours. Look at the input shape."
BATCH = "An input shape is that of one image: the number of images does not belong to it."
FLAT = (
    "That layer needs maps, with height, width and colours. Behind a layer that makes one vector "
    "there are none."
)
DIMENSIONS = "Images have height and width: their layers end in 2D."
TOO_SMALL = (
    "The maps are too small for that layer by then: fewer layers, or smaller windows, shrink them "
    "less."
)
COLOURS_LAST = (
    "The maps are far from square. In an input shape height and width come first, the colours last."
)
ONE_IMAGE = "Models take batches: a single image needs one more axis, in front."
OTHER_IMAGES = "The images have not the size and the colours that the model's input shape says."
LABELS_DO_NOT_FIT = (
    "Labels and outputs do not fit each other: compare {}, the units of the last layer and "
    "the loss."
)
AS_MANY = (
    "There must be a label for each image, and the first axis counts both: compare the shapes of x "
    "and y."
)
MAPS = (
    "The model puts out maps, not numbers. What stands between the convolutions and the dense "
    "layers?"
)
# No photograph is as many times longer than wide.
_ELONGATED = 10
USES = frozenset({"fit", "evaluate", "predict"})
# Of one image, without the batch.
_IMAGE, _VECTOR = 3, 1
_SPEC = r"Input \d+ (?:with name '.*' )?of layer '(\w+)' is incompatible with the layer: expected "
_PAIR = r"\. Received: target\.shape=\(([^)]*)\), output\.shape=\(([^)]*)\)"


@RULES.on("ValueError", _SPEC + r"(?:min_)?ndim=(\d+), found ndim=(\d+)\..*")
def _dimensions(found: Match, scene: Scene) -> str:
    layer, expected, got = found[1], int(found[2]) - 1, int(found[3]) - 1
    if expected != _IMAGE:
        return DIMENSIONS if got == _IMAGE and re.match(r"\w*[13]d(_\d+)?$", layer) else ""
    if got == _IMAGE - 1 and scene.calls.keys() & USES:
        return ONE_IMAGE if "predict" in scene.calls else ""
    return {2: NO_COLOURS, _VECTOR: FLAT, 4: BATCH}.get(got, "")


@RULES.on(
    "ValueError",
    _SPEC + r"axis -1 of input shape to have value \d+, but received input with shape .*",
)
def _size(_: Match, scene: Scene) -> str:
    return _images(scene) if scene.called_by_keras else ""


@RULES.on(
    "ValueError",
    r"Invalid input shape for input .* Expected shape \(([^)]*)\), but input has incompatible "
    r"shape \(([^)]*)\)",
)
def _invalid(found: Match, scene: Scene) -> str:
    expected, got = _rank(found[1]), _rank(found[2])
    if got == expected - 1:
        return ONE_IMAGE if "predict" in scene.calls else ""
    return _images(scene) if got == expected else ""


def _images(scene: Scene) -> str:
    if scene.calls.keys() & {"fit", "evaluate"}:
        size = loaders.size(scene)
        what = f"{size} and the colours of the loader" if size else "their size and colours"
        return IMAGES_DO_NOT_FIT.format(what)
    return OTHER_IMAGES if "predict" in scene.calls else ""


@RULES.on(
    "ValueError",
    r"Kernel shape must have the same length as input, but received kernel of shape "
    r"\(([^)]*)\) and input of shape \(([^)]*)\)\.",
)
def _kernel(found: Match, _: Scene) -> str:
    kernel, given = _rank(found[1]), _rank(found[2])
    if given - 1 != _IMAGE:
        return BATCH if kernel - 1 == _IMAGE and given > kernel else ""
    return DIMENSIONS


@RULES.on(
    "ValueError",
    r"Computed output size would be (?:zero or )?negative\. Received:? "
    r"`inputs[ .]shape=[(\[]None,? (\d+),? (\d+),? \d+[)\]]`.*",
)
def _negative(found: Match, _: Scene) -> str:
    smaller, larger = sorted(map(int, found.groups()))
    return COLOURS_LAST if smaller * _ELONGATED < larger else TOO_SMALL


@RULES.on("ValueError", r"Cannot convert '.*' to a shape\..*")
def _no_shape(_: Match, scene: Scene) -> str:
    made = scene.calls.keys() & {"Input", "InputLayer"}
    return "A shape is one tuple of whole numbers: (height, width, colours)." if made else ""


@RULES.on("ValueError", r"You must pass a `shape` argument\.")
def _still_none(_: Match, scene: Scene) -> str:
    given = is_none(scene.keywords.get("shape"))
    return "shape is still None: there is a placeholder left." if given else ""


@RULES.on(
    "ValueError",
    r"Shapes used to initialize variables must be fully-defined .* Received: "
    r"shape=\(([^)]*)\) for variable path='[^']*?(\w+)/kernel'",
)
def _undefined(found: Match, _: Scene) -> str:
    if found[2].startswith("dense") and found[1].startswith("None"):
        return "A dense layer must know the size of the images: the input shape must say it."
    if found[1].endswith("None"):
        return "The number of filters is None: is a placeholder left there?"
    return ""


@RULES.on(
    "ValueError",
    r"Arguments `target` and `output` must have the same (?:shape|rank \(ndim\))" + _PAIR,
)
@RULES.on("ValueError", r"Argument `output` must have rank \(ndim\) `target\.ndim - 1`" + _PAIR)
def _labels(found: Match, scene: Scene) -> str:
    labels, outputs = _rank(found[1]), _rank(found[2])
    if labels - 1 == _IMAGE:
        setting = loaders.labels(scene)
        return "The labels are the images themselves" + (
            f": look at {setting}." if setting else "."
        )
    return MAPS if outputs - 1 == _IMAGE else _other_labels(scene)


def _other_labels(scene: Scene) -> str:
    return LABELS_DO_NOT_FIT.format(loaders.labels(scene) or "the form of the labels")


@RULES.on(
    "ValueError",
    r"Data cardinality is ambiguous\. Make sure all arrays contain the same number of samples\."
    r".*'x' sizes: \d+\s+'y' sizes: \d+.*",
)
def _counted(_: Match, __: Scene) -> str:
    return AS_MANY


@RULES.on(
    "InvalidArgumentError", r"Received a label value of \d+ which is outside the valid range of .*"
)
@RULES.on("InvalidArgumentError", r"logits and labels must have the same first dimension, .*")
def _sparse(_: Match, scene: Scene) -> str:
    return _other_labels(scene)


@RULES.on("ValueError", r"None values not supported\.")
def _no_labels(_: Match, scene: Scene) -> str:
    setting = "" if scene.direct else loaders.unlabelled(scene)
    return f"With {setting} None a loader yields no labels." if setting else ""


@RULES.on(
    "ValueError",
    r"could not broadcast input array from shape \(\d+,\d+,\d\) into shape \(\d+,\d+,\d,\d\)",
)
def _colours_twice(_: Match, scene: Scene) -> str:
    """target_size=(150, 150, 3)."""
    return "target_size is height and width only, without the colours." if not scene.direct else ""


def _rank(shape: str) -> int:
    return len([axis for axis in shape.split(",") if axis.strip()])
