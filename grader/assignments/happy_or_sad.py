"""The assignment "Happy or Sad": 80 faces, told apart with 99.9 % accuracy in under 15 epochs."""

from functools import cache, partial

from grader import resources
from grader.assignments.assignment import Assignment, Target
from grader.assignments.happy_or_sad_editions import (
    CALLBACK,
    KIT_EARLIER,
    KIT_SIGNS,
    LOADER,
    RETIRED,
    TRAINER,
    course_layouts,
)
from grader.assignments.kit_layout import kit_layout
from grader.checks import (
    Absent,
    Expectation,
    ProbeFault,
    callbacks,
    compilations,
    expect,
    loaders,
    models,
    targets,
    together,
    used_loader,
)
from grader.checks.agreement import InTraining
from grader.checks.observed import Observed
from grader.checks.returned import returned
from grader.checks.training import Training
from grader.evidence import Callback, Compilation, Loader, Model, Result
from grader.records import Layout, ProbeRequest

NOTEBOOK = "C1W4_Assignment.ipynb"
IMAGE = (150, 150, 3)
BATCH = 10
CONVOLUTIONS = 3
MOST_EPOCHS = 20
# Rounding, a threshold of another size and a comparison with "at least" differ at one of them.
ACCURACIES = (0.0, 0.5, 0.9, 0.95, 0.985, 0.99, 0.9949, 0.998, 0.999, 0.99901, 0.9995, 1.0)
TARGET = Target(accuracy=0.999, before_epoch=15, most_epochs=MOST_EPOCHS)


# Every submission of a class asks for them, and they are read from a notebook.
@cache
def _layouts() -> tuple[Layout, ...]:
    notebook = resources.reference(NOTEBOOK)
    own = kit_layout(notebook, "the kit's own notebook", KIT_SIGNS, KIT_EARLIER)
    return (own, *course_layouts())


def _suited(seen: Observed) -> bool:
    """Whether output layer and loss are right, also where they are not known."""
    try:
        model, compilation = seen.model(TRAINER), seen.compilation(TRAINER)
        one_hot, from_logits = loaders.one_hot(seen, LOADER), seen.takes_logits(TRAINER)
    except (Absent, ProbeFault):
        return True
    output = models.two_class_output(model, from_logits=from_logits)
    return output.met and compilations.loss_fits(model, compilation, one_hot=one_hot).met


happy_or_sad = Assignment(
    id="happy-or-sad",
    version="1",
    title="Happy or Sad",
    notebook=NOTEBOOK,
    dataset="happy-or-sad",
    probes=(
        ProbeRequest(
            "callback",
            CALLBACK,
            after_call=False,
            accuracies=ACCURACIES,
            threshold=TARGET.accuracy,
        ),
        ProbeRequest("loader", LOADER, variable="gen"),
        ProbeRequest("training", TRAINER, variable="hist"),
    ),
    target=TARGET,
    layouts=_layouts,
    retired=RETIRED,
    providers={
        "loader": lambda seen: used_loader.used(seen, LOADER),
        "one_hot": lambda seen: loaders.one_hot(seen, LOADER),
        "scale": lambda seen: used_loader.scale(seen, LOADER, TRAINER),
        "callback": lambda seen: callbacks.working(seen, CALLBACK, TRAINER),
        # What the grader put back for the run has stopped nothing for the student.
        "in_training": lambda seen: seen.in_training(CALLBACK, TRAINER),
        "model": lambda seen: seen.model(TRAINER),
        "compilation": lambda seen: seen.compilation(TRAINER),
        "from_logits": lambda seen: seen.takes_logits(TRAINER),
        "suited": _suited,
        "training": lambda seen: Training.of(seen, TRAINER, LOADER, TARGET.accuracy),
        "result": lambda seen: seen.result(TRAINER),
        "dataset": lambda seen: (seen.images, seen.classes),
    },
)
on_loader = partial(happy_or_sad.check, group="loader", part=LOADER)
on_callback = partial(happy_or_sad.check, group="callback", part=CALLBACK)
on_structure = partial(happy_or_sad.check, group="structure", part=TRAINER)
on_compile = partial(happy_or_sad.check, group="compile", part=TRAINER)
on_training = partial(happy_or_sad.check, group="training", part=TRAINER)


