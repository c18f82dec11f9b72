import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.datasets import Dataset, make, verify
from grader.datasets.making import write_images
from grader.datasets.pixels import Pixels
from grader.errors import DatasetError

DRAWN = 3  # three pictures show what eighty would, at a fraction of the time


@pytest.fixture(scope="session")
def pictures() -> list[tuple[str, Pixels]]:
    from grader.assignments.happy_or_sad.drawing import faces, poses

    poses_by_name = list(poses.frames())[:: 80 // DRAWN][:DRAWN]
    return [(name, faces.draw(pose)) for name, pose in poses_by_name]


@pytest.fixture
def small(dataset: Dataset, pictures: list[tuple[str, Pixels]]) -> Dataset:
    files = {name: dataset.files[name] for name, _ in pictures}
    return dataclasses.replace(dataset, files=files, draw=lambda: iter(pictures))


def _contents(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_make_creates_a_complete_dataset(small: Dataset, tmp_path: Path) -> None:
    make(small, tmp_path / "new" / "faces")
    assert verify(small, tmp_path / "new" / "faces") == []


def test_make_leaves_nothing_beside_the_target(small: Dataset, tmp_path: Path) -> None:
    make(small, tmp_path / "faces")
    assert [path.name for path in tmp_path.iterdir()] == ["faces"]


def test_make_repairs_an_incomplete_dataset(small: Dataset, tmp_path: Path) -> None:
    make(small, tmp_path)
    first, second, _ = small.files
    (tmp_path / first).unlink()
    (tmp_path / second).write_bytes(b"damaged")
    make(small, tmp_path)
    assert verify(small, tmp_path) == []


def test_make_refuses_a_folder_with_foreign_files(small: Dataset, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    with pytest.raises(DatasetError, match=r"thesis\.txt.*nothing was changed"):
        make(small, tmp_path)
    assert _contents(tmp_path) == ["thesis.txt"]


def test_make_refuses_a_target_that_is_a_file(small: Dataset, tmp_path: Path) -> None:
    (tmp_path / "faces").write_text("precious")
    with pytest.raises(DatasetError, match="found a file"):
        make(small, tmp_path / "faces")
    assert (tmp_path / "faces").read_text() == "precious"


def test_an_interrupted_make_changes_nothing(
    small: Dataset, pictures: list[tuple[str, Pixels]], tmp_path: Path
) -> None:
    def interrupted() -> Iterator[tuple[str, Pixels]]:
        yield pictures[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(dataclasses.replace(small, draw=interrupted), tmp_path / "faces")
    assert _contents(tmp_path) == []


def test_a_failing_move_keeps_the_former_folder(
    small: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "faces"
    make(small, target)
    before = _contents(tmp_path)
    rename = Path.rename

    def fail_once(self: Path, other: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "No space left on device")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(DatasetError, match="No space left"):
        make(small, target)
    assert _contents(tmp_path) == before


def test_make_refuses_pictures_that_differ_from_the_manifest(
    small: Dataset, pictures: list[tuple[str, Pixels]], tmp_path: Path
) -> None:
    swapped = [(name, pictures[0][1]) for name, _ in pictures]
    with pytest.raises(DatasetError, match="differ"):
        make(dataclasses.replace(small, draw=lambda: iter(swapped)), tmp_path / "faces")
    assert _contents(tmp_path) == []


def test_images_are_written_as_rgba_png(pictures: list[tuple[str, Pixels]], tmp_path: Path) -> None:
    from PIL import Image

    write_images(pictures, tmp_path)
    for name, pixels in pictures:
        with Image.open(tmp_path / name) as image:
            assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (150, 150))
            assert image.tobytes() == pixels.tobytes()


def test_large_images_are_written_quickly_and_the_same(tmp_path: Path) -> None:
    import numpy as np
    from PIL import Image

    pixels = np.arange(300 * 300 * 4, dtype=np.uint32).astype(np.uint8).reshape(300, 300, 4)
    write_images([("large.png", pixels)], tmp_path)
    with Image.open(tmp_path / "large.png") as image:
        assert image.tobytes() == pixels.tobytes()
