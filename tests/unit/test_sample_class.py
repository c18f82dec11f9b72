"""The committed sample class is what its generator makes."""

import json

import pytest
import sample_class
import samples
from sample_class import FOLDER, SAMPLES, Sample

LARGEST_BYTES = 200_000


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.student)
def test_a_committed_submission_is_what_the_generator_makes(sample: Sample) -> None:
    committed = (FOLDER / sample.student / sample.file).read_text(encoding="utf-8")
    assert committed == samples.text(sample)


def test_the_manifest_is_what_the_generator_makes() -> None:
    committed = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert committed == sample_class.manifest()


def test_every_submission_is_in_the_manifest() -> None:
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.ipynb")}
    assert files == {entry["submission"] for entry in sample_class.manifest()}


def test_every_submission_has_a_reason() -> None:
    assert all(sample.reason for sample in SAMPLES)


def test_no_submission_is_large() -> None:
    assert max(path.stat().st_size for path in FOLDER.rglob("*.ipynb")) <= LARGEST_BYTES
