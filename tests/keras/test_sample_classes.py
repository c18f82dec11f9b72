"""The sample classes of all but "Happy or Sad" itself get what their manifests say."""

from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

import cats_class
import class_2024
import horses_class
import house_class
import pipeline_class
import pytest
import samples

CLASSES: dict[str, ModuleType] = {
    "happy_house": house_class,
    "cats_and_dogs": cats_class,
    "happy_or_sad_2024": class_2024,
    "happy_sad_pipeline": pipeline_class,
    "horses_or_humans": horses_class,
}
ENTRIES = [(name, entry) for name, made in CLASSES.items() for entry in made.manifest()]
ODD = [(name, entry) for name, entry in ENTRIES if entry["issues"]]
Reports = Callable[[str], dict[str, dict[str, Any]]]
Report = Callable[[str, str], dict[str, Any]]


def path(value: Any) -> str:
    return str(value["submission"] if isinstance(value, dict) else value)


def long(name: str) -> frozenset[str]:
    """Return who of a class is graded with ``--prove`` alone."""
    students: frozenset[str] = getattr(CLASSES[name], "LONG", frozenset())
    return students


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Reports:
    @cache
    def of_class(name: str) -> dict[str, dict[str, Any]]:
        place, folder = tmp_path_factory.mktemp(name), CLASSES[name].FOLDER
        if not pytestconfig.getoption("--prove"):
            folder = samples.without(folder, long(name), place / "class")
        return samples.graded(folder, place / "graded")

    return of_class


@pytest.fixture
def report(reports: Reports, pytestconfig: pytest.Config) -> Report:
    """Return the report of one submission of a class, or skip the test."""

    def of_submission(name: str, path: str) -> dict[str, Any]:
        if path.partition("/")[0] in long(name) and not pytestconfig.getoption("--prove"):
            pytest.skip("one of many; --prove grades it")
        return reports(name)[path]

    return of_submission


@pytest.mark.parametrize(("name", "expected"), ENTRIES, ids=path)
def test_a_submission_gets_what_the_manifest_says(
    name: str, expected: dict[str, Any], report: Report
) -> None:
    wanted = (expected["verdict"], expected["score"], expected["loses"])
    assert samples.outcome(report(name, expected["submission"])) == wanted


@pytest.mark.parametrize(("name", "expected"), ODD, ids=path)
def test_what_was_odd_about_a_submission_is_named(
    name: str, expected: dict[str, Any], report: Report
) -> None:
    found = samples.named(report(name, expected["submission"]))
    assert set(expected["issues"]) <= found


@pytest.mark.parametrize("student", ["barbara", "donald"])
def test_the_courses_notebook_is_known_as_such(student: str, report: Report) -> None:
    found = report("happy_house", f"{student}/{house_class.FILE}")
    assert found["assignment"]["layout"] == "course"


@pytest.mark.parametrize(
    "name", [name for name, made in CLASSES.items() if hasattr(made, "UNLUCKY")]
)
def test_whoever_missed_the_mark_with_the_first_seed_has_had_another(
    name: str, report: Report
) -> None:
    made = CLASSES[name]
    trainings = report(name, f"{made.UNLUCKY}/{made.FILE}")["trainings"]
    in_time = [[seed["in_time"] for seed in each["seeds"]] for each in trainings]
    assert any((each[0], each[-1]) == (False, True) for each in in_time)
