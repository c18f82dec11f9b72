"""The layers that treat images: scaling, augmentation, sizes and margins."""

from grader.training.tables.kinds import (
    Kind,
    either,
    flag,
    mirrored,
    one_of,
    optional,
    pair,
    real,
    whole,
)
from grader.training.tables.signatures import Signature, Table, signature
from grader.training.tables.weights import ANY, REGULARIZER, SEED

_LENGTH = whole(1, 4096)
_MARGINS = pair(pair(whole(0, 4096)))
_FORMAT = one_of("channels_last")
_RESAMPLED = one_of("nearest", "bilinear")
_FACTOR = either(real(-1, 10), pair(real(-1, 10)))
_RANGE = pair(real(-1e4, 1e4))
_BLURRED, _SIGMA = whole(1, 63), real(0, 100)
_SHARE = either(real(0, 1), pair(real(0, 1)))
# Keras tells a number as a range around 0, and takes no such range.
_SHEAR = mirrored(_SHARE)
_FILLED: dict[str, Kind] = {
    "fill_mode": one_of("reflect", "wrap", "constant", "nearest"),
    "fill_value": ANY,
    "interpolation": _RESAMPLED,
}


def _layer(*required: str, **arguments: Kind) -> Signature:
    return signature(*required, trainable=flag(), activity_regularizer=REGULARIZER, **arguments)


def _random(*required: str, **arguments: Kind) -> Signature:
    return _layer(*required, seed=SEED, **arguments)


IMAGE_LAYERS: Table = {
    "Rescaling": _layer("scale", scale=ANY, offset=ANY),
    "RandomFlip": _random(
        mode=one_of("horizontal", "vertical", "horizontal_and_vertical"), data_format=_FORMAT
    ),
    "RandomRotation": _random("factor", factor=_FACTOR, data_format=_FORMAT, **_FILLED),
    "RandomZoom": _random(
        "height_factor",
        height_factor=_FACTOR,
        width_factor=optional(_FACTOR),
        data_format=_FORMAT,
        **_FILLED,
    ),
    "RandomTranslation": _random(
        "height_factor",
        "width_factor",
        height_factor=_FACTOR,
        width_factor=_FACTOR,
        data_format=_FORMAT,
        **_FILLED,
    ),
    "RandomContrast": _random("factor", factor=_FACTOR, value_range=_RANGE),
    "RandomBrightness": _random("factor", factor=_FACTOR, value_range=_RANGE),
    "RandomShear": _random(x_factor=_SHEAR, y_factor=_SHEAR, data_format=_FORMAT, **_FILLED),
    "RandomPerspective": _random(
        factor=_SHARE,
        scale=real(0, 1),
        interpolation=_RESAMPLED,
        fill_value=ANY,
        data_format=_FORMAT,
    ),
    "RandomErasing": _random(
        factor=_SHARE,
        scale=_SHARE,
        fill_value=optional(ANY),
        value_range=_RANGE,
        data_format=_FORMAT,
    ),
    "RandomGaussianBlur": _random(
        factor=_SHARE,
        kernel_size=either(_BLURRED, pair(_BLURRED)),
        sigma=either(_SIGMA, pair(_SIGMA)),
        value_range=_RANGE,
        data_format=_FORMAT,
    ),
    "RandomInvert": _random(factor=_SHARE, value_range=_RANGE, data_format=_FORMAT),
    "Solarization": _random(addition_factor=_SHARE, threshold_factor=_SHARE, value_range=_RANGE),
    "AutoContrast": _layer(value_range=_RANGE),
    "Resizing": _layer(
        "height",
        "width",
        height=_LENGTH,
        width=_LENGTH,
        interpolation=one_of("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"),
        crop_to_aspect_ratio=flag(),
        pad_to_aspect_ratio=flag(),
        fill_mode=one_of("constant"),
        fill_value=ANY,
        antialias=flag(),
        data_format=_FORMAT,
    ),
    "CenterCrop": _layer("height", "width", height=_LENGTH, width=_LENGTH, data_format=_FORMAT),
    "ZeroPadding2D": _layer(padding=_MARGINS, data_format=_FORMAT),
    "Cropping2D": _layer(cropping=_MARGINS, data_format=_FORMAT),
    "UpSampling2D": _layer(
        size=pair(whole(1, 64)),
        interpolation=one_of("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"),
        data_format=_FORMAT,
    ),
}
