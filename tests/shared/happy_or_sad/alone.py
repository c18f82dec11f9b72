"""For each check, a submission that fails that check and, but for consequences, no other."""

from .submission import (
    BODY,
    CALLBACK,
    CONV,
    DENSE,
    FIT,
    FLAT,
    INPUT,
    LOADER,
    OUT,
    POOL,
    TRAINER,
    USUAL,
    Variant,
    model,
)

PREFIX = "alone-"


def _alone(
    check: str,
    why: str,
    *edits: tuple[str, str, str],
    cells: dict[str, str] | None = None,
    also: tuple[str, ...] = (),
) -> Variant:
    return Variant(f"{PREFIX}{check}", why, edits, frozenset({check, *also}), cells or {})


ALONE = (
    _alone(
        "images_found", "a validation split holds back a fifth of the images",
        (LOADER, "rescale=1 / 255", "rescale=1 / 255, validation_split=0.2"),
        (LOADER, 'class_mode="binary"', 'class_mode="binary", subset="training"'),
        # Who trains on what was found trains on too few.
        also=("target_reached", "stopped_by_callback"),
    ),
    _alone("batch_size", "batches of 8", (LOADER, "batch_size=10", "batch_size=8")),
    _alone(
        "target_size", "images of 128 pixels, resized by a model that takes any size",
        (LOADER, "(150, 150)", "(128, 128)"),
        cells=model("Input(shape=(None, None, 3))", "Resizing(150, 150)", *BODY, FLAT, DENSE, OUT),
    ),
    _alone(
        "class_mode", "one-hot labels, with an output and a loss that suit them",
        (LOADER, '"binary"', '"categorical"'),
        cells=model(INPUT, *BODY, FLAT, DENSE, 'Dense(2, activation="softmax")',
                    loss='"categorical_crossentropy"'),
    ),
    _alone(
        "pixels_scaled", "values up to 255 reach the first convolution; the next layer scales them",
        (LOADER, "rescale=1 / 255", ""),
        cells=model(INPUT, CONV, "BatchNormalization()", POOL, CONV, POOL, CONV, POOL, FLAT,
                    'Dense(128, activation="relu")', OUT,
                    optimizer="optimizers.Adam(learning_rate=0.001)"),
    ),
    _alone("stops_above", "0.99901 does not stop", (CALLBACK, "> 0.999:", "> 0.9992:")),
    _alone("goes_on_below", "0.999 itself stops", (CALLBACK, "> 0.999:", ">= 0.999:")),
    _alone(
        "lives_without_accuracy", "a key that is missing raises KeyError",
        (CALLBACK, '(logs or {}).get("accuracy")', 'logs["accuracy"]'),
    ),
    _alone(
        "input_shape", "images in grey, and a model that suits them",
        (LOADER, 'class_mode="binary"', 'class_mode="binary", color_mode="grayscale"'),
        cells=model("Input(shape=(150, 150, 1))", *BODY, FLAT, DENSE, OUT),
    ),
    _alone(
        "convolutions", "two convolutions",
        cells=model(INPUT, CONV, POOL, CONV, POOL, FLAT, DENSE, OUT),
    ),
    _alone(
        "flattened", "a dense layer sees feature maps",
        cells=model(INPUT, *BODY, 'Dense(16, activation="relu")', FLAT, DENSE, OUT),
    ),
    _alone(
        "output_layer", "three classes where there are two",
        cells=model(INPUT, *BODY, FLAT, DENSE, 'Dense(3, activation="softmax")',
                    loss='"sparse_categorical_crossentropy"'),
    ),
    _alone("loss", "a loss for regression", cells=model(*USUAL, loss='"mean_squared_error"')),
    _alone(
        "metric", "the accuracy goes by another name, under which the callback looks as well",
        (CALLBACK, '(logs or {}).get("accuracy")',
         '(logs or {}).get("accuracy") or (logs or {}).get("acc")'),
        (TRAINER, '["accuracy"]', '["acc"]'),
    ),
    _alone(
        "target_reached", "it was trained for 14 epochs before, so that the target comes too late",
        (TRAINER, FIT, f"model.fit(train_generator, epochs=14)\n    {FIT}"),
    ),
    _alone("epochs_asked", "100 epochs", (TRAINER, "epochs=20", "epochs=100")),
    _alone(
        "stopped_by_callback", "fit is not told of the callback",
        (TRAINER, ", callbacks=[callbacks])", ")"),
    ),
    _alone(
        "history_returned", "the dictionary of curves is returned",
        (TRAINER, "return history", "return history.history"),
    ),
)  # fmt: skip

__all__ = ["ALONE", "FIT"]
