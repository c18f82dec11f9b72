"""``keras.datasets`` without a network: Keras finds a split where it looks for it."""

import io
import tarfile
from pathlib import Path

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
from keras.utils import get_file
from pathlib import Path
folder = get_file("cifar-10-batches-py-target", origin="https://example.org/c.tar.gz", extract=True)
print(Path(folder, "cifar-10-batches-py", "batches.meta").read_text())"""
HDF5 = """\
import h5py
with h5py.File("data/holdout.h5") as file:
    print(file["x"].shape, file["y"][:].tolist())"""


def cifar(path: Path) -> Path:
    """Pack one file as the archive that Keras downloads has it."""
    with tarfile.open(path, "w:gz") as file:
        member = tarfile.TarInfo("cifar-10-batches-py/batches.meta")
        member.size = 4
        file.addfile(member, io.BytesIO(b"meta"))
    return path


@pytest.fixture(scope="module")
def run(kernels: Kernels, tmp_path_factory: pytest.TempPathFactory) -> Run:
    made = tmp_path_factory.mktemp("made")
    dataset = Dataset(
        "several",
        "several",
        splits=(
            KerasData("fashion_mnist", splitting.fashion(made / "fashion", 3)),
            KerasData("mnist", splitting.npz(made / "mnist.npz", 4)),
            KerasData("cifar10", cifar(made / "cifar-10-python.tar.gz")),
            Arrays("holdout", splitting.hdf5(made / "holdout.h5", 2), path="data/holdout.h5"),
        ),
    )
    images = Images.of(dataset, None)
    cells = [PlannedCell(text, Role.REQUIRED) for text in (FASHION, MNIST, CIFAR, HDF5)]
    return kernels.run(Job(cells, {}, None, "several", 1, splits=images.splits))


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        (0, f"(3, 28, 28) [0, 1, 2] {7 * 28 * 28 * 3}\n"),
        (1, "(4, 8, 8, 3)\n"),
        (2, "meta\n"),
        (3, "(2, 8, 8, 3) [0, 1]\n"),
    ],
    ids=["fashion_mnist", "mnist", "cifar10", "HDF5"],
)
def test_a_notebook_loads_it(run: Run, cell: int, printed: str) -> None:
    outputs = run.notebook.cells[cell].outputs
    assert [output.get("text") for output in outputs if output.get("name") == "stdout"] == [printed]
