"""Which arrays a saved model has is read of whatever a notebook has left."""

import io
import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from grader.training import saved as module
from grader.training.digested import digests
from grader.training.refusals import Refused
from grader.training.saved import LARGE, LINKED, NO_MODEL, NO_NUMBERS, saved

KERNEL = np.arange(12, dtype="f4").reshape(3, 4)
BIAS = np.zeros(4, dtype="f4")
OTHER = np.ones((3, 4), dtype="f4")
Fill = Callable[[Any], object]


def hdf5(path: Path, fill: Fill) -> Path:
    with h5py.File(path, "w") as file:
        fill(file)
    return path


def weights(file: Any) -> None:
    """Lay out weights as ``save_weights`` does."""
    file["layers/dense/vars/0"] = KERNEL
    file["layers/dense/vars/1"] = BIAS


def legacy(file: Any) -> None:
    """Lay out a model as ``save`` does in an ``.h5`` file."""
    file.attrs["model_config"] = "{}"
    file["model_weights/dense/sequential/dense/kernel"] = KERNEL
    file["model_weights/dense/sequential/dense/bias"] = BIAS
    file["optimizer_weights/adam/dense_kernel_momentum"] = OTHER


def zipped(path: Path, content: bytes, name: str = "model.weights.h5") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", "{}")
        archive.writestr(name, content)
    return path


def content(fill: Fill) -> bytes:
    held = io.BytesIO()
    with h5py.File(held, "w") as file:
        fill(file)
    return held.getvalue()


def refused(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        saved(path)
    return str(caught.value)


@pytest.mark.parametrize("fill", [weights, legacy])
def test_the_arrays_of_the_model_are_read(tmp_path: Path, fill: Fill) -> None:
    found = saved(hdf5(tmp_path / "saved", fill))
    assert sorted(found) == sorted(digests([KERNEL, BIAS]))


def test_those_of_an_archive_are_read(tmp_path: Path) -> None:
    found = saved(zipped(tmp_path / "saved", content(weights)))
    assert sorted(found) == sorted(digests([KERNEL, BIAS]))


def test_what_an_optimizer_keeps_is_none_of_them(tmp_path: Path) -> None:
    def fill(file: Any) -> None:
        weights(file)
        file["optimizer/vars/1"] = OTHER

    assert len(saved(hdf5(tmp_path / "saved", fill))) == 2


def test_the_state_of_a_random_generator_is_none_of_them(tmp_path: Path) -> None:
    def fill(file: Any) -> None:
        weights(file)
        file["layers/dropout/seed_generator/vars/0"] = np.array([1, 2], dtype="u4")

    assert len(saved(hdf5(tmp_path / "saved", fill))) == 2


def test_arrays_under_other_names_are_read_beside_wrong_ones(tmp_path: Path) -> None:
    def fill(file: Any) -> None:
        file["layers/dense/vars/0"] = OTHER
        file["kept/0"], file["kept/1"] = KERNEL, BIAS

    assert sorted(saved(hdf5(tmp_path / "saved", fill))) == sorted(digests([KERNEL, BIAS, OTHER]))


@pytest.mark.parametrize("other", [KERNEL.T, KERNEL + 1e-6, KERNEL.astype("f8"), -KERNEL])
def test_an_array_with_another_number_shape_or_type_is_another(other: Any) -> None:
    assert digests([other]) != digests([KERNEL])


def test_how_numbers_are_laid_out_makes_no_difference() -> None:
    assert digests([KERNEL.astype(">f4"), np.asfortranarray(KERNEL)]) == digests([KERNEL] * 2)


def soft(file: Any) -> None:
    file["layers/dense"] = h5py.SoftLink("/elsewhere")


def external(file: Any) -> None:
    file["layers/dense"] = h5py.ExternalLink("/etc/passwd", "/")


def external_storage(file: Any) -> None:
    file.create_dataset("layers/0", (4,), "u1", external=[("/etc/hostname", 0, 4)])


def virtual(file: Any) -> None:
    layout = h5py.VirtualLayout(shape=(4,), dtype="f4")
    layout[:] = h5py.VirtualSource("other.h5", "data", shape=(4,))
    file.create_virtual_dataset("layers/0", layout)


@pytest.mark.parametrize("fill", [soft, external, external_storage, virtual])
def test_no_link_to_anywhere_is_followed(tmp_path: Path, fill: Fill) -> None:
    assert refused(hdf5(tmp_path / "saved", fill)) == LINKED


def endless(file: Any) -> None:
    file.create_group("layers")["again"] = file["/"]


def deep(file: Any) -> None:
    file["/".join(["a"] * 60)] = BIAS


def many(file: Any) -> None:
    for number in range(module._MOST_OBJECTS + 1):
        file.create_group(f"layers/{number}")


@pytest.mark.parametrize("fill", [endless, deep, many])
def test_a_tree_without_end_is_not_walked(tmp_path: Path, fill: Fill) -> None:
    assert refused(hdf5(tmp_path / "saved", fill)) == NO_MODEL


def sparse(file: Any) -> None:
    file.create_dataset("layers/0", (2**31,), "f4", chunks=True, compression="gzip")


def repeated(file: Any) -> None:
    file.create_dataset("layers/0", (2**26,), "f4", chunks=True)
    for number in range(1, 9):
        file[f"layers/{number}"] = file["layers/0"]


@pytest.mark.parametrize("fill", [sparse, repeated])
def test_arrays_that_are_too_large_are_not_read(tmp_path: Path, fill: Fill) -> None:
    assert refused(hdf5(tmp_path / "saved", fill)) == LARGE


def pickled(file: Any) -> None:
    file["layers/0"] = np.void(pickle.dumps([1, 2]))


def text(file: Any) -> None:
    file["layers/0"] = "weights"


def references(file: Any) -> None:
    file["layers/0"] = np.array([file.ref], dtype=h5py.ref_dtype)


def nothing(file: Any) -> None:
    file["layers/0"] = h5py.Empty("f4")


@pytest.mark.parametrize("fill", [pickled, text, references, nothing])
def test_what_is_no_number_is_told_and_not_read(tmp_path: Path, fill: Fill) -> None:
    assert refused(hdf5(tmp_path / "saved", fill)) == NO_NUMBERS


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_was_cut_off_is_damaged(tmp_path: Path, share: float, packed: bool) -> None:  # noqa: FBT001
    path = tmp_path / "saved"
    if packed:
        zipped(path, content(weights))
    else:
        path.write_bytes(content(weights))
    os.truncate(path, int(path.stat().st_size * share))
    assert refused(path) == NO_MODEL


@pytest.mark.parametrize("found", [b"", b"PK", b"not a model", pickle.dumps({"weights": [1]})])
def test_what_is_no_model_is_told(tmp_path: Path, found: bytes) -> None:
    (tmp_path / "saved").write_bytes(found)
    assert refused(tmp_path / "saved") == NO_MODEL


def test_an_archive_without_weights_is_no_model(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path / "saved", content(weights), "weights.h5")) == NO_MODEL


def test_an_archive_is_unpacked_up_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 3 * module.MIB)
    path = zipped(tmp_path / "saved", bytes(50 * module.MIB))
    assert refused(path) == LARGE
    assert (tmp_path / "model.weights.h5").stat().st_size <= 3 * module.MIB
