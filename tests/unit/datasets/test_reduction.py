"""Less of a split of images: which are taken, how they are scaled, and what nothing changes."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import splitting
from PIL import Image

from grader.datasets import ClassFolders, Dataset
from grader.datasets.reduction import Reduction, chosen
from grader.errors import DatasetError
from grader.images import Images

NAMES = [f"{label}/{number:03}.png" for label in ("cat", "dog") for number in range(100)]
FORMATS = {"png": "PNG", "jpg": "JPEG", "bmp": "BMP", "ppm": "PPM", "tif": "TIFF"}


def images(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def test_so_many_of_each_class_are_taken() -> None:
    taken = chosen(NAMES, 30)
    assert [sum(name.startswith(label) for name in taken) for label in ("cat", "dog")] == [30, 30]


def test_a_class_that_has_fewer_is_taken_whole() -> None:
    assert chosen([*NAMES, "owl/1.png"], 30)[-1] == "owl/1.png"


def test_of_images_without_classes_so_many_are_taken_in_all() -> None:
    assert len(chosen(map(str, range(100)), 30)) == 30


def test_the_order_in_which_they_are_listed_does_not_matter() -> None:
    assert chosen(NAMES[::-1], 30) == chosen(NAMES, 30)


def test_whoever_takes_fewer_takes_some_of_the_same() -> None:
    assert {*chosen(NAMES, 10)} < {*chosen(NAMES, 30)}


def test_an_image_that_is_added_takes_the_place_of_one_at_most() -> None:
    assert len({*chosen(NAMES, 30)} - {*chosen([*NAMES, "cat/new.png"], 30)}) <= 1


def test_they_are_the_same_on_every_machine() -> None:
    numbers = [str(number) for number in range(100)]
    assert chosen(numbers, 5) == ["39", "49", "51", "55", "65"]


def test_neither_neighbours_nor_every_second_one_are_preferred() -> None:
    numbers = [int(name) for name in chosen(map(str, range(1000)), 500)]
    odd, early = (sum(map(each, numbers)) for each in (lambda n: n % 2, lambda n: n < 500))
    assert abs(odd - 250) < 50
    assert abs(early - 250) < 50


@pytest.mark.parametrize(
    ("size", "scaled"),
    [((20, 10), (8, 4)), ((10, 20), (4, 8)), ((8, 8), (8, 8)), ((5, 3), (5, 3)), ((90, 1), (8, 1))],
)
def test_larger_images_are_scaled_down_and_keep_their_proportions(
    tmp_path: Path, size: tuple[int, int], scaled: tuple[int, int]
) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "1.png")
    Reduction(size=(8, 8)).apply(tmp_path, ["1.png"])
    with Image.open(tmp_path / "1.png") as image:
        assert image.size == scaled


def test_a_pixel_of_a_scaled_image_is_the_mean_of_those_that_were_there(tmp_path: Path) -> None:
    pixels = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    Image.fromarray(pixels).save(tmp_path / "1.png")
    Reduction(size=(2, 2)).apply(tmp_path, ["1.png"])
    means = pixels.reshape(2, 2, 2, 2, 3).mean((1, 3))
    with Image.open(tmp_path / "1.png") as image:
        assert np.abs(np.asarray(image) - means).max() <= 0.5


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_scaled_image_has_the_format_that_it_had(tmp_path: Path, suffix: str) -> None:
    Image.new("RGB", (16, 16), "red").save(tmp_path / f"1.{suffix}")
    Reduction(size=(8, 8)).apply(tmp_path, [f"1.{suffix}"])
    with Image.open(tmp_path / f"1.{suffix}") as image:
        assert (image.format, image.size) == (FORMATS[suffix], (8, 8))


@pytest.mark.parametrize(
    ("mode", "scaled"), [("L", "L"), ("RGBA", "RGBA"), ("LA", "RGBA"), ("P", "RGB"), ("1", "RGB")]
)
def test_images_of_any_colours_are_scaled(tmp_path: Path, mode: str, scaled: str) -> None:
    Image.new("RGB", (16, 16), "red").convert(mode).save(tmp_path / "1.png")
    Reduction(size=(8, 8)).apply(tmp_path, ["1.png"])
    with Image.open(tmp_path / "1.png") as image:
        assert (image.mode, image.size) == (scaled, (8, 8))


def test_images_of_more_than_bytes_are_left_as_they_are(tmp_path: Path) -> None:
    Image.fromarray(np.full((16, 16), 40_000, np.uint16)).save(tmp_path / "1.png")
    before = (tmp_path / "1.png").read_bytes()
    Reduction(size=(8, 8)).apply(tmp_path, ["1.png"])
    assert (tmp_path / "1.png").read_bytes() == before


def test_what_cannot_be_scaled_is_named_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"no image")
    with pytest.raises(DatasetError, match=r"1\.png cannot be scaled down .* Save it as PNG"):
        Reduction(size=(8, 8)).apply(tmp_path, ["1.png"])


@pytest.mark.parametrize("other", [Reduction(2), Reduction(3, (8, 8)), Reduction(3)])
def test_its_digest_tells_how_much_is_taken_of_what(other: Reduction) -> None:
    one = Reduction(2, (8, 8))
    assert len({one.digest("a"), one.digest("b"), other.digest("a")}) == 3


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return splitting.every_form(tmp_path / "made")


TAKEN = {"train": Reduction(1, (4, 4)), "unlabelled": Reduction(2)}


def test_a_copy_of_a_dataset_has_what_is_taken_of_each_split(dataset: Dataset) -> None:
    found = Images.of(dataset, None, TAKEN)
    assert (found.count, found.counts["unlabelled"], found.counts["validation"]) == (
        2, (2, 0), (4, 2),
    )  # fmt: skip


def test_it_is_said_how_many_there_are_of_those_that_lack_some(dataset: Dataset) -> None:
    assert Images.of(dataset, None, TAKEN).whole == {"train": 6, "unlabelled": 4}


def test_a_dataset_of_which_less_is_taken_has_another_digest(dataset: Dataset) -> None:
    digests = {
        Images.of(dataset, None, each).sha256 for each in ({}, TAKEN, {"train": TAKEN["train"]})
    }
    assert len(digests) == 3


def test_the_digest_is_of_the_author_s_images_whoever_has_scaled_them(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Images.of(dataset, None, TAKEN).sha256
    monkeypatch.setattr(Reduction, "apply", lambda *_: None)
    assert Images.of(dataset, None, TAKEN).sha256 == one


def test_the_author_s_own_images_stay_as_they_are(dataset: Dataset, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in images(tmp_path)}
    Images.of(dataset, None, TAKEN)
    assert {path: path.read_bytes() for path in images(tmp_path)} == before


def test_a_dataset_that_is_not_divided_is_reduced_as_one_split(tmp_path: Path) -> None:
    folder = splitting.class_folders(tmp_path / "images", 3)
    whole = Dataset("colours", "colours", splitting.CLASSES, folder)
    found = Images.of(whole, None, {"": Reduction(1, (4, 4))})
    assert found.folder is not None
    sizes = [np.asarray(Image.open(path)).shape[:2] for path in images(found.folder)]
    assert (sizes, found.count, found.whole) == ([(4, 4), (4, 4)], 2, {"": 6})


def test_what_a_record_does_not_tell_is_remarked_before_any_is_taken_away(tmp_path: Path) -> None:
    folder = splitting.class_folders(tmp_path / "images", 3)
    split = ClassFolders("train", folder, record=tmp_path / "train.json")
    dataset = Dataset("colours", "colours", splitting.CLASSES, splits=(split,))
    dataset.splits[0].write_record(folder)
    Image.new("RGB", (8, 8)).save(folder / "red" / "mine.png")
    remark = Images.of(dataset, None, {"train": Reduction(1)}).remark
    assert "red/mine.png" in remark
