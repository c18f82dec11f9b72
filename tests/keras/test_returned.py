"""Whatever image_generator returns, one sentence says what it is, and nothing takes memory or time.

All of it is returned in one kernel, as a submission would, and judged by the rubric.
"""

import re
from collections.abc import Sequence

import pytest
from happy_or_sad.submission import LOADER
from PIL import Image

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks import runner
from grader.checks.observed import Observation
from grader.evidence import Evidence, Loader
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.kinds.loader.part import ImageLoader
from grader.processes.limits import MIB, Limits
from grader.records import CheckResult, Layout, Plan, PlannedCell, Role, Status

SETUP = """\
import itertools, pathlib
import keras, numpy as np, tensorflow as tf
from tensorflow.keras.preprocessing.image import ImageDataGenerator

made = ImageDataGenerator(rescale=1 / 255)
def directory():
    return made.flow_from_directory("data", target_size=(8, 8), batch_size=4, class_mode="binary")
def batch(count=4, size=(8, 8, 1)):
    return np.zeros((count, *size), "float32"), np.zeros(count)
def yielding(*values):
    yield from values
def forever(value):
    while True:
        yield value

class Itself(keras.utils.PyDataset):
    def __len__(self):
        return 10**9
    def __getitem__(self, index):
        return self
class Allocating:
    def __array__(self, *args, **kwargs):
        return np.zeros(2**40)
class Answering:
    def __getattr__(self, name):
        return self
    def __call__(self, *args):
        return self
class Frame:
    columns = ["image"]
    def keys(self):
        return self.columns
    def __len__(self):
        return 80
    def __getitem__(self, name):
        raise KeyError(name)
class Unlucky(keras.utils.PyDataset):
    def __len__(self):
        return 3
    def __getitem__(self, index):
        raise ValueError(f"no images in batch {index}")
holding = []
holding.append(holding)
huge = np.broadcast_to(np.float32(0), (2**20, 2**10, 2**10))
"""
# What a function returns, and what is said of it.
OTHERS = {
    "None": "nothing",
    "made": "an ImageDataGenerator",
    "ImageDataGenerator": "the class ImageDataGenerator",
    "made.flow_from_directory": "the method flow_from_directory",
    "directory": "the function directory",
    "lambda: directory()": "the function <lambda>",
    "keras": "the module keras",
    "'../data'": "a text (str)",
    "pathlib.Path('data')": "a PosixPath",
    "80": "a number (int)",
    "0.5": "a number (float)",
    "True": "a truth value (bool)",
    "keras.Sequential()": "a Sequential",
    "keras.callbacks.History()": "a History",
    "(directory(), directory())": "a tuple of 2",
    "(directory(),)": "a tuple of 1",
    "()": "an empty tuple",
    "[directory()]": "a list of 1",
    "[]": "an empty list",
    "[batch()[0]] * 10**6": "a list of 1000000",
    "holding": "a list of 1 that gives a list of 1",
    "{'train': directory(), 'validation': directory()}": "a dict of 2",
    "{directory()}": "a set of 1",
    "batch()[0]": "an array of shape (4, 8, 8, 1)",
    "tf.zeros((2, 8, 8, 3))": "an array of shape (2, 8, 8, 3)",
    "huge": "an array of shape (1048576, 1024, 1024)",
    "np.broadcast_to(0.5, (1, 10**6, 10**6)), [0]": (
        "a tuple of 2 with an array of shape (1, 1000000, 1000000)"
    ),
    "'x' * 2**28": "a text (str)",
    "yielding()": "a generator that gives nothing",
    "yielding(directory())": "a generator that gives a DirectoryIterator",
    "yielding((directory(), directory()))": "a generator that gives a tuple of 2",
    "yielding({'images': batch()})": "a generator that gives a dict of 1",
    "forever(forever(1))": "a generator that gives a generator",
    "itertools.count()": "a count that gives a number (int)",
    "itertools.cycle([directory()])": "a cycle that gives a DirectoryIterator",
    "zip(directory(), directory())": "a zip that gives a tuple of 2",
    "Itself(workers=1)": "an Itself that gives an Itself",
    "Allocating()": "an Allocating",
    "Answering()": "an Answering",
    "Frame()": "a Frame",
    "tf.data.Dataset.from_tensor_slices(['a', 'b']).repeat()": (
        "a _RepeatDataset that gives an EagerTensor"
    ),
}
# Loaders that can be judged, with what the check of the images finds.
JUDGED = {
    "directory()": "6 images of 2 classes",
    "batch()": "4 images of 2 classes",
    "yielding(batch(), batch(3))": "7 images of 2 classes",
    "forever(batch())": "images that could not be counted",
    "itertools.cycle(yielding(batch()))": "images that could not be counted",
    "itertools.tee(directory())[0]": "images that could not be counted",
    "tf.data.Dataset.from_tensors(batch()).repeat()": "images that could not be counted",
    "tf.data.Dataset.from_tensor_slices(batch())": "4 images of 2 classes",
    "huge[:, :64, :64, None], huge[:, 0, 0]": "1048576 images of 2 classes",
    "yielding(batch(4, (192,)))": "1 images of 2 classes",
    "yielding((batch()[0], ['happy'] * 4))": "4 images of 2 classes",
    "yielding((np.full((4, 8, 8, 1), np.nan), None))": "4 images of 2 classes",
    "yielding((np.full((4, 8, 8, 1), 'a'), batch()))": "4 images of 2 classes",
    "yielding((batch()[0], batch()[0]))": "4 images of 2 classes",
    "made.flow_from_directory('data', (8, 8), class_mode=None)": "6 images of 2 classes",
    "made.flow(*batch())": "4 images of 2 classes",
}
SOURCES = [*OTHERS, *JUDGED, "Unlucky()"]