@on_loader(points=4, hint="The directory must be the folder that holds a folder for each class.")
def images_found(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All images of both classes are found."""
    return loaders.finds(loader, *dataset)


@on_loader(points=4, hint="Which argument says how many images come at a time?")
def batch_size(loader: Loader) -> Expectation:
    """Images come in batches of 10."""
    return loaders.batches_of(loader, BATCH)


@on_loader(points=4, hint="Which argument resizes the images? Its default is not 150.")
def target_size(loader: Loader) -> Expectation:
    """Images are 150 by 150 pixels."""
    return loaders.sized(loader, *IMAGE[:2])


@on_loader(points=4, hint="With two classes one number an image is enough. Which mode gives that?")
def class_mode(loader: Loader) -> Expectation:
    """Labels are single numbers, 0 or 1."""
    return loaders.binary_labels(loader)


@on_loader(
    points=4,
    hint="What is the largest value of a pixel, and which named argument of ImageDataGenerator "
    "multiplies it?",
)
def pixels_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixel values are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@on_callback(points=6, hint="What is compared with what, and what is set when it should stop?")
def stops_above(callback: Callback, in_training: InTraining) -> Expectation:
    """Training stops when the accuracy is above 0.999."""
    return callbacks.stops_above(callback, in_training, TARGET.accuracy)


@on_callback(points=6, hint="At which accuracy must training still go on? Look at the comparison.")
def goes_on_below(callback: Callback, in_training: InTraining) -> Expectation:
    """Training goes on while the accuracy is 0.999 or less."""
    return callbacks.goes_on_below(callback, in_training, TARGET.accuracy)


@on_callback(points=3, hint="What does a dictionary give for a key that it lacks?")
def lives_without_accuracy(callback: Callback) -> Expectation:
    """Logs without an accuracy do no harm."""
    return callbacks.lives_without(callback)


@on_structure(points=5, hint="The first layer takes what the loader yields: an image in colour.")
def input_shape(model: Model) -> Expectation:
    """The model takes colour images of 150 by 150 pixels."""
    return models.takes_images(model, IMAGE)


@on_structure(points=5, hint="Three convolutions work best, each followed by pooling.")
def convolutions(model: Model) -> Expectation:
    """At least three convolutions, with downsampling between them."""
    return models.convolutions(model, CONVOLUTIONS)


@on_structure(points=5, hint="A dense layer needs one vector an image. Which layer makes one?")
def flattened(model: Model) -> Expectation:
    """Feature maps are flattened or pooled before the dense layers."""
    return models.flattened(model)


@on_structure(points=5, hint="How many numbers tell two classes apart, and in which range?")
def output_layer(model: Model, from_logits: bool | None) -> Expectation:  # noqa: FBT001
    """The output layer suits two classes."""
    return models.two_class_output(model, from_logits=from_logits)


@on_compile(points=8, hint="Which loss is made for the units and the activation of your output?")
def loss(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """The loss suits the output layer and the labels."""
    return compilations.loss_fits(model, compilation, one_hot=one_hot)


@on_compile(points=7, hint="Under which key does the callback look in the logs?")
def metric(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """A metric is logged as accuracy."""
    return compilations.logs_accuracy(model, compilation, one_hot=one_hot)


@on_training(
    points=15,
    required=True,
    hint="Look at the learning curve: does the accuracy rise too slowly, stay at one half, or jump "
    "up and down?",
)
def target_reached(training: Training, suited: bool) -> Expectation:  # noqa: FBT001
    """Training reaches 99.9 % accuracy in fewer than 15 epochs."""
    return targets.reaches(training, TARGET.before_epoch, suited=suited)


@on_training(points=5, hint="The notebook says how many epochs may be asked for.")
def epochs_asked(training: Training) -> Expectation:
    """At most 20 epochs are asked for."""
    asked = training.fit.epochs
    met = asked is not None and asked <= MOST_EPOCHS
    return expect(met, f"at most {MOST_EPOCHS} epochs", f"{asked} epochs")


@on_training(points=5, hint="How does fit learn that there is a callback?")
def stopped_by_callback(training: Training, in_training: InTraining) -> Expectation:
    """The callback stops the training."""
    together.require_looked_at(training, MOST_EPOCHS)
    return targets.stopped_by(training, in_training)


@on_training(points=5, hint="fit gives you an object that remembers every epoch. Return that one.")
def history_returned(training: Training, result: Result) -> Expectation:
    """The function returns the History of the training."""
    return returned(result, training.fit.index)
