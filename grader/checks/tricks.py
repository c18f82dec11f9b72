"""Names tricks with which a submission looks trained; they earn nothing, so they cost nothing."""

from collections.abc import Iterator, Mapping, Sequence

from grader.checks import foreign
from grader.checks.observed import Observation
from grader.checks.returned import edited
from grader.checks.training import GradedTraining, trained_on_other
from grader.evidence import Evidence, ReturnedResult
from grader.records import Issue

REPLACED, TAMPERED, WEIGHTS = "keras-patched", "evidence-tampered", "weights-set"
IMAGES, OTHERS, SPLIT = "images-changed", "images-foreign", "other-split"
MODULES = "modules-changed"
SHOWN = 5
ALONE = "Leave the grader alone: points come from trainings that it makes elsewhere."
_LEAVE_TO_FIT = {
    "before": "Leave them to fit: what counts is what a training learns.",
    # As whoever loads the best checkpoint does, which is right in a notebook of one's own.
    "after": "What counts are the weights that fit leaves: "
    "EarlyStopping(restore_best_weights=True) has it leave the best.",
}


def issues(seen: Observation, trainings: Mapping[str, GradedTraining]) -> tuple[Issue, ...]:
    """Return an issue for each kind of trick that a run showed.

    Args:
        seen: The run that counts.
        trainings: The graded training of each function that trains, by its graded name.
    """
    evidence = seen.evidence
    return (
        *_replaced(evidence),
        *_tampered(evidence),
        *_edited(evidence, trainings),
        *_set(evidence, trainings),
        *_changed(evidence),
        *_foreign(evidence),
        *_of_other_split(seen, trainings),
    )


def _replaced(evidence: Evidence) -> Iterator[Issue]:
    own = evidence.observer_replaced
    others = [name for name in evidence.patched if name not in own]
    if others:
        yield Issue(
            REPLACED,
            f"The notebook replaces parts of Keras: {_listed(others)}.",
            "Leave them as they are, and derive classes of your own: the grader trains with Keras "
            "as it is.",
        )
    if own:
        yield Issue(
            TAMPERED,
            f"The notebook replaces parts of the grader that watches it: {_listed(own)}.",
            ALONE,
        )


def _tampered(evidence: Evidence) -> Iterator[Issue]:
    for name, why in sorted(evidence.tampered.items()):
        what = "" if name == "evidence" else f" of {name}"
        yield Issue(TAMPERED, f"What was observed{what} cannot all be believed: {why}.", ALONE)


def _edited(evidence: Evidence, trainings: Mapping[str, GradedTraining]) -> Iterator[Issue]:
    results = [each for each in evidence.parts.values() if isinstance(each, ReturnedResult)]
    for result in results:
        training = trainings.get(result.name)
        found = edited(result, evidence.fits, training.fit) if training else None
        if found is not None:
            yield found


def _set(evidence: Evidence, trainings: Mapping[str, GradedTraining]) -> Iterator[Issue]:
    models = {index: fit.model for index, fit in evidence.fits.items()}
    graded: set[str | None] = {each.fit.model for each in trainings.values()} or {None}
    seen = [each for each in evidence.weights if models.get(each.fit) in graded]
    for when, by in sorted({(each.when, each.by) for each in seen}):
        yield Issue(
            WEIGHTS,
            f"The notebook sets weights of the model itself, by {by}, {when} it is trained.",
            _LEAVE_TO_FIT[when],
        )


def _changed(evidence: Evidence) -> Iterator[Issue]:
    if evidence.changed:
        yield Issue(
            IMAGES,
            f"The notebook changes the images that it was given: {_listed(evidence.changed)}.",
            "Leave them as they are: the grader trains on images of its own.",
        )
    if evidence.changed_modules:
        yield Issue(
            MODULES,
            f"The notebook changes modules that it was given: {_listed(evidence.changed_modules)}.",
            "Leave them as they are: write what you need into the notebook.",
        )


def _foreign(evidence: Evidence) -> Iterator[Issue]:
    for reason, fix in foreign.told(evidence).values():
        yield Issue(OTHERS, reason, fix)


def _of_other_split(seen: Observation, trainings: Mapping[str, GradedTraining]) -> Iterator[Issue]:
    for training in trainings.values():
        yield from _made_of_other_split(seen, training, "trains")
        # It carries nothing into the graded one, which the grader makes without it.
        for other in training.others(seen):
            if seen.trainer_of(other.fit) == training.part:
                yield from _made_of_other_split(seen, other, "also trains")


def _made_of_other_split(seen: Observation, training: GradedTraining, does: str) -> Iterator[Issue]:
    if not training.loader and training.fit.elsewhere:
        yield Issue(
            SPLIT,
            f"{training.part} {does} on other samples ({training.fit.reason}).",
            "Give fit the samples to train on, and keep the others for what they are for.",
        )
    name = trained_on_other(seen, training.fit, training.loader)
    if name is not None:
        yield Issue(
            SPLIT,
            f"{training.part} {does} on what {name} returned; {training.loader} has what is to "
            "be trained on.",
            f"Give fit what {training.loader} returned, and keep the other images for what "
            "they are for.",
        )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
