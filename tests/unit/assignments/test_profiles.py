"""A grading profile: what is wrong with its declaration, and what it makes of an assignment."""

from pathlib import Path

import profiled
import pytest

from grader.assignments.assignment import Assignment
from grader.assignments.chosen import chosen
from grader.assignments.declaring import DeclarationError
from grader.assignments.digests import Digests, digests
from grader.assignments.loading import load
from grader.datasets.reduction import Reduction

LINE, NAMED = "QUICK = Profile(", "constants={"
MADE = 'images={"train": 6},'
EPOCHS = 'epochs={"train_model": 8}'
GOALS = 'goals={GOAL: Goal("accuracy", at_least=0.9, by_epoch=8)}'
SIZE = 'shapes.constant("IMAGE_SIZE", int)'
# A name, what stands in the module and what stands there instead, the line that is named, what is
# said of what was found, and what of the cure.
MISTAKES = [
    ("no name", '"quick"', '""', LINE, "The name of a profile is a text; found ''", "'quick'"),
    ("no number of images", MADE, "images=0,", LINE, "images of a profile are whole numbers from 1",
     'Write {"train": 20}'),
    ("a share of the images", '"train": 6', '"train": 0.5', LINE, "found {'train': 0.5}",
     "whole numbers"),
    ("an unknown split", '"train": 6', '"trian": 6', LINE,
     "has images of 'trian'; found train, validation", "Did you mean train?"),
    ("images of arrays", '"train": 6', '"test": 6', LINE,
     "has images of 'test'; found train, validation", "arrays are taken whole"),
    ("one side", "size=(6, 6)", "size=6", LINE, "a width and a height in pixels; found 6",
     "Write (64, 64)"),
    ("a side of nothing", "size=(6, 6)", "size=(6, 0)", LINE, "found (6, 0)", "Write (64, 64)"),
    ("a constant that is no value", '"EPOCHS": 8', '"EPOCHS": None', LINE,
     "constants of a profile are numbers, texts, tuples or lists", '{"IMAGE_SIZE": 64}'),
    ("a constant of another kind", '"IMAGE_SIZE": 6', '"IMAGE_SIZE": (6, 6)', LINE,
     "IMAGE_SIZE is 8 in shapes.ipynb; found (6, 6) for it", "a value of the same kind"),
    ("a misspelt constant", '"EPOCHS": 8', '"EPOCH": 8', LINE,
     "No required cell of shapes.ipynb sets EPOCH", "Did you mean EPOCHS?"),
    ("a constant that there is none of", '"EPOCHS": 8', '"RATE": 8', LINE,
     "No required cell of shapes.ipynb sets RATE", "Add RATE = ... to one"),
    ("a constant of a graded cell", '"EPOCHS": 8', '"mean_pixel": 8', LINE,
     "No required cell of shapes.ipynb sets mean_pixel", "which is the student's"),
    ("a variable that is no constant", '"EPOCHS": 8', '"history": 8', LINE,
     "history is set in shapes.ipynb, but not to a plain value", "such as history = 64"),
    ("epochs of what trains nothing", EPOCHS, 'epochs={"load_train": 8}', LINE,
     "has epochs of 'load_train'; found train_model", "Name a function that trains"),
    ("epochs of an unknown function", EPOCHS, 'epochs={"train_modle": 8}', LINE,
     "has epochs of 'train_modle'", "Did you mean train_model?"),
    ("epochs without a name", EPOCHS, "epochs=8", LINE, "epochs of a profile are whole numbers",
     'Write {"train_model": 20}'),
    ("more epochs than of the whole", EPOCHS, 'epochs={"train_model": 80}', LINE,
     "looks at 80 epochs of train_model, and its most_epochs are 10", "at most as many"),
    ("steps of what trains nothing", "steps={", 'steps={"load_train": 2, ', LINE,
     "has steps of 'load_train'", "Name a function that trains"),
    ("too few epochs for a goal", f"{GOALS},\n", "", LINE,
     "With the profile quick: TrainedModel('train_model'): 8 epochs are looked at; too few",
     "Say in its goals what stands for"),
    ("a goal that no part has", "{GOAL:", "{Goal(at_least=0.5):", LINE,
     "names a goal that no part has: 50% accuracy", "that parts are given as goals="),
    ("a goal that is none", GOALS, "goals={GOAL: 0.9}", LINE,
     "goals of a profile are Goals by Goals", "Write {GOAL: Goal(...)}"),
    ("goals that are a tuple", GOALS, "goals=(GOAL,)", LINE,
     "goals of a profile are Goals by Goals", "Write {GOAL: Goal(...)}"),
    ("limits that are a number", GOALS, f"{GOALS}, limits=60", LINE, "limits are Limits; found 60",
     "Write Limits(cell_s=60)"),
    ("nothing less", profiled.PROFILE, 'QUICK = Profile("quick")\n', LINE,
     "The profile quick takes nothing away", "Say how much of the whole"),
    ("a misspelt argument", "images={", "image={", LINE, "'image'", "Did you mean images?"),
    ("a profile that is a text", "profile=QUICK", 'profile="quick"', "shapes = Assignment(",
     "profile is a Profile; found 'quick'", "Write Profile("),
    ("evidence of an unknown constant", SIZE, SIZE.replace("_SIZE", "_SISE"), "check(train.loader",
     "No required cell of shapes.ipynb sets IMAGE_SISE", "Did you mean IMAGE_SIZE?"),
    ("evidence of another type", SIZE, SIZE.replace("int", "str"), "check(train.loader",
     "IMAGE_SIZE is 8 in shapes.ipynb; found str for it", "the same kind"),
    ("a constant first", f"train.loader, {SIZE}", f"{SIZE}, train.loader", "@data.check(",
     "training_size asks for a constant first", "Name evidence of a part before it"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake[0] for mistake in MISTAKES])
