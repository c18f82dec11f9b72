"""What a training of arrays or datasets was validated with: how many samples, and which.

The accuracy that ``fit`` logs as ``val_accuracy`` is of these. It tells little where they are few,
where the network was trained on them, and where it was shown nothing of some of their classes. What
the grader measures for a goal is of a whole split, whatever ``fit`` validates with.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from grader.evidence import Division, Evidence, ValidationSamples
from grader.fits.answered import Answered
from grader.preparation.records import Preparation, RowRange, Rows
from grader.training import amounts
from grader.training.description import Description
from grader.training.pipeline_specs import PipelineSpec
from grader.training.refusals import Refused

# Of the split of this name, the rows in their order.
Chosen: TypeAlias = tuple[str, NDArray[np.intp]]
# As many as the schema of evidence has room for.
_MOST_LABELS = 100


def note(
    evidence: Evidence, answered: Mapping[int, Answered | Refused], folders: Mapping[str, str]
) -> None:
    """Write down for each training of arrays or datasets what it was validated with.

    Args:
        evidence: Of one run; changed.
        answered: What the grader was asked to train, by number.
        folders: Of the dataset's arrays, by name; in each, ``y.npy`` has the labels.
    """
    for fit in list(evidence.fits.values()):
        found = answered.get(-1 if fit.number is None else fit.number)
        if fit.trained is not None and isinstance(found, Answered):
            earlier = [turn.description for turn in found.earlier]
            samples = of_division(found) or validation_samples(found.description, folders, earlier)
            trained = fit.trained.model_copy(update={"validated_with": samples})
            evidence.add(fit.model_copy(update={"trained": trained}))


def of_division(answered: Answered) -> ValidationSamples | None:
    """Return what a training on datasets is validated with; None where these are none.

    Args:
        answered: With how the trainer found that they divide the images of a folder.
    """
    told, source = answered.trained.seen.get("division"), answered.description.validation
    if told is None or not isinstance(source, PipelineSpec):
        return None
    division = Division.model_validate(told)
    samples = sum(division.validation)
    return ValidationSamples(
        split=source.directories[0].folder or "the folder",
        samples=samples,
        there=samples if division.left_out is None else division.there,
        shared=min(samples, division.shared_later),
        untrained=tuple(n for n, count in enumerate(division.training) if not count)[:_MOST_LABELS],
    )


def validation_samples(
    description: Description, folders: Mapping[str, str], earlier: Sequence[Description] = ()
) -> ValidationSamples | None:
    """Return what a training is validated with; None where that is nothing, or no arrays.

    Args:
        description: Of the training.
        folders: As for ``note``.
        earlier: Trainings of the same model that it goes on from.
    """
    validated = _validated(description)
    trained = [found for each in (*earlier, description) if (found := _trained(each))]
    if not trained or validated is None:
        return None
    split, rows = validated
    labels = {name: _labels(folders[name]) for name in {split, *(name for name, _ in trained)}}
    shown = np.concatenate([labels[name][each] for name, each in trained])
    own = np.concatenate([labels[name] for name, _ in trained])
    validating = np.unique(labels[split][rows])
    untrained = np.setdiff1d(np.union1d(own, validating), shown)
    seen = [each for name, each in trained if name == split]
    return ValidationSamples(
        split=split,
        samples=len(rows),
        there=len(labels[split]),
        shared=int(np.isin(rows, np.concatenate(seen)).sum()) if seen else 0,
        untrained=tuple(untrained.tolist()[:_MOST_LABELS]),
        held_back=description.validation is None and bool(np.isin(untrained, validating).all()),
    )


def _trained(description: Description) -> Chosen | None:
    chosen = _chosen(description.loader)
    if chosen is None or description.validation is not None:
        return chosen
    return chosen[0], chosen[1][: amounts.kept(len(chosen[1]), description.fit)]


def _validated(description: Description) -> Chosen | None:
    if description.validation is not None:
        return _chosen(description.validation)
    chosen = _chosen(description.loader)
    if chosen is None or not description.fit.validation_split:
        return None
    # As fit does: the last ones, before any are mixed.
    return chosen[0], chosen[1][amounts.kept(len(chosen[1]), description.fit) :]


def _chosen(source: object) -> Chosen | None:
    return (source.split, _numbers(source.rows)) if isinstance(source, Preparation) else None


def _numbers(rows: Rows) -> NDArray[np.intp]:
    if isinstance(rows, RowRange):
        return np.arange(rows.start, rows.stop, rows.step, dtype=np.intp)
    return np.array(rows.numbers, dtype=np.intp)


def _labels(folder: str) -> NDArray[np.int64]:
    """Return the number of each sample's class."""
    labels = np.load(Path(folder) / "y.npy", allow_pickle=False)
    one_hot = labels.ndim > 1 and labels.shape[1] > 1
    return np.asarray(labels.argmax(axis=1) if one_hot else labels.reshape(-1), dtype=np.int64)
