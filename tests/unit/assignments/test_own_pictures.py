"""Pictures of a student's own in Horses or Humans: where the cell that classifies them looks."""

import io
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

NOTEBOOK = Path(__file__).parents[3] / "notebooks" / "horses_or_humans.ipynb"
FILES = {"horse.jpg": b"one", "me.png": b"other"}
# What a widget to upload files has, as ipywidgets 8.1 and 7.8 keep it.
UPLOADED = {
    "8": tuple({"name": name, "content": memoryview(held)} for name, held in FILES.items()),
    "7": {name: {"metadata": {"name": name}, "content": held} for name, held in FILES.items()},
}


def chosen(uploaded: object = (), paths: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """Run the cell; return the pictures that it has chosen, by name."""
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    [source] = [cell.source for cell in cells if cell.source.startswith("chosen =")]
    names: dict[str, Any] = {
        "io": io, "os": os, "MY_PICTURES": paths, "upload": SimpleNamespace(value=uploaded),
        "keras": SimpleNamespace(Model=str), "model": None, "validation_dir": "there",
        "pictures_of": lambda folder, kind: [f"{folder}/{kind}/1.png", f"{folder}/{kind}/2.png"],
    }  # fmt: skip
    exec(source, names)  # noqa: S102 - a cell of the kit's own notebook
    found: list[tuple[str, Any]] = names["chosen"]
    return found


@pytest.mark.parametrize("version", UPLOADED)
def test_all_that_was_uploaded_is_classified(version: str) -> None:
    assert {name: held.read() for name, held in chosen(UPLOADED[version])} == FILES


def test_files_are_classified_by_their_paths() -> None:
    assert chosen(paths=("../mine/horse.jpg",)) == [("horse.jpg", "../mine/horse.jpg")]


@pytest.mark.parametrize("uploaded", [(), {}])
def test_without_any_a_picture_of_each_class_is_shown(uploaded: object) -> None:
    assert [path for _, path in chosen(uploaded)] == ["there/horses/1.png", "there/humans/1.png"]
