"""Loaders, callbacks and trainings of every make, observed in one notebook as a submission is."""

import warnings

import pytest
from made_parts import trained
from PIL import Image

from grader.evidence import Fit, Loader, Raised, ReturnedResult
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.kinds.callback.evidence import Callback
from grader.kinds.callback.part import StoppingCallback
from grader.kinds.kind import GradedPart
from grader.kinds.loader.part import ImageLoader
from grader.records import PlannedCell, Role

SETUP = """\
import keras
import numpy as np
import tensorflow as tf
from keras import layers
from tensorflow.keras.preprocessing.image import ImageDataGenerator
def batch(length=10):
    paths = [f"data/{name}/0.png" for name in ("happy", "sad")]
    shown = [keras.utils.img_to_array(keras.utils.load_img(path)) / 255 for path in paths]
    labels = np.arange(length) % 2
    return np.stack([shown[label] for label in labels]), labels"""
CLASSIC = """\
def classic():
    found = ImageDataGenerator(rescale=1 / 255)
    return found.flow_from_directory("data", target_size=(8, 8), batch_size=4, class_mode="binary")
"""
LOADERS = {
    "classic": CLASSIC,
    "dataset": """\
def dataset():
    return keras.utils.image_dataset_from_directory(
        "data", image_size=(8, 8), batch_size=4, label_mode="binary", verbose=False)""",
    "mapped": """\
def mapped():
    found = keras.utils.image_dataset_from_directory("data", image_size=(8, 8), batch_size=4)
    return found.map(lambda x, y: (x / 255, tf.one_hot(y, 2))).prefetch(1)""",
    "noisy": """\
def noisy():
    found = keras.utils.image_dataset_from_directory("data", image_size=(8, 8), batch_size=4)
    return found.map(lambda x, y: (x + tf.random.normal(tf.shape(x)), y))""",
    "repeated": """\
def repeated():
    return tf.data.Dataset.from_tensors(batch()).repeat()""",
    "channels": """\
def channels():
    images = np.zeros((6, 3, 8, 8), "uint8")
    return tf.data.Dataset.from_tensor_slices((images, np.zeros(6))).batch(4)""",
    "sequence": """\
class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 3
    def __getitem__(self, index):
        return batch(10 if index < 2 else 5)
def sequence():
    return Batches()""",
    "endless": """\
def endless():
    while True:
        yield batch()""",
    "ending": """\
def ending():
    yield batch()
    yield batch(3)""",
    "one_and_the_same": """\
only = (batch() for _ in range(2))
def one_and_the_same():
    return only""",
    "augmented": """\
def augmented():
    found = ImageDataGenerator(
        samplewise_center=True, rotation_range=40, width_shift_range=0.2, height_shift_range=0.2,
        shear_range=0.2, zoom_range=0.2, horizontal_flip=True, brightness_range=(0.5, 1.2),
        channel_shift_range=40, fill_mode="constant", rescale=1 / 255)
    return found.flow_from_directory("data", (8, 8), batch_size=4, class_mode="categorical")""",
    "of_imagenet": """\
def of_imagenet():
    found = ImageDataGenerator(preprocessing_function=keras.applications.vgg16.preprocess_input)
    return found.flow_from_directory(
        "data", (8, 8), classes=["sad", "happy"], batch_size=4, class_mode="sparse")""",
    "unlabelled": """\
def unlabelled():
    return ImageDataGenerator().flow_from_directory("data", (8, 8), class_mode=None)""",
    "made_up": """\
def made_up():
    return np.random.default_rng().random((10, 8, 8, 3)), np.arange(10) % 2""",
    "arrays": """\
def arrays():
    return batch(7)""",
    "nothing": """\
def nothing():
    pass""",
    "failing": """\
def failing():
    return ImageDataGenerator(rescale=1 / 255).flow_from_directory(
        "nowhere")""",
    "empty": """\
import os
def empty():
    os.makedirs("empty/happy", exist_ok=True)
    return ImageDataGenerator().flow_from_directory("empty")""",
}
CALLBACK = """\
class Callback(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs["accuracy"] > 0.5:
            self.model.stop_training = True"""
REHEARSED = """\
def rehearsed(train_generator, epochs):
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(2, 3), layers.Flatten(),
                              layers.Dense(1, activation="sigmoid")])
    model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    return model.fit(train_generator, epochs=epochs)"""
TRAIN = """\
def train(train_generator):
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Rescaling(2.0), layers.Conv2D(2, 3),
                              layers.Flatten(), layers.Dense(1, activation="sigmoid")])
    model.compile(loss="binary_crossentropy", metrics=["acc"])
    return model.fit(train_generator, epochs=2, callbacks=Callback())"""