def _cells() -> list[PlannedCell]:
    defined = [f"def f{number}():\n    return {source}\n" for number, source in enumerate(SOURCES)]
    graded = [PlannedCell(each, Role.GRADED, f"f{n}") for n, each in enumerate(defined)]
    calls = frozenset(PROBES)
    calling = PlannedCell("x = 1", Role.REQUIRED, calls=calls)
    return [PlannedCell(SETUP, Role.REQUIRED), *graded, calling]


PROBES = {f"f{n}": ImageLoader(f"f{n}", variable="gen") for n in range(len(SOURCES))}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, kernels: Kernels) -> Run:
    folder = tmp_path_factory.mktemp("images")
    for name, colour in (("happy", "white"), ("sad", "black")):
        (folder / name).mkdir()
        for number in range(3):
            Image.new("RGB", (8, 8), colour).save(folder / name / f"{number}.png")
    # Keras takes some 800 MiB.
    limits = Limits(memory_bytes=1400 * MIB)
    return kernels.run(Job(_cells(), PROBES, folder, "faces", 1, limits))


def judged(ran: Run, source: str) -> list[CheckResult]:
    """Judge one of them as if it were all that a submission had."""
    name = f"f{SOURCES.index(source)}"
    evidence = Evidence()
    seen, unprobed = ran.evidence.find(Loader, name), ran.evidence.unprobed.get(name)
    if seen is not None:
        evidence.add(seen.model_copy(update={"name": LOADER}))
    if unprobed is not None:
        evidence.add(unprobed.model_copy(update={"name": LOADER}))
    plan = Plan(Layout("kit", "", ()), ())
    observed = Observation(plan, ran.execution, evidence, happy_or_sad.by_name, 80, 2)
    checks = [check for check in happy_or_sad.checks if check.group == "loader"]
    return runner.run(checks, observed)


def statuses(results: Sequence[CheckResult]) -> list[Status]:
    return [result.status for result in results]


def test_the_run_ends_well(ran: Run) -> None:
    assert (ran.execution.message, ran.evidence.faults) == ("", [])


@pytest.mark.parametrize("source", OTHERS)
def test_what_is_no_loader_is_said_in_one_sentence(ran: Run, source: str) -> None:
    first, *others = judged(ran, source)
    its = "its " if source == "made" else ""
    assert first.actual == (
        f"image_generator returned {OTHERS[source]}; expected what {its}flow_from_directory gives."
    )
    assert {result.actual for result in others} == {first.actual}


@pytest.mark.parametrize("source", OTHERS)
def test_one_check_fails_and_the_others_are_skipped(ran: Run, source: str) -> None:
    assert statuses(judged(ran, source)) == [Status.FAILED, *[Status.SKIPPED] * 4]


@pytest.mark.parametrize("source", JUDGED)
def test_a_loader_of_any_make_is_judged(ran: Run, source: str) -> None:
    assert judged(ran, source)[0].actual == JUDGED[source]


@pytest.mark.parametrize("source", SOURCES)
def test_no_check_shows_what_is_not_there(ran: Run, source: str) -> None:
    for result in judged(ran, source):
        shown = f"{result.expected} {result.actual} {result.hint}"
        assert result.status is not Status.ERRORED, shown
        assert result.actual.strip()
        assert not {"None", "NoneType"} & set(re.findall(r"\w+", shown))
        assert "labels of shape" not in shown


def test_a_loader_that_raises_is_told_with_what_it_raised(ran: Run) -> None:
    found = judged(ran, "Unlucky()")
    assert {result.actual for result in found} == {
        "image_generator raised ValueError: no images in batch 0."
    }
