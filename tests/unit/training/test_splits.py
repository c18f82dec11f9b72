"""Of which split a loader is, where files of several have the same names."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.training.description import LoaderSpec
from grader.training.hidden import hidden
from grader.training.refusals import OtherImages, Refused
from grader.training.splits import Splits

TRAIN, VALIDATION, TEST = Path("copies/train"), Path("copies/validation"), Path("copies/test")
PLACES = {
    "data/horses/train": str(TRAIN),
    "data/horses/validation": str(VALIDATION),
    "notebooks/test": str(TEST),
}
ALIKE = {TRAIN: "1 2 3", VALIDATION: "1 2 3", TEST: "1 2 3"}
PARTLY = {TRAIN: "1 2 3", VALIDATION: "1 2", TEST: "2 3"}
APART = {TRAIN: "1", VALIDATION: "2", TEST: "3"}
NAMES = pytest.mark.parametrize("names", [ALIKE, PARTLY, APART])


def splits(names: Mapping[Path, str], places: Mapping[str, str] = PLACES) -> Splits:
    return Splits(TRAIN, places, lambda described, folder: names[folder] == described.files)


def loader(files: str, folder: str = "") -> LoaderSpec:
    return LoaderSpec({}, {}, ("horses", "humans"), files, folder)


@NAMES
def test_what_lies_in_its_place_is_trained_on(names: Mapping[Path, str]) -> None:
    described = loader(names[TRAIN], "data/horses/train")
    assert splits(names).to_train(described) == TRAIN


@NAMES
@pytest.mark.parametrize(
    ("split", "place", "written"),
    [
        (VALIDATION, "data/horses/validation", r"\.\./data/horses/validation"),
        (TEST, "notebooks/test", "in test"),
    ],
)
def test_another_split_is_not_trained_on_whatever_its_files_are_called(
    names: Mapping[Path, str], split: Path, place: str, written: str
) -> None:
    with pytest.raises(OtherImages, match=rf"{written}; .* are in \.\./data/horses/train$"):
        splits(names).to_train(loader(names[split], place))


@NAMES
@pytest.mark.parametrize(("place", "folder"), PLACES.items())
def test_what_is_validated_with_is_what_lies_there(
    names: Mapping[Path, str], place: str, folder: str
) -> None:
    described = loader(names[Path(folder)], place)
    assert splits(names).to_validate(described) == Path(folder)


def test_copies_whose_names_are_of_several_splits_are_not_trained_on() -> None:
    said = "in ../data/horses/train and in ../data/horses/validation and in test"
    with pytest.raises(Refused, match=said) as refused:
        splits(ALIKE).to_train(loader("1 2 3"))
    assert not isinstance(refused.value, OtherImages)


def test_copies_whose_names_are_of_several_splits_are_not_validated_with() -> None:
    with pytest.raises(Refused, match="same names"):
        splits(ALIKE).to_validate(loader("1 2 3"))


@pytest.mark.parametrize("names", [PARTLY, APART])
def test_copies_whose_names_are_of_one_split_are_of_that(names: Mapping[Path, str]) -> None:
    made = splits(names)
    assert made.to_train(loader(names[TRAIN])) == TRAIN
    assert {made.to_validate(loader(names[each])) for each in names} == set(names)


@NAMES
def test_what_is_of_no_split_is_left_to_whoever_loads_it(names: Mapping[Path, str]) -> None:
    assert splits(names).to_train(loader("4")) == splits(names).to_validate(loader("4")) == TRAIN


def test_a_dataset_that_is_not_divided_is_one() -> None:
    made = splits(ALIKE, {})
    assert made.to_train(loader("1 2 3")) == made.to_validate(loader("1 2 3")) == TRAIN


def test_no_loader_is_of_a_hidden_split() -> None:
    places = {"data/horses/train": str(TRAIN), hidden("test"): str(TEST)}
    known = splits(APART, places)
    assert (known.others, known.to_validate(loader(APART[TEST]))) == ([], TRAIN)
