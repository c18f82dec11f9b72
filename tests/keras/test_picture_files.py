"""docs/picture_files.md is what the installed TensorFlow and Pillow make of files of 20 kinds."""

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from keras.utils import image_dataset_from_directory
from numpy.random import Generator
from PIL import Image

from grader.assignments.happy_sad_pipeline.files import KINDS, FileKind, drawn

PAGE = Path(__file__).parents[2] / "docs" / "picture_files.md"
HEAD = f"""\
# What a loader makes of files

`image_dataset_from_directory` looks at a file's name first, and passes over what does not end in
`.bmp`, `.gif`, `.jpeg`, `.jpg` or `.png`, in capitals or not. All others it reads when their batch
is asked for, by what they hold and not by their names, and the first that it cannot read ends the
pass. So whoever trains on scraped pictures sorts the files before:

| | the loader reads it | it passes over it | it raises |
|---|---|---|---|
| a picture, by Pillow | keep | convert, as to PNG | convert |
| no picture | | only list | remove |

This is what it does with files of 20 kinds, three of each. The page is made by TensorFlow
{tf.__version__}; `pytest tests/keras/test_picture_files.py --update-docs` refreshes it.

"""
FOOT = """
A link to a file is read as the file is. A link to a folder is not followed, unless the loader is
called with `follow_links=True`. A picture that is to be turned, by its EXIF, is read as it lies.
"""
READ, PASSED, RAISED = "reads it", "passes over it", "raises"
DO = {
    (True, READ): "keep",
    (True, PASSED): "convert",
    (True, RAISED): "convert",
    (False, PASSED): "only list",
    (False, RAISED): "remove",
}
EACH, SEED = 3, 20


def load(folder: Path) -> str:
    """Return what the loader makes of the one file in the first of two class folders."""
    (folder / "z").mkdir()
    Image.new("RGB", (9, 9)).save(folder / "z" / "z.png")
    data = image_dataset_from_directory(
        folder, image_size=(8, 8), batch_size=1, shuffle=False, verbose=False
    )
    if len(data.file_paths) == 1:
        return PASSED
    try:
        [(images, _), _] = data
    except tf.errors.InvalidArgumentError:
        return RAISED
    assert images.shape == (1, 8, 8, 3)
    return READ


def is_picture(content: bytes) -> bool:
    """Return whether Pillow reads it to the end."""
    try:
        Image.open(io.BytesIO(content)).load()
    except OSError:
        return False
    return True


def seen(folder: Path, files: dict[str, tuple[FileKind, bytes]]) -> Iterator[tuple[str, bool, str]]:
    """Yield of each file which kind it is, whether it is a picture, and what the loader does."""
    for number, (name, (kind, content)) in enumerate(files.items()):
        place = folder / str(number) / "a"
        place.mkdir(parents=True)
        (place / name).write_bytes(content)
        yield kind.words, is_picture(content), load(place.parent)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Counter[tuple[str, bool, str]]:
    files = dict(drawn(np.random.default_rng(SEED), EACH))
    return Counter(seen(tmp_path_factory.mktemp("files"), files))


def rows(found: Counter[tuple[str, bool, str]]) -> Iterator[str]:
    yield "| what the file holds | its name ends in | Pillow | the loader | so |"
    yield "|---|---|---|---|---|"
    for kind in KINDS:
        for (words, picture, does), _ in sorted(found.items()):
            if words == kind.words:
                named = f"`{kind.suffix}`" if kind.suffix else "no suffix"
                named += f", and begins with `{kind.prefix}`" if kind.prefix else ""
                reads = "a picture" if picture else "none"
                yield f"| {words} | {named} | {reads} | {does} | {DO[picture, does]} |"


def test_the_page_says_what_the_loader_does(
    found: Counter[tuple[str, bool, str]], pytestconfig: pytest.Config
) -> None:
    page = f"{HEAD}{chr(10).join(rows(found))}\n{FOOT}"
    if pytestconfig.getoption("--update-docs"):
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page


def test_all_files_of_a_kind_are_alike(found: Counter[tuple[str, bool, str]]) -> None:
    assert set(found.values()) == {EACH}
    assert len(found) == len(KINDS) == len({words for words, *_ in found})


def test_a_kind_is_a_picture_where_pillow_reads_it(found: Counter[tuple[str, bool, str]]) -> None:
    pictures = {kind.words: kind.picture for kind in KINDS}
    assert {words: picture for words, picture, _ in found} == pictures


def picture(generator: Generator) -> bytes:
    return KINDS[0].make(generator)


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(picture(np.random.default_rng(SEED)))
    place = tmp_path / "images" / "a"
    place.mkdir(parents=True)
    (place / "linked.jpg").symlink_to(tmp_path / "there")
    assert load(place.parent) == READ


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "1.jpg").write_bytes(picture(np.random.default_rng(SEED)))
    place = tmp_path / "images" / "a"
    place.mkdir(parents=True)
    (place / "linked").symlink_to(tmp_path / "there")
    assert load(place.parent) == PASSED


def test_a_picture_that_is_to_be_turned_is_read_as_it_lies(tmp_path: Path) -> None:
    image = Image.new("RGB", (16, 32))
    image.paste("white", (0, 0, 16, 16))
    exif = Image.Exif()
    exif[274] = 6
    for label in "ab":
        (tmp_path / label).mkdir()
        image.save(tmp_path / label / "1.jpg", exif=exif)
    data = image_dataset_from_directory(tmp_path, image_size=(32, 16), verbose=False)
    [(images, _)] = data
    top, bottom = images[0, 2:14].numpy().mean(), images[0, 18:30].numpy().mean()
    assert top > bottom + 200
