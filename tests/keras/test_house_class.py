"""The sample class of "The Happy House" gets what its manifest says."""

from typing import Any

import house_class
import pytest
import samples
from house_class import FOLDER

MANIFEST = {entry["submission"]: entry for entry in house_class.manifest()}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return samples.graded(FOLDER, tmp_path_factory.mktemp("class"))


@pytest.mark.parametrize("path", MANIFEST)
def test_a_submission_gets_what_the_manifest_says(
    path: str, reports: dict[str, dict[str, Any]]
) -> None:
    expected = MANIFEST[path]
    wanted = (expected["verdict"], expected["score"], expected["loses"])
    assert samples.outcome(reports[path]) == wanted


@pytest.mark.parametrize("path", [path for path, entry in MANIFEST.items() if entry["issues"]])
def test_what_was_odd_about_a_submission_is_named(
    path: str, reports: dict[str, dict[str, Any]]
) -> None:
    assert set(MANIFEST[path]["issues"]) <= samples.named(reports[path])


@pytest.mark.parametrize("student", ["barbara", "donald"])
def test_the_courses_notebook_is_known_as_such(
    student: str, reports: dict[str, dict[str, Any]]
) -> None:
    report = reports[f"{student}/{house_class.FILE}"]
    assert report["assignment"]["layout"] == "course"


def test_whoever_missed_the_mark_with_the_first_seed_has_had_another(
    reports: dict[str, dict[str, Any]],
) -> None:
    report = reports[f"{house_class.UNLUCKY}/{house_class.FILE}"]
    [training] = report["trainings"]
    assert len(training["seeds"]) > 1
    assert not training["seeds"][0]["in_time"]
