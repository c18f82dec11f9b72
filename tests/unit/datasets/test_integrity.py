import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from grader.datasets import Dataset, check_usable, digest, verify
from grader.errors import DatasetError

SIZE_LIMIT_BYTES = 1_500_000
HAPPY = "happy/happy1-00.png"
SAD = "sad/sad1-00.png"


def _reencode(path: Path) -> None:
    with Image.open(path) as image:
        image.save(path, compress_level=0)


def _change_one_pixel(path: Path) -> None:
    with Image.open(path) as image:
        changed = image.copy()
    changed.putpixel((75, 75), (0, 0, 255, 255))
    changed.save(path)


def _crop(path: Path) -> None:
    with Image.open(path) as image:
        cropped = image.crop((0, 0, 100, 100))
    cropped.save(path)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def _add_image(path: Path) -> None:
    shutil.copyfile(path, path.parent / "mine.png")


def _add_folder(path: Path) -> None:
    (path.parents[1] / "angry").mkdir()


DAMAGES: list[tuple[Callable[[Path], None], str]] = [
    (Path.unlink, f"{HAPPY}: expected an image, found no file"),
    (_add_image, "happy/mine.png: expected no such file, found one"),
    (_add_folder, "angry/: expected no such folder, found one"),
    (_change_one_pixel, f"{HAPPY}: expected pixels "),
    (_crop, f"{HAPPY}: expected 150x150 pixels, found 100x100"),
    (_truncate, f"{HAPPY}: expected an image, found a file that is unreadable"),
]


def test_the_committed_bytes_match_the_manifest(dataset: Dataset, committed: Path) -> None:
    assert verify(dataset, committed, mention_reencoded=True) == []


def test_the_committed_images_stay_small(dataset: Dataset, committed: Path) -> None:
    sizes = [(committed / name).stat().st_size for name in dataset.files]
    assert sum(sizes) <= SIZE_LIMIT_BYTES


@pytest.mark.parametrize(("damage", "expected"), DAMAGES, ids=[d.__name__ for d, _ in DAMAGES])
def test_verify_finds_the_damage_and_nothing_else(
    dataset: Dataset, copy: Path, damage: Callable[[Path], None], expected: str
) -> None:
    damage(copy / HAPPY)
    problems = verify(dataset, copy)
    assert len(problems) == 1
    assert problems[0].startswith(expected)


def test_verify_reports_every_problem(dataset: Dataset, copy: Path) -> None:
    (copy / HAPPY).unlink()
    _change_one_pixel(copy / SAD)
    assert [p.split(":")[0] for p in verify(dataset, copy)] == [HAPPY, SAD]


def test_verify_reports_a_missing_folder(dataset: Dataset, tmp_path: Path) -> None:
    assert verify(dataset, tmp_path / "no") == [
        f"{tmp_path / 'no'}: expected a folder with 80 images, found none"
    ]


def test_verify_accepts_another_encoding_of_the_same_pixels(dataset: Dataset, copy: Path) -> None:
    _reencode(copy / HAPPY)
    assert verify(dataset, copy) == []


def test_verify_mentions_another_encoding_on_request(dataset: Dataset, copy: Path) -> None:
    _reencode(copy / HAPPY)
    (note,) = verify(dataset, copy, mention_reencoded=True)
    assert note.startswith(f"{HAPPY}: expected bytes ")
    assert note.endswith("same pixels")


def test_verify_overlooks_what_operating_systems_leave_behind(dataset: Dataset, copy: Path) -> None:
    (copy / ".DS_Store").write_bytes(b"litter")
    assert verify(dataset, copy) == []


def test_digest_ignores_creation_order_and_times(committed: Path, tmp_path: Path) -> None:
    target = tmp_path / "backwards"
    for source in sorted(committed.rglob("*.png"), reverse=True):
        path = target / source.relative_to(committed)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)
        os.utime(path, (0, 0))
    assert digest(target) == digest(committed)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / HAPPY).rename(folder / "happy" / "other.png"),
        lambda folder: (folder / HAPPY).unlink(),
        lambda folder: _reencode(folder / HAPPY),
        lambda folder: _add_image(folder / HAPPY),
    ],
    ids=["renamed", "removed", "re-encoded", "added"],
)
def test_digest_changes_with_names_and_bytes(
    committed: Path, copy: Path, change: Callable[[Path], None]
) -> None:
    change(copy)
    assert digest(copy) != digest(committed)


def test_digest_refuses_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="found none"):
        digest(tmp_path / "no")


def test_another_set_of_images_is_usable(dataset: Dataset, tmp_path: Path) -> None:
    for name in dataset.classes:
        (tmp_path / name).mkdir()
        Image.new("RGB", (20, 30)).save(tmp_path / name / "a.jpg")
    check_usable(dataset, tmp_path)


OBSTACLES: list[tuple[Callable[[Path], object], str]] = [
    (shutil.rmtree, "expected a folder, found none"),
    (lambda folder: shutil.rmtree(folder / "sad"), "expected a sub-folder sad/, found none"),
    (lambda folder: (folder / "sad" / "a.jpg").unlink(), "at least one image in sad/, found none"),
    (lambda folder: (folder / "angry").mkdir(), "no other sub-folder, found angry/"),
    (lambda folder: (folder / "sad" / "a.jpg").write_text("x"), "sad/a.jpg, found a damaged one"),
]


@pytest.mark.parametrize(
    ("damage", "expected"),
    OBSTACLES,
    ids=["no folder", "no class", "no image", "third class", "damaged image"],
)
def test_an_unusable_folder_is_refused_with_the_reason(
    dataset: Dataset, tmp_path: Path, damage: Callable[[Path], object], expected: str
) -> None:
    folder = tmp_path / "foreign"
    for name in dataset.classes:
        (folder / name).mkdir(parents=True)
        Image.new("RGB", (20, 30)).save(folder / name / "a.jpg")
    damage(folder)
    with pytest.raises(DatasetError) as caught:
        check_usable(dataset, folder)
    assert expected in str(caught.value)
    assert str(folder) in str(caught.value)
    assert "Choose a folder" in str(caught.value)
