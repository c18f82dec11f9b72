"""What reports say where several functions are graded that train."""

import io
import re

import pytest
from rich.console import Console

from grader.goals.status import GoalStatus
from grader.records import Verdict
from grader.report import html, text, wording
from grader.report.document import Report


@pytest.fixture
def two(full_marks: Report) -> Report:
    """A report on two functions that train, of which the second is trained once more besides."""
    [made] = [each for each in full_marks.trainings if each.graded]
    other = made.model_copy(update={"name": "train_deep"})
    besides = other.model_copy(update={"graded": False, "seeds": []})
    layers = [
        layer.model_copy(update={"part": name})
        for name, count in ((made.name, 3), ("train_deep", 2))
        for layer in full_marks.layers[:count]
    ]
    told = {"trainings": [made, other, besides], "layers": layers}
    return full_marks.model_copy(update=told)


def printed(report: Report) -> str:
    out = io.StringIO()
    text.render(report, Console(file=out, width=100, color_system=None))
    return out.getvalue()


def page(report: Report) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html.render(report)).split())


def test_a_terminal_names_whose_training_it_is(two: Report) -> None:
    named = [line for line in printed(two).splitlines() if line.startswith("Training of")]
    assert [line.split()[2] for line in named] == [each.name for each in two.trainings[:2]]


def test_the_only_one_is_not_named(full_marks: Report) -> None:
    assert "Training of" not in printed(full_marks)


def test_a_page_has_a_table_of_layers_for_each(two: Report) -> None:
    shown = page(two)
    network = shown[shown.index(" Network ") :]
    assert network.count("Output shape") == 2
    assert "train_deep Layer" in network


def test_the_layers_of_the_only_one_stand_under_no_name(full_marks: Report) -> None:
    assert " Network Layer " in page(full_marks)


def test_a_person_is_told_whose_goal_to_look_at(two: Report) -> None:
    made = two.trainings[1]
    doubted = made.goals[0].model_copy(
        update={"status": GoalStatus.UNCONFIRMED, "measured": False, "words": "a recall of 80%"}
    )
    trainings = [two.trainings[0], made.model_copy(update={"goals": [doubted]})]
    told = {"trainings": trainings, "verdict": Verdict.NEEDS_REVIEW}
    assert "a recall of 80% (train_deep)" in wording.reasons(two.model_copy(update=told))[0]


def test_what_is_not_graded_is_neither_in_time_nor_too_late(two: Report) -> None:
    besides = two.trainings[-1]
    [said] = wording.outcomes(besides)
    assert said == f"Reached 99.9% accuracy after {besides.goals[0].reached_at} epochs."
