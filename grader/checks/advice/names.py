"""Names that a course on convolutional networks uses; a slip is looked up among them."""

import difflib
import re
from collections.abc import Iterable, Mapping

_CLOSE = 0.75
# Left out, put in, or each of two exchanged.
_MOST_LETTERS = 3
KERAS = "tensorflow.keras"
# Where each name is, below tensorflow.keras.
HOMES: Mapping[str, tuple[str, ...]] = {
    "layers": (
        "Activation", "Add", "AveragePooling2D", "BatchNormalization", "Concatenate", "Conv1D",
        "Conv2D", "Conv2DTranspose", "Conv3D", "Dense", "DepthwiseConv2D", "Dropout", "Flatten",
        "GaussianNoise", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "Input", "InputLayer",
        "Lambda", "LayerNormalization", "LeakyReLU", "MaxPool2D", "MaxPooling2D", "Normalization",
        "PReLU", "RandomFlip", "RandomRotation", "RandomZoom", "ReLU", "Rescaling", "Reshape",
        "Resizing", "SeparableConv2D", "Softmax", "SpatialDropout2D", "UpSampling2D",
        "ZeroPadding2D",
    ),
    "models": ("Model", "Sequential", "load_model"),
    "optimizers": (
        "Adadelta", "Adagrad", "Adam", "AdamW", "Adamax", "Ftrl", "Nadam", "RMSprop", "SGD",
    ),
    "losses": (
        "BinaryCrossentropy", "BinaryFocalCrossentropy", "CategoricalCrossentropy",
        "MeanSquaredError", "SparseCategoricalCrossentropy", "binary_crossentropy",
        "categorical_crossentropy", "sparse_categorical_crossentropy",
    ),
    "metrics": (
        "AUC", "Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "Precision", "Recall",
        "SparseCategoricalAccuracy",
    ),
    "callbacks": (
        "CSVLogger", "Callback", "EarlyStopping", "History", "LambdaCallback",
        "LearningRateScheduler", "ModelCheckpoint", "ReduceLROnPlateau", "TensorBoard",
        "TerminateOnNaN",
    ),
    "preprocessing.image": ("ImageDataGenerator", "array_to_img", "img_to_array", "load_img"),
    "utils": ("image_dataset_from_directory", "plot_model", "to_categorical"),
    "": ("layers", "models", "optimizers", "losses", "metrics", "callbacks", "preprocessing",
         "utils", "activations", "initializers", "regularizers", "applications", "datasets"),
}  # fmt: skip
METHODS: Mapping[str, tuple[str, ...]] = {
    "Sequential": ("add", "build", "compile", "evaluate", "fit", "predict", "save", "summary"),
    "Functional": ("build", "compile", "evaluate", "fit", "predict", "save", "summary"),
    "ImageDataGenerator": ("flow", "flow_from_dataframe", "flow_from_directory"),
}
# By what is called; a class or function that is not here takes arguments that nobody knows.
ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "Activation": ("activation",),
    "Adam": ("learning_rate", "beta_1", "beta_2", "epsilon", "amsgrad", "weight_decay", "clipnorm"),
    "BatchNormalization": ("axis", "momentum", "epsilon"),
    "BinaryCrossentropy": ("from_logits", "label_smoothing"),
    "Conv2D": (
        "filters", "kernel_size", "strides", "padding", "dilation_rate", "activation", "use_bias",
        "kernel_initializer", "kernel_regularizer", "input_shape",
    ),
    "Dense": (
        "units", "activation", "use_bias", "kernel_initializer", "kernel_regularizer",
        "input_shape",
    ),
    "Dropout": ("rate", "seed"),
    "EarlyStopping": (
        "monitor", "min_delta", "patience", "verbose", "mode", "baseline", "restore_best_weights",
    ),
    "Flatten": ("input_shape",),
    "ImageDataGenerator": (
        "rescale", "rotation_range", "width_shift_range", "height_shift_range", "shear_range",
        "zoom_range", "horizontal_flip", "vertical_flip", "fill_mode", "validation_split",
        "brightness_range", "channel_shift_range",
    ),
    "Input": ("shape", "batch_size", "dtype", "name"),
    "MaxPooling2D": ("pool_size", "strides", "padding", "input_shape"),
    "ModelCheckpoint": (
        "filepath", "monitor", "verbose", "save_best_only", "save_weights_only", "mode",
        "save_freq",
    ),
    "RMSprop": ("learning_rate", "rho", "momentum", "epsilon", "centered", "weight_decay"),
    "SGD": ("learning_rate", "momentum", "nesterov", "weight_decay"),
    "Sequential": ("layers", "name"),
    "compile": ("optimizer", "loss", "metrics", "loss_weights", "run_eagerly"),
    "evaluate": ("batch_size", "verbose", "steps"),
    "fit": (
        "batch_size", "epochs", "verbose", "callbacks", "validation_data", "validation_split",
        "shuffle", "steps_per_epoch", "validation_steps", "initial_epoch",
    ),
    "flow_from_directory": (
        "directory", "target_size", "color_mode", "classes", "class_mode", "batch_size",
        "shuffle", "seed", "subset", "interpolation",
    ),
}  # fmt: skip
# What is meant by text where Keras asks for a name.
ACTIVATIONS = ("elu", "gelu", "linear", "relu", "selu", "sigmoid", "silu", "softmax", "tanh")
OPTIMIZERS = ("adadelta", "adagrad", "adam", "adamax", "adamw", "nadam", "rmsprop", "sgd")
LOSSES = (
    "binary_crossentropy", "categorical_crossentropy", "mae", "mean_squared_error", "mse",
    "sparse_categorical_crossentropy",
)  # fmt: skip
METRICS = ("acc", "accuracy", "auc", "binary_accuracy", "mae", "mse", "precision", "recall")
CLASS_MODES = ("binary", "categorical", "input", "sparse")
COLOR_MODES = ("grayscale", "rgb", "rgba")
PADDINGS = ("same", "valid")
# By the argument that takes them.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "activation": ACTIVATIONS, "class_mode": CLASS_MODES, "color_mode": COLOR_MODES,
    "loss": LOSSES, "metrics": METRICS, "optimizer": OPTIMIZERS, "padding": PADDINGS,
}  # fmt: skip
_PRIVATE = re.compile(r"^(?:keras\._tf_keras\.keras|keras\.api|keras\.src|tf\.keras|keras)\b")


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name that differs from ``name`` by a slip of the pen, or nothing.

    Two names that share a word only, as ``test_images`` and ``train_images``, are none.
    """
    # Sorted, as known may be a set: a report is the same each time.
    alike = sorted(word for word in known if _may_be_slip(name, word))
    lower = {word.lower(): word for word in alike}
    # Letters that are exchanged are likelier than letters that are missing.
    exchanged = [word for word in lower if sorted(word) == sorted(name.lower())]
    close = difflib.get_close_matches(name.lower(), lower, n=3, cutoff=_CLOSE)
    slips = [*exchanged, *(word for word in close if _is_slip(name.lower(), word))]
    meant = lower[slips[0]] if slips else ""
    return meant if meant != name else ""


def _may_be_slip(written: str, meant: str) -> bool:
    # Hardly anybody slips at the first letter; and a notebook may have very many names.
    same_start = written[:1].lower() == meant[:1].lower()
    return same_start and abs(len(written) - len(meant)) <= _MOST_LETTERS


def _is_slip(written: str, meant: str) -> bool:
    blocks = difflib.SequenceMatcher(None, written, meant).get_matching_blocks()
    common = sum(block.size for block in blocks)
    return len(written) + len(meant) - 2 * common <= _MOST_LETTERS


def home_of(name: str) -> str:
    """Return the module below ``tensorflow.keras`` in which a name is; empty if none is known."""
    for module, names in HOMES.items():
        if name in names:
            return f"{KERAS}.{module}".rstrip(".")
    return ""


def public(module: str) -> str:
    """Return the name under which students know a module of Keras."""
    return _PRIVATE.sub(KERAS, module)


def slip_in(name: str, module: str) -> str:
    """Return the name of Keras that differs from ``name`` by a slip: in a module, else anywhere."""
    own = HOMES.get(public(module).removeprefix(KERAS).strip("."), ())
    everywhere = [known for names in HOMES.values() for known in names]
    return closest(name, own) or closest(name, everywhere)


def unknown(name: str, meant: str, kind: str = "") -> str:
    """Say that there is no such name, and which one is meant."""
    return f"There is no {kind}{name}. Did you mean {meant}?" if meant else ""
