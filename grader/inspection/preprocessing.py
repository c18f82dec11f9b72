"""What Keras' generator of images does to every image alike: scaling, centring, whitening.

Augmentation is left out: it is drawn anew for each image.
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


def _is_on(setting: Any) -> bool:
    return callable(setting) or bool(number(setting))
