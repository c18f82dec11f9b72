"""What an author writes wrongly of data is told when it is loaded: where, and the cure."""

from pathlib import Path

import pytest
import shirts

from grader.assignments.declaring import DeclarationError
from grader.assignments.loading import load

IMPORTS = "from grader.authoring import Arrays, ClassFolders, Fetched, ImageFolder, KerasData\n"
WHOLE = 'data=Dataset("shirts", "shirts", ("long", "short"), HERE / "images"),'
SPLITS = """\
data=Dataset(
        "shirts",
        "shirts",
        ("long", "short"),
        splits=(
            ClassFolders("train", HERE / "images"),
            ClassFolders("validation", HERE / "valid"),
            Arrays("test", HERE / "test.npz"),
        ),
    ),"""
TRAIN, TEST = 'ClassFolders("train", HERE / "images")', 'Arrays("test", HERE / "test.npz")'
VALIDATION = 'ClassFolders("validation", HERE / "valid")'
URL = '"https://example.org/test.npz"'
LOADS = 'ImageLoader("load", variable="batches"'
LOADER = "loader=images"
# A name, what stands in the module and what stands there instead, the line that is named, what is
# said of what was found, and what of the cure.
MISTAKES = [
    ("an unknown split", LOADS, f'{LOADS}, split="validatoin"', "images = shirts.part(",
     "of the split 'validatoin'; found train, validation, test", "Did you mean validation?"),
    ("training on a hidden split", 'HERE / "images"', 'HERE / "images", hidden=True',
     "model = shirts.part(", "first split of class folders of shirts is hidden", "Name the one"),
    ("training on another split", LOADS, f'{LOADS}, split="validation"', "model = shirts.part(",
     "trains on the split 'validation'", "Name that one first"),
    ("training on arrays that there are none of", LOADER, 'data="tset"', "model = shirts.part(",
     "train trains on arrays of 'tset'; found test", "Did you mean test?"),
    ("training on folders as arrays", LOADER, 'data="train"', "model = shirts.part(",
     "train trains on arrays of 'train'; found test", "Name a split of Arrays"),
    ("validating with arrays that there are none of", LOADER, 'data="test", validation="x/y"',
     "model = shirts.part(", "train trains on arrays of 'x/y'", "Name a split of Arrays"),
    ("testing with arrays that there are none of", LOADER, 'data="test", test="x/y"',
     "model = shirts.part(", "train trains on arrays of 'x/y'", "Name a split of Arrays"),
    ("training on a loader and on arrays", LOADER, f'{LOADER}, data="test"', "TrainedModel(",
     "it is trained on a loader or on arrays", "Leave out loader, or data"),
    ("arrays to train on that are no name", LOADER, "data=3", "TrainedModel(",
     "data, validation and test are names of splits; found (3, '', '')", "names of splits"),
    ("two splits of one name", '"validation"', '"train"', "Dataset(",
     "shirts has two splits called train", "Rename one"),
    ("a name with a space", '"validation"', '"my images"', "Dataset(", "found 'my images'",
     "such as 'validation'"),
    ("no name", '"validation"', '""', "Dataset(", "The name of a split has letters", "Write one"),
    ("a place that is a text", 'HERE / "valid"', '"valid"', "ClassFolders(",
     "The place of the split validation is a Path; found 'valid'", 'Write HERE / "..."'),
    ("a record that is a text", 'HERE / "valid"', 'HERE / "valid", record="v.json"',
     "ClassFolders(", "The record of the split validation is a Path", "Write HERE"),
    ("a record that is none", 'HERE / "valid"', 'HERE / "valid", record=HERE / "shirts.ipynb"',
     "ClassFolders(", "expected the record of a split", "grader data record"),
    ("a path to anywhere", 'HERE / "valid"', 'HERE / "valid", path="../../images"', "Dataset(",
     "found '../../images' for the split validation", "Write a path such as"),
    ("an absolute path", 'HERE / "valid"', 'HERE / "valid", path="/tmp/images"', "Dataset(",
     "below its own folder or in ../data", "Write a path such as"),
    ("a path into the home folder", 'HERE / "valid"', 'HERE / "valid", path="../home/v"',
     "Dataset(", "found '../home/v'", "Write a path such as"),
    ("a split in another one", 'HERE / "valid"', 'HERE / "valid", path="../data/shirts/train/v"',
     "Dataset(", "train and validation of shirts would lie in each other", "a path and a name"),
    ("splits in one place", 'HERE / "valid"', 'HERE / "valid", path="../data/shirts/train"',
     "Dataset(", "would lie in each other", "a path and a name of its own"),
    ("files of one name", VALIDATION, 'Arrays("validation", HERE / "v" / "test.npz", path="v.npz")',
     "Dataset(", "validation and test of shirts would lie in each other", "a name of its own"),
    ("a folder that is a path", '"shirts",\n        (', '"../shirts",\n        (', "Dataset(",
     "is a name, not a path; found '../shirts'", "with place=..."),
    ("classes that are one text", '("long", "short"),\n', '("long"),\n', "Dataset(",
     "classes are a tuple of names; found 'long'", "('one',) for one"),
    ("a place of a dataset that is a text", SPLITS,
     'data=Dataset("shirts", "shirts", ("long", "short"), "images"),', "Dataset(",
     "The place of shirts is a Path; found 'images'", "Write HERE"),
    ("a place of the whole", "splits=(", "place=HERE, splits=(", "Dataset(",
     "place is said of each of them", "Write it there"),
    ("no classes", '("long", "short"),\n        splits', "splits", "Dataset(",
     "has class folders, and no classes are named", "Write classes=(...)"),
    ("neither classes nor splits", SPLITS, 'data=Dataset("shirts", "shirts"),', "Dataset(",
     "neither classes nor splits", "Name its classes"),
    ("a split that is no tuple", SPLITS, f'data=Dataset("shirts", "shirts", splits={TEST}),',
     "Dataset(", "splits are several; found one", "(split,) for one"),
    ("a split that is a path", VALIDATION, 'HERE / "valid"', "Dataset(",
     "splits are ClassFolders, ImageFolder, Arrays or KerasData", "a tuple of them"),
    ("nothing to train on", f"{TRAIN},\n            {VALIDATION},\n", "", "model = shirts.part(",
     "train trains, and shirts has no class folders", "Add a split of ClassFolders"),
    ("arrays in a pickle", "test.npz", "test.pkl", "Arrays(", "found test.pkl", ".npz"),
    ("a Keras dataset that there is none of", TEST, 'KerasData("minst", HERE / "mnist.npz")',
     "KerasData(", "found 'minst'", "Name one of them"),
    ("a path for what Keras finds", TEST, 'KerasData("mnist", HERE / "mnist.npz", path="m.npz")',
     "KerasData(", "Keras looks for mnist in a place of its own", "Leave it out"),
    ("no digest of what is fetched", '"test.npz"', f'"test.npz", fetched=Fetched({URL})',
     "Arrays(", "has a sha256 of 64 hexadecimal digits; found ''", "sha256sum"),
    ("half a digest", '"test.npz"', f'"test.npz", fetched=Fetched({URL}, "12ab")', "Arrays(",
     "found '12ab'", "sha256sum"),
    ("an address that is a path", '"test.npz"', '"test.npz", fetched=Fetched("test.npz")',
     "Arrays(", "found 'test.npz'", "https://"),
    ("an address instead of what fetches", '"test.npz"', f'"test.npz", fetched={URL}', "Arrays(",
     "is a Fetched; found 'https://example.org", "Fetched(url, sha256)"),
    ("a misspelt argument", 'HERE / "valid"', 'HERE / "valid", pth="v"', "ClassFolders(", "'pth'",
     "path"),
]  # fmt: skip


