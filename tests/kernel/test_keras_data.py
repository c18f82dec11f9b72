"""``keras.datasets`` without a network: Keras finds a split where it looks for it."""

import json
from pathlib import Path
from typing import Any

import cifar_files
import numpy as np
import pytest
import splitting

from grader.datasets import Arrays, Dataset, KerasData
from grader.images import Images
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.records import PlannedCell, Role

FASHION = """\
import keras
(x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
print(x.shape, y.tolist(), int(x_test.sum()))"""
# What Keras checks by a hash of its own cannot be made up; that it finds the file is enough.
MNIST = """\
import numpy as np
from keras.utils import get_file
with np.load(get_file("mnist.npz", origin="https://example.org/mnist.npz")) as file:
    print(file["x"].shape)"""
CIFAR = """\
import json
from keras.src.datasets.cifar import load_batch
folder = get_file("cifar-{kind}-target", origin="https://example.org/c.tar.gz", extract=True)
found = load_batch(f"{{folder}}/cifar-{kind}/{name}", "{labels}")
print(json.dumps([found[0].transpose(0, 2, 3, 1).tolist(), list(map(int, found[1]))]))"""
TEN = CIFAR.format(kind="10-batches-py", name="test_batch", labels="labels")
HUNDRED = CIFAR.format(kind="100-python", name="test", labels="fine_labels")
HDF5 = """\
import h5py
with h5py.File("data/holdout.h5") as file:
    print(file["x"].shape, file["y"][:].tolist())"""


@pytest.fixture(scope="module")
def run(kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> Run:
    made = tmp_path_factory.mktemp("made")
    dataset = Dataset(
        "several",
        "several",
        splits=(
            KerasData("fashion_mnist", splitting.fashion(made / "fashion", 3)),
            KerasData("mnist", splitting.npz(made / "mnist.npz", 4)),
            KerasData("cifar10", cifar_files.ten(made / "cifar-10-python.tar.gz")),
            KerasData("cifar100", cifar_files.hundred(made / "cifar-100-python.tar.gz")),
            Arrays("holdout", splitting.hdf5(made / "holdout.h5", 2), path="data/holdout.h5"),
        ),
    )
    images = Images.of(dataset, None)
    cells = [PlannedCell(text, Role.REQUIRED) for text in (FASHION, MNIST, HDF5, TEN, HUNDRED)]
    return kernels.run(Job(cells, {}, None, "several", 1, splits=images.splits))


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        (0, f"(3, 28, 28) [0, 1, 2] {7 * 28 * 28 * 3}\n"),
        (1, "(4, 8, 8, 3)\n"),
        (2, "(2, 8, 8, 3) [0, 1]\n"),
    ],
    ids=["fashion_mnist", "mnist", "HDF5"],
)
def test_a_notebook_loads_it(run: Run, cell: int, printed: str) -> None:
    assert said(run, cell) == [printed]


def said(run: Run, cell: int) -> list[Any]:
    outputs = run.notebook.cells[cell].outputs
    return [output.get("text") for output in outputs if output.get("name") == "stdout"]


@pytest.mark.parametrize(
    ("cell", "name", "written"),
    [(3, "cifar10", cifar_files.ten), (4, "cifar100", cifar_files.hundred)],
)
def test_the_pairs_of_an_archive_are_what_keras_unpickles(
    run: Run, tmp_path: Path, cell: int, name: str, written: Any
) -> None:
    images, labels = json.loads("".join(said(run, cell)))
    split = KerasData(name, written(tmp_path / f"{name}.tar.gz"))
    x, y = split.pairs(split.place)["test"]
    assert np.array_equal(x, images)
    assert y.reshape(-1).tolist() == labels
