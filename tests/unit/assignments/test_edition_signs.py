"""What speaks for an edition in which a part is given, and what such an edition is worth."""

import json
import textwrap
from pathlib import Path

import pytest
from handed_in import (
    CALLBACK,
    LOADER,
    RELEASED,
    TRAINER,
    Edit,
    HandedIn,
    Notebook,
    append,
    cell,
    course,
    delete,
    insert,
    only,
    position,
    replace,
    rewrite,
    strip_comments,
    strip_metadata,
    text_of,
)

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.happy_or_sad.editions import course_layouts
from grader.assignments.recognise import edition_issue
from grader.records import Plan, Role
from grader.scoring import spread

COURSE = course_layouts()[1]
GIVEN = [one.source for one in COURSE.cells if one.role is not Role.GRADED]
GIVEN_CALLBACK = next(text for text in GIVEN if f"class {CALLBACK}" in text)
WORDS = "\n".join(text for text in GIVEN if text is not GIVEN_CALLBACK)
EMPTY = next(
    text_of(one) for one in json.loads(RELEASED)["cells"] if f"class {CALLBACK}" in text_of(one)
)
BARE_EMPTY = "\n".join(line for line in EMPTY.split("\n") if not line.lstrip().startswith("#"))
COMMENTED = textwrap.indent(WORDS, "# ", lambda _: True)


def add(text: str, kind: str) -> Edit:
    return lambda content: content["cells"].append({**cell(text), "cell_type": kind})


def note(content: Notebook) -> None:
    content["metadata"].update(title=WORDS, grader_edition="course-2022")
    content["cells"][0]["metadata"]["title"] = WORDS


def in_loader(text: str) -> Edit:
    return replace("    ### START CODE HERE", f"    ### START CODE HERE\n{text}", within=LOADER)


WORDS_ONLY: dict[str, Edit] = {
    "comments": append(COMMENTED),
    "comments-behind-code": append("\n".join(f"x = 1  # {line}" for line in WORDS.split("\n"))),
    "string": append(f"'''\n{WORDS}\n'''"),
    "value": append(f"text = '''\n{WORDS}\n'''"),
    "never": append("if False:\n" + textwrap.indent(WORDS, "    ")),
    "never-as-zero": append("while 0:\n" + textwrap.indent(WORDS, "    ")),
    "uncalled": append("def unused():\n" + textwrap.indent(WORDS, "    ")),
    "markdown": add(WORDS, "markdown"),
    "raw": add(WORDS, "raw"),
    "metadata": note,
    "shell": append(f"%%bash\n{WORDS}"),
    "one-cell": append(WORDS),
    "comments-of-a-graded-cell": in_loader(textwrap.indent(COMMENTED, "    ")),
    "string-of-a-graded-cell": in_loader(f"    '''\n{WORDS}\n    '''"),
}  # fmt: skip


@pytest.mark.parametrize("words", WORDS_ONLY.values(), ids=WORDS_ONLY)
@pytest.mark.parametrize(
    "bare", [(), (strip_metadata, only(CALLBACK, LOADER, TRAINER))], ids=["whole", "bare"]
)
def test_words_do_not_make_a_kit_notebook_the_courses(
    tmp_path: Path, words: Edit, bare: tuple[Edit, ...]
) -> None:
    work = HandedIn(tmp_path).edited(*bare, words)
    assert work.recognised()[1].id == "kit"


@pytest.mark.parametrize("text", GIVEN)
def test_a_given_cell_of_the_course_leaves_a_kit_notebook_the_kits(
    tmp_path: Path, text: str
) -> None:
    assert HandedIn(tmp_path).edited(append(text)).recognised()[1].id == "kit"


def worth(plan: Plan) -> int:
    """Count the points that are to be had for the callback."""
    rubric = spread(happy_or_sad.checks, plan.layout.given - plan.put_back)
    return sum(check.points for check in rubric if check.group == "callback")


OWN = {
    "empty": EMPTY,
    "empty-without-comments": BARE_EMPTY,
    "bare": f"class {CALLBACK}: pass",
    "assigned": f"{CALLBACK} = tf.keras.callbacks.Callback",
    "never": "if False:\n" + textwrap.indent(GIVEN_CALLBACK, "    "),
    "marked": f"# GRADED FUNCTION: {CALLBACK}\n" + GIVEN_CALLBACK.replace("0.999", "0.9"),
    "other": f"class {CALLBACK}(tf.keras.callbacks.EarlyStopping):\n    patience = 3",
}


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
def test_a_callback_that_is_not_the_given_one_is_graded(tmp_path: Path, text: str) -> None:
    plan = HandedIn(tmp_path, course()).edited(rewrite(f"class {CALLBACK}", text)).plan()
    assert (plan.layout.given, worth(plan)) == (frozenset(), 15)


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
def test_a_callback_that_is_graded_is_run_as_it_was_handed_in(tmp_path: Path, text: str) -> None:
    plan = HandedIn(tmp_path, course()).edited(rewrite(f"class {CALLBACK}", text)).plan()
    assert [one.source for one in plan.cells if one.name == CALLBACK] == [text]


def test_an_empty_callback_in_a_course_notebook_is_untouched(tmp_path: Path) -> None:
    plan = HandedIn(tmp_path, course()).edited(rewrite(f"class {CALLBACK}", EMPTY)).plan()
    assert plan.untouched == {CALLBACK}


