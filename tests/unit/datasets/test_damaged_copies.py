"""A damaged copy of the data is refused with what is wrong, or read, as listed here."""

from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import rmtree
from typing import Any

import h5py
import numpy as np
import pytest
from PIL import Image

from grader.datasets import Arrays, ClassFolders, Dataset
from grader.errors import DatasetError
from grader.images import Images

SIDE, COUNT = 8, 6
KINDS = ("CAT", "DOG")
FIRST = "train/CAT/0.png"
Damage = Callable[[Path], object]


def picture(number: int) -> Image.Image:
    drawn = np.random.default_rng(number).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    return Image.fromarray(drawn)


def arrays(count: int = COUNT) -> dict[str, Any]:
    images = np.stack([np.asarray(picture(number)) for number in range(count)])
    return {"set_x": images, "set_y": np.arange(count, dtype=np.int64) % 2, "list": np.arange(2)}


def write(path: Path, content: Mapping[str, Any]) -> None:
    with h5py.File(path, "w") as file:
        for name, each in content.items():
            file.create_dataset(name, data=each)


def copied(folder: Path) -> Path:
    for split, first in (("train", 0), ("validation", 50)):
        for place, kind in enumerate(KINDS):
            (folder / split / kind).mkdir(parents=True)
            for number in range(3):
                picture(first + 10 * place + number).save(folder / split / kind / f"{number}.png")
    write(folder / "test.h5", arrays())
    return folder


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    own = copied(tmp_path / "own")
    made = Dataset(
        "animals",
        "animals",
        KINDS,
        splits=(
            ClassFolders("train", own / "train", record=tmp_path / "train.json"),
            ClassFolders("validation", own / "validation", record=tmp_path / "validation.json"),
            Arrays("test", own / "test.h5", labels="set_y", record=tmp_path / "test.json"),
        ),
    )
    for split in made.splits:
        split.write_record(split.place)
    return made


def other(**changed: Any) -> Damage:
    """Write the file anew, with other arrays; None takes one away."""

    def damage(folder: Path) -> None:
        content = arrays() | changed
        write(folder / "test.h5", {n: each for n, each in content.items() if each is not None})

    return damage


def cut(name: str, share: float = 0.5) -> Damage:
    def damage(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: int(len(content) * share)])

    return damage


def drawn(mode: str, kind: str = "PNG", side: int = SIDE) -> Damage:
    def damage(folder: Path) -> None:
        picture(0).convert(mode).resize((side, side)).save(folder / FIRST, format=kind)

    return damage


def emptied(split: str) -> Damage:
    def damage(folder: Path) -> None:
        for path in (folder / split / "DOG").iterdir():
            path.unlink()

    return damage


def gone(place: str) -> Damage:
    """Take a split away, or a class of it."""
    return lambda folder: rmtree(folder / place)


def in_small_letters(folder: Path) -> None:
    (folder / "train" / "CAT").rename(folder / "train" / "cat")


def twice(other: str) -> Damage:
    """Put another picture in the place of the first one, so that it is there twice."""
    return lambda folder: (folder / FIRST).write_bytes((folder / other).read_bytes())


def photographed(folder: Path) -> None:
    """Have photographs of any size in the place of the pictures, as the lab has them."""
    for number, path in enumerate(sorted(folder.rglob("*.png"))):
        size = (SIDE + 7 * number, SIDE + 3 * number)
        picture(number).resize(size).save(path.with_suffix(".jpg"), format="JPEG")
        path.unlink()


def cut_photograph(folder: Path) -> None:
    photographed(folder)
    cut("validation/DOG/0.jpg")(folder)