def written(old: str, new: str) -> str:
    module = shirts.MODULE.replace("HERE = ", f"{IMPORTS}HERE = ", 1).replace(WHOLE, SPLITS)
    assert old in module
    return module.replace(old, new, 1)


def test_splits_without_a_mistake_are_loaded(tmp_path: Path) -> None:
    assert load(shirts.write(tmp_path / "shirts", written(TEST, TEST))).points == 100


@pytest.mark.parametrize("data", ['data="test"', 'data="test/train", validation="test/val"'])
def test_a_model_may_be_trained_on_arrays(data: str, tmp_path: Path) -> None:
    module = written(LOADER, data)
    assert load(shirts.write(tmp_path / "shirts", module)).trainers[0].data.startswith("test")


def test_no_part_is_of_a_split_that_is_hidden(tmp_path: Path) -> None:
    module = written(LOADS, f'{LOADS}, split="validation"')
    module = module.replace(VALIDATION, VALIDATION.replace(")", ", hidden=True)"))
    with pytest.raises(DeclarationError, match="'validation', which is hidden"):
        load(shirts.write(tmp_path / "shirts", module))


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake[0] for mistake in MISTAKES])
def test_a_mistake_is_told_with_its_place_and_its_cure(
    mistake: tuple[str, ...], tmp_path: Path
) -> None:
    _, old, new, line, found, fix = mistake
    module = written(old, new)
    folder = shirts.write(tmp_path / "shirts", module)
    with pytest.raises(DeclarationError) as caught:
        load(folder)
    told, named = str(caught.value), module.splitlines()[caught.value.place.line - 1]
    assert told.startswith(f"{folder / 'assignment.py'}, line ")
    assert (line in named, found in told, fix in told) == (True,) * 3, (named, told)


