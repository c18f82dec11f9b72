"""The checks of the training, of its log, its curves and its saved model."""

from grader.assignments.happy_sad_pipeline.parts import (
    MOST_EPOCHS,
    UNSEEN,
    curves,
    happy_sad_pipeline,
    log,
    saved,
    trained,
)
from grader.authoring import (
    Expectation,
    FigureView,
    FileView,
    Result,
    Training,
    asked,
    histories,
    returned,
    targets,
)

training = happy_sad_pipeline.group("training")
drawing = happy_sad_pipeline.group("curves")
saving = happy_sad_pipeline.group("saving")
UNKNOWN = "The notebook trained by itself, so that nobody knows its {}."


@training.check(
    trained.training, points=1, hint="Which name in the notebook says how many epochs to train?"
)
def epochs(training: Training) -> Expectation:
    """The training takes no more epochs than the notebook allows."""
    return asked.at_most_epochs(training, MOST_EPOCHS)


@training.check(
    log,
    trained.training,
    points=3,
    hint="Which folder is the callback given, and is it among the callbacks of fit?",
)
def logged(file: FileView, training: Training) -> Expectation:
    """TensorBoard's log has the loss of each epoch."""
    asked.require_made(training, UNKNOWN.format("losses"))
    return file.logs(training.curves.get("loss", ()), "epoch_loss")


@training.check(
    trained.training,
    trained.result,
    points=1,
    hint="fit gives you an object that remembers every epoch. Return that one.",
)
def history_returned(training: Training, result: Result) -> Expectation:
    """The History of the training is returned."""
    return returned.returned(result, training)


@training.check(
    trained.training,
    points=10,
    required=True,
    hint="What do the curves say: is there too little learning, or is it all by heart?",
)
def tested(training: Training) -> Expectation:
    """At the end, the network knows 70 % of pictures that it has never seen."""
    return targets.reaches(training, UNSEEN)


@drawing.check(
    curves, points=3, hint="Which keys has history.history, and what are they with another metric?"
)
def curves_drawn(figure: FigureView) -> Expectation:
    """Accuracy and loss are drawn, both in training and in validation."""
    return histories.drawn(figure, *histories.NAMES, "loss")


@drawing.check(curves, points=1, hint="What has somebody to know who sees the figure alone?")
def labelled(figure: FigureView) -> Expectation:
    """Both have a title and labels on the axes."""
    return figure.labelled(title="accuracy|loss")


@drawing.check(curves, points=1, hint="Which line is which?")
def has_legend(figure: FigureView) -> Expectation:
    """A legend tells training from validation."""
    return figure.has_legend("train", "val")


@saving.check(
    saved,
    trained.training,
    points=3,
    hint="Which network is written, by which of its methods, and under which name?",
)
def loads_again(file: FileView, training: Training) -> Expectation:
    """The network is saved as it was trained, and is the same when it is loaded."""
    asked.require_made(training, UNKNOWN.format("weights"))
    held = file.holds_weights(training)
    return file.loads_again() if held.met else held
