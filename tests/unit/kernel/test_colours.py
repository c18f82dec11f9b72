"""Images that loaders are tried with, and what counts as showing them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from grader.evidence import Evidence, Loader, Middle
from grader.kernel.colours import Colour, Colours, colours

NAME = "image_generator"
NAMES = {"happy": ["a.png", "b.jpg"], "sad": ["c.png", "d.png"]}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return written(tmp_path / "original")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return written(tmp_path / "data" / "faces")


@pytest.fixture
def drawn(dataset: Path, place: Path) -> Iterator[Colours]:
    with colours(dataset, place) as made:
        assert made is not None
        yield made


def written(folder: Path) -> Path:
    for name, files in NAMES.items():
        (folder / name).mkdir(parents=True)
        for file in files:
            Image.new("RGB", (4, 4), (10, 20, 30)).save(folder / name / file)
    return folder


def colour_of(path: Path) -> tuple[int, ...]:
    with Image.open(path) as image:
        pixel = image.convert("RGB").getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return tuple(255 if value > 127 else 0 for value in pixel)


def seen(
    pixels: Sequence[tuple[Sequence[float], float | None]], channels: int | None = None
) -> Loader:
    middles = tuple(Middle(values=tuple(values), label=label) for values, label in pixels)
    shape = (len(pixels), 150, 150, channels or len(pixels[0][0])) if pixels else (10, 150, 150, 3)
    return Loader(kind="loader", name=NAME, type="any", batch_shape=shape, middles=middles)


def believed(drawn: Colours, loader: Loader) -> bool:
    evidence = Evidence()
    evidence.add(loader)
    with drawn.shown():
        pass
    drawn.compare(evidence)
    assert (NAME in evidence.loaders) is not (NAME in evidence.tampered)
    return NAME in evidence.loaders


def shifted(colour: Colour, factor: float, addend: float) -> list[float]:
    return [value * factor + addend for value in colour]


def other(drawn: Colours) -> Colour:
    """A colour that was not drawn, whichever way its channels are read."""
    known = {way for colour in drawn.drawn for way in (colour, colour[::-1])}
    every = [(r, g, b) for r in (0, 255) for g in (0, 255) for b in (0, 255)]
    return next(each for each in every if each not in known and len(set(each)) > 1)


def test_every_class_has_its_colour(drawn: Colours, place: Path) -> None:
    with drawn.shown():
        found = [{colour_of(path) for path in (place / name).iterdir()} for name in sorted(NAMES)]
    assert found == [{colour} for colour in drawn.drawn]


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
    assert colour_of(place / "sad" / "c.png") == (0, 0, 0)


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
        assert colour_of(victim / "sad" / "c.png") == (0, 0, 0)


@pytest.mark.parametrize(("factor", "addend"), [(1, 0), (1 / 255, 0), (1 / 127.5, -1)])
def test_whoever_shows_them_is_believed(drawn: Colours, factor: float, addend: float) -> None:
    pixels = [(shifted(c, factor, addend), float(n)) for n, c in enumerate(drawn.drawn)]
    assert believed(drawn, seen(pixels))


def test_brightness_drawn_for_each_image_does_no_harm(drawn: Colours) -> None:
    first, second = drawn.drawn
    pixels = [(shifted(first, 0.6, 0), 0.0), (shifted(first, 0.2, 30), 0.0), (second, 1.0)]
    assert believed(drawn, seen(pixels))


def test_channels_in_the_order_of_opencv_do_no_harm(drawn: Colours) -> None:
    assert believed(drawn, seen([(c[::-1], float(n)) for n, c in enumerate(drawn.drawn)]))


def test_classes_may_have_other_numbers(drawn: Colours) -> None:
    assert believed(drawn, seen([(c, 1.0 - n) for n, c in enumerate(drawn.drawn)]))


def test_labels_may_be_missing(drawn: Colours) -> None:
    assert believed(drawn, seen([(colour, None) for colour in drawn.drawn]))


def test_some_may_be_shifted_out_of_view(drawn: Colours) -> None:
    first, second = drawn.drawn
    assert believed(drawn, seen([(first, 0.0), (second, 1.0), ((0, 0, 0), 1.0)]))


def test_a_loader_without_images_is_judged_elsewhere(drawn: Colours) -> None:
    bare = Loader(kind="loader", name=NAME, type="any")
    assert believed(drawn, bare)


def test_images_without_colours_are_judged_elsewhere(drawn: Colours) -> None:
    assert believed(drawn, seen([((0.5,), 0.0)]))


def test_other_images_are_not_believed(drawn: Colours) -> None:
    assert not believed(drawn, seen([(other(drawn), 0.0), (other(drawn), 1.0)]))


def test_grey_images_are_not_believed(drawn: Colours) -> None:
    assert not believed(drawn, seen([((0.5, 0.5, 0.5), 0.0), ((0.1, 0.1, 0.1), 1.0)]))


def test_images_that_are_not_shown_are_not_believed(drawn: Colours) -> None:
    assert not believed(drawn, seen([]))


def test_labels_by_chance_are_not_believed(drawn: Colours) -> None:
    first, second = drawn.drawn
    assert not believed(drawn, seen([(first, 0.0), (second, 0.0), (first, 1.0)]))


def test_two_labels_for_one_class_are_not_believed(drawn: Colours) -> None:
    first, second = drawn.drawn
    assert not believed(drawn, seen([(first, 0.0), (first, 1.0), (second, 2.0)]))


def test_what_was_never_shown_is_no_reason_for_doubt(drawn: Colours) -> None:
    evidence = Evidence()
    evidence.add(seen([(other(drawn), 0.0)]))
    drawn.compare(evidence)
    assert not evidence.tampered


def test_what_was_seen_of_them_does_not_outlast_the_run(drawn: Colours) -> None:
    evidence = Evidence()
    evidence.add(seen([(c, float(n)) for n, c in enumerate(drawn.drawn)]))
    with drawn.shown():
        pass
    drawn.compare(evidence)
    assert not evidence.loaders[NAME].middles


def test_more_classes_than_colours_share_them(dataset: Path, place: Path) -> None:
    for number in range(9):
        (dataset / f"more-{number}").mkdir()
    with colours(dataset, place) as made:
        assert made is not None
        assert len(made.drawn) == len(NAMES) + 9
