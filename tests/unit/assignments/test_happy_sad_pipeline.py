"""Happy or Sad in the Wild: what its checks say of functions, parts, and the notebook of old."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import looking
import matplotlib.pyplot as plt
import noticing
import numpy as np
import pytest
from happy_sad_pipeline import right, submission
from happy_sad_pipeline.functions import OF_FUNCTIONS
from happy_sad_pipeline.submission import Variant, graded
from numpy.random import Generator
from PIL import Image
from scipy.signal import convolve2d, correlate2d

# Checks are declared as their modules are imported, in the order of the report.
from grader.assignments.happy_sad_pipeline.assignment import dividing, happy_sad_pipeline
from grader.assignments.happy_sad_pipeline.editions import RETIRED
from grader.assignments.happy_sad_pipeline.images import CLASSES
from grader.assignments.happy_sad_pipeline.numbered import some_numbered
from grader.authoring import Absent, FunctionView
from grader.kinds.kind import Part

SIDE = 256
# What can be tried without Keras.
TRIED = (
    submission.SORT, submission.DOUBLES, submission.CLEAN, submission.CURVES, submission.PREDICT,
    submission.MATRIX, submission.SCORES, submission.PLOT, submission.CLASSIFY, submission.FILTER,
    submission.FLIPS,
)  # fmt: skip
LAB = """
def summary_images(folder_name):
    pass
