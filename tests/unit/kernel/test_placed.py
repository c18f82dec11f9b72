"""Splits in the folder of a run: where a notebook finds them, and what it has changed of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import splitting

from grader import beneath
from grader.datasets import ClassFolders, Dataset
from grader.fits.label_shift import LabelShift
from grader.images import Images
from grader.kernel.job import Aims, Job
from grader.kernel.workspace import Workspace, workspace
from grader.release.data import copied

FOUND = {
    "train": "../data/colours/train/red/0.png",
    "validation": "../data/colours/validation/blue/1.png",
    "unlabelled": "../data/colours/unlabelled/3.png",
    "test": "../data/colours/test.npz",
    "holdout": "../data/colours/holdout.h5",
    "table": "../data/colours/table.csv",
    "fashion_mnist": "../home/.keras/datasets/fashion-mnist/train-labels-idx1-ubyte.gz",
}


@pytest.fixture
def images(tmp_path: Path) -> Images:
    return Images.of(splitting.every_form(tmp_path / "made"), None)


@pytest.fixture
def place(images: Images) -> Iterator[Workspace]:
    with workspace(images.folder, images.kit_folder, splits=images.splits) as made:
        yield made


@pytest.mark.parametrize("name", FOUND)
def test_a_split_is_where_a_notebook_finds_it(place: Workspace, name: str) -> None:
    assert (place.notebooks / FOUND[name]).is_file()


def test_what_nobody_touched_is_unchanged(place: Workspace, images: Images) -> None:
    assert place.changed(images.folder) == []


CHANGES: list[tuple[str, Callable[[Path], object], str]] = [
    ("train", lambda path: path.write_bytes(b"x"), "red/0.png"),
    ("validation", lambda path: path.write_bytes(b"x"), "validation/blue/1.png"),
    ("unlabelled", Path.unlink, "unlabelled/3.png"),
    ("test", lambda path: path.write_bytes(b"x"), "test"),
    ("table", lambda path: path.write_bytes(path.read_bytes() + b"8,red\n"), "table"),
]


@pytest.mark.parametrize(("name", "change", "told"), CHANGES)
def test_a_change_of_a_split_is_told(
    place: Workspace, images: Images, name: str, change: Callable[[Path], object], told: str
) -> None:
    change(place.notebooks / FOUND[name])
    assert place.changed(images.folder) == [told]


@pytest.mark.skipif(not beneath.POSSIBLE, reason="nothing is opened within an open folder")
def test_no_link_in_the_place_of_a_split_is_followed(place: Workspace, images: Images) -> None:
    path = place.notebooks / FOUND["test"]
    path.rename(path.with_name("moved"))
    path.symlink_to(path.with_name("moved"))
    assert place.changed(images.folder) == ["test"]


def test_a_change_reaches_no_other_run(place: Workspace, images: Images) -> None:
    (place.notebooks / FOUND["test"]).write_bytes(b"x")
    with workspace(images.folder, images.kit_folder, splits=images.splits) as other:
        assert other.changed(images.folder) == []


def test_only_what_is_trained_on_is_exchanged(images: Images) -> None:
    with workspace(images.folder, "colours", LabelShift(1), images.splits) as place:
        assert place.changed(images.folder) == [
            f"{c}/{n}.png" for c in ("blue", "red") for n in range(3)
        ]


@pytest.fixture
def divided(tmp_path: Path) -> Dataset:
    """A dataset with a split that the grader alone has."""
    train = ClassFolders("train", splitting.class_folders(tmp_path / "train", 3))
    test = ClassFolders("test", splitting.class_folders(tmp_path / "unseen", 2), hidden=True)
    return Dataset("colours", "colours", splitting.CLASSES, splits=(train, test))


def test_no_notebook_finds_a_hidden_split(divided: Dataset) -> None:
    images = Images.of(divided, None)
    with workspace(images.folder, images.kit_folder, splits=images.splits) as place:
        assert len([*place.root.rglob("*.png")]) == 6
        assert place.changed(images.folder) == []


def test_a_training_is_measured_on_a_hidden_split(divided: Dataset) -> None:
    images = Images.of(divided, None)
    aims = {"": Aims(1, (1.0,), measured_on=frozenset({"test"}))}
    job = Job(
        (), {}, images.folder, "d", 1, splits=images.splits, apart={"test": "test"}, aims=aims
    )
    plan = job.training()
    assert [*Path(plan.splits[plan.test]).rglob("*.png")]


def test_students_get_no_hidden_split(divided: Dataset, tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    names = [name for name, _ in copied(divided, tmp_path / "bundle")]
    assert {name.rpartition("/train/")[0] for name in names} == {"data/colours"}


def test_all_splits_are_counted(images: Images) -> None:
    assert (images.count, images.classes) == (6, 2)
    assert images.counts["validation"] == (4, 2)
    assert images.counts["test"] == (5, 2)


def test_the_digest_is_of_all_splits(images: Images, tmp_path: Path) -> None:
    dataset = splitting.every_form(tmp_path / "again")
    same = Images.of(dataset, None).sha256
    splitting.csv(dataset.split("table").place, 8)
    assert (same, Images.of(dataset, None).sha256 != same) == (images.sha256, True)


def test_another_copy_of_all_splits_is_graded_on(images: Images, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    dataset = splitting.every_form(tmp_path / "again")
    for split in dataset.splits:
        split.copy(split.place, copy / split.file_name)
    assert Images.of(dataset, copy).sha256 == images.sha256
