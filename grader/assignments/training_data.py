"""What a model is trained on, as an author declares it: class folders, or arrays of a split."""

from collections.abc import Collection, Iterable, Iterator

from grader.assignments.declaring import did_you_mean, require
from grader.datasets import Arrays, Dataset, KerasData
from grader.errors import DatasetError
from grader.kinds.kind import GradedPart


def require_training_data(part: GradedPart, dataset: Dataset | None) -> None:
    """Make sure that there is the split that a part is of, and what it is to be trained on.

    Args:
        part: Any part.
        dataset: The assignment's; None where it has none.

    Raises:
        DeclarationError: There is not; names the file and the line.
    """
    split, known = part.split, [each.name for each in dataset.splits] if dataset else []
    require(split is None or split in known,
            f"{part.name} is of the split {split!r}; found {', '.join(known) or 'none'}.",
            did_you_mean(str(split), known) or "Name one of the dataset's splits.")  # fmt: skip
    require(split is None or dataset is None or not dataset.split(split).hidden,
            f"{part.name} is of the split {split!r}, which is hidden: no notebook finds it.",
            "Name another one, or leave out hidden=True.")  # fmt: skip
    for name in _arrays_of(part):
        _require_arrays(part, name, dataset)
    if part.trained_on is None or dataset is None:
        return
    trained_on, of = dataset.trained_on, part.trained_on.split
    require(trained_on is None or not trained_on.hidden,
            f"{part.name} trains, and the first split of class folders of {dataset.id} is hidden.",
            "Name the one that notebooks train on first.")  # fmt: skip
    require(trained_on, f"{part.name} trains, and {dataset.id} has no class folders.",
            "Add a split of ClassFolders, or train on arrays with data=....")  # fmt: skip
    name = trained_on.name if trained_on else ""
    require(of in {None, name}, f"{part.name} trains on the split {of!r}, and the first "
            f"split of class folders is {name!r}.",
            "Name that one first, or another loader.")  # fmt: skip
    others = [each.name for each in dataset.for_validation]
    asked = any("validation" in goal.measured_on for goal in part.goals)
    require(len(others) <= 1 or not asked,
            f"{part.name} has a goal on validation data, and of {dataset.id} that could be "
            f"{' or '.join(others)}.",
            "Name the split to validate with 'validation'.")  # fmt: skip


def _arrays_of(part: GradedPart) -> Iterator[str]:
    """Yield the names of arrays that a part trains on, or is measured on."""
    yield from filter(None, (part.data, part.validation, part.test))


def _require_arrays(part: GradedPart, name: str, dataset: Dataset | None) -> None:
    splits = dataset.splits if dataset else ()
    known = [each.name for each in splits if isinstance(each, Arrays | KerasData)]
    require(name.partition("/")[0] in known,
            f"{part.name} trains on arrays of {name!r}; found {', '.join(known) or 'none'}.",
            did_you_mean(name, known) or "Name a split of Arrays or KerasData.")  # fmt: skip


def require_found(parts: Iterable[GradedPart], found: Collection[str]) -> None:
    """Make sure that arrays which parts are trained on are there.

    Args:
        parts: Those that train.
        found: Names of all samples with labels that were found.

    Raises:
        DatasetError: They are not.
    """
    for name in (name for part in parts for name in _arrays_of(part)):
        if name not in found:
            raise DatasetError(
                f"Samples with the labels of classes were expected in {name}; found such in "
                f"{', '.join(sorted(found)) or 'no split'}. Name one of these, or add to the file "
                "x_PART and y_PART, or labels=... to its split. `grader data verify` says what of "
                "another copy is not as it was recorded."
            )