train = data.take(train_size)
val = data.skip(train_size).take(val_size)
"""


@pytest.fixture(autouse=True)
def _noticed() -> Iterator[None]:
    with noticing.noticed_figures():
        yield


def load_img(path: str, target_size: tuple[int, int]) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB").resize(target_size)


def to_png(path: str) -> None:
    with Image.open(path) as picture:
        picture.convert("RGB").save(f"{path}.png")
    Path(path).unlink()


UTILS = SimpleNamespace(load_img=load_img, img_to_array=lambda each: np.asarray(each, float))
GIVEN = {
    "CLASSES": CLASSES, "IMAGE_SIZE": SIDE, "Image": Image, "Path": Path, "hashlib": hashlib,
    "convolve2d": convolve2d, "correlate2d": correlate2d, "np": np, "os": os, "plt": plt,
    "keras": SimpleNamespace(utils=UTILS), "to_png": to_png,
    "SUFFIXES": (".bmp", ".gif", ".jpeg", ".jpg", ".png"),
    "FORMATS": ("BMP", "GIF", "JPEG", "PNG", "WEBP"),
}  # fmt: skip


def lost(variant: Variant) -> set[str]:
    """Return which checks a variant loses, of those that need no Keras."""
    cells = {
        name: each.source for each in variant.notebook().cells if (name := graded(each.source))
    }
    namespace: dict[str, Any] = dict(GIVEN)
    for name in TRIED:
        exec(cells[name], namespace)  # noqa: S102 - the kit's own variants
    return {each for name in TRIED for each in lost_of(name, cells, namespace)}


def seen_of(name: str, namespace: dict[str, Any]) -> Any:
    """Return what checks get of a part."""
    part = next(each for each in happy_sad_pipeline.parts if each.name == name)
    return looking.seen(cast("Part[Any]", part), looking.look(part, namespace))


KNOWN: dict[tuple[str, ...], set[str]] = {}


def lost_of(name: str, cells: dict[str, str], namespace: dict[str, Any]) -> set[str]:
    """Return which checks of a part are lost; the same, calling the same, is looked at once."""
    key = (name, *(cells[each] for each in TRIED if each in cells[name]))
    if key not in KNOWN:
        view = seen_of(name, namespace)
        checks = [each for each in happy_sad_pipeline.checks if each.part == name]
        KNOWN[key] = {each.id for each in checks if not each.function(view).met}
        plt.close("all")
    return KNOWN[key]


NOT_TRIED = submission.UNTESTED


@pytest.mark.parametrize("variant", right.OF_FUNCTIONS, ids=lambda each: each.id)
def test_what_is_right_in_another_way_loses_nothing(variant: Variant) -> None:
    assert lost(variant) == set()


@pytest.mark.parametrize("variant", OF_FUNCTIONS, ids=lambda each: each.id)
def test_a_mistake_loses_what_is_written_down(variant: Variant) -> None:
    assert lost(variant) == set(variant.loses - NOT_TRIED)


def test_the_notebook_without_functions_is_known_and_not_graded() -> None:
    [published] = RETIRED
    assert published.recognise(LAB, ())


@pytest.mark.parametrize("code", ["model.fit(x)", LAB.replace("skip", "shuffle"), LAB[40:]])
def test_other_notebooks_are_not_taken_for_it(code: str) -> None:
    [published] = RETIRED
    assert not published.recognise(code, ())


def test_who_has_copied_a_function_into_the_kits_notebook_is_graded() -> None:
    [published] = RETIRED
    assert not published.recognise(LAB, ["split_pictures"])


Divide = Callable[[list[str]], list[list[str]]]


def shown(divide: Divide) -> FunctionView:
    """Return what is seen of a function that divides the names of pictures."""

    def parts_shown(folder: str, passes: int) -> list[list[list[str]]]:
        names = [
            f"{number}:{name}"
            for number, label in enumerate(CLASSES)
            for name in sorted(path.name for path in Path(folder, label).iterdir())
        ]
        each = [divide(names) for _ in range(passes)]
        return [list(part) for part in zip(*each, strict=True)]

    found: FunctionView = seen_of("parts_shown", {"parts_shown": parts_shown})
    return found


CHECKS = (dividing.test_apart, dividing.none_lost, dividing.test_classes, dividing.other_shares)


def lost_in_parts(divide: Divide) -> set[str]:
    view = shown(divide)
    return {check.__name__ for check in CHECKS if not check(view).met}


def cut(names: list[str], *, mix: bool = True, later: int = 0) -> list[list[str]]:
    """Divide names once and for all, so many pictures left out before the test."""
    order = np.random.default_rng(1).permutation(len(names)) if mix else range(len(names))
    mixed = [names[place] for place in order]
    first, second = round(0.7 * len(names)), round(0.9 * len(names))
    return [mixed[:first], mixed[first:second], mixed[second + later :]]


def test_parts_that_are_cut_once_lose_nothing() -> None:
    assert lost_in_parts(cut) == set()


ANEW: Generator = np.random.default_rng(2)
WRONG: dict[str, tuple[Divide, set[str]]] = {
    "mixed anew in each pass": (
        lambda names: cut([names[place] for place in ANEW.permutation(len(names))]),
        {"test_apart"},
    ),
    "in their order": (lambda names: cut(names, mix=False), {"test_classes"}),
    "three are left out": (lambda names: cut(names, later=3), {"none_lost"}),
    "the test is in training": (
        lambda names: [*cut(names)[:2], cut(names)[0][:30]], {"test_apart", "none_lost"},
    ),
    "one half to validate with": (
        lambda names: [cut(names)[0][::2], [*cut(names)[0][1::2], *cut(names)[1]], cut(names)[2]],
        {"other_shares"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WRONG)
def test_parts_that_are_cut_otherwise_are_told(way: str) -> None:
    divide, loses = WRONG[way]
    assert lost_in_parts(divide) == loses


@pytest.mark.parametrize("value", [None, [], [[["0:a"]]] * 3, [[["0:a"], [1]]] * 3, "abc"])
def test_what_shows_no_parts_is_told(value: object) -> None:
    seen = seen_of("parts_shown", {"parts_shown": lambda *_: value})
    with pytest.raises(Absent, match="no names of pictures for 3 parts and 2 passes"):
        dividing.none_lost(seen)


def test_pictures_of_a_numbered_folder_differ() -> None:
    folder, _ = some_numbered(np.random.default_rng(5))
    assert len(set(folder.files.values())) == len(folder.files)


def test_a_check_is_worth_points_and_all_of_them_are_100() -> None:
    assert sum(check.points for check in happy_sad_pipeline.checks) == 100
