"""Splits of each form: their digest, what is wrong with them, what they hold, and their copies."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pytest
import splitting
from PIL import Image

from grader.datasets import Arrays, ClassFolders, Dataset, ImageFolder, KerasData
from grader.datasets.comparing import record
from grader.datasets.integrity import pixels_digest
from grader.errors import DatasetError

NAMES = ("train", "validation", "unlabelled", "test", "holdout", "table", "fashion_mnist")
each = pytest.mark.parametrize("name", NAMES)
Damage = Callable[[Path], object]


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return splitting.every_form(tmp_path / "made")


@pytest.fixture
def known(dataset: Dataset) -> Dataset:
    """The same, with the records of all splits."""
    for split in dataset.splits:
        split.write_record(split.place)
    splits = (replace(split) for split in dataset.splits)
    return Dataset("colours", "colours", splitting.CLASSES, splits=tuple(splits))


@pytest.fixture
def by_pixels(dataset: Dataset) -> ClassFolders:
    """One of class folders, known by one digest of all pixels."""
    split = dataset.split("train")
    assert isinstance(split, ClassFolders)
    records = {name: record(split.place / name) for name in split.names(split.place)}
    return replace(split, record=None, pixels_digest=pixels_digest(records))


@each
def test_a_copy_has_the_digest_of_the_original(dataset: Dataset, name: str, tmp_path: Path) -> None:
    split = dataset.split(name)
    copy = tmp_path / "copy" / split.file_name
    split.copy(split.place, copy)
    assert split.digest(copy) == split.digest(split.place)


@each
def test_what_does_not_belong_to_it_is_not_copied(
    dataset: Dataset, name: str, tmp_path: Path
) -> None:
    split = dataset.split(name)
    if split.place.is_dir():
        (split.place / "notes.txt").write_text("mine")
    copy = tmp_path / "copy" / split.file_name
    split.copy(split.place, copy)
    assert not list((tmp_path / "copy").rglob("notes.txt"))


@pytest.mark.parametrize(
    ("name", "counts"),
    [("train", (6, 2)), ("validation", (4, 2)), ("unlabelled", (4, 0)), ("test", (5, 2)),
     ("holdout", (6, 2)), ("table", (7, 2))],
)  # fmt: skip
def test_samples_and_classes_are_counted(
    dataset: Dataset, name: str, counts: tuple[int, int]
) -> None:
    split = dataset.split(name)
    assert split.counts(split.place) == counts


@each
def test_what_was_recorded_has_no_problems(known: Dataset, name: str) -> None:
    split = known.split(name)
    assert (split.recorded, split.verify(split.place)) == (True, [])


def test_pictures_of_the_right_pixels_have_no_problems(by_pixels: ClassFolders) -> None:
    assert by_pixels.verify(by_pixels.place) == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda at: _paint(at / "red/0.png"), "the 6 images: expected pixels "),
        (lambda at: (at / "red/0.png").unlink(), "the 5 images: expected pixels "),
        (lambda at: (at / "green").mkdir(), "expected no other sub-folder, found green/"),
        (lambda at: (at / "red/0.png").write_bytes(b"x"), "found a damaged one (Unident"),
        (shutil.rmtree, "expected a folder with images of 2 classes, found none"),
    ],
    ids=["painted", "missing", "folder", "damaged", "nothing"],
)
def test_pictures_of_other_pixels_are_told(
    damage: Damage, told: str, by_pixels: ClassFolders
) -> None:
    damage(by_pixels.place)
    [problem] = by_pixels.verify(by_pixels.place)
    assert told in problem


@each
def test_a_record_that_is_not_written_yet_is_told(dataset: Dataset, name: str) -> None:
    split = dataset.split(name)
    [problem] = split.verify(split.place)
    assert problem.startswith(f"{split.record}: expected the record of colours/{name}, found")
    assert problem.endswith("write it with `grader data record colours`")


def _paint(path: Path) -> None:
    Image.new("RGB", (splitting.SIDE, splitting.SIDE), (1, 2, 3)).save(path)


def _arrays(path: Path, **changes: np.ndarray | None) -> None:
    made = {**splitting.items(5), **changes}
    np.savez(path, **{name: array for name, array in made.items() if array is not None})  # type: ignore[arg-type]


def _hdf5(path: Path) -> None:
    with h5py.File(path, "a") as file:
        file["y"][0] = 9


DAMAGES: list[tuple[str, Damage, str]] = [
    ("train", lambda at: (at / "red/0.png").unlink(), "red/0.png: expected an image, found no"),
    ("train", lambda at: _paint(at / "red/0.png"), "red/0.png: expected pixels "),
    ("train", lambda at: _paint(at / "red/x.png"), "red/x.png: expected no such file, found one"),
    ("train", lambda at: (at / "green").mkdir(), "green/: expected no such folder, found one"),
    ("validation", lambda at: (at / "blue/1.png").unlink(), "blue/1.png: expected an image"),
    ("unlabelled", lambda at: (at / "3.png").unlink(), "3.png: expected an image, found no file"),
    ("unlabelled", lambda at: _paint(at / "x.png"), "x.png: expected no such file, found one"),
    ("unlabelled", lambda at: _paint(at / "0.png"), "0.png: expected pixels "),
    ("test", lambda at: _arrays(at, x=None), "test.npz: x: expected an array, found none"),
    ("test", lambda at: _arrays(at, z=np.ones(3)), "test.npz: z: expected no such array, found"),
    ("test", lambda at: _arrays(at, x=np.ones((5, 2))),
     "test.npz: x: expected 5 x 8 x 8 x 3 of |u1, found 5 x 2 of <f8"),
    ("test", lambda at: _arrays(at, y=np.ones(5, np.int64)),
     "test.npz: y: expected other values in 5 of <i8"),
    ("test", lambda at: at.write_bytes(b"PK"), "test.npz: expected arrays, found a damaged file"),
    ("holdout", _hdf5, "holdout.h5: y: expected other values in 6 of <i8"),
    ("holdout", lambda at: at.write_bytes(b"no"), "holdout.h5: expected arrays, found a"),
    ("table", lambda at: at.write_text("width,y\n1\n"), "table.csv: expected 2 values in each"),
    ("table", lambda at: at.write_text("width,z\n1,red\n"), "table.csv: expected labels in y"),
    ("table", lambda at: at.write_text("y,y\n1,red\n"), "table.csv: expected columns of different"),
    ("table", lambda at: at.write_text(""), "table.csv: expected arrays, found a damaged file"),
    ("table", lambda at: at.write_bytes(b"y\n\xff\n"), "table.csv: expected arrays, found a"),
    ("fashion_mnist", lambda at: (at / "train-labels-idx1-ubyte.gz").write_bytes(b""),
     "train-labels-idx1-ubyte.gz: expected the bytes that were recorded"),
    ("fashion_mnist", lambda at: (at / "train-labels-idx1-ubyte.gz").unlink(),
     "expected a file train-labels-idx1-ubyte.gz, found none"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "damage", "expected"), DAMAGES)
def test_what_is_wrong_is_told_by_its_name(
    known: Dataset, name: str, damage: Damage, expected: str
) -> None:
    split = known.split(name)
    damage(split.place)
    [problem] = split.verify(split.place)
    assert problem.startswith(expected)


@pytest.mark.parametrize(("name", "damage"), [(name, damage) for name, damage, _ in DAMAGES[:2]])
def test_a_change_of_the_content_changes_the_digest(
    dataset: Dataset, name: str, damage: Damage
) -> None:
    split = dataset.split(name)
    before = split.digest(split.place)
    damage(split.place)
    assert split.digest(split.place) != before


def test_arrays_have_one_digest_however_they_are_compressed(tmp_path: Path) -> None:
    plain, packed = splitting.npz(tmp_path / "plain.npz", 5), tmp_path / "packed.npz"
    np.savez_compressed(packed, **splitting.items(5))  # type: ignore[arg-type]
    split = Arrays("test", plain)
    assert plain.read_bytes() != packed.read_bytes()
    assert split.digest(plain) == split.digest(packed)


def test_arrays_have_one_digest_in_whichever_format_they_are(tmp_path: Path) -> None:
    one, other = splitting.npz(tmp_path / "a.npz", 5), splitting.hdf5(tmp_path / "a.h5", 5)
    split = Arrays("test", one)
    assert split.digest(one) == split.digest(other)


def test_pictures_of_any_size_are_counted_by_their_class_in_hdf5(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "pictures.h5", "w") as file:
        for label, side in (("red", 3), ("red", 5), ("blue", 4)):
            file[f"{label}/{side}"] = np.zeros((side, side, 3), np.uint8)
    split = Arrays("test", tmp_path / "pictures.h5", classes=("red", "blue"))
    assert split.counts(split.place) == (3, 2)


def test_a_pickle_is_not_loaded(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.array([{}], dtype=object), allow_pickle=True)
    [obstacle] = Arrays("test", tmp_path / "x.npy").obstacles(tmp_path / "x.npy")
    assert "allow_pickle=False" in obstacle


@pytest.mark.parametrize(
    ("name", "damage", "expected"),
    [
        ("validation", shutil.rmtree, "expected a folder, found none"),
        ("validation", lambda at: shutil.rmtree(at / "red"), "expected a sub-folder red/"),
        ("unlabelled", shutil.rmtree, "expected a folder, found none"),
        ("unlabelled", lambda at: (at / "0.png").write_text("x"), "readable image in 0.png"),
        ("test", Path.unlink, "expected a file, found none"),
        ("fashion_mnist", shutil.rmtree, "expected a file t10k-images-idx3-ubyte.gz, found none"),
    ],
)
def test_what_cannot_be_graded_on_is_refused(
    dataset: Dataset, name: str, damage: Damage, expected: str
) -> None:
    split = dataset.split(name)
    damage(split.place)
    with pytest.raises(DatasetError) as caught:
        split.check_usable(split.place)
    assert expected in str(caught.value)
    assert str(split.place) in str(caught.value)


def test_an_undivided_dataset_is_one_split_of_class_folders(tmp_path: Path) -> None:
    place = splitting.class_folders(tmp_path / "images", 2)
    dataset = Dataset("colours", "colours", splitting.CLASSES, place)
    [split] = dataset.all_splits
    assert (split.id, split.counts(place), split.labelled) == ("colours", (4, 2), True)


def test_models_are_trained_on_the_first_split_of_class_folders(dataset: Dataset) -> None:
    other = (dataset.split("test"), dataset.split("validation"), dataset.split("train"))
    named = Dataset("colours", "colours", splitting.CLASSES, splits=other).trained_on
    assert named is not None
    assert named.name == "validation"


HERE = Path("here")


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        (ClassFolders("train", HERE / "t"), "data/colours/train"),
        (ClassFolders("train", HERE / "t", path="../data/images/train"), "data/images/train"),
        (ClassFolders("train", HERE / "t", path="data/train"), "notebooks/data/train"),
        (ClassFolders("train", HERE / "t", path="./train/"), "notebooks/train"),
        (ImageFolder("test", HERE / "t"), "data/colours/test"),
        (Arrays("test", HERE / "t.h5"), "data/colours/t.h5"),
        (Arrays("test", HERE / "t.csv", path="t.csv"), "notebooks/t.csv"),
        (KerasData("mnist", HERE / "m.npz"), "home/.keras/datasets/mnist.npz"),
        (KerasData("cifar10", HERE / "c.tar.gz"),
         "home/.keras/datasets/cifar-10-batches-py-target_archive"),
    ],
)  # fmt: skip
def test_a_notebook_finds_a_split_where_its_path_says(split: ClassFolders, expected: str) -> None:
    [known] = Dataset("colours", "colours", splitting.CLASSES, splits=(split,)).splits
    assert known.in_run == expected
