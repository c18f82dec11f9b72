"""Images that loaders are tried with, and what counts as showing them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from grader.evidence import Loader, ShownImage
from grader.kinds.challenge import OtherImagesError
from grader.kinds.loader.colours import Colours, colours
from grader.kinds.loader.matching import PAIRS, Colour
from grader.processes.folders import own_folder

NAME = "image_generator"
BLACK = frozenset({(0, 0, 0)})
OUT_OF_VIEW = frozenset({(0, 0, 0), (1, 1, 1)})
NAMES = {"happy": ["a.png", "b.jpg"], "sad": ["c.png", "d.png"]}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return written(tmp_path / "original")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return written(tmp_path / "data" / "faces")


@pytest.fixture
def drawn(dataset: Path, place: Path) -> Iterator[Colours]:
    with colours(dataset, [place], [], own_folder) as made:
        assert made is not None
        yield made


def written(folder: Path) -> Path:
    for name, files in NAMES.items():
        (folder / name).mkdir(parents=True)
        for file in files:
            Image.new("RGB", (4, 4), (10, 20, 30)).save(folder / name / file)
    return folder


def colours_of(path: Path) -> frozenset[Colour]:
    with Image.open(path) as image:
        width, height = image.size
        pixels = [image.convert("RGB").getpixel((width // 2, y)) for y in (1, height - 2)]
    return frozenset(
        tuple(255 if value > 127 else 0 for value in pixel)
        for pixel in pixels
        if isinstance(pixel, tuple)
    )


def seen(images: Sequence[ShownImage], channels: int = 3) -> Loader:
    shape = (10, 150, 150, channels)
    told = {"images": len(images), "batch_shape": shape, "shown": tuple(images)}
    return Loader.model_validate({"kind": "loader", "name": NAME, "type": "any", **told})


def believed(drawn: Colours, loader: Loader) -> bool:
    with drawn.shown():
        pass
    try:
        drawn.require_shown(loader)
    except OtherImagesError:
        return False
    return True


def image(
    pair: frozenset[Colour], label: float | None, factor: float = 1.0, addend: float = 0.0
) -> ShownImage:
    pixels = [tuple(value * factor + addend for value in colour) for colour in pair]
    return ShownImage(pixels=(*pixels, *pixels), label=label)


def other(drawn: Colours) -> frozenset[Colour]:
    """Colours that were not drawn, whichever way their channels are read."""
    known = {*drawn.drawn, *(frozenset(each[::-1] for each in pair) for pair in drawn.drawn)}
    return next(pair for pair in PAIRS if pair not in known)


def test_every_class_has_its_colours(drawn: Colours, place: Path) -> None:
    with drawn.shown():
        found = [{colours_of(path) for path in (place / name).iterdir()} for name in sorted(NAMES)]
    assert found == [{pair} for pair in drawn.drawn]


def test_in_grey_they_reach_from_black_to_white(drawn: Colours, place: Path) -> None:
    with drawn.shown():
        for path in place.glob("*/*.png"):
            with Image.open(path) as shown:
                assert shown.convert("L").getextrema() == (0, 255)


def test_every_copy_shows_the_same(dataset: Path, place: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "notebooks" / "data")
    with colours(dataset, [place, other], [], own_folder) as made:
        assert made is not None
        with made.shown():
            shown = [(copy / "happy" / "a.png").read_bytes() for copy in (place, other)]
    assert shown[0] == shown[1] != (dataset / "happy" / "a.png").read_bytes()


def test_every_copy_comes_back(dataset: Path, place: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "notebooks" / "data")
    with colours(dataset, [place, other], [], own_folder) as made:
        assert made is not None
        with made.shown():
            pass
    assert (other / "happy" / "a.png").read_bytes() == (dataset / "happy" / "a.png").read_bytes()


def test_a_copy_that_is_gone_leaves_the_other_as_it_was(
    dataset: Path, place: Path, tmp_path: Path
) -> None:
    other = written(tmp_path / "notebooks" / "data")
    place.rename(place.with_name("elsewhere"))
    with colours(dataset, [place, other], [], own_folder) as made:
        assert made is not None
        with made.shown():
            pass
    assert (other / "happy" / "a.png").read_bytes() == (dataset / "happy" / "a.png").read_bytes()


def test_no_two_of_a_few_classes_have_the_same(drawn: Colours) -> None:
    assert len(set(drawn.drawn)) == len(NAMES)


def test_files_keep_their_names(drawn: Colours, place: Path) -> None:
    with drawn.shown():
        found = {name: sorted(path.name for path in (place / name).iterdir()) for name in NAMES}
    assert found == NAMES


def test_the_dataset_comes_back(drawn: Colours, place: Path) -> None:
    before = (place / "sad" / "c.png").stat()
    with drawn.shown():
        pass
    after = (place / "sad" / "c.png").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_dataset_comes_back_after_an_error(drawn: Colours, place: Path) -> None:
    with pytest.raises(RuntimeError), drawn.shown():
        raise RuntimeError
    assert colours_of(place / "sad" / "c.png") == BLACK


def test_a_folder_that_is_gone_does_no_harm(drawn: Colours, place: Path) -> None:
    place.rename(place.with_name("elsewhere"))
    with drawn.shown():
        assert not place.exists()


# A grader that followed the link would put its images into a folder of the user's.
def test_a_link_in_the_place_of_the_folder_above_is_not_followed(
    drawn: Colours, dataset: Path, place: Path, tmp_path: Path
) -> None:
    victim = tmp_path / "victim" / place.name
    victim.parent.mkdir()
    dataset.rename(victim)
    place.parent.rename(tmp_path / "aside")
    place.parent.symlink_to(victim.parent)
    with drawn.shown():
        assert colours_of(victim / "sad" / "c.png") == BLACK


@pytest.mark.parametrize(("factor", "addend"), [(1, 0), (1 / 255, 0), (1 / 127.5, -1)])
def test_whoever_shows_them_is_believed(drawn: Colours, factor: float, addend: float) -> None:
    shown = [image(pair, float(n), factor, addend) for n, pair in enumerate(drawn.drawn)]
    assert believed(drawn, seen(shown))


def test_brightness_drawn_for_each_image_does_no_harm(drawn: Colours) -> None:
    first, second = drawn.drawn
    shown = [image(first, 0.0, 0.6), image(first, 0.0, 0.2), image(second, 1.0)]
    assert believed(drawn, seen(shown))


def test_an_image_may_be_upside_down(drawn: Colours) -> None:
    known = image(drawn.drawn[0], 0.0)
    turned = known.model_copy(update={"pixels": known.pixels[::-1]})
    assert believed(drawn, seen([known, turned]))


def test_a_border_does_no_harm(drawn: Colours) -> None:
    known = image(drawn.drawn[0], 0.0)
    border = ((0.0, 0.0, 0.0),) * 10
    assert believed(drawn, seen([known.model_copy(update={"pixels": known.pixels + border})]))


def test_channels_in_the_order_of_opencv_do_no_harm(drawn: Colours) -> None:
    turned = [frozenset(colour[::-1] for colour in pair) for pair in drawn.drawn]
    assert believed(drawn, seen([image(pair, float(n)) for n, pair in enumerate(turned)]))


def test_classes_may_have_other_numbers(drawn: Colours) -> None:
    assert believed(drawn, seen([image(pair, 1.0 - n) for n, pair in enumerate(drawn.drawn)]))


def test_all_may_have_one_label(drawn: Colours) -> None:
    assert believed(drawn, seen([image(pair, 0.0) for pair in drawn.drawn]))


def test_labels_may_be_missing(drawn: Colours) -> None:
    assert believed(drawn, seen([image(pair, None) for pair in drawn.drawn]))


def test_some_may_be_shifted_out_of_view(drawn: Colours) -> None:
    first, second = drawn.drawn
    shown = [image(first, 0.0), image(second, 1.0)] * 4 + [image(OUT_OF_VIEW, 1.0)] * 4
    assert believed(drawn, seen(shown))


def test_a_loader_without_images_is_judged_elsewhere(drawn: Colours) -> None:
    bare = Loader(kind="loader", name=NAME, type="any")
    assert believed(drawn, bare)


def test_images_without_colours_are_judged_elsewhere(drawn: Colours) -> None:
    assert believed(drawn, seen([ShownImage(pixels=((0.5,), (0.1,)))], channels=1))


def test_other_images_are_not_believed(drawn: Colours) -> None:
    assert not believed(drawn, seen([image(other(drawn), 0.0), image(other(drawn), 1.0)]))


def test_one_class_alone_is_not_believed(drawn: Colours) -> None:
    assert not believed(drawn, seen([image(drawn.drawn[0], 0.0), image(other(drawn), 1.0)]))


def test_half_of_the_right_colours_are_not_believed(drawn: Colours) -> None:
    known = image(drawn.drawn[0], 0.0)
    half = known.model_copy(update={"pixels": known.pixels[:1]})
    assert not believed(drawn, seen([half]))


def test_grey_images_are_not_believed(drawn: Colours) -> None:
    assert not believed(drawn, seen([ShownImage(pixels=((0.5,) * 3, (0.1,) * 3), label=0.0)]))


def test_images_that_are_not_told_are_not_believed(drawn: Colours) -> None:
    assert not believed(drawn, seen([]))


def test_labels_by_chance_are_not_believed(drawn: Colours) -> None:
    first, second = drawn.drawn
    assert not believed(drawn, seen([image(first, 0.0), image(second, 0.0), image(first, 1.0)]))


def test_two_labels_for_one_class_are_not_believed(drawn: Colours) -> None:
    first, second = drawn.drawn
    assert not believed(drawn, seen([image(first, 0.0), image(first, 1.0), image(second, 2.0)]))


def test_what_was_never_shown_is_no_reason_for_doubt(drawn: Colours) -> None:
    drawn.require_shown(seen([image(other(drawn), 0.0)]))


def test_more_classes_than_colours_share_them(dataset: Path, place: Path) -> None:
    for number in range(len(PAIRS)):
        (dataset / f"more-{number}").mkdir()
    with colours(dataset, [place], [], own_folder) as made:
        assert made is not None
        assert len(made.drawn) == len(NAMES) + len(PAIRS)


@pytest.fixture
def divided(dataset: Path, place: Path, tmp_path: Path) -> Iterator[Colours]:
    """Show coloured images in the places of two splits."""
    other, copy = written(tmp_path / "validation"), written(tmp_path / "data" / "validation")
    with colours(dataset, [place], [(other, copy)], own_folder) as made:
        assert made is not None
        yield made


def test_each_split_shows_the_colours_of_its_classes(divided: Colours, tmp_path: Path) -> None:
    with divided.shown():
        found = {
            split: [colours_of(tmp_path / "data" / split / label / files[0])
                    for label, files in NAMES.items()]
            for split in ("faces", "validation")
        }  # fmt: skip
    assert found == {"faces": divided.drawn, "validation": divided.drawn}


def test_each_split_is_as_it_was_afterwards(divided: Colours, tmp_path: Path) -> None:
    with divided.shown():
        pass
    shown = {split: colours_of(tmp_path / "data" / split / "happy" / "a.png")
             for split in ("faces", "validation")}  # fmt: skip
    assert set(shown.values()) == {BLACK}
