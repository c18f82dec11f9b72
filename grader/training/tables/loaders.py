"""What a loader is made with: the generator that changes images, the iterator that finds them.

Left out are what is a function (``preprocessing_function``), what is a path (the folder,
``save_to_dir`` and what goes with it), ``classes``, which are the dataset's own, and
``follow_links``, which the iterator does not keep.
"""

from grader.training.tables.kinds import either, flag, one_of, optional, pair, real, several, whole
from grader.training.tables.signatures import signature
from grader.training.tables.weights import ANY, POSITIVE

MAX_BATCH = 4096
_LENGTH = whole(1, 4096)
_SHIFT = either(ANY, several(ANY, 1, 16))

GENERATOR = signature(
    featurewise_center=flag(),
    samplewise_center=flag(),
    featurewise_std_normalization=flag(),
    samplewise_std_normalization=flag(),
    zca_whitening=flag(),
    zca_epsilon=POSITIVE,
    rotation_range=ANY,
    width_shift_range=_SHIFT,
    height_shift_range=_SHIFT,
    brightness_range=optional(pair(POSITIVE)),
    shear_range=ANY,
    zoom_range=either(ANY, pair(ANY)),
    channel_shift_range=ANY,
    fill_mode=one_of("constant", "nearest", "reflect", "wrap"),
    cval=ANY,
    horizontal_flip=flag(),
    vertical_flip=flag(),
    rescale=optional(ANY),
    data_format=one_of("channels_last"),
    validation_split=real(0, 1),
    interpolation_order=whole(0, 5),
    dtype=one_of("float32"),
)

ITERATOR = signature(
    "target_size",
    "color_mode",
    "class_mode",
    "batch_size",
    target_size=pair(_LENGTH),
    color_mode=one_of("rgb", "rgba", "grayscale"),
    class_mode=one_of("binary", "categorical", "sparse"),
    batch_size=whole(1, MAX_BATCH),
    shuffle=flag(),
    seed=optional(whole(0, 2**31 - 1)),
    subset=optional(one_of("training", "validation")),
    interpolation=one_of("nearest", "bilinear", "bicubic", "hamming", "box", "lanczos"),
    keep_aspect_ratio=flag(),
)

CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}
