"""Samples and labels among the arrays of a split, as ``fit`` may be given them."""

import pickle
from pathlib import Path
from typing import Any

import cifar_files
import numpy as np
import pytest
import splitting

from grader.datasets import Arrays, Dataset, KerasData, pairs
from grader.images import Images

X, Y = np.zeros((6, 4, 4), "uint8"), np.arange(6) % 3
CLASSES: dict[str, tuple[Any, int]] = {
    "in_a_row": (Y, 3),
    "in_a_column": (Y.reshape(-1, 1), 3),
    "one_hot": (np.eye(5)[Y], 5),
    "as_real_numbers": (Y.astype("float32"), 3),
    "from_one_on": (Y + 1, 4),
    "true_and_false": (Y > 0, 2),
    "fractions": (Y + 0.5, 0),
    "negative": (Y - 1, 0),
    "several_of_each": (np.stack([Y, Y], axis=1), 0),
    "texts": (Y.astype(str), 0),
    "of_others": (Y[:5], 0),
    "far_too_many": (Y * 1000, 0),
}


def npz(path: Path, **arrays: Any) -> Path:
    np.savez(path, **arrays)
    return path


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_counted_by_the_labels(name: str) -> None:
    labels, classes = CLASSES[name]
    assert pairs.classes_of((X, labels)) == classes


FOUND: dict[str, tuple[dict[str, Any], str, set[str]]] = {
    "parts": ({"x_train": X, "y_train": Y, "x_test": X, "y_test": Y}, "", {"train", "test"}),
    "a_part_without_labels": ({"x_train": X, "y_train": Y, "x_test": X}, "", {"train"}),
    "labels_and_one_other": ({"images": X, "kinds": Y}, "kinds", {""}),
    "one_other_as_long": ({"images": X, "kinds": Y, "names": np.zeros(3)}, "kinds", {""}),
    "several_others": ({"images": X, "more": X, "kinds": Y}, "kinds", set()),
    "no_labels": ({"images": X, "kinds": Y}, "", set()),
    "labels_that_are_one_number": ({"images": X, "kinds": np.array(3)}, "kinds", set()),
    "a_part_that_is_a_path": ({"x_../up": X, "y_../up": Y}, "", set()),
}


@pytest.mark.parametrize("name", FOUND)
def test_pairs_are_found_by_the_names_of_arrays(name: str) -> None:
    arrays, labels, parts = FOUND[name]
    assert {*pairs.of_arrays(arrays, labels)} == parts


def test_samples_of_a_pair_go_with_the_labels_of_the_same_part() -> None:
    found = pairs.of_arrays({"x_a": X, "x_b": X[:3], "y_a": Y, "y_b": Y[:3]})
    assert [len(x) == len(y) for x, y in found.values()] == [True, True]


def test_each_form_of_a_file_has_the_same_pair(tmp_path: Path) -> None:
    one = Arrays("one", splitting.npz(tmp_path / "one.npz", 6), labels="y")
    other = Arrays("other", splitting.hdf5(tmp_path / "other.h5", 6), labels="y")
    (x, y), (same_x, same_y) = one.pairs(one.place)[""], other.pairs(other.place)[""]
    assert np.array_equal(x, same_x)
    assert np.array_equal(y, same_y)


def test_images_of_keras_are_bytes_in_parts(tmp_path: Path) -> None:
    split = KerasData("fashion_mnist", splitting.fashion(tmp_path / "fashion", 6))
    found = split.pairs(split.place)
    shapes = {part: (x.shape, x.dtype.name, y.tolist()) for part, (x, y) in found.items()}
    assert shapes == dict.fromkeys(("train", "test"), ((6, 28, 28), "uint8", [*range(6)]))


@pytest.mark.parametrize(
    ("name", "written", "counts", "dtype"),
    [
        ("cifar10", cifar_files.ten, {"train": 10, "test": 3}, "uint8"),
        ("cifar100", cifar_files.hundred, {"train": 4, "test": 2}, "int64"),
    ],
)
def test_images_in_colour_of_keras_are_bytes_in_parts(
    tmp_path: Path, name: str, written: Any, counts: dict[str, int], dtype: str
) -> None:
    split = KerasData(name, written(tmp_path / f"{name}.tar.gz"))
    found = split.pairs(split.place)
    assert {part: (x.shape, x.dtype.name) for part, (x, _) in found.items()} == {
        part: ((count, 32, 32, 3), "uint8") for part, count in counts.items()
    }
    assert {part: (y.shape, y.dtype.name) for part, (_, y) in found.items()} == {
        part: ((count, 1), dtype) for part, count in counts.items()
    }


