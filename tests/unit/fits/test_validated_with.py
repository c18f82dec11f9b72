"""What a training of arrays was validated with, by its description and the grader's own labels."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.evidence import Fit, ValidationSamples, collect
from grader.fits.answered import Answered
from grader.fits.validated_with import note, of_division, validation_samples
from grader.preparation.records import Preparation, RowNumbers, RowRange, Rows, Step
from grader.training.description import (
    Architecture,
    Compile,
    Description,
    FitArguments,
    ObjectSpec,
    Value,
)
from grader.training.pipeline_specs import DatasetNode, DirectorySpec, PipelineSpec
from grader.training.results import Measured, Trained

# Ten labels, in order, ten samples each; and a few samples of other arrays.
LABELS = np.repeat(np.arange(10), 10)
OTHER = np.array([3, 4, 3])
MIXED = RowNumbers(tuple(np.random.default_rng(1).permutation(100).tolist()))


@pytest.fixture
def folders(tmp_path: Path) -> Mapping[str, str]:
    for name, labels in {"train": LABELS, "test": OTHER, "hot": np.eye(10)[LABELS]}.items():
        (tmp_path / name).mkdir()
        np.save(tmp_path / name / "y.npy", labels)
    return {name: str(tmp_path / name) for name in ("train", "test", "hot")}


def described(
    rows: Rows, validation: Preparation | None = None, share: float = 0, split: str = "train"
) -> Description:
    """Describe a training on rows of a split."""
    return Description(
        Preparation(split, rows, (Step("Divide", {"by": 255}),)),
        validation,
        Architecture((), 0, ()),
        Compile(ObjectSpec("SGD"), ObjectSpec("SparseCategoricalCrossentropy")),
        FitArguments(validation_split=share),
    )


ALL = RowRange(0, 100)
TESTED = Preparation("test", RowRange(0, 3))


def test_samples_of_another_split_are_none_that_are_trained_on(
    folders: Mapping[str, str],
) -> None:
    found = validation_samples(described(ALL, TESTED), folders)
    assert found == ValidationSamples(split="test", samples=3, there=3)


def test_some_of_another_split_are_counted(folders: Mapping[str, str]) -> None:
    few = replace(TESTED, rows=RowRange(0, 2))
    assert validation_samples(described(ALL, few), folders) == ValidationSamples(
        split="test", samples=2, there=3
    )


@pytest.mark.parametrize(
    ("rows", "shared"),
    [(ALL, 100), (RowRange(90, 100), 10), (RowRange(0, 100, 50), 2), (RowNumbers((5, 1)), 2)],
)
def test_samples_that_are_trained_on_as_well_are_counted(
    folders: Mapping[str, str], rows: Rows, shared: int
) -> None:
    found = validation_samples(described(ALL, Preparation("train", rows)), folders)
    assert found is not None
    assert found.shared == shared


def test_rows_of_which_none_is_in_both_share_nothing(folders: Mapping[str, str]) -> None:
    halves = described(RowRange(0, 100, 2), Preparation("train", RowRange(1, 100, 2)))
    assert validation_samples(halves, folders) == ValidationSamples(
        split="train", samples=50, there=100
    )


@pytest.mark.parametrize("split", ["train", "hot"])
def test_the_last_share_of_ordered_samples_holds_back_whole_classes(
    folders: Mapping[str, str], split: str
) -> None:
    found = validation_samples(described(ALL, share=0.2, split=split), folders)
    assert found == ValidationSamples(
        split=split, samples=20, there=100, untrained=(8, 9), held_back=True
    )


def test_the_last_share_of_mixed_samples_holds_back_none(folders: Mapping[str, str]) -> None:
    found = validation_samples(described(MIXED, share=0.2), folders)
    assert found == ValidationSamples(split="train", samples=20, there=100, held_back=True)


def test_validation_data_comes_before_a_share(folders: Mapping[str, str]) -> None:
    found = validation_samples(described(ALL, TESTED, share=0.2), folders)
    assert found is not None
    assert (found.split, found.untrained) == ("test", ())


def test_classes_that_fit_was_not_given_at_all_are_not_held_back(
    folders: Mapping[str, str],
) -> None:
    found = validation_samples(described(RowRange(0, 50), share=0.2), folders)
    assert found is not None
    assert (found.untrained, found.held_back) == ((4, 5, 6, 7, 8, 9), False)


def test_what_earlier_trainings_of_the_model_were_shown_counts_as_well(
    folders: Mapping[str, str],
) -> None:
    first, last = described(RowRange(0, 60)), described(RowRange(60, 90), TESTED)
    found = validation_samples(last, folders, [first])
    assert found is not None
    assert found.untrained == (9,)


def test_what_an_earlier_training_was_shown_is_shared(folders: Mapping[str, str]) -> None:
    last = described(RowRange(50, 100), Preparation("train", RowRange(0, 40)))
    found = validation_samples(last, folders, [described(RowRange(0, 10))])
    assert found is not None
    assert found.shared == 10


def test_without_validation_there_is_nothing_to_tell(folders: Mapping[str, str]) -> None:
    assert validation_samples(described(ALL), folders) is None


def test_it_is_written_down_beside_what_was_trained(folders: Mapping[str, str]) -> None:
    told = {"kind": "fit", "index": 0, "model": "m", "number": 0, "path": "grader"}
    known = {"images": 100, "seen": 100, "before": 0.1, "accuracy": 0.9}
    evidence = collect([Fit.model_validate(told | {"trained": known})])
    answered = Answered(described(ALL, TESTED), Trained((), 100, (), Measured(0.1, 0.9)))
    note(evidence, {0: answered}, folders)
    trained = evidence.fits[0].trained
    assert trained is not None
    assert trained.validated_with == ValidationSamples(split="test", samples=3, there=3)


# Datasets, of which the trainer has found how they divide the images of a folder

SETTINGS: dict[str, Value] = {"label_mode": "binary", "image_size": (8, 8)}
FOLDER = DirectorySpec(SETTINGS, ("cat", "dog"), "0" * 64, 80, "data/pets")
DIVIDED = {"there": 80, "training": [30, 30], "validation": [10, 6], "left_out": 4}


def of_datasets(**division: object) -> ValidationSamples | None:
    pipeline = PipelineSpec((DatasetNode(0, FOLDER),))
    description = replace(described(ALL), loader=pipeline, validation=pipeline)
    seen = {"division": DIVIDED | division}
    return of_division(
        Answered(description, Trained((), 80, (), Measured(0.5, 1.0), seen=seen), ())
    )


def test_images_of_the_same_folder_are_some_of_it() -> None:
    assert of_datasets() == ValidationSamples(split="data/pets", samples=16, there=80)


def test_those_that_are_trained_on_in_any_pass_are_shared() -> None:
    found = of_datasets(shared=3, shared_later=9)
    assert found is not None
    assert found.shared == 9


def test_no_more_are_shared_than_there_are() -> None:
    found = of_datasets(shared=3, shared_later=40)
    assert found is not None
    assert found.shared == 16


def test_images_of_another_folder_are_all_of_it() -> None:
    found = of_datasets(left_out=None)
    assert found is not None
    assert found.there == 16


def test_classes_that_no_image_is_trained_on_of_are_known() -> None:
    found = of_datasets(training=[60, 0])
    assert found is not None
    assert found.untrained == (1,)


def test_of_arrays_no_division_is_known() -> None:
    trained = Trained((), 80, (), Measured(0.5, 1.0))
    assert of_division(Answered(described(ALL, TESTED), trained, ())) is None
