"""The words of the field, and what students write in the place of each.

What stands beside a name is a mistake wherever the name is right: it is for other labels, other
outputs or another kind of task. What may be as good, such as another adaptive optimizer, more
filters or one more hidden layer, is a choice and no mistake, so that it is not here.
"""

from collections.abc import Mapping, Sequence

Names = Mapping[str, Sequence[str]]

LOSSES: Names = {
    "binary_crossentropy": ("categorical_crossentropy", "sparse_categorical_crossentropy", "mse"),
    "categorical_crossentropy": ("sparse_categorical_crossentropy", "binary_crossentropy", "mse"),
    "sparse_categorical_crossentropy": ("categorical_crossentropy", "binary_crossentropy", "mse"),
    "mse": ("binary_crossentropy", "categorical_crossentropy"),
    "BinaryCrossentropy": ("CategoricalCrossentropy", "SparseCategoricalCrossentropy"),
    "CategoricalCrossentropy": ("SparseCategoricalCrossentropy", "BinaryCrossentropy"),
    "SparseCategoricalCrossentropy": ("CategoricalCrossentropy", "BinaryCrossentropy"),
    "MeanSquaredError": ("BinaryCrossentropy",),
}
# Of a model's last layer.
OUTPUTS: Names = {
    "sigmoid": ("softmax", "tanh", "relu"),
    "softmax": ("sigmoid", "tanh", "relu"),
    "linear": ("sigmoid", "relu"),
    "tanh": ("sigmoid", "relu"),
    "relu": ("sigmoid", "softmax"),
}
# Of any other one: probabilities of many units, as which hardly anything reaches the next layer.
HIDDEN: Names = {"relu": ("softmax",), "tanh": ("softmax",), "elu": ("softmax",)}
METRICS: Names = {
    "accuracy": ("acc", "mse", "AUC"),
    "acc": ("accuracy", "mse"),
    "binary_accuracy": ("mse",),
    "categorical_accuracy": ("mse",),
    "sparse_categorical_accuracy": ("mse",),
    "BinaryAccuracy": ("MeanSquaredError",),
    "CategoricalAccuracy": ("MeanSquaredError",),
    "SparseCategoricalAccuracy": ("MeanSquaredError",),
    "mae": ("accuracy",),
}
# With the rate of an adaptive one, or Keras' own, plain descent is a hundred times as slow.
OPTIMIZERS: Names = {
    "adam": ("sgd",),
    "rmsprop": ("sgd",),
    "nadam": ("sgd",),
    "Adam": ("SGD",),
    "RMSprop": ("SGD",),
    "Nadam": ("SGD",),
}
CLASS_MODES: Names = {
    "binary": ("categorical", "input"),
    "categorical": ("binary", "sparse"),
    "sparse": ("binary", "categorical"),
}
LABEL_MODES: Names = {
    "binary": ("categorical",),
    "categorical": ("int", "binary"),
    "int": ("categorical", "binary"),
}
COLOURS: Names = {"rgb": ("grayscale",), "grayscale": ("rgb",)}
PADDINGS: Names = {"valid": ("same",), "same": ("valid",)}
SUBSETS: Names = {"training": ("validation",), "validation": ("training",)}
# By the argument that they are given as.
ARGUMENTS: Mapping[str, Names] = {
    "loss": LOSSES,
    "metrics": METRICS,
    "optimizer": OPTIMIZERS,
    "class_mode": CLASS_MODES,
    "label_mode": LABEL_MODES,
    "color_mode": COLOURS,
    "padding": PADDINGS,
    "subset": SUBSETS,
}
# Those of ``compile`` that are given by their place.
COMPILE = ("optimizer", "loss")
OPTIMIZER_CLASSES = {"Adam", "RMSprop", "SGD", "Nadam", "Adagrad", "Adadelta", "Adamax", "AdamW"}
LAYERS = {
    "Input", "InputLayer", "Conv1D", "Conv2D", "Conv3D", "SeparableConv2D", "DepthwiseConv2D",
    "MaxPooling1D", "MaxPooling2D", "MaxPool2D", "AveragePooling1D", "AveragePooling2D",
    "GlobalMaxPooling2D", "GlobalAveragePooling2D", "Flatten", "Reshape", "Dense", "Dropout",
    "BatchNormalization", "LayerNormalization", "Activation", "ReLU", "Softmax", "Rescaling",
    "Resizing", "Embedding", "LSTM", "GRU", "SimpleRNN", "Bidirectional", "RandomFlip",
    "RandomRotation", "RandomZoom", "UpSampling2D", "ZeroPadding2D", "Cropping2D",
}  # fmt: skip
# Arguments that are a size in pixels, or end in one: of images, and of what a model takes.
SHAPES = {"target_size", "image_size", "input_shape", "shape"}
SHAPED_FIRST = {"Input", "InputLayer", "Resizing"}
# By the function that is given them.
TOO_MANY: Names = {
    "fit": ("steps_per_epoch=1",),
    "flow_from_directory": ('color_mode="grayscale"',),
}
# Methods of a callback that Keras calls at other times, and with other logs.
HOOKS: Names = {
    "on_epoch_end": ("on_epoch_begin", "on_train_end"),
    "on_epoch_begin": ("on_epoch_end",),
    "on_train_batch_end": ("on_epoch_end",),
    "on_train_end": ("on_epoch_end",),
}
# Parts of names that tell the splits of a dataset.
SPLITS: Names = {
    "train": ("test",),
    "training": ("test",),
    "test": ("train",),
    "val": ("train",),
    "valid": ("train",),
    "validation": ("train",),
}
