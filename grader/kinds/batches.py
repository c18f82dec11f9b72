"""What a loader is set to, and what its first batch holds: returned, or trained on."""

from typing import Annotated, Literal

from pydantic import Field

from grader.checked import Checked, Name, PartEvidence, Shape, Text, Whole

Pixel = Annotated[tuple[float | None, ...], Field(max_length=4)]


class Returned(Checked):
    """What a function returned, in plain words, and which kind of advice fits it."""

    kind: Literal["nothing", "class", "function", "collection", "object"]
    words: Text


class ShownImage(Checked):
    """Some pixels of an image, channel by channel, the number of its class, and its level.

    The level is where the median of its values is, from 0 for the least to 1 for the greatest.
    """

    pixels: Annotated[tuple[Pixel, ...], Field(max_length=16)] = ()
    label: float | None = None
    level: float | None = None


class Loader(PartEvidence):
    """What a data loader is set to, and what its first batch holds.

    ``images`` are counted where the loader does not say how many it has; None where they do not
    end. ``subset`` is the part of a validation split that it shows. ``batch_shape`` and
    ``label_shape`` include the batch axis; ``dtype``, ``minimum`` and ``maximum`` are those of the
    first batch's pixels, ``labels`` its distinct labels, ``shown`` what its images hold.
    ``returned`` says what there is instead of a loader. ``preprocessing`` holds the settings of
    Keras' generator that change every image alike, those of no effect left out; ``augmentation``
    those that change each one at random: by how much each way, 1 for a flip. None where it is not
    known.
    """

    kind: Literal["loader"]
    type: Name
    images: Whole | None = None
    classes: Whole | None = None
    batch_size: Whole | None = None
    target_size: Shape | None = None
    class_mode: Name | None = None
    directory: Text | None = None
    batch_shape: Shape | None = None
    dtype: Name | None = None
    label_shape: Shape | None = None
    labels: Annotated[tuple[float | None, ...], Field(max_length=10)] = ()
    minimum: float | None = None
    maximum: float | None = None
    subset: Name | None = None
    shown: Annotated[tuple[ShownImage, ...], Field(max_length=50)] = ()
    returned: Returned | None = None
    preprocessing: Annotated[dict[Name, float], Field(max_length=20)] | None = None
    augmentation: Annotated[dict[Name, float], Field(max_length=20)] | None = None


def has_one_hot_labels(loader: Loader | None) -> bool:
    """Whether the labels of a loader's first batch are vectors of one number a class."""
    if loader is None or loader.label_shape is None:
        return False
    return len(loader.label_shape) > 1 and (loader.label_shape[-1] or 0) > 1


def returned_instead(kind: str, said: Returned | None) -> Returned | None:
    """Return what a function returned that is not what it should be; None if it is.

    Args:
        kind: Name of its class: evidence of old says so of nothing alone.
        said: What evidence says.
    """
    return said or (Returned(kind="nothing", words="nothing") if kind == "NoneType" else None)
