"""Loaders of batches of any size: as many images are looked at as tell them from made-up ones."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path
from random import Random
from typing import Any

import looking
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from grader.evidence import Evidence, Loader
from grader.inspection import counting, preprocessing, shown
from grader.inspection.counting import Tally
from grader.inspection.shown import ENOUGH, first_images
from grader.kernel.challenges import Challenges
from grader.kernel.job import Job
from grader.kinds.loader.matching import PAIRS, shows
from grader.kinds.loader.part import ImageLoader
from grader.records import PlannedCell, Role

NAME = "load"
CLASSES, EACH = ("happy", "sad"), 40
THERE = EACH * len(CLASSES)
Arrays = tuple[NDArray[Any], NDArray[Any]]


@pytest.fixture(autouse=True)
def without_keras(monkeypatch: pytest.MonkeyPatch) -> None:
    """No loader of these has a generator of Keras', which is looked for where Keras is."""
    monkeypatch.setattr(preprocessing, "generator_of", lambda _: None)


def named(folder: Path, each: int = EACH) -> Path:
    """Make the files of a dataset; what is in them is never looked at."""
    for name in CLASSES:
        (folder / name).mkdir(parents=True)
        for number in range(each):
            (folder / name / f"{number}.png").touch()
    return folder


def loaded(folder: Path) -> Arrays:
    """Read what lies in a folder, in mixed order."""
    labelled = [(path, CLASSES.index(path.parent.name)) for path in sorted(folder.glob("*/*"))]
    np.random.default_rng(1).shuffle(labelled)
    images = [np.asarray(Image.open(path), "float32") for path, _ in labelled]
    return np.stack(images), np.array([label for _, label in labelled])


class Batches:
    """Arrays in batches, the last of which may be shorter; it says how many images it has."""

    def __init__(self, arrays: Arrays, size: int, says: int | None = None) -> None:
        self._arrays = arrays
        self._size = size
        self.n = len(arrays[0]) if says is None else says

    def __len__(self) -> int:
        return math.ceil(len(self._arrays[0]) / self._size)

    def __getitem__(self, index: int) -> Arrays:
        images, labels = self._arrays
        chosen = slice(index * self._size, (index + 1) * self._size)
        return images[chosen], labels[chosen]


def endless(arrays: Arrays, size: int) -> Iterator[Arrays]:
    while True:
        yield from (Batches(arrays, size)[index] for index in range(len(arrays[0]) // size))


def uncounted(arrays: Arrays, size: int) -> Iterator[Arrays]:
    yield from (Batches(arrays, size)[index] for index in range(math.ceil(len(arrays[0]) / size)))


def one_by_one(arrays: Arrays, _: int) -> Iterator[tuple[NDArray[Any], Any]]:
    yield from zip(*arrays, strict=True)


def noise(count: int = THERE, seed: int = 1) -> Arrays:
    chance = np.random.default_rng(seed)
    return chance.random((count, 8, 8, 3)), chance.integers(0, len(CLASSES), count)


def looked_at(tmp_path: Path, make: Callable[[Path], Any], each: int = EACH) -> Evidence:
    """Look at what a function makes of the coloured images that it finds in its folder."""
    dataset, copy = named(tmp_path / "original", each), named(tmp_path / "copy", each)
    part = ImageLoader(NAME, variable="batches")
    cell = PlannedCell(f"batches = {NAME}()", Role.REQUIRED, calls=frozenset({NAME}))
    challenges = Challenges(Job((cell,), {NAME: part}, dataset, "data", seed=1))
    stage = looking.Stage({NAME: lambda: make(copy)})
    with challenges.set_up([copy]), challenges.shown(looking.requests(challenges)):
        return looking.look_at(stage, challenges)


def is_believed(evidence: Evidence) -> bool:
    return not evidence.foreign and ("loader", NAME) in evidence.parts and not evidence.unprobed


@pytest.mark.parametrize("size", [1, 2, 4, 8, 60, 80])
@pytest.mark.parametrize("kind", [Batches, endless, uncounted, one_by_one])
def test_a_loader_of_its_folder_is_believed(tmp_path: Path, kind: Any, size: int) -> None:
    assert is_believed(looked_at(tmp_path, lambda copy: kind(loaded(copy), size)))


@pytest.mark.parametrize("size", [1, 2, 3, 8])
def test_all_images_are_enough_where_there_are_few(tmp_path: Path, size: int) -> None:
    assert is_believed(looked_at(tmp_path, lambda copy: uncounted(loaded(copy), size), each=2))


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_a_loader_that_has_a_few_of_many_images_is_believed(tmp_path: Path, count: int) -> None:
    def few(copy: Path) -> Batches:
        images, labels = loaded(copy)
        return Batches((images[:count], labels[:count]), 4)

    assert is_believed(looked_at(tmp_path, few))


@pytest.mark.parametrize("size", [1, 2, 4, 8, 80])
@pytest.mark.parametrize("kind", [Batches, endless, uncounted, one_by_one])
def test_images_are_counted_as_before(tmp_path: Path, kind: Any, size: int) -> None:
    evidence = looked_at(tmp_path, lambda copy: kind(loaded(copy), size))
    found = Loader.model_validate(evidence.parts["loader", NAME]).images
    assert found == (None if kind is endless else THERE)


class Large(Batches):
    """Batches of pictures that take 16 MB each; it does not say how many they are."""

    n: Any = None

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays, 2)
        self.n = None

    def __getitem__(self, index: int) -> Arrays:
        images, labels = super().__getitem__(index)
        times = 1_144 // images.shape[1]
        return images.repeat(times, 1).repeat(times, 2), labels


class Streamed(Large):
    """The same of a dataset of tf.data, which says how many batches there are."""

    def cardinality(self) -> int:
        return len(self)


@pytest.mark.parametrize(
    ("kind", "each", "counted"), [(Large, 4, 8), (Large, 20, None), (Streamed, 20, 40)]
)
def test_images_of_a_dataset_are_counted_further_as_it_keeps_none(
    tmp_path: Path, kind: Any, each: int, counted: int | None
) -> None:
    evidence = looked_at(tmp_path, lambda copy: kind(loaded(copy)), each)
    assert Loader.model_validate(evidence.parts["loader", NAME]).images == counted


def test_so_is_no_dataset_that_goes_on_and_on() -> None:
    wide = np.broadcast_to(np.float32(0.5), (8, 2_000, 2_000, 3))
    tally = counting.begun(Streamed(noise(4)))
    rest = tally.through(repeat((wide, np.zeros(8))))
    assert counting.count(tally, rest, Streamed(noise(4))) is None
    assert tally.images <= 24


def gathered(batches: Iterator[Arrays]) -> tuple[list[dict[str, Any]], Tally]:
    """Return what is told of the first images, and how much was looked at for that."""
    tally = Tally()
    rest = tally.through(batches)
    return first_images(next(rest), rest, tally), tally


@pytest.mark.parametrize(("size", "batches"), [(1, 16), (2, 8), (4, 4), (15, 2), (16, 1), (80, 1)])
def test_no_more_batches_are_looked_at_than_are_needed(size: int, batches: int) -> None:
    assert gathered(endless(noise(), size))[1].batches == batches


@pytest.mark.parametrize("size", [1, 2, 4])
def test_as_many_images_are_told_as_are_enough(size: int) -> None:
    assert len(gathered(endless(noise(), size))[0]) == ENOUGH


def test_empty_batches_do_not_go_on_for_ever() -> None:
    images, labels = noise(4)
    batches = chain([(images, labels)], repeat((images[:0], labels[:0])))
    assert gathered(batches)[1].batches == counting.MAX_BATCHES + 1


def test_large_images_are_looked_at_as_far_as_they_can_be_held() -> None:
    large = np.broadcast_to(np.float32(0.5), (1, 3_000, 3_000, 3))
    assert gathered(repeat((large, np.zeros(1))))[1].batches == 2


def test_what_takes_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "MAX_S", -1.0)
    with pytest.raises(TimeoutError, match="it gave 8 images in -1 seconds; 16 are looked at"):
        gathered(endless(noise(), 4))