def test_images_in_colour_go_with_the_labels_of_their_file(tmp_path: Path) -> None:
    split = KerasData("cifar10", cifar_files.ten(tmp_path / "c.tar.gz"))
    x, y = split.pairs(split.place)["train"]
    third = np.frombuffer(cifar_files.images("data_batch_2", 2), np.uint8).reshape(2, 3, 32, 32)
    assert np.array_equal(x[2], third[0].transpose(1, 2, 0))
    assert y[2:4].reshape(-1).tolist() == cifar_files.labels("data_batch_2", 2)


class Runs:
    """Writes a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return self.path.touch, ()


def test_an_archive_is_not_unpickled(tmp_path: Path) -> None:
    files = {name: pickle.dumps(Runs(tmp_path / "ran")) for name in cifar_files.HUNDRED}
    path = cifar_files.archive(tmp_path / "c.tar.gz", "cifar-100-python", files)
    assert KerasData("cifar100", path).pairs(path) == {}
    assert not (tmp_path / "ran").exists()


SHORT = {"data": bytes(3), "labels": [1, 2]}
DAMAGED: dict[str, Any] = {
    "nothing": lambda path: path.write_bytes(b""),
    "no archive": lambda path: path.write_bytes(b"nothing"),
    "cut short": lambda path: path.write_bytes(cifar_files.ten(path).read_bytes()[:500]),
    "without its files": lambda path: cifar_files.archive(path, "cifar-10-batches-py", {}),
    "of other files": lambda path: cifar_files.archive(
        path, "cifar-10-batches-py", dict.fromkeys(cifar_files.TEN, b"nothing")
    ),
    "with too few images": lambda path: cifar_files.archive(
        path,
        "cifar-10-batches-py",
        dict.fromkeys(cifar_files.TEN, cifar_files.pickled(SHORT)),
    ),
}


@pytest.mark.parametrize("how", DAMAGED)
def test_what_is_no_such_archive_has_no_pairs(tmp_path: Path, how: str) -> None:
    DAMAGED[how](tmp_path / "c.tar.gz")
    assert KerasData("cifar10", tmp_path / "c.tar.gz").pairs(tmp_path / "c.tar.gz") == {}


def test_other_data_of_keras_has_no_pairs(tmp_path: Path) -> None:
    split = KerasData("imdb", npz(tmp_path / "imdb.npz", x=X, y=Y))
    assert split.pairs(split.place) == {}


@pytest.fixture
def images(tmp_path: Path) -> Images:
    both = npz(tmp_path / "both.npz", x_train=X[:, ::-1], y_train=Y, x_test=X[:3], y_test=Y[:3])
    one = npz(tmp_path / "one.npz", x=X.astype(">i4"), y=Y)
    splits = (Arrays("both", both), Arrays("one", one, labels="y"))
    return Images.of(Dataset("kinds", "kinds", splits=splits), None)


def test_the_graders_copy_has_a_folder_for_each_pair(images: Images) -> None:
    files = {name: sorted(at.name for at in each.iterdir()) for name, each in images.arrays.items()}
    assert files == {key: ["x.npy", "y.npy"] for key in ("both/train", "both/test", "one")}


def test_it_knows_how_many_samples_and_classes_each_has(images: Images) -> None:
    assert images.array_counts == {"both/train": (6, 3), "both/test": (3, 3), "one": (6, 3)}


def test_arrays_are_written_in_the_machines_own_order(images: Images) -> None:
    written = np.load(images.arrays["one"] / "x.npy", mmap_mode="r", allow_pickle=False)
    assert written.dtype.isnative


def test_arrays_are_written_in_the_order_of_their_axes(images: Images) -> None:
    written = np.load(images.arrays["both/train"] / "x.npy", mmap_mode="r", allow_pickle=False)
    assert written.flags.c_contiguous
