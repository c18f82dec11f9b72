"""What Keras' generator of images does to them: to every one alike, and at random.

The one is scaling, centring, whitening; the other, augmentation, is drawn anew for each image.
"""

from typing import Any

from grader.inspection.plain import attribute, number

_SWITCHES = (
    "samplewise_center",
    "samplewise_std_normalization",
    "featurewise_center",
    "featurewise_std_normalization",
    "zca_whitening",
    "preprocessing_function",
)
# By how much images are changed at random, each way.
_RANGES = (
    "rotation_range",
    "width_shift_range",
    "height_shift_range",
    "shear_range",
    "channel_shift_range",
)
_FLIPS = "horizontal_flip", "vertical_flip"
# From the least to the greatest factor.
_BETWEEN = "zoom_range", "brightness_range"


def generator_of(loader: Any) -> Any:
    """Return the generator of a loader that is as Keras makes it; None for any other.

    Args:
        loader: What a student's function returned.
    """
    from keras.src.legacy.preprocessing.image import DirectoryIterator, ImageDataGenerator

    generator = attribute(loader, "image_data_generator")
    kinds = type(loader), type(generator)
    return generator if kinds == (DirectoryIterator, ImageDataGenerator) else None


def describe(generator: Any) -> dict[str, float] | None:
    """Return the settings that have an effect, by the argument's name; what is switched on is 1.

    Args:
        generator: An ``ImageDataGenerator``, or None if there is none.
    """
    if generator is None:
        return None
    factor = number(attribute(generator, "rescale"))
    scaling = {"rescale": factor} if factor not in (None, 0.0, 1.0) else {}
    return scaling | {name: 1.0 for name in _SWITCHES if _is_on(attribute(generator, name))}


def augmentation(generator: Any) -> dict[str, float] | None:
    """Return what is drawn anew for each image, by the argument's name; empty where nothing is.

    Of ranges, it is how far images are changed each way; of zoom and brightness, half of what is
    between the least and the greatest factor; of a flip, 1. A range that is no number, such as a
    list of places to shift to, is 1 as well.

    Args:
        generator: An ``ImageDataGenerator``, or None if there is none.
    """
    if generator is None:
        return None
    found = {name: _extent(attribute(generator, name)) for name in _RANGES}
    found |= {name: float(_is_on(attribute(generator, name))) for name in _FLIPS}
    found |= {name: _between(attribute(generator, name)) for name in _BETWEEN}
    return {name: value for name, value in found.items() if value}


def _extent(setting: Any) -> float:
    if setting is None:
        return 0.0
    found = number(setting)
    return 1.0 if found is None else abs(found)


def _between(setting: Any) -> float:
    if not isinstance(setting, list | tuple) or len(setting) != len(_BETWEEN):
        return 0.0
    low, high = map(number, setting)
    return 1.0 if low is None or high is None else abs(high - low) / 2


def _is_on(setting: Any) -> bool:
    return callable(setting) or bool(number(setting))
