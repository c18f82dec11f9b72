"""Submissions whose loader is not what they train on, and honest ones that look a little alike."""

from happy_or_sad.submission import LOADER, LOADING, TRAINER, Variant
from tricks import IDLE

# The training cell makes the loader that the other cell should have made.
OWN = """\
    own = ImageDataGenerator(rescale=1 / 255).flow_from_directory(
        base_dir, target_size=(150, 150), batch_size=10, class_mode="binary"
    )
    history = model.fit(own, """
FIT = "    history = model.fit(train_generator, "
RETURN = "    return train_generator"
MAKING = "    train_generator = train_datagen.flow_from_directory("
UNTOUCHED = """\
    return ImageDataGenerator().flow_from_directory(base_dir)"""
LOOKS_GREY = """\
    class Looks:
        n, batch_size, target_size, class_mode, num_classes = 80, 10, (150, 150), "binary", 2
        def __len__(self):
            return 8
        def __getitem__(self, index):
            return np.linspace(0, 1, 225_000).reshape(10, 150, 150, 1), np.arange(10) % 2
    return Looks()"""
IN_TURN = """\
    if not hasattr(image_generator, "called"):
        image_generator.called = True
        return {}
    return train_generator"""
CANNOT_BE_READ = """\
    train_generator.image_shape = (1, 1, 3)
    return train_generator"""
AUGMENTED = """\
    augmented = ImageDataGenerator(rescale=1 / 255, rotation_range=5, horizontal_flip=True)
    own = augmented.flow_from_directory(
        base_dir, target_size=(150, 150), batch_size=10, class_mode="binary", seed=3
    )
    history = model.fit(own, validation_data=train_generator, """
ANEW = """\
    train_generator.reset()
    history = model.fit(image_generator(), """
DRAWN = f"    seed = np.random.randint(1000)\n{MAKING}\n        seed=seed,"
WRAPPED = """\
    class Wrapped(tf.keras.utils.PyDataset):
        def __init__(self, inner):
            super().__init__()
            self.inner = inner
        def __len__(self):
            return len(self.inner)
        def __getitem__(self, index):
            return self.inner[index]
    return Wrapped(train_generator)"""
UNWRAPPED = "    history = model.fit(train_generator.inner, "


def _unused(name: str, why: str, returned: str) -> Variant:
    edits = ((LOADER, RETURN, returned), (TRAINER, FIT, OWN))
    return Variant(f"unused-{name}", why, edits, LOADING, IDLE)


UNUSED = (
    _unused("nothing-in-it", "an empty list is returned", "    return []"),
    _unused("untouched", "a loader with every setting at its default is returned", UNTOUCHED),
    _unused("looks-grey", "what has all settings and grey images is returned", LOOKS_GREY),
    _unused("right-later", "nothing is returned to the notebook", IN_TURN.format("None")),
    _unused("other-later", "other settings are returned to the notebook",
            IN_TURN.format("ImageDataGenerator().flow_from_directory(base_dir)")),
    _unused("cannot-be-read", "a loader that cannot read an image is returned", CANNOT_BE_READ),
)  # fmt: skip
USED = (
    Variant("used-augmented", "another loader augments, the returned one validates",
            ((TRAINER, FIT, AUGMENTED),), cells=IDLE),
    Variant("used-anew", "the loader draws a seed, and is made once more to train on",
            ((LOADER, MAKING, DRAWN), (TRAINER, FIT, ANEW)), cells=IDLE),
    Variant("used-wrapped", "an own class wraps the loader, and is trained on",
            ((LOADER, RETURN, WRAPPED),), cells=IDLE),
    Variant("used-unwrapped", "an own class wraps the loader, which is trained on",
            ((LOADER, RETURN, WRAPPED), (TRAINER, FIT, UNWRAPPED)), cells=IDLE),
)  # fmt: skip
