"""Solutions of "Ten Kinds of Clothes" that are right in other ways, and mistakes."""

from grader.authoring import Variant

OUTPUT = 'Dense(10, activation="softmax")'
LOSS = '"sparse_categorical_crossentropy"'
FLATTEN = "layers.Flatten()"
CONVOLUTION = '            layers.Conv2D(8, 3, activation="relu"),\n'
POOLING = "            layers.MaxPooling2D(),\n"
DENSE = '            layers.Dense(64, activation="relu"),\n'
MADE_UP = """
# GRADED FUNCTION: train_model
def train_model(batches):
    model = keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(2, 3),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(batches, epochs=1)
    history.history["accuracy"] = [0.5, 0.8, 0.95, 0.98]
    history.history["loss"] = [1.5, 0.9, 0.3, 0.1]
    history.epoch = [0, 1, 2, 3]
    return history
"""
RIGHT = (
    Variant("one-hot", "labels as vectors, and the loss that goes with them",
            [("load_clothes", '"sparse"', '"categorical"'), ("train_model", "sparse_cat", "cat")]),
    Variant("logits", "two convolutions, and the loss takes outputs as they are",
            [("train_model", OUTPUT, "Dense(10)"),
             ("train_model", LOSS,
              "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"),
             ("train_model", FLATTEN,
              "layers.Conv2D(16, 3), layers.MaxPooling2D(), layers.Flatten()")]),
    Variant("no-convolution", "pooled pixels are enough", [("train_model", CONVOLUTION, "")]),
    Variant("no-pooling", "all of the feature maps", [("train_model", POOLING, "")]),
    Variant("one-dense", "no dense layer but the output", [("train_model", DENSE, "")]),
    Variant("linear-dense", "a dense layer without activation",
            [("train_model", 'Dense(64, activation="relu")', "Dense(64)")]),
    Variant("default-rate", "the learning rate that Adam has by default",
            [("train_model", "Adam(0.003)", "Adam()")]),
    Variant("rmsprop", "another adaptive optimizer",
            [("train_model", "keras.optimizers.Adam(0.003)", '"rmsprop"')]),
)  # fmt: skip
MISTAKES = (
    Variant("batches-of-10", "batches of 10", [("load_clothes", "batch_size=20", "batch_size=10")],
            loses=frozenset({"batch_size"})),
    Variant("bytes", "pixels from 0 to 255", [("load_clothes", "rescale=1 / 255", "")],
            loses=frozenset({"pixels_scaled"})),
    Variant("12-epochs", "asks for more epochs than are allowed",
            [("train_model", "epochs=10", "epochs=12")], loses=frozenset({"epochs_asked"})),
    Variant("binary", "learnt with two classes: one output, a loss for it",
            [("train_model", OUTPUT, 'Dense(1, activation="sigmoid")'),
             ("train_model", LOSS, '"binary_crossentropy"')],
            loses=frozenset({"output_layer", "loss", "goal_reached"})),
    Variant("acc", "the metric has another name, and the cell below fails",
            [("train_model", '["accuracy"]', '["acc"]')], loses=frozenset({"metric"})),
    Variant("one-epoch", "has stopped too early", [("train_model", "epochs=10", "epochs=1")],
            loses=frozenset({"goal_reached"})),
    Variant("made-up", "trained for one epoch and wrote better numbers into the history",
            cells={"train_model": MADE_UP}, loses=frozenset({"goal_reached"})),
    Variant("returns-model", "returns the model",
            [("train_model", "return history", "return model")],
            loses=frozenset({"history_returned"})),
)  # fmt: skip
VARIANTS = (*RIGHT, *MISTAKES)
