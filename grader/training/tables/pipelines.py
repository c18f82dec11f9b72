"""What a ``tf.data.Dataset`` may be made by, and with which arguments.

Left out are what is a path (the folder, the file of ``cache``), names, and what changes how fast a
dataset is, but not what it yields: ``num_parallel_calls``, ``follow_links``, ``verbose``.
"""

from grader.preparation.records import LEAST_FACTOR, MOST_FACTOR
from grader.training.tables.images import IMAGE_LAYERS
from grader.training.tables.kinds import either, flag, one_of, optional, pair, real, whole
from grader.training.tables.layers import LAYERS
from grader.training.tables.loaders import MAX_BATCH
from grader.training.tables.signatures import Signature, Table, signature

MOST_REPEATS = 1_000
MOST_ELEMENTS = 1_000_000
_LENGTH = whole(1, 4096)
_SEED = optional(whole(0, 2**31 - 1))
_COUNT = whole(-1, MOST_ELEMENTS)
_NUMBER = real(-MOST_FACTOR, MOST_FACTOR)
_FACTOR = either(real(LEAST_FACTOR, MOST_FACTOR), real(-MOST_FACTOR, -LEAST_FACTOR))

DIRECTORY: Signature = signature(
    "label_mode",
    "color_mode",
    "image_size",
    label_mode=one_of("int", "binary", "categorical"),
    color_mode=one_of("rgb", "rgba", "grayscale"),
    image_size=pair(_LENGTH),
    batch_size=optional(whole(1, MAX_BATCH)),
    shuffle=flag(),
    seed=_SEED,
    validation_split=optional(real(0, 1)),
    subset=optional(one_of("training", "validation")),
    both=flag(),
    interpolation=one_of(
        "bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian",
        "mitchellcubic",
    ),
    crop_to_aspect_ratio=flag(),
    pad_to_aspect_ratio=flag(),
)  # fmt: skip

METHODS: Table = {
    "take": signature("count", count=_COUNT),
    "skip": signature("count", count=_COUNT),
    "shuffle": signature(
        "buffer_size",
        buffer_size=whole(1, MOST_ELEMENTS),
        seed=_SEED,
        reshuffle_each_iteration=flag(),
    ),
    # Whether it was filled by a pass over all of it before ``fit`` was called.
    "cache": signature(filled=flag()),
    "batch": signature("batch_size", batch_size=whole(1, MAX_BATCH), drop_remainder=flag()),
    "unbatch": signature(),
    "concatenate": signature(),
    "prefetch": signature("buffer_size", buffer_size=_COUNT),
    "repeat": signature(count=optional(whole(-1, MOST_REPEATS))),
}
# What each is made of.
INPUTS = {name: 1 + (name == "concatenate") for name in METHODS}

_CAST = signature("dtype", dtype=one_of("float32", "float64", "float16", "uint8", "int32"))
_LAYER_NAMES = ("Rescaling", "Resizing", "CenterCrop", *(
    name for name in IMAGE_LAYERS if name.startswith("Random")
))  # fmt: skip
STEPS: dict[str, Table] = {
    "x": {
        "Cast": _CAST,
        "Add": signature("by", by=_NUMBER),
        "Subtract": signature("by", by=_NUMBER),
        "Multiply": signature("by", by=_FACTOR),
        "Divide": signature("by", by=_FACTOR),
        "Resize": signature("size", size=pair(_LENGTH)),
        **{name: LAYERS[name] for name in dict.fromkeys(_LAYER_NAMES)},
    },
    "y": {
        "Cast": _CAST,
        "OneHot": signature("classes", classes=whole(2, 1000)),
        "ExpandDims": signature(),
    },
}
# Steps that are not among these change images at random.
STEADY = frozenset(
    {
        "Cast", "Add", "Subtract", "Multiply", "Divide", "Resize", "Rescaling", "Resizing",
        "CenterCrop",
    }
)  # fmt: skip