TRAINED = """\
def trained(train_generator):
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Rescaling(2.0), layers.Conv2D(2, 3),
                              layers.Flatten(), layers.Dense(1, activation="sigmoid")])
    model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    return model.fit(train_generator, epochs=2, callbacks=[keras.callbacks.History()])"""
OF_OWN_CLASS = """\
class Assigned(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = layers.Dense(1)
        self.flat = layers.Flatten()
        self.convolution = layers.Conv2D(2, 3)
    def call(self, inputs):
        return self.out(self.flat(self.convolution(inputs)))
def of_own_class(train_generator):
    model = Assigned()
    model.compile(loss="no_such_loss")
    return model.fit(train_generator)"""
MISSHAPEN = """\
def misshapen(train_generator):
    model = keras.Sequential()
    model.add(keras.Input((8, 8, 3)))
    model.add(
        layers.Conv2D(2, 30))
    return model"""


def cells() -> list[PlannedCell]:
    planned = [PlannedCell(SETUP, Role.REQUIRED), _graded("Callback", CALLBACK)]
    planned += [_graded("rehearsed", REHEARSED), _calling("rehearsed", "missing")]
    for name, source in LOADERS.items():
        planned += [_graded(name, source), PlannedCell(
            f"gen_{name} = {name}()", Role.REQUIRED, calls=frozenset({name}))]  # fmt: skip
    planned.append(
        PlannedCell("left = len(list(gen_one_and_the_same))\nprint(left)", Role.OPTIONAL)
    )
    planned += [_graded("train", TRAIN), _calling("train", "gen_classic")]
    planned += [_graded("trained", TRAINED), _calling("trained", "gen_classic")]
    planned += [_graded("of_own_class", OF_OWN_CLASS), _calling("of_own_class", "gen_classic")]
    return [*planned, _graded("misshapen", MISSHAPEN), _calling("misshapen", "None")]


def _graded(name: str, source: str) -> PlannedCell:
    return PlannedCell(source, Role.GRADED, name)


def _calling(name: str, argument: str) -> PlannedCell:
    source = f"result_{name} = {name}({argument})"
    return PlannedCell(source, Role.REQUIRED, calls=frozenset({name}))


PROBES: dict[str, GradedPart] = {
    "Callback": StoppingCallback("Callback", threshold=0.5, accuracies=(0.0, 1.0)),
    **{name: ImageLoader(name, variable=f"gen_{name}") for name in LOADERS},
    **{
        name: trained(name, f"result_{name}")
        for name in ("rehearsed", "train", "trained", "of_own_class", "misshapen")
    },
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, kernels: Kernels) -> Run:
    folder = tmp_path_factory.mktemp("images")
    for name, colour in (("happy", "white"), ("sad", "black")):
        (folder / name).mkdir()
        for number in range(3):
            Image.new("RGB", (8, 8), colour).save(folder / name / f"{number}.png")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return kernels.run(Job(cells(), PROBES, folder, "faces", 1))


def loader(ran: Run, name: str) -> Loader:
    found = ran.evidence.find(Loader, name)
    assert found is not None
    return found


def result(ran: Run) -> ReturnedResult:
    found = ran.evidence.find(ReturnedResult, "trained")
    assert found is not None
    return found


def error(ran: Run, name: str) -> Raised:
    place = next(n for n, cell in enumerate(cells()) if name in cell.calls)
    found = ran.evidence.cells[place].error
    assert found is not None
    return found


def test_no_fault_of_the_grader_comes_of_it(ran: Run) -> None:
    assert ran.evidence.faults == []


def test_every_loader_is_observed(ran: Run) -> None:
    observed = {name for kind, name in ran.evidence.parts if kind == "loader"}
    assert LOADERS.keys() - observed == {"failing", "made_up"}


def test_only_a_loader_of_other_images_is_not_believed(ran: Run) -> None:
    assert ran.evidence.foreign == ["made_up"]


@pytest.mark.parametrize(
    ("name", "images"),
    [("classic", 6), ("dataset", 6), ("mapped", 6), ("channels", 6), ("sequence", 25),
     ("ending", 13), ("arrays", 7), ("empty", 0), ("repeated", None), ("endless", None),
     ("one_and_the_same", None), ("nothing", None)],
)  # fmt: skip
def test_images_are_counted_where_they_end(ran: Run, name: str, images: int | None) -> None:
    assert loader(ran, name).images == images


@pytest.mark.parametrize(
    ("name", "size"),
    [("classic", 4), ("dataset", 4), ("mapped", 4), ("channels", 4), ("sequence", 10),
     ("endless", 10), ("repeated", 10)],
)  # fmt: skip
def test_the_size_of_a_batch_is_known(ran: Run, name: str, size: int) -> None:
    assert loader(ran, name).batch_size == size


