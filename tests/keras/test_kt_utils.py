"""What lies beside the notebook of the Happy House reads the course's files, or says why not."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import h5py
import matplotlib.pyplot as plt
import numpy as np
import pytest
from happy_house.submission import ROOT

SAMPLES = {"train": 6, "test": 4}


@pytest.fixture(scope="module")
def kt_utils() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kt_utils", ROOT / "notebooks" / "kt_utils.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a notebook's folder."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def arrays(split: str) -> dict[str, np.ndarray]:
    count = SAMPLES[split]
    pictures = np.random.default_rng(count).integers(0, 256, (count, 64, 64, 3), np.uint8)
    labels = np.arange(count, dtype=np.int64) % 2
    return {f"{split}_set_x": pictures, f"{split}_set_y": labels, "list_classes": np.arange(2)}


def write(folder: Path, changes: dict[str, Any] | None = None, **options: Any) -> Path:
    """Write both files; of ``test_happy.h5``, some arrays changed or left out (None)."""
    folder.mkdir(parents=True, exist_ok=True)
    for split in SAMPLES:
        found = arrays(split) | ((changes or {}) if split == "test" else {})
        with h5py.File(folder / f"{split}_happy.h5", "w") as file:
            for name, array in found.items():
                if array is not None:
                    file.create_dataset(name, data=array, **(options if array.ndim > 1 else {}))
    return folder


@pytest.mark.parametrize("place", ["../data/happy_house", "datasets"])
@pytest.mark.parametrize("options", [{}, {"compression": "gzip", "shuffle": True}])
def test_files_are_read_where_the_kit_and_where_the_course_keep_them(
    kt_utils: ModuleType, beside: Path, place: str, options: dict[str, Any]
) -> None:
    write(beside / place, **options)
    x, y, x_test, y_test, classes = kt_utils.load_dataset()
    assert (x.shape, y.shape) == ((6, 64, 64, 3), (1, 6))
    assert (x_test.shape, y_test.shape) == ((4, 64, 64, 3), (1, 4))
    assert (x.dtype.name, y.dtype.name, classes.tolist()) == ("uint8", "int64", [0, 1])


def test_it_says_which_files_it_read(
    kt_utils: ModuleType, beside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(beside / "datasets")
    kt_utils.load_dataset()
    assert "datasets/train_happy.h5 and datasets/test_happy.h5" in capsys.readouterr().out


X, Y = "test_set_x", "test_set_y"
DAMAGED: dict[str, tuple[dict[str, Any], str]] = {
    "no pictures": ({X: None}, f"expected an array {X}, found list_classes, {Y}"),
    "no labels": ({Y: None}, f"expected an array {Y}"),
    "no classes": ({"list_classes": None}, "expected an array list_classes"),
    "numbers with a point": ({X: arrays("test")[X] / 255}, "found float64 of shape (4, 64, 64, 3)"),
    "whole numbers of another size": ({X: arrays("test")[X].astype("int32")}, "found int32"),
    "no colours": ({X: arrays("test")[X][..., 0]}, "found uint8 of shape (4, 64, 64)"),
    "one channel": ({X: arrays("test")[X][..., :1]}, "found uint8 of shape (4, 64, 64, 1)"),
    "fewer labels": ({Y: np.array([0, 1])}, f"expected 4 labels in {Y}, each 0 or 1; found 2"),
    "more labels": ({Y: np.zeros(9, "int64")}, "found 9"),
    "a label of 2": ({Y: np.array([0, 1, 2, 1])}, "found 4: 0, 1, 2"),
    "no samples": ({X: arrays("test")[X][:0], Y: np.zeros(0, "int64")}, "(0, 64, 64, 3)"),
    "labels that are words": ({Y: np.array([b"happy", b"sad"] * 2)}, "found 4: b'happy', b'sad'"),
    "labels that are no numbers": ({Y: np.array([0, 1, np.nan, 1])}, "found 4: 0.0, 1.0, nan"),
    "labels below 0": ({Y: np.array([0, 1, -1, 1])}, "found 4: -1, 0, 1"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_not_as_the_course_had_it_is_told_with_its_file(
    kt_utils: ModuleType, beside: Path, name: str
) -> None:
    changes, told = DAMAGED[name]
    write(beside / "datasets", changes)
    with pytest.raises(ValueError, match=r"test_happy\.h5: expected") as caught:
        kt_utils.load_dataset()
    assert told in str(caught.value)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5_000])


def page(path: Path) -> None:
    path.write_text("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("damage", "told"), [(cut, "truncated file"), (page, "file signature not found")]
)
@pytest.mark.parametrize("split", SAMPLES)
def test_a_file_that_cannot_be_read_is_named(
    kt_utils: ModuleType, beside: Path, split: str, damage: Callable[[Path], None], told: str
) -> None:
    damage(write(beside / "datasets") / f"{split}_happy.h5")
    with pytest.raises(
        OSError, match=rf"datasets/{split}_happy\.h5: expected a whole HDF5"
    ) as caught:
        kt_utils.load_dataset()
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "labels", [arrays("test")[Y].reshape(1, -1), arrays("test")[Y].reshape(-1, 1),
               arrays("test")[Y].astype("uint8"), arrays("test")[Y].astype(bool)],
    ids=["a row", "a column", "of one byte", "truth values"],
)  # fmt: skip
def test_labels_of_another_form_are_read_as_a_row(
    kt_utils: ModuleType, beside: Path, labels: np.ndarray
) -> None:
    write(beside / "datasets", {Y: labels})
    found = kt_utils.load_dataset()[3]
    assert (found.shape, found.ravel().tolist()) == ((1, 4), [0, 1, 0, 1])


def test_a_picture_that_is_in_both_files_is_read(kt_utils: ModuleType, beside: Path) -> None:
    pictures = arrays("test")[X]
    pictures[0] = arrays("train")["train_set_x"][0]
    write(beside / "datasets", {X: pictures})
    x, _, x_test, _, _ = kt_utils.load_dataset()
    assert (x[0] == x_test[0]).all()


@pytest.mark.usefixtures("beside")
def test_missing_files_are_told_with_what_draws_them(kt_utils: ModuleType) -> None:
    with pytest.raises(FileNotFoundError, match=r"neither.*`grader data make happy-house` draws"):
        kt_utils.load_dataset()


def test_one_file_without_the_other_is_told(kt_utils: ModuleType, beside: Path) -> None:
    (write(beside / "datasets") / "test_happy.h5").unlink()
    with pytest.raises(FileNotFoundError, match=r"found datasets/train_happy\.h5"):
        kt_utils.load_dataset()


def test_its_star_gives_the_names_that_the_courses_gave(kt_utils: ModuleType) -> None:
    assert {"load_dataset", "mean_pred", "np", "plt", "h5py", "K", "math"} <= {*kt_utils.__all__}
    assert all(hasattr(kt_utils, name) for name in kt_utils.__all__)


def test_the_mean_of_predictions_is_a_metric(kt_utils: ModuleType) -> None:
    found = kt_utils.mean_pred(np.zeros(2), np.array([0.25, 0.75], "float32"))
    assert float(found) == 0.5


def test_a_model_is_drawn_with_its_layers_and_shapes(
    kt_utils: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keras

    shown: list[str] = []

    def show() -> None:
        shown.extend(text.get_text() for text in plt.gca().texts)
        plt.close("all")

    monkeypatch.setattr(plt, "show", show)
    layers = [keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3, name="conv0")]
    kt_utils.draw_model(keras.Sequential(layers))
    assert any("conv0 (Conv2D)\n(any, 6, 6, 4)" in text for text in shown)