OTHERS = 'ClassFolders("held", HERE / "a"), ClassFolders("unseen", HERE / "b")'
GOAL, VALIDATED = '"accuracy", at_least', '"accuracy", "validation", at_least'


def several(folder: Path, *, named: str = OTHERS, goal: str = VALIDATED) -> Path:
    module = written(VALIDATION, named.replace('"test"', '"tested"')).replace(GOAL, goal)
    module = module.replace('Arrays("test"', 'Arrays("other"').replace('"tested"', '"test"')
    return shirts.write(folder / "shirts", module)


def test_which_of_several_splits_is_for_validation_must_be_told(tmp_path: Path) -> None:
    found = "goal on validation data, and of shirts that could be held or unseen.*'validation'"
    with pytest.raises(DeclarationError, match=found):
        load(several(tmp_path))


@pytest.mark.parametrize(
    ("splits", "goal", "split"),
    [
        (OTHERS, GOAL, None),
        (OTHERS.replace("held", "validation"), VALIDATED, "validation"),
        (VALIDATION.replace("validation", "held"), VALIDATED, "held"),
        ('ImageFolder("validation", HERE / "valid")', VALIDATED, None),
        (OTHERS.replace("held", "test"), VALIDATED, "unseen"),
        (VALIDATION.replace("validation", "test"), VALIDATED, "test"),
    ],
    ids=[
        "no such goal",
        "one is named so",
        "there is one other",
        "none has class folders",
        "the other one is for tests",
        "there is but one for tests",
    ],
)
def test_the_split_for_validation_is_found(
    tmp_path: Path, splits: str, goal: str, split: str | None
) -> None:
    assert load(several(tmp_path, named=splits, goal=goal)).apart.get("validation") == split


@pytest.mark.parametrize(
    ("splits", "split"),
    [
        (OTHERS.replace("held", "test"), "test"),
        (OTHERS, None),
        ('ImageFolder("test", HERE / "valid")', None),
    ],
    ids=["one is named so", "none is named so", "it has no class folders"],
)
def test_the_split_for_tests_is_the_one_that_is_named_so(
    tmp_path: Path, splits: str, split: str | None
) -> None:
    assert load(several(tmp_path, named=splits, goal=GOAL)).apart.get("test") == split