@pytest.mark.parametrize(
    ("name", "shape"),
    [("classic", (4,)), ("dataset", (4, 1)), ("mapped", (4, 2)), ("endless", (10,))],
)
def test_labels_have_a_shape(ran: Run, name: str, shape: tuple[int, ...]) -> None:
    assert loader(ran, name).label_shape == shape


@pytest.mark.parametrize(
    ("name", "dtype", "maximum"),
    [("classic", "float32", 1.0), ("dataset", "float32", 255.0), ("channels", "uint8", 0.0)],
)
def test_pixels_have_type_and_range(ran: Run, name: str, dtype: str, maximum: float) -> None:
    assert loader(ran, name).dtype == dtype
    assert loader(ran, name).maximum == pytest.approx(maximum)


@pytest.mark.parametrize(
    ("name", "ways"),
    [("classic", {}), ("mapped", {}), ("sequence", {}), ("arrays", {}),
     ("noisy", None), ("endless", None), ("one_and_the_same", None)],
)  # fmt: skip
def test_what_never_changes_is_known_from_two_passes(
    ran: Run, name: str, ways: dict[str, float] | None
) -> None:
    assert loader(ran, name).augmentation == ways


def test_channels_first_is_recorded_as_it_is(ran: Run) -> None:
    assert loader(ran, "channels").batch_shape == (4, 3, 8, 8)


def test_classes_of_a_dataset_are_known_by_their_names(ran: Run) -> None:
    assert loader(ran, "dataset").classes == 2


def test_the_student_s_own_generator_is_not_used_up(ran: Run) -> None:
    place = next(n for n, cell in enumerate(cells()) if cell.source.startswith("left"))
    assert ran.notebook.cells[place].outputs[0].text == "2\n"


def test_a_loader_that_returns_nothing_says_so(ran: Run) -> None:
    assert loader(ran, "nothing").type == "NoneType"


def test_an_error_deep_inside_keras_names_the_student_s_line(ran: Run) -> None:
    found = error(ran, "failing")
    assert (found.cell, found.line, found.name) == ("failing", 2, "FileNotFoundError")


def test_a_layer_that_does_not_fit_names_its_line(ran: Run) -> None:
    found = error(ran, "misshapen")
    assert (found.cell, found.name) == ("misshapen", "ValueError")
    assert found.line in (4, 5)


def test_a_model_at_hand_when_a_function_failed_is_described(ran: Run) -> None:
    # The last model that was seen is the one that misshapen had begun.
    last = next(reversed(ran.evidence.models.values()))
    assert last.type == "Sequential"


def test_a_model_of_an_own_class_is_described_by_its_calls_where_its_training_failed(
    ran: Run,
) -> None:
    model = next(each for each in ran.evidence.models.values() if each.type == "Assigned")
    assert [layer.type for layer in model.layers] == ["Conv2D", "Flatten", "Dense"]
    assert model.input_shape == (None, 8, 8, 3)


def test_a_callback_that_raises_in_training_is_found_in_its_own_cell(ran: Run) -> None:
    found = error(ran, "train")
    assert (found.cell, found.function, found.line) == ("Callback", "on_epoch_end", 3)
    assert (found.name, found.message) == ("KeyError", "'accuracy'")


def fit_of(ran: Run, epochs: int | None, *, finished: bool) -> Fit:
    fits = ran.evidence.fits.values()
    return next(fit for fit in fits if (fit.epochs, fit.finished) == (epochs, finished))


def test_a_fit_that_a_callback_broke_is_kept_with_what_it_logged(ran: Run) -> None:
    broken = fit_of(ran, 2, finished=False)
    assert broken.error is not None
    assert "Callback" in broken.callbacks[0].names


def test_a_training_whose_data_is_missing_is_rehearsed(ran: Run) -> None:
    rehearsed = fit_of(ran, None, finished=False)
    compilation = ran.evidence.models[rehearsed.model].compilation
    assert compilation is not None
    assert compilation.loss == "binary_crossentropy"


def test_a_training_that_ended_well_has_its_result(ran: Run) -> None:
    found = result(ran)
    assert found.is_history
    assert found.fit == fit_of(ran, 2, finished=True).index


def test_what_reaches_the_first_convolution_is_measured_of_each_loader(ran: Run) -> None:
    told = {each.loader: each for each in ran.evidence.convolution_inputs.values()}
    assert told["dataset"].maximum > 100 * told["classic"].maximum > 0


def test_a_callback_is_tried(ran: Run) -> None:
    found = ran.evidence.find(Callback, "Callback")
    trials = found.trials if found else ()
    assert [trial.stopped for trial in trials if trial.logs == {"accuracy": 1.0, "loss": 0.25}] == [
        True
    ]
    errors = [trial.error.name for trial in trials if trial.error is not None]
    assert set(errors) == {"KeyError", "TypeError"}  # without an accuracy, and without logs
