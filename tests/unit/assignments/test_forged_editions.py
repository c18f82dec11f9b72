"""Notebooks that are made to look like an edition that gives the callback away, and twins."""

import json
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from handed_in import (
    CALLBACK,
    LOADER,
    RELEASED,
    SOLUTION,
    TRAINER,
    Edit,
    HandedIn,
    Notebook,
    append,
    course,
    delete,
    only,
    replace,
    rewrite,
    text_of,
)

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.happy_or_sad.editions import course_layouts
from grader.records import Plan, Role
from grader.scoring import spread

CLASS = f"class {CALLBACK}"
GIVEN = [one.source for one in course_layouts()[1].cells if one.role is not Role.GRADED]
GIVEN_CALLBACK = next(text for text in GIVEN if CLASS in text)
NEVER_STOPS = GIVEN_CALLBACK.replace("> 0.999", "> 1.999")
LIVE_WORDS = textwrap.indent(
    """\
folder = './data/'
print('Sample happy image:')
encoded_answer = b''
first = lambda happy_dir: os.listdir(happy_dir)[0]
names = lambda hist: hist.model.metrics_names
""",
    "    ",
)
# Cells of the kit without which its edition is not the most likely one.
TELLING = ("pretended_logs", "curves = ", "metric was", "accuracy = curves", "sorted(", "TF_CPP")


def callback_of(notebook: bytes) -> str:
    return next(text_of(one) for one in json.loads(notebook)["cells"] if CLASS in text_of(one))


def never_run(content: Notebook) -> None:
    """Put all but the graded cells, and what calls them, under a condition that does not hold."""
    for one in content["cells"]:
        if not any(name in text_of(one) for name in (CALLBACK, LOADER, TRAINER)):
            one["source"] = "if os.environ.get('NEVER'):\n" + textwrap.indent(text_of(one), "    ")


def noted(content: Notebook) -> None:
    """Have it say that it is the kit's."""
    content["metadata"]["grader_assignment"] = happy_or_sad.id


def in_graded_cells(content: Notebook) -> None:
    replace("    ### END CODE HERE", f"{LIVE_WORDS}    ### END CODE HERE", LOADER)(content)
    rewritten = "from tensorflow.keras import optimizers, losses\n# GRADED"
    replace("# GRADED", rewritten, within=f"def {TRAINER}")(content)


def worth(plan: Plan) -> int:
    """Count the points that are to be had for the callback alone."""
    rubric = spread(happy_or_sad.checks, plan.layout.given - plan.put_back)
    return sum(check.points for check in rubric if check.group == "callback")


def mixed(content: Notebook) -> None:
    """Put the course's cells behind those of the kit, whose telling ones are lost."""
    rewrite(CLASS, GIVEN_CALLBACK)(content)
    for text in GIVEN:
        if text is not GIVEN_CALLBACK and not any(f"{name}(" in text for name in (LOADER, TRAINER)):
            append(text)(content)
    for text in TELLING:
        delete(text)(content)


WITHOUT: dict[str, tuple[Edit, ...]] = {
    "never-run": (never_run, delete(CLASS)),
    "never-run-and-noted": (noted, never_run, delete(CLASS)),
    "noted": (noted, delete(CLASS)),
    "never-run-and-empty": (never_run, rewrite(CLASS, callback_of(RELEASED))),
}


@pytest.mark.parametrize("edits", WITHOUT.values(), ids=WITHOUT)
def test_a_course_notebook_without_the_given_callback_is_spared_none_of_its_points(
    tmp_path: Path, edits: tuple[Edit, ...]
) -> None:
    assert worth(HandedIn(tmp_path, course()).edited(*edits).plan()) == 15


@pytest.mark.parametrize("kept", [(CALLBACK, LOADER, TRAINER), (LOADER, TRAINER)])
def test_words_of_the_course_that_run_in_graded_cells_spare_no_points(
    tmp_path: Path, kept: tuple[str, ...]
) -> None:
    work = HandedIn(tmp_path).edited(
        rewrite(CLASS, callback_of(RELEASED)), in_graded_cells, only(*kept)
    )
    work.content["metadata"] = {}
    assert worth(work.plan()) == 15


def solution() -> Notebook:
    content: Notebook = json.loads(SOLUTION)
    return content


LEFT_OPEN: dict[str, tuple[Callable[[], Notebook], tuple[Edit, ...]]] = {
    "never-stops": (course, (noted, rewrite(CLASS, NEVER_STOPS))),
    "never-run-and-never-stops": (course, (never_run, rewrite(CLASS, NEVER_STOPS))),
    "both-editions": (solution, (mixed,)),
}


@pytest.mark.parametrize(("made", "edits"), LEFT_OPEN.values(), ids=LEFT_OPEN)
def test_whoever_pastes_something_like_the_given_callback_is_left_open(
    tmp_path: Path, made: Callable[[], Notebook], edits: tuple[Edit, ...]
) -> None:
    plan = HandedIn(tmp_path, made()).edited(*edits).plan()
    assert (plan.layout.given, worth(plan)) == (frozenset({CALLBACK}), 0)


@pytest.mark.parametrize("edits", [(), (noted,)], ids=["as-it-is", "noted"])
def test_the_kits_own_callback_in_a_course_notebook_is_no_lost_one(
    tmp_path: Path, edits: tuple[Edit, ...]
) -> None:
    work = HandedIn(tmp_path, course()).edited(*edits, rewrite(CLASS, callback_of(SOLUTION)))
    assert work.plan().put_back == frozenset()
