"""Names tricks with which a submission looks trained; they earn nothing, so they cost nothing."""

from collections.abc import Iterator, Sequence

from grader.checks import foreign
from grader.checks.observed import Observation
from grader.checks.returned import edited
from grader.checks.training import GradedTraining, trained_on_other
from grader.evidence import Evidence, ReturnedResult
from grader.records import Issue

REPLACED, TAMPERED, WEIGHTS = "keras-patched", "evidence-tampered", "weights-set"
IMAGES, OTHERS, SPLIT = "images-changed", "images-foreign", "other-split"
SHOWN = 5
ALONE = "Leave the grader alone: points come from trainings that it makes elsewhere."


def issues(seen: Observation, training: GradedTraining | None) -> tuple[Issue, ...]:
    """Return an issue for each kind of trick that a run showed.

    Args:
        seen: The run that counts.
        training: The graded training, if there was one.
    """
    evidence = seen.evidence
    return (
        *_replaced(evidence),
        *_tampered(evidence),
        *_edited(evidence, training),
        *_set(evidence, training),
        *_changed(evidence),
        *_foreign(evidence),
        *_of_other_split(seen, training),
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


def _edited(evidence: Evidence, training: GradedTraining | None) -> Iterator[Issue]:
    results = [each for each in evidence.parts.values() if isinstance(each, ReturnedResult)]
    for result in results:
        found = edited(result, evidence.fits, training.fit) if training else None
        if found is not None:
            yield found


def _set(evidence: Evidence, training: GradedTraining | None) -> Iterator[Issue]:
    models = {index: fit.model for index, fit in evidence.fits.items()}
    graded = training.fit.model if training else None
    seen = [each for each in evidence.weights if models.get(each.fit) == graded]
    for when, by in sorted({(each.when, each.by) for each in seen}):
        yield Issue(
            WEIGHTS,
            f"The notebook sets weights of the model itself, by {by}, {when} it is trained.",
            "Leave them to fit: what counts is what a training learns.",
        )


def _changed(evidence: Evidence) -> Iterator[Issue]:
    if evidence.changed:
        yield Issue(
            IMAGES,
            f"The notebook changes the images that it was given: {_listed(evidence.changed)}.",
            "Leave them as they are: the grader trains on images of its own.",
        )


def _foreign(evidence: Evidence) -> Iterator[Issue]:
    for reason, fix in foreign.told(evidence).values():
        yield Issue(OTHERS, reason, fix)


def _of_other_split(seen: Observation, training: GradedTraining | None) -> Iterator[Issue]:
    name = trained_on_other(seen, training.fit, training.loader) if training else None
    if training is not None and name is not None:
        yield Issue(
            SPLIT,
            f"{training.part} trains on what {name} returned; {training.loader} has what is to be "
            "trained on.",
            f"Give fit what {training.loader} returned, and keep the other images for what they "
            "are for.",
        )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
