"""What stands between a training and its target, and what to look at: for that cause alone."""

from grader.checks.together import of_several
from grader.checks.training import Training
from grader.shares import percent

WHOLE = "All images of both class folders are to be learnt, as they lie there."
BY_TRAINING = "A network begins with random weights; the training is to make it know the images."
STEPS = "Without steps_per_epoch an epoch shows every image once."
SPLIT = "validation_split holds images back, and subset chooses a part; without them all are shown."
USUAL = (
    "What a network knows before its training is no result of it. Where no initialiser is given, "
    "Keras begins with random weights; all layers are to be trained, at a rate such as 0.001."
)
LOADED = "An epoch shows the images that the loader finds: does it find all of them?"
METRIC = "compile takes the metrics that are logged: is an accuracy among them?"
STEADY = (
    "The log of an epoch is a mean over its batches, while the weights move on. A smaller learning "
    "rate keeps them closer to it."
)
TELLING = (
    "The log tells of all images only if an epoch shows them all, the loader mixes them, and the "
    "metric suits the output."
)
STOPPED = "A callback ended the training before the target was reached. Which one, and why?"
ENDED = "The training was over soon. How many epochs is fit asked for?"


def shortfall(training: Training) -> str:
    """Say what stands between a training and its target; empty if it was reached.

    Args:
        training: Made by the grader, or in the notebook.
    """
    if training.epochs_to_target is not None:
        return ""
    if training.fit.elsewhere:
        return training.fit.reason or "it was trained on other images than those of the dataset"
    if training.fit.examined is not None and training.deceptive:
        return "the log says so, and the grader could not confirm it"
    if training.untaught:
        return "the model classified all images correctly before it was trained"
    if training.unlearnt:
        return _unlearnt(training)
    few = training.seen < training.images
    shown = [f"each epoch saw {training.seen} of {training.images} images"] if few else []
    return "; ".join([*shown, _accuracy(training)])


def _accuracy(training: Training) -> str:
    if training.best is not None and training.best >= training.target:
        return f"{percent(training.best)} in the log{_against_the_log(training)}"
    own, mean = training.best_measured, training.best_running
    after = f"in {_count(training.epochs)}{of_several(training.trainings)}"
    if own is not None:
        return f"at best {percent(own)} {after}, where the grader measured all images"
    return "no accuracy was logged" if mean is None else f"at best {percent(mean)} {after}"


def _unlearnt(training: Training) -> str:
    found = training.fit.trained.relearnt if training.fit.trained else None
    return (
        "the same network, trained by the grader on the same images with exchanged labels, "
        f"classified at best {percent(found or 0.0)} of them correctly"
    )


def _against_the_log(training: Training) -> str:
    own, mean, end = training.best_measured, training.best_running, training.measured
    if own is not None:
        return f", but at best {percent(own)} where the grader measured all images"
    if mean is not None and mean < training.target:
        return f", but at best {percent(mean)} by an accuracy that suits the output"
    if end is not None and end < training.target:
        return f", but afterwards {percent(end)} of all images classified correctly"
    return " of those"


def _count(epochs: int) -> str:
    return f"{epochs} epoch{'' if epochs == 1 else 's'}"


def advice(training: Training, before_epoch: int) -> str:
    """Say what to look at; empty where the learning curve itself is what to look at.

    Args:
        training: Which did not reach its target.
        before_epoch: Before which it should.
    """
    causes = (
        (training.fit.elsewhere, WHOLE),
        (training.untaught, BY_TRAINING),
        (training.unlearnt, USUAL),
        (training.seen < training.images, _of_few(training)),
        (training.deceptive, STEADY if _tells(training) else TELLING),
        (training.best_running is None, METRIC),
        (training.epochs < before_epoch - 1, STOPPED if training.fit.stopped else ENDED),
    )
    return next((words for holds, words in causes if holds), "")


def _tells(training: Training) -> bool:
    """Whether the log is of all images, in mixed order, by an accuracy that suits the output."""
    mean, trained = training.best_running, training.fit.trained
    return trained is None or (trained.telling and mean is not None and mean >= training.target)


def _of_few(training: Training) -> str:
    loader = training.fit.trained.loader if training.fit.trained else None
    if loader is not None and loader.subset is not None:
        return SPLIT
    return STEPS if training.fit.steps_per_epoch is not None else LOADED