def test_a_mistake_is_told_with_its_place_and_its_cure(
    mistake: tuple[str, ...], tmp_path: Path
) -> None:
    _, old, new, line, found, fix = mistake
    assert old in profiled.MODULE
    module = profiled.MODULE.replace(old, new, 1)
    folder = profiled.write(tmp_path / "shapes", module)
    with pytest.raises(DeclarationError) as caught:
        load(folder)
    told, named = str(caught.value), module.splitlines()[caught.value.place.line - 1]
    assert told.startswith(f"{folder / 'assignment.py'}, line ")
    assert (line in named, found in told, fix in told) == (True,) * 3, (named, told)


@pytest.mark.parametrize(
    ("changed", "found", "fix"),
    [
        ({"sizes": "IMAGE_SIZE = 8\nEPOCHS = 10"}, "No required cell of shapes.ipynb sets IMAGE",
         "Mark the cell that does with '# grader-required-cell'"),
        ({"sizes": f"{profiled.CELLS['sizes']}\nEPOCHS = 9"}, "EPOCHS is set 2 times",
         "Set it once, in a line of its own"),
    ],
    ids=["in an unmarked cell", "twice"],
)  # fmt: skip
def test_a_notebook_that_does_not_set_it_so_is_told_with_a_cure(
    changed: dict[str, str], found: str, fix: str, tmp_path: Path
) -> None:
    with pytest.raises(DeclarationError) as caught:
        load(profiled.write(tmp_path / "shapes", **changed))
    assert (found in str(caught.value), fix in str(caught.value)) == (True, True), caught.value


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return load(profiled.write(tmp_path_factory.mktemp("author") / "shapes"))


def test_an_assignment_is_graded_by_its_profile(whole: Assignment) -> None:
    [assignment] = chosen([Path(whole.place.file).parent], "shapes")
    assert assignment.graded_by == whole.profile


def test_in_full_it_is_graded_as_it_is(whole: Assignment) -> None:
    [assignment] = chosen([Path(whole.place.file).parent], "shapes", full=True)
    assert (assignment.graded_by, assignment.reductions) == (None, {})


@pytest.mark.parametrize("full", [True, False])
def test_one_without_a_profile_is_the_same_in_full(*, full: bool) -> None:
    [assignment] = chosen([], "happy-or-sad", full=full, editions=False)
    assert (assignment.whole, assignment.graded_by, assignment.reductions) == (None, None, {})


def test_its_trainings_have_the_goals_and_epochs_of_the_profile(whole: Assignment) -> None:
    [goal] = whole.reduced().goals
    assert (goal.last_epoch, whole.reduced().most_epochs) == (profiled.QUICK_EPOCHS,) * 2


def test_so_much_is_taken_of_splits_of_images(whole: Assignment) -> None:
    size = (profiled.QUICK_SIZE,) * 2
    expected = {"train": Reduction(profiled.TAKEN, size), "validation": Reduction(None, size)}
    assert whole.reduced().reductions == expected


def test_what_was_reduced_is_not_reduced_again(whole: Assignment) -> None:
    once = whole.reduced()
    assert once.reduced() is once


def test_the_whole_is_left_as_it_is(whole: Assignment) -> None:
    before = (whole.goals, whole.most_epochs, whole.limits, [*whole.parts])
    whole.reduced()
    assert (whole.goals, whole.most_epochs, whole.limits, [*whole.parts]) == before


def of(folder: Path, old: str = "", new: str = "") -> Digests:
    """Return the digests of what is graded by a profile, some of which is written otherwise."""
    assert old in profiled.MODULE
    return digests(load(profiled.write(folder, profiled.MODULE.replace(old, new, 1))).reduced())


def test_a_grade_by_a_profile_is_of_another_observation(whole: Assignment) -> None:
    assert digests(whole.reduced()).observation != digests(whole).observation


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"train": 6', '"train": 5'),
        ("size=(6, 6)", "size=(7, 7)"),
        ('"IMAGE_SIZE": 6', '"IMAGE_SIZE": 7'),
        (EPOCHS, 'epochs={"train_model": 9}'),
        ('steps={"train_model": 2', 'steps={"train_model": 3'),
        ("at_least=0.9, by_epoch=8", "at_least=0.8, by_epoch=8"),
    ],
)
def test_another_setting_of_a_profile_is_another_observation(
    old: str, new: str, tmp_path: Path
) -> None:
    one, other = of(tmp_path / "one"), of(tmp_path / "other", old, new)
    assert one.observation != other.observation


def test_the_folder_of_a_profile_is_none_of_its_observation(tmp_path: Path) -> None:
    assert of(tmp_path / "one") == of(tmp_path / "other")


def test_a_profile_changes_no_observation_of_the_whole(tmp_path: Path) -> None:
    without = profiled.MODULE.replace(", profile=QUICK", "").replace(profiled.PROFILE, "")
    assert without.count("QUICK") == 0
    one = digests(load(profiled.write(tmp_path / "one")))
    assert one.observation == digests(load(profiled.write(tmp_path / "two", without))).observation
