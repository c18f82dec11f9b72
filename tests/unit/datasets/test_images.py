"""One rule says what the images of a folder are."""

from collections.abc import Callable
from pathlib import Path

import pytest
import strays

from grader.datasets import Dataset, check_usable, copy_images, digest, image_files, surplus, verify
from grader.errors import DatasetError

Change = Callable[[Path], None]
each_harmless = pytest.mark.parametrize("add", strays.HARMLESS.values(), ids=strays.HARMLESS)
each_harmful = pytest.mark.parametrize(("add", "name"), strays.HARMFUL.values(), ids=strays.HARMFUL)


@each_harmless
def test_what_is_no_image_is_not_counted(dataset: Dataset, copy: Path, add: Change) -> None:
    add(copy)
    assert image_files(copy) == sorted(dataset.files)


@each_harmless
def test_what_is_no_image_is_no_problem(dataset: Dataset, copy: Path, add: Change) -> None:
    add(copy)
    assert verify(dataset, copy) == []


@each_harmless
def test_what_is_no_image_does_not_make_another_dataset(
    committed: Path, copy: Path, add: Change
) -> None:
    add(copy)
    assert digest(copy) == digest(committed)


@each_harmless
def test_what_is_no_image_is_not_copied(
    dataset: Dataset, copy: Path, tmp_path: Path, add: Change
) -> None:
    add(copy)
    copy_images(copy, tmp_path / "clean")
    entries = [path for path in (tmp_path / "clean").rglob("*") if not path.is_dir()]
    assert {path.relative_to(tmp_path / "clean").as_posix() for path in entries} == {*dataset.files}


def test_all_that_is_no_image_may_be_there_at_once(dataset: Dataset, copy: Path) -> None:
    for add in strays.HARMLESS.values():
        add(copy)
    check_usable(dataset, copy)


@each_harmful
def test_what_would_be_loaded_and_is_no_part_is_refused_by_name(
    dataset: Dataset, copy: Path, add: Change, name: str
) -> None:
    add(copy)
    with pytest.raises(DatasetError, match=f"found {name}|in {name}"):
        check_usable(dataset, copy)


@each_harmful
def test_what_is_refused_is_found_by_verify_as_well(
    dataset: Dataset, copy: Path, add: Change, name: str
) -> None:
    add(copy)
    assert any(problem.startswith(f"{name}: ") for problem in verify(dataset, copy))


def test_a_copy_has_the_content_of_links(copy: Path, tmp_path: Path) -> None:
    strays.HARMLESS["an image that is a link"](copy)
    copy_images(copy, tmp_path / "clean")
    assert not (tmp_path / "clean" / strays.IMAGE).is_symlink()


def test_suffixes_may_be_in_capitals(copy: Path) -> None:
    (copy / strays.IMAGE).rename((copy / strays.IMAGE).with_suffix(".PNG"))
    assert len(image_files(copy)) == 80


def test_an_image_more_is_named(dataset: Dataset, copy: Path) -> None:
    (copy / "sad" / "mine.png").write_bytes((copy / strays.IMAGE).read_bytes())
    assert surplus(dataset, copy) == ["sad/mine.png"]


def test_no_image_of_another_dataset_is_one_too_many(dataset: Dataset, copy: Path) -> None:
    (copy / strays.IMAGE).rename(copy / "happy" / "mine.png")
    assert surplus(dataset, copy) == []


def test_images_that_cannot_be_copied_are_told_with_a_remedy(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatasetError, match=r"could not be copied to .* room on the disk"):
        copy_images(copy, tmp_path / "file")
