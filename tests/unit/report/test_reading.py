"""Reports of version 1 are read as version 2 says them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from grader.goals.status import GoalStatus
from grader.report import html, wording
from grader.report.document import Report
from grader.report.reading import read

# As they were written of three submissions of the sample class.
VERSION_1 = Path(__file__).with_name("version_1")
NAMES = ("ada", "james", "rasmus")


def told(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((VERSION_1 / f"{name}.json").read_bytes())
    return content


def changed(name: str, **fields: Any) -> Report:
    """Read a report in which the training is otherwise."""
    content = told(name)
    content["trainings"][0].update(fields)
    return read(json.dumps(content))


@pytest.mark.parametrize("name", NAMES)
def test_what_both_versions_say_alike_stays(name: str) -> None:
    old, new = told(name), json.loads(read((VERSION_1 / f"{name}.json").read_bytes()).to_json())
    apart = {"schema_version", "trainings"}
    assert [new["provenance"].pop(name) for name in ("digests", "profile")] == [None, None]
    assert not any(check.pop("of_assignment") for check in new["checks"])
    assert not any(layer.pop("part") for layer in new["layers"])
    assert {k: v for k, v in new.items() if k not in apart} == {
        k: v for k, v in old.items() if k not in apart
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_report_that_was_upgraded_is_one_of_version_2(name: str) -> None:
    report = read((VERSION_1 / f"{name}.json").read_bytes())
    assert read(report.to_json()) == report


def test_curves_stay_as_they_were() -> None:
    [new], [old] = changed("ada").trainings, told("ada")["trainings"]
    assert (new.accuracy, new.loss, new.measured) == (
        old["accuracy"],
        old["loss"],
        old["measured"],
    )


def test_its_target_becomes_its_one_goal() -> None:
    [goal] = changed("ada").trainings[0].goals
    assert (goal.words, goal.bound, goal.before_epoch, goal.reached_at) == (
        "99.9% accuracy before epoch 15", 0.999, 15, 12,
    )  # fmt: skip


STATUS = (
    ({"epochs_to_target": 14}, GoalStatus.MET),
    ({"epochs_to_target": 15}, GoalStatus.LATE),
    ({"epochs_to_target": None}, GoalStatus.MISSED),
    ({"epochs_to_target": None, "source": "unverified"}, GoalStatus.UNCONFIRMED),
)


@pytest.mark.parametrize(("fields", "status"), STATUS)
def test_how_it_stood_to_its_target_is_known(fields: dict[str, Any], status: GoalStatus) -> None:
    assert changed("ada", **fields).trainings[0].goals[0].status is status


def test_it_is_said_as_before() -> None:
    [goal] = wording.outcomes(changed("james").trainings[0])
    assert goal == "Did not reach 99.9% accuracy: at best 68.75% in 20 epochs."


def test_its_seeds_are_counted_as_before() -> None:
    assert wording.seeds(changed("james").trainings[0]) == "0 of 3 seeds in time"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_can_be_made_of_it(name: str) -> None:
    assert "Happy or Sad" in html.render(read((VERSION_1 / f"{name}.json").read_bytes()))


def _drop(*names: str) -> Callable[[dict[str, Any]], None]:
    def edit(content: dict[str, Any]) -> None:
        for name in names:
            content["trainings"][0].pop(name)

    return edit


BROKEN: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no trainings": lambda content: content.pop("trainings"),
    "no target": _drop("target"),
    "no seeds": _drop("seeds"),
    "a target that is no number": lambda content: content["trainings"][0].update(target="most"),
    "a training that is none": lambda content: content.update(trainings=[["ab"]]),
    "another version": lambda content: content.update(schema_version=3),
}


@pytest.mark.parametrize("edit", BROKEN.values(), ids=BROKEN)
def test_what_is_no_report_is_refused(edit: Callable[[dict[str, Any]], Any]) -> None:
    content = told("ada")
    edit(content)
    with pytest.raises(ValidationError):
        read(json.dumps(content))


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, "null", '{"schema_version": 1}'])
def test_what_is_no_json_is_refused(content: str) -> None:
    with pytest.raises(ValidationError):
        read(content)
