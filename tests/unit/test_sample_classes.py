"""The committed sample classes are what their generators make."""

import json
from types import ModuleType

import cats_class
import class_2024
import horses_class
import house_class
import pipeline_class
import pytest
import samples

LARGEST_BYTES = 200_000
CLASSES = (house_class, cats_class, class_2024, horses_class, pipeline_class)
each_class = pytest.mark.parametrize("made", CLASSES, ids=lambda each: each.__name__)


@pytest.mark.parametrize(
    ("made", "student"),
    [(made, sample.student) for made in CLASSES for sample in made.SAMPLES],
)
def test_a_committed_submission_is_what_the_generator_makes(made: ModuleType, student: str) -> None:
    [sample] = [each for each in made.SAMPLES if each.student == student]
    committed = (made.FOLDER / sample.student / sample.file).read_text(encoding="utf-8")
    assert committed == samples.text(sample)


@each_class
def test_the_manifest_is_what_the_generator_makes(made: ModuleType) -> None:
    committed = json.loads((made.FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert committed == made.manifest()


@each_class
def test_every_submission_is_in_the_manifest(made: ModuleType) -> None:
    files = {path.relative_to(made.FOLDER).as_posix() for path in made.FOLDER.rglob("*.ipynb")}
    assert files == {entry["submission"] for entry in made.manifest()}


@each_class
def test_every_submission_has_a_reason(made: ModuleType) -> None:
    assert all(sample.reason for sample in made.SAMPLES)


@each_class
def test_there_are_at_least_twelve(made: ModuleType) -> None:
    assert len(made.SAMPLES) >= 12


@each_class
def test_no_submission_is_large(made: ModuleType) -> None:
    files = made.FOLDER.rglob("*.ipynb")
    assert max(path.stat().st_size for path in files) <= LARGEST_BYTES