Y = arrays()["set_y"]
# What is damaged, what of it keeps the copy from being graded on, empty where it is read, and what
# comparing it with its record says.
DAMAGES: list[tuple[str, Damage, str, str]] = [
    ("a missing key", other(set_y=None), "expected labels in set_y, found list, set_x",
     "test.h5: expected labels in set_y"),
    ("labels of a wrong type", other(set_y=Y + 0.5), "numbers from 0 to 1 in set_y, found 0.5",
     "test.h5: set_y: expected 6 of <i8, found 6 of <f8"),
    ("labels of a wrong shape", other(set_y=Y.reshape(1, -1)),
     "a label in set_y for each sample, found 1, and 2 in list, 6 in set_x",
     "test.h5: set_y: expected 6 of <i8, found 1 x 6 of <i8"),
    ("labels of a wrong length", other(set_y=Y[:-1]), "found 5, and 2 in list, 6 in set_x",
     "test.h5: set_y: expected 6 of <i8, found 5 of <i8"),
    ("labels outside 0 and 1", other(set_y=Y + 1), "from 0 to 1 in set_y, found 2",
     "test.h5: set_y: expected other values in 6 of <i8"),
    ("samples of another type", other(set_x=arrays()["set_x"] / 255), "",
     "test.h5: set_x: expected 6 x 8 x 8 x 3 of |u1, found 6 x 8 x 8 x 3 of <f8"),
    ("truncated HDF5", cut("test.h5"), "expected arrays, found a damaged file (OSError",
     "test.h5: expected arrays, found a damaged file"),
    ("an empty class", emptied("train"), "expected at least one image in DOG/, found none", "DOG/"),
    ("an empty class of another part", emptied("validation"),
     "expected at least one image in DOG/, found none", "DOG/"),
    ("no such class", gone("validation/CAT"), "folder CAT/, found none", "CAT/"),
    ("a class in small letters", in_small_letters,
     "expected a sub-folder CAT/, found cat/: rename it", "CAT/"),
    ("no such part", gone("validation"),
     "expected 6 images for the split animals/validation, found nothing",
     "validation: expected a folder with 6 images, found none"),
    ("photographs of any size", photographed, "", "CAT/"),
    ("a truncated photograph", cut_photograph,
     "expected a readable image in DOG/0.jpg, found a damaged", "CAT/"),
    ("a truncated picture", cut(FIRST), "expected a readable image in CAT/0.png, found a damaged",
     "CAT/0.png: expected an image, found a file that is unreadable"),
    ("a grey picture", drawn("L"), "", "CAT/0.png: expected pixels"),
    ("a picture in CMYK", drawn("CMYK", "TIFF"), "", ""),
    ("a misnamed picture", drawn("RGB", "BMP"), "", ""),
    ("a picture of one pixel", drawn("RGB", side=1), "", "CAT/0.png: expected pixels"),
    ("the same picture in two parts", twice("validation/DOG/0.png"), "",
     "CAT/0.png: expected pixels"),
    ("the same picture in two classes", twice("train/DOG/0.png"), "", "CAT/0.png: expected pixels"),
]  # fmt: skip
NAMES = [each[0] for each in DAMAGES]


@pytest.mark.parametrize(("_", "damage", "refused", "__"), DAMAGES, ids=NAMES)
def test_a_damaged_copy_is_refused_or_read(
    dataset: Dataset, tmp_path: Path, _: str, damage: Damage, refused: str, __: str
) -> None:
    given = copied(tmp_path / "given")
    damage(given)
    if not refused:
        assert Images.of(dataset, given).count == COUNT
        return
    with pytest.raises(DatasetError) as caught:
        Images.of(dataset, given)
    assert refused in str(caught.value)
    assert str(given) in str(caught.value)


@pytest.mark.parametrize(("_", "damage", "__", "told"), DAMAGES, ids=NAMES)
def test_a_damaged_copy_is_told_apart_from_its_record(
    dataset: Dataset, tmp_path: Path, _: str, damage: Damage, __: str, told: str
) -> None:
    given = copied(tmp_path / "given")
    damage(given)
    problems = [each for split in dataset.splits for each in split.verify(split.at(given))]
    assert bool(problems) is bool(told), problems
    # A split that is not there at all is named by its place.
    assert [*problems, ""][0].removeprefix(f"{given}/").startswith(told)


def test_what_is_not_damaged_is_read(dataset: Dataset, tmp_path: Path) -> None:
    given = copied(tmp_path / "given")
    assert Images.of(dataset, given).counts == {
        "train": (COUNT, 2), "validation": (COUNT, 2), "test": (COUNT, 2),
    }  # fmt: skip