def test_what_a_later_batch_raises_is_the_student_s(tmp_path: Path) -> None:
    def broken(copy: Path) -> Iterator[Arrays]:
        yield Batches(loaded(copy), 4)[0]
        raise OSError("a broken image")

    evidence = looked_at(tmp_path, broken)
    assert (evidence.foreign, evidence.unprobed[NAME].error.name) == ([], "OSError")


def told(images: Sequence[object], count: int | None, side: int = 8) -> Loader:
    """Return what a kernel says of a loader that has shown some images."""
    said = {"images": count, "batch_shape": (4, side, side, 3), "shown": images}
    return Loader.model_validate({"kind": "loader", "name": NAME, "type": "any", **said})


# Of batches of four, 5.6 % were believed when only the first one was looked at.
@pytest.mark.parametrize(("size", "labels"), [(1, 2), (2, 2), (4, 2), (4, 1)])
def test_noise_is_not_believed(size: int, labels: int) -> None:
    believed = 0
    for seed in range(60):
        images, classes = noise(seed=seed)
        found, _ = gathered(endless((images, classes % labels), size))
        drawn = Random(seed).sample(PAIRS, len(CLASSES))  # noqa: S311 - no secret
        believed += shows(told(found, THERE), drawn, THERE)
    assert believed == 0


def known(count: int) -> list[dict[str, Any]]:
    """Images of the first class, as they were drawn."""
    return [{"pixels": [*PAIRS[0]] * 8, "label": 0.0}] * count


@pytest.mark.parametrize("count", [THERE, None])
def test_one_batch_is_not_believed_where_there_are_more(count: int | None) -> None:
    assert not shows(told(known(4), count), PAIRS[:2], THERE)


def test_whoever_says_that_there_is_one_batch_is_believed_and_has_too_few_images() -> None:
    assert shows(told(known(4), 4), PAIRS[:2], THERE)


def test_of_large_images_as_many_are_enough_as_can_be_held() -> None:
    assert shows(told(known(1), THERE, side=4_000), PAIRS[:2], THERE)


@pytest.mark.parametrize("there", [5, 12])
def test_no_more_are_asked_for_than_there_are(there: int) -> None:
    assert shows(told(known(there), None), PAIRS[:2], there)


@pytest.mark.parametrize(("right", "believed"), [(8, True), (7, False)])
def test_of_enough_images_half_may_be_out_of_view(right: int, *, believed: bool) -> None:
    away = [{"pixels": [(0.0, 0.0, 0.0)] * 16, "label": 0.0}] * (ENOUGH - right)
    assert shows(told([*known(right), *away], THERE), PAIRS[:2], THERE) == believed
