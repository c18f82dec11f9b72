"""Where loaders find their images, as a place in the layout of a run."""

import json
from pathlib import Path

import descriptions
import pytest
from descriptions import of_files

from grader.fits.placing import placed
from grader.training.accept import accept
from grader.training.description import Description, canonical
from grader.training.hidden import hidden
from grader.training.pipeline_specs import PipelineSpec

PLACES = ("data/horses/train", "data/horses/validation", "notebooks/valid")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for place in PLACES:
        (tmp_path / "run" / place).mkdir(parents=True)
    return tmp_path / "run"


def described(folder: object, validation: object = None) -> Description:
    """Describe a training as a kernel does, with paths."""
    loaders = [descriptions.loader() | {"folder": str(each)} for each in (folder, validation)]
    members = {"loader": loaders[0], "validation": None if validation is None else loaders[1]}
    return accept(json.dumps(descriptions.description(**members)).encode())


@pytest.mark.parametrize("place", PLACES)
def test_a_split_has_its_place(root: Path, place: str) -> None:
    assert of_files(placed(described(root / place), root, PLACES).loader).folder == place


def test_each_loader_has_its_own(root: Path) -> None:
    found = placed(described(root / PLACES[0], root / PLACES[1]), root, PLACES)
    loaders = map(of_files, (found.loader, found.validation))
    assert tuple(each.folder for each in loaders) == PLACES[:2]


def test_a_run_may_be_where_a_link_leads(root: Path) -> None:
    link = root.with_name("link")
    link.symlink_to(root)
    assert of_files(placed(described(root / PLACES[0]), link, PLACES).loader).folder == PLACES[0]


@pytest.mark.parametrize(
    "within",
    ["data/horses", "data/horses/train2", "data/horses/train/horses", "notebooks", "", "../x"],
)
def test_no_other_folder_has_one(root: Path, within: str) -> None:
    assert of_files(placed(described(root / within), root, PLACES).loader).folder == ""


@pytest.mark.parametrize("folder", PLACES)
def test_a_kernel_that_tells_a_place_tells_none(root: Path, folder: str) -> None:
    assert of_files(placed(described(folder), root, PLACES).loader).folder == ""


def test_a_folder_that_a_notebook_made_is_no_hidden_split(root: Path) -> None:
    place = hidden("test")
    found = placed(described(root / place), root, (*PLACES, place))
    assert of_files(found.loader).folder == ""


def test_copies_in_folders_of_their_own_are_one_training(root: Path) -> None:
    made = {canonical(placed(described(root / name), root, PLACES)) for name in ("one", "two")}
    assert len(made) == 1


def test_a_dataset_has_the_places_of_its_folders(root: Path) -> None:
    settings = {"label_mode": "binary", "color_mode": "rgb", "image_size": [24, 24]}
    made = {"settings": settings, "classes": ["happy", "sad"], "files": "0" * 64, "images": 80}
    nodes = [
        {"number": number, "made": made | {"folder": str(folder)}, "inputs": []}
        for number, folder in enumerate((root / PLACES[0], root))
    ]
    joined = {"number": 2, "made": {"part": "concatenate", "arguments": {}}, "inputs": [0, 1]}
    told = descriptions.description(
        loader={"nodes": [*nodes, joined]}, fit={"epochs": 5, "steps_per_epoch": 2}
    )
    found = placed(accept(json.dumps(told).encode()), root, PLACES).loader
    assert isinstance(found, PipelineSpec)
    assert [each.folder for each in found.directories] == [PLACES[0], ""]
