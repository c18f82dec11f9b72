"""Drawn samples in the place of a file's: right loaders show them, however they write it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from PIL import Image
from splitting import fashion, flat

from grader.datasets import Arrays, ImageFolder, KerasData, Split
from grader.evidence import Loader, ShownImage
from grader.inspection.shown import shown as shown_of
from grader.kinds.challenge import OtherImagesError, OtherSamplesError, SplitCopy
from grader.kinds.loader.fixture import DrawnImages, drawn_images
from grader.processes.folders import own_folder

Load = Callable[[Path], tuple[Any, Any]]
COUNT, SIDE, CLASSES = 60, 12, 3


def digits(channels: int = 1) -> dict[str, np.ndarray]:
    """Make images of three classes, no two alike, and their labels."""
    generator = np.random.default_rng(5)
    shape = (COUNT, SIDE, SIDE, channels)[: 3 if channels == 1 else 4]
    labels = np.arange(COUNT) % CLASSES
    return {"x": generator.integers(0, 256, shape, np.uint8), "y": labels}


class Tried:
    """A split in a run, and loaders that are tried with it."""

    def __init__(self, split: Split, copy: Path, drawn: DrawnImages) -> None:
        self._split, self._copy, self._drawn = split, copy, drawn

    def load(self, load: Load) -> tuple[Any, Any]:
        """Call a loader while drawn samples lie there."""
        with self._drawn.shown():
            return load(self._copy)

    def shows(self, load: Load) -> bool:
        """Whether a loader is taken for one that shows what lies there."""
        images, labels = self.load(load)
        return self.believed(seen(np.asarray(images), labels))

    def believed(self, record: Loader) -> bool:
        """Whether what was observed is taken for what lies there."""
        try:
            self._drawn.compare(record, self._split.name)
        except OtherImagesError:
            return False
        return True


def seen(images: Any, labels: Any) -> Loader:
    """Return what is observed of a batch."""
    told = None if labels is None else np.asarray(labels)
    shown = tuple(ShownImage.model_validate(each) for each in shown_of(images, told))
    told_of = {"images": len(shown), "batch_shape": images.shape, "shown": shown}
    return Loader.model_validate({"kind": "loader", "name": "load", "type": "any", **told_of})


def tried(split: Split, folder: Path) -> Iterator[Tried]:
    copy = folder / "run" / split.place.name
    split.copy(split.place, copy)
    place = SplitCopy(split.name, split.place, copy, split.labelled, split.redraw)
    with drawn_images(None, [], [place], own_folder) as drawn:
        yield Tried(split, copy, drawn)


def npz(path: Path, **arrays: np.ndarray) -> Path:
    np.savez(path, **arrays)  # type: ignore[arg-type]
    return path


@pytest.fixture
def grey(tmp_path: Path) -> Iterator[Tried]:
    yield from tried(Arrays("test", npz(tmp_path / "t.npz", **digits()), labels="y"), tmp_path)


@pytest.fixture
def coloured(tmp_path: Path) -> Iterator[Tried]:
    yield from tried(Arrays("test", npz(tmp_path / "t.npz", **digits(3)), labels="y"), tmp_path)


def read(path: Path) -> tuple[Any, Any]:
    with np.load(path) as file:
        return file["x"], file["y"]


def changed(change: Callable[[Any], Any], labels: Callable[[Any], Any] = lambda y: y) -> Load:
    def load(path: Path) -> tuple[Any, Any]:
        x, y = read(path)
        return change(x), labels(y)

    return load


def turned(path: Path) -> tuple[Any, Any]:
    """Put samples into another order."""
    x, y = read(path)
    order = np.random.default_rng(1).permutation(len(x))
    return x[order], y[order]


def resized(x: Any, side: int) -> Any:
    images = [Image.fromarray(each).resize((side, side), Image.Resampling.BILINEAR) for each in x]
    return np.stack([np.asarray(each) for each in images])


RIGHT: Mapping[str, Load] = {
    "as they are": read,
    "scaled": changed(lambda x: x / 255),
    "scaled to -1 and 1": changed(lambda x: x / 127.5 - 1),
    "cast": changed(lambda x: x.astype("float16")),
    "inverted": changed(lambda x: 255 - x),
    "standardised": changed(lambda x: (x - x.mean()) / x.std()),
    "standardised one by one": changed(
        lambda x: (x - x.mean((1, 2), keepdims=True)) / x.std((1, 2), keepdims=True)
    ),
    "with an axis added": changed(lambda x: x[..., None]),
    "flattened": changed(lambda x: x.reshape(len(x), -1)),
    "transposed": changed(lambda x: x.transpose(0, 2, 1)),
    "flipped": changed(lambda x: x[:, :, ::-1]),
    "in three channels": changed(lambda x: np.repeat(x[..., None], 3, axis=-1)),
    "channels first": changed(lambda x: x[:, None]),
    "padded": changed(lambda x: np.pad(x, ((0, 0), (1, 1), (1, 1)))),
    "larger": changed(partial(resized, side=20)),
    "smaller": changed(partial(resized, side=10)),
    "in another order": turned,
    "a batch": changed(lambda x: x[:8], lambda y: y[:8]),
    "one at a time": changed(lambda x: x[0], lambda y: y[0]),
    "one-hot": changed(lambda x: x, lambda y: np.eye(CLASSES)[y]),
    "labels in a column": changed(lambda x: x, lambda y: y.reshape(-1, 1)),
    "labels as numbers": changed(lambda x: x, lambda y: y.astype("float32")),
    "without labels": changed(lambda x: x[:9], lambda _: None),
}
NOISE = np.random.default_rng(7).integers(0, 256, (COUNT, SIDE, SIDE), np.uint8)
OWN = digits()
MADE_UP: Mapping[str, Load] = {
    "zeros": lambda _: (np.zeros((COUNT, SIDE, SIDE)), OWN["y"]),
    "zeros without labels": lambda _: (np.zeros((COUNT, SIDE, SIDE)), None),
    "noise": lambda _: (NOISE, OWN["y"]),
    "noise in colours": lambda _: (np.repeat(NOISE[..., None], 3, -1), OWN["y"]),
    "noise of zeros and ones": lambda _: (NOISE % 2, OWN["y"]),
    "a ramp": lambda _: (np.broadcast_to(np.arange(SIDE), (COUNT, SIDE, SIDE)), OWN["y"]),
    "rows alone": lambda _: (np.ones((COUNT, SIDE * SIDE)), OWN["y"]),
    "kept from earlier": lambda _: (OWN["x"], OWN["y"]),
    "labels made up": changed(lambda x: x, lambda y: np.arange(len(y)) % CLASSES),
    "labels of another order": changed(lambda x: x, lambda y: np.roll(y, 1)),
}  # fmt: skip


@pytest.mark.parametrize("load", RIGHT.values(), ids=RIGHT)
def test_right_loaders_of_grey_images_show_what_lies_there(grey: Tried, load: Load) -> None:
    assert grey.shows(load)


@pytest.mark.parametrize("load", MADE_UP.values(), ids=MADE_UP)
def test_made_up_samples_are_not_what_lies_there(grey: Tried, load: Load) -> None:
    assert not grey.shows(load)


IN_COLOURS: Mapping[str, Load] = {
    "as they are": read,
    "grey": changed(lambda x: x @ np.array([0.3, 0.59, 0.11])),
    "blue first": changed(lambda x: x[..., ::-1]),
    "less the mean of each channel": changed(lambda x: x - np.array([103.9, 116.8, 123.7])),
    "channel by channel": changed(lambda x: (x / 255 - [0.48, 0.45, 0.4]) / [0.2, 0.3, 0.4]),
    "a square": changed(lambda x: x[:, 1:-1, 1:-1]),
}


@pytest.mark.parametrize("load", IN_COLOURS.values(), ids=IN_COLOURS)
def test_right_loaders_of_images_in_colours_show_what_lies_there(
    coloured: Tried, load: Load
) -> None:
    assert coloured.shows(load)


def test_samples_have_the_shapes_types_and_range_of_their_own(grey: Tried) -> None:
    x, y = grey.load(read)
    assert (x.shape, x.dtype, x.min(), x.max()) == (OWN["x"].shape, np.uint8, 0, 255)
    assert (y.dtype, np.bincount(y).tolist()) == (OWN["y"].dtype, np.bincount(OWN["y"]).tolist())


def test_the_file_is_as_it_was_afterwards(grey: Tried) -> None:
    grey.load(read)
    assert (read(grey._copy)[0] == OWN["x"]).all()


def test_what_was_never_shown_is_no_reason_for_doubt(grey: Tried) -> None:
    assert grey.believed(seen(NOISE, OWN["y"]))


def test_who_says_nothing_of_its_images_is_not_believed(grey: Tried) -> None:
    grey.load(read)
    assert not grey.believed(Loader(kind="loader", name="load", type="any", images=COUNT))


def test_a_few_of_its_images_are_not_enough(grey: Tried) -> None:
    few = seen(*(each[:4] for each in grey.load(read)))
    assert not grey.believed(few.model_copy(update={"images": COUNT}))


def test_a_loader_of_a_file_is_told_of_its_file(grey: Tried) -> None:
    images, labels = grey.load(MADE_UP["zeros"])
    with pytest.raises(OtherSamplesError):
        grey._drawn.compare(seen(images, labels), "test")


def hdf5(path: Path, **arrays: Any) -> Path:
    with h5py.File(path, "w") as file:
        for name, array in arrays.items():
            file.create_dataset(name, data=array, compression="gzip")
        file.attrs["of"] = "the author"
    return path


def read_hdf5(path: Path) -> tuple[Any, Any]:
    with h5py.File(path) as file:
        assert file.attrs["of"] == "the author"
        return file["x"][:], file["y"].asstr()[:] == "b"


def grouped(path: Path) -> Path:
    with h5py.File(path, "w") as file:
        for number, image in enumerate(digits(3)["x"]):
            file[f"{'abc'[number % CLASSES]}/{number}"] = image
    return path


def read_groups(path: Path) -> tuple[Any, Any]:
    with h5py.File(path) as file:
        pairs = [(file[f"{label}/{name}"][:], "abc".index(label))
                 for label in "abc" for name in file[label]]  # fmt: skip
    return np.stack([image for image, _ in pairs]), [label for _, label in pairs]


def table(path: Path) -> Path:
    x, y = digits().values()
    names = ",".join(["id", "label", *(f"pixel{n}" for n in range(SIDE * SIDE))])
    lines = [",".join(map(str, (n, y[n], *x[n].flat))) for n in range(COUNT)]
    path.write_text("\n".join([names, *lines]) + "\n", "utf-8")
    return path


def read_table(path: Path) -> tuple[Any, Any]:
    lines = np.loadtxt(path, delimiter=",", skiprows=1)
    assert lines[:, 0].tolist() == list(range(COUNT))
    return lines[:, 2:].reshape(-1, SIDE, SIDE) / 255, lines[:, 1]


def numpy(path: Path) -> Path:
    np.save(path, digits()["x"] / np.float32(255))
    return path


def read_flat(path: Path) -> tuple[Any, Any]:
    names = sorted(path.iterdir())
    return np.stack([np.asarray(Image.open(each)) for each in names]), None


def read_fashion(path: Path) -> tuple[Any, Any]:
    import gzip

    labels = np.frombuffer(gzip.decompress((path / "t10k-labels-idx1-ubyte.gz").read_bytes())[8:],
                           np.uint8)  # fmt: skip
    found = gzip.decompress((path / "t10k-images-idx3-ubyte.gz").read_bytes())[16:]
    return np.frombuffer(found, np.uint8).reshape(len(labels), 28, 28), labels


def mnist() -> dict[str, np.ndarray]:
    return {f"{name}_{of}": array for of in ("train", "test") for name, array in digits().items()}


def read_mnist(path: Path) -> tuple[Any, Any]:
    with np.load(path) as file:
        return file["x_test"], file["y_test"]


Made = Callable[[Path], Split]
TEXTS = np.array(["a", "b"] * (COUNT // 2), dtype=object)
FORMS: Mapping[str, tuple[Made, Load]] = {
    "HDF5": (lambda at: Arrays("s", hdf5(at / "t.h5", x=digits()["x"], y=TEXTS), labels="y"),
             read_hdf5),
    "HDF5 with a group for each class": (
        lambda at: Arrays("s", grouped(at / "t.h5"), classes=("a", "b", "c")), read_groups),
    "CSV": (lambda at: Arrays("s", table(at / "t.csv"), labels="label"), read_table),
    "NumPy": (lambda at: Arrays("s", numpy(at / "t.npy")), lambda path: (np.load(path), None)),
    "whole numbers of a narrow range": (
        lambda at: Arrays("s", npz(at / "t.npz", **(digits() | {"x": digits()["x"] // 16})),
                          labels="y"), read),
    "one-hot labels": (
        lambda at: Arrays("s", npz(at / "t.npz", x=digits()["x"], y=np.eye(3)[digits()["y"]]),
                          labels="y"), read),
    "labels that nobody named": (
        lambda at: Arrays("s", npz(at / "t.npz", x=digits()["x"], y=np.eye(3)[digits()["y"]])),
        read),
    "images in a folder": (lambda at: ImageFolder("s", flat(at / "flat", COUNT)), read_flat),
    "mnist": (lambda at: KerasData("mnist", npz(at / "m.npz", **mnist())), read_mnist),
    "fashion_mnist": (lambda at: KerasData("fashion_mnist", fashion(at / "f", 9)), read_fashion),
}  # fmt: skip


@pytest.mark.parametrize(("make", "load"), FORMS.values(), ids=FORMS)
def test_a_right_loader_of_each_form_shows_what_lies_there(
    tmp_path: Path, make: Made, load: Load
) -> None:
    for made in tried(make(tmp_path), tmp_path):
        assert made.shows(load)


@pytest.mark.parametrize(("make", "load"), FORMS.values(), ids=FORMS)
def test_what_a_loader_of_each_form_keeps_from_earlier_is_not_what_lies_there(
    tmp_path: Path, make: Made, load: Load
) -> None:
    for made in tried(make(tmp_path), tmp_path):
        kept = load(made._copy)
        made.load(load)
        assert not made.believed(seen(np.asarray(kept[0]), kept[1]))


UNDRAWN: Mapping[str, Made] = {
    "truth values": lambda at: Arrays("s", npz(at / "t.npz", x=np.eye(9, dtype=bool))),
    "zeros and ones": lambda at: Arrays("s", npz(at / "t.npz", x=np.eye(9, 9, 1, np.uint8))),
    "few values": lambda at: Arrays("s", npz(at / "t.npz", x=np.random.rand(9, 4))),  # noqa: NPY002
    "one value": lambda at: Arrays("s", npz(at / "t.npz", x=np.ones((9, 8, 8)))),
    "what Keras unpacks": lambda at: KerasData("cifar10", npz(at / "c.npz", **digits())),
    "what is not as Keras has it": lambda at: KerasData("mnist", npz(at / "m.npz", **digits())),
}


@pytest.mark.parametrize("make", UNDRAWN.values(), ids=UNDRAWN)
def test_where_no_level_can_be_drawn_a_loader_is_looked_at_as_it_is(
    tmp_path: Path, make: Made
) -> None:
    for made in tried(make(tmp_path), tmp_path):
        assert made.shows(lambda _: (NOISE, OWN["y"]))


def test_a_file_that_is_too_large_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.datasets.redrawing.MOST_BYTES", 1_000)
    split = Arrays("test", npz(tmp_path / "t.npz", **digits()), labels="y")
    assert split.redraw(split.place, tmp_path / "drawn.npz") is None
