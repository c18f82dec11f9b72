"""docs/rubric.md is made from the rubric itself."""

from collections.abc import Callable
from itertools import groupby
from operator import attrgetter

import pytest
from at_hand import ASSIGNMENTS

from grader.accuracies import borne_out
from grader.assignments.assignment import Assignment
from grader.assignments.cats_and_dogs.assignment import cats_and_dogs
from grader.assignments.happy_house.assignment import happy_house
from grader.assignments.happy_or_sad_2024.assignment import happy_or_sad_2024
from grader.assignments.happy_sad_pipeline.assignment import happy_sad_pipeline
from grader.assignments.horses_or_humans.assignment import horses_or_humans
from grader.checks import Check
from grader.goals import words

HEAD = """\
# Rubric

What earns points, check by check, in the order of the report. The hint is what a student reads
when the check fails. Made from the code; `pytest tests/unit --update-docs` refreshes it.
"""
ABOUT = """
## {title} (`{id}`, version {version})

{total} points. Passing takes {mark:.0%} of them and every check marked **required**.

Training must reach {goal}, as Keras logs it with a metric
that suits the output. The grader measures all images after that epoch, and at least
{borne_out:.0%} must be classified correctly. Where the log does not tell of all images, because an
epoch shows fewer of them or in unmixed order, what the grader measures must reach the target, and
the log {borne_out:.0%}: [both accuracies explained](training.md#when-an-epoch-reaches-the-target).

It runs with the published seeds {seeds}. The first decides. A training that had the epochs, or
whose log is not borne out, or whose random weights classified all images correctly beforehand, may
have had bad luck, so the next seeds are tried until one reaches the target. The first run that does
so counts, otherwise the first of all, and the report says how many of the seeds did.

Epochs of all trainings that one call of the function makes count together, up to the one whose
History it returns, and {most} are looked at: [several trainings](training.md#several-trainings).

Points for a loader are for the one that its function returns, if the grader did not train on
[another one](training.md#the-loader-that-is-returned).
"""
BRIEF = """
## {title} (`{id}`, version {version})

{total} points. Passing takes {mark:.0%} of them and every check marked **required**. Trainings must
come to: {goals}. Seeds {seeds} are tried as above{near}.
"""
# What is said of the first one is true of them as well.
BRIEFLY = (
    happy_house,
    cats_and_dogs,
    happy_or_sad_2024,
    horses_or_humans,
    happy_sad_pipeline,
)
NEAR = ", where one came within {:.0f} percentage points of it"
TABLE = """
### {group}: {points} points

| check | what must hold | points | hint |
|---|---|---:|---|
"""


def rubric() -> str:
    return HEAD + "".join([*map(section, ASSIGNMENTS), *map(brief, BRIEFLY)])


def brief(assignment: Assignment) -> str:
    about = BRIEF.format(
        title=assignment.title,
        id=assignment.id,
        version=assignment.version,
        total=assignment.points,
        mark=assignment.pass_mark,
        goals="; ".join(dict.fromkeys(map(words.sentence, assignment.goals))),
        near="".join(
            NEAR.format(100 * within)
            for within in {goal.retry_within for goal in assignment.goals}
            if within is not None
        ),
        seeds=listed(assignment.seeds),
    )
    return about + tables(assignment)


def tables(assignment: Assignment) -> str:
    groups = groupby(assignment.checks, attrgetter("group"))
    return "".join(table(group, list(checks)) for group, checks in groups)


def section(assignment: Assignment) -> str:
    [goal], dataset = assignment.goals, assignment.data
    assert dataset is not None
    about = ABOUT.format(
        title=assignment.title,
        id=assignment.id,
        version=assignment.version,
        total=assignment.points,
        mark=assignment.pass_mark,
        goal=words.sentence(goal),
        most=assignment.most_epochs,
        borne_out=borne_out(goal.bound, len(dataset.files), len(dataset.classes)),
        seeds=listed(assignment.seeds),
    )
    return about + tables(assignment)


def table(group: str, checks: list[Check]) -> str:
    head = TABLE.format(group=group, points=sum(check.points for check in checks))
    return head + "".join(map(line, checks))


def line(check: Check) -> str:
    title = f"{check.title} **required**" if check.required else check.title
    return f"| `{check.id}` | {title} | {check.points} | {check.hint} |\n"


def listed(seeds: tuple[int, ...]) -> str:
    *first, last = map(str, seeds)
    return f"{', '.join(first)} and {last}"


def test_the_page_is_what_the_code_says(keep_true: Callable[[str, str], None]) -> None:
    keep_true("rubric.md", rubric())


@pytest.mark.parametrize("assignment", [*ASSIGNMENTS, *BRIEFLY], ids=lambda each: each.id)
def test_a_rubric_is_worth_100_points(assignment: Assignment) -> None:
    assert sum(check.points for check in assignment.checks) == 100


@pytest.mark.parametrize("assignment", [*ASSIGNMENTS, *BRIEFLY], ids=lambda each: each.id)
def test_no_text_breaks_the_table(assignment: Assignment) -> None:
    assert not [c.id for c in assignment.checks if set("|\n") & set(c.title + c.hint)]