@pytest.mark.parametrize(
    "edits",
    [
        (delete(f"class {CALLBACK}"),),
        (rewrite(f"class {CALLBACK}", textwrap.indent(GIVEN_CALLBACK, "# ")),),
        (rewrite(f"class {CALLBACK}", f"'''\n{GIVEN_CALLBACK}'''"),),
        (rewrite(f"class {CALLBACK}", f"%%script false\n{GIVEN_CALLBACK}"),),
        (rewrite(f"class {CALLBACK}", "def f():\n" + textwrap.indent(GIVEN_CALLBACK, "    ")),),
        (delete(f"class {CALLBACK}"), add(GIVEN_CALLBACK, "markdown")),
        (insert("# grade-up-to-here", before=f"class {CALLBACK}"),),
        (only(LOADER, TRAINER),),
    ],
    ids=["gone", "comment", "string", "magic", "nested", "markdown", "cut-off", "bare"],
)
def test_a_given_callback_that_is_not_there_earns_nothing(
    tmp_path: Path, edits: tuple[Edit, ...]
) -> None:
    plan = HandedIn(tmp_path, course()).edited(*edits).plan()
    assert (plan.put_back >= {CALLBACK}, worth(plan)) == (True, 15)


def test_a_given_callback_that_is_not_there_is_put_back_for_the_run(tmp_path: Path) -> None:
    plan = HandedIn(tmp_path, course()).edited(delete(f"class {CALLBACK}")).plan()
    assert position(plan, f"class {CALLBACK}") < position(plan, TRAINER)


@pytest.mark.parametrize(
    "edits",
    [
        (),
        (replace("> 0.999", "> 0.9"),),
        (strip_comments, strip_metadata),
        (append(f"class {CALLBACK}: pass"),),
        (append(EMPTY),),
        (only(CALLBACK, LOADER, TRAINER),),
    ],
    ids=["as-it-is", "edited", "stripped", "one-more", "empty-one-more", "bare"],
)
def test_points_of_a_given_callback_are_spread_where_it_is_there(
    tmp_path: Path, edits: tuple[Edit, ...]
) -> None:
    plan = HandedIn(tmp_path, course()).edited(*edits).plan()
    assert (plan.put_back, worth(plan)) == (frozenset(), 0)


def test_the_given_callback_fills_in_the_kits_when_it_comes_later(tmp_path: Path) -> None:
    work = HandedIn(tmp_path).edited(rewrite(f"class {CALLBACK}", EMPTY), append(GIVEN_CALLBACK))
    assert (work.plan().layout.id, set(work.plan().untouched)) == ("kit", set())


def test_the_given_callback_does_not_fill_in_the_kits_when_it_comes_earlier(
    tmp_path: Path,
) -> None:
    work = HandedIn(tmp_path).edited(
        rewrite(f"class {CALLBACK}", EMPTY), insert(GIVEN_CALLBACK, before="import os")
    )
    assert (work.plan().layout.id, set(work.plan().untouched)) == ("kit", {CALLBACK})


def test_the_kits_notes_speak_against_signs_in_graded_cells(tmp_path: Path) -> None:
    work = HandedIn(tmp_path, course()).edited(only(LOADER, TRAINER))
    work.content["metadata"]["grader_assignment"] = happy_or_sad.id
    assert work.recognised()[1].id == "kit"


def told(work: HandedIn) -> str:
    issue = edition_issue(happy_or_sad, work.plan())
    return issue.message if issue else ""


def test_nothing_is_said_of_the_kits_edition(tmp_path: Path) -> None:
    assert told(HandedIn(tmp_path)) == ""


def test_another_edition_is_named(tmp_path: Path) -> None:
    assert told(HandedIn(tmp_path, course())) == (
        "Graded as the course's edition of 2022. myCallback is given there, so the other parts are "
        "worth its points."
    )


def test_a_given_part_that_earns_nothing_is_named(tmp_path: Path) -> None:
    work = HandedIn(tmp_path, course()).edited(delete(f"class {CALLBACK}"))
    assert "not in this notebook: it was put back for the run and earns nothing" in told(work)


RETIRED_WORDS = (
    "# DESIRED_ACCURACY = 0.999\n# zip_ref = ZipFile('/tmp/happy-or-sad.zip')",
    "'''\nDESIRED_ACCURACY = 0.999\n'''",
    "def unused():\n    '''\n    DESIRED_ACCURACY = 0.999\n    '''",
    "if False:\n    DESIRED_ACCURACY = 0.999",
    "DESIRED_ACCURACY = 0.999",
    "def training_dataset():\n    return 1",
    "def create_and_compile_model(): pass",
    "# def train_happy_sad_model():",
    "'''\ndef train_happy_sad_model():\n'''",
)


@pytest.mark.parametrize("text", RETIRED_WORDS)
@pytest.mark.parametrize("kept", [(CALLBACK, TRAINER), (TRAINER,), (CALLBACK, LOADER)])
def test_words_of_a_retired_edition_do_not_refuse_graded_cells(
    tmp_path: Path, text: str, kept: tuple[str, ...]
) -> None:
    work = HandedIn(tmp_path).edited(only(*kept), append(text))
    assert work.recognised()[1].id == "kit"


@pytest.mark.parametrize("text", RETIRED_WORDS)
def test_words_of_a_retired_edition_do_not_refuse_the_kits_given_cells(
    tmp_path: Path, text: str
) -> None:
    work = HandedIn(tmp_path).edited(
        delete(f"def {LOADER}"), delete(f"{LOADER}()"), delete(f"def {TRAINER}"), append(text)
    )
    assert work.recognised()[1].id == "kit"


@pytest.mark.parametrize("text", RETIRED_WORDS)
def test_a_trainer_that_is_only_assigned_is_none_of_a_retired_edition(
    tmp_path: Path, text: str
) -> None:
    texts = (f"{TRAINER} = lambda gen: gen", f"{LOADER} = list", text)
    content = {"cells": [cell(one) for one in texts], "metadata": {}, "nbformat": 4}
    assert HandedIn(tmp_path, content).recognised()[1].id == "kit"
