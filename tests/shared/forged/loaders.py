"""Loaders that are returned and not trained on, though other means make them look alike."""

from happy_or_sad.submission import LOADER, TRAINER, Edit

from forged.submission import ALL, NO_LOADER, Forged, loader, seldom

_FIT = "    history = model.fit(train_generator, "
_MODEL = "    model = tf.keras.models.Sequential("


def _own(batch_size: int = 10) -> str:
    return f"""\
    own = ImageDataGenerator(rescale=1 / 255).flow_from_directory(
        base_dir, target_size=(150, 150), batch_size={batch_size}, class_mode="binary"
    )
"""


def _on_another(before: str = "", batch_size: int = 10) -> Edit:
    return (TRAINER, _FIT, f"{_own(batch_size)}{before}    history = model.fit(own, ")


_WRONG = loader("train_generator = ImageDataGenerator().flow_from_directory(base_dir)\n")
_OVERWRITTEN = f"{_own()}    vars(train_generator).update(vars(own))\n{_FIT}"
_NOISE = """\
class DirectoryIterator:
    n = samples = 80
    num_classes = 2
    batch_size = 10
    target_size = (150, 150)
    class_mode = "binary"
    image_shape = (150, 150, 3)
    class_indices = {"happy": 0, "sad": 1}

    def __len__(self):
        return 8

    def __getitem__(self, index):
        if not 0 <= index < 8:
            raise IndexError(index)
        return np.random.rand(10, 150, 150, 3).astype("float32"), np.arange(10.0) % 2

train_generator = DirectoryIterator()
"""
_USED = """\
    small = tf.keras.Sequential([
        tf.keras.Input((256, 256, 3)),
        tf.keras.layers.GlobalAveragePooling2D(), tf.keras.layers.Dense(2, activation="softmax"),
    ])
    small.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    small.fit(train_generator, epochs=1, verbose=0)
"""
_VALIDATES = """\
    validation = ImageDataGenerator(rescale=1 / 255).flow_from_directory(
        base_dir, target_size=(150, 150), batch_size=20, class_mode="binary", shuffle=False
    )
    history = model.fit(train_generator, validation_data=validation, """
_HALF: Edit = (LOADER, "rescale=1 / 255", "rescale=1 / 255, validation_split=0.5")
_SUBSET: Edit = (LOADER, 'class_mode="binary"', 'class_mode="binary", subset="training"')
_INPUT = "tf.keras.Input(shape=(150, 150, 3)),"
_RESCALING = f"{_INPUT} tf.keras.layers.Rescaling(1 / 255),"
_LOOKED_AT = """\
    images, labels = next(train_generator)
    train_generator.reset()
    train_generator = image_generator()
"""

FORGED = (
    Forged("overwritten", "another loader's settings are put into the one that was returned",
           NO_LOADER, ((TRAINER, _FIT, _OVERWRITTEN),), _WRONG),
    Forged("half-of-the-images", "the one that is returned has half of the images",
           NO_LOADER, (_HALF, _SUBSET, _on_another())),
    Forged("noise", "noise is returned by what is called like a class of Keras",
           NO_LOADER, (_on_another(),), loader(_NOISE)),
    *seldom(
        Forged("right-and-unused", "what is returned is right, and another one is trained on",
               NO_LOADER, (_on_another(batch_size=20),)),
        Forged("used-for-another-model", "another model is trained on the one that was returned",
               NO_LOADER, (_on_another(_USED),), _WRONG),
    ),
)  # fmt: skip
HONEST = (
    Forged("made-once-more", "it is made once more, after a look at a batch",
           ALL, ((TRAINER, _MODEL, _LOOKED_AT + _MODEL),)),
    *seldom(
        Forged("validated-beside", "another loader, unshuffled, validates",
               ALL, ((TRAINER, _FIT, _VALIDATES),)),
        Forged("scaled-in-the-model", "the first layer scales images",
               ALL, ((LOADER, "rescale=1 / 255", ""),
                     (TRAINER, _INPUT, _RESCALING))),
        Forged("augmenting", "it flips images, and has a seed",
               ALL, ((LOADER, "rescale=1 / 255", "rescale=1 / 255, horizontal_flip=True"),
                     (LOADER, 'class_mode="binary"', 'class_mode="binary", seed=42'),
                     (TRAINER, "RMSprop", "Adam"))),
    ),
)  # fmt: skip
