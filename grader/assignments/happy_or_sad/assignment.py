"""The assignment "Happy or Sad": 80 faces, told apart with 99.9 % accuracy in under 15 epochs."""

from functools import cache

from grader.assignments.happy_or_sad.editions import (
    CALLBACK,
    KIT_EARLIER,
    KIT_SIGNS,
    LOADER,
    RETIRED,
    TRAINER,
    course_layouts,
)
from grader.assignments.happy_or_sad.images import happy_or_sad as images
from grader.authoring import (
    Absent,
    Assignment,
    Callback,
    Compilation,
    Expectation,
    Goal,
    ImageLoader,
    InTraining,
    Layout,
    Loader,
    Model,
    Need,
    Observed,
    ProbeFault,
    Result,
    StoppingCallback,
    TrainedModel,
    Training,
    callbacks,
    compilations,
    expect,
    layout_of,
    loaders,
    models,
    reference,
    returned,
    targets,
    together,
)

NOTEBOOK = "C1W4_Assignment.ipynb"
IMAGE = (150, 150, 3)
BATCH = 10
CONVOLUTIONS = 3
MOST_EPOCHS = 20
# Rounding, a threshold of another size and a comparison with "at least" differ at one of them.
ACCURACIES = (0.0, 0.5, 0.9, 0.95, 0.985, 0.99, 0.9949, 0.998, 0.999, 0.99901, 0.9995, 1.0)
GOAL = Goal("accuracy", at_least=0.999, before_epoch=15)


# Every submission of a class asks for them, and they are read from a notebook.
@cache
def _layouts() -> tuple[Layout, ...]:
    notebook = happy_or_sad.notebook
    own = layout_of(notebook, "kit", "the kit's own notebook", KIT_SIGNS, KIT_EARLIER)
    return (own, *course_layouts())


happy_or_sad = Assignment(
    id="happy-or-sad",
    title="Happy or Sad",
    notebook=reference(NOTEBOOK),
    data=images(),
    editions=_layouts,
    retired=RETIRED,
)
callback_part = happy_or_sad.part(
    StoppingCallback(CALLBACK, threshold=GOAL.bound, accuracies=ACCURACIES)
)
loader_part = happy_or_sad.part(ImageLoader(LOADER, variable="gen"))
trained = happy_or_sad.part(
    TrainedModel(
        TRAINER, variable="hist", loader=loader_part, goals=(GOAL,), most_epochs=MOST_EPOCHS
    )
)


def _suited(seen: Observed) -> bool:
    """Whether output layer and loss are right, also where they are not known."""
    try:
        model, compilation = seen.model(TRAINER), seen.compilation(TRAINER)
        one_hot, from_logits = loaders.one_hot(seen, LOADER), seen.takes_logits(TRAINER)
    except (Absent, ProbeFault):
        return True
    output = models.two_class_output(model, from_logits=from_logits)
    return output.met and compilations.loss_fits(model, compilation, one_hot=one_hot).met


suits = Need("suited", TRAINER, _suited)
loading = happy_or_sad.group("loader")
stopping = happy_or_sad.group("callback")
structure = happy_or_sad.group("structure")
compiling = happy_or_sad.group("compile")
training_ = happy_or_sad.group("training")


@loading.check(
    loader_part.loader,
    loader_part.dataset,
    points=4,
    hint="The directory must be the folder that holds a folder for each class.",
)
def images_found(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All images of both classes are found."""
    return loaders.finds(loader, *dataset)


@loading.check(
    loader_part.loader, points=4, hint="Which argument says how many images come at a time?"
)
def batch_size(loader: Loader) -> Expectation:
    """Images come in batches of 10."""
    return loaders.batches_of(loader, BATCH)


@loading.check(
    loader_part.loader, points=4, hint="Which argument resizes the images? Its default is not 150."
)
def target_size(loader: Loader) -> Expectation:
    """Images are 150 by 150 pixels."""
    return loaders.sized(loader, *IMAGE[:2])


@loading.check(
    loader_part.loader,
    points=4,
    hint="With two classes one number an image is enough. Which mode gives that?",
)
def class_mode(loader: Loader) -> Expectation:
    """Labels are single numbers, 0 or 1."""
    return loaders.binary_labels(loader)


@loading.check(
    loader_part.scale,
    points=4,
    hint="What is the largest value of a pixel, and which named argument of ImageDataGenerator "
    "multiplies it?",
)
def pixels_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixel values are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@stopping.check(
    callback_part.callback,
    callback_part.in_training,
    points=6,
    hint="What is compared with what, and what is set when it should stop?",
)
def stops_above(callback: Callback, in_training: InTraining) -> Expectation:
    """Training stops when the accuracy is above 0.999."""
    return callbacks.stops_above(callback, in_training, GOAL.bound)


@stopping.check(
    callback_part.callback,
    callback_part.in_training,
    points=6,
    hint="At which accuracy must training still go on? Look at the comparison.",
)
def goes_on_below(callback: Callback, in_training: InTraining) -> Expectation:
    """Training goes on while the accuracy is 0.999 or less."""
    return callbacks.goes_on_below(callback, in_training, GOAL.bound)


@stopping.check(
    callback_part.callback, points=3, hint="What does a dictionary give for a key that it lacks?"
)
def lives_without_accuracy(callback: Callback) -> Expectation:
    """Logs without an accuracy do no harm."""
    return callbacks.lives_without(callback)


@structure.check(
    trained.model,
    points=5,
    hint="The first layer takes what the loader yields: an image in colour.",
)
def input_shape(model: Model) -> Expectation:
    """The model takes colour images of 150 by 150 pixels."""
    return models.takes_images(model, IMAGE)


@structure.check(
    trained.model, points=5, hint="Three convolutions work best, each followed by pooling."
)
def convolutions(model: Model) -> Expectation:
    """At least three convolutions, with downsampling between them."""
    return models.convolutions(model, CONVOLUTIONS)


@structure.check(
    trained.model, points=5, hint="A dense layer needs one vector an image. Which layer makes one?"
)
def flattened(model: Model) -> Expectation:
    """Feature maps are flattened or pooled before the dense layers."""
    return models.flattened(model)


@structure.check(
    trained.model,
    trained.from_logits,
    points=5,
    hint="How many numbers tell two classes apart, and in which range?",
)
def output_layer(model: Model, from_logits: bool | None) -> Expectation:  # noqa: FBT001
    """The output layer suits two classes."""
    return models.two_class_output(model, from_logits=from_logits)


@compiling.check(
    trained.model,
    trained.compilation,
    loader_part.one_hot,
    points=8,
    hint="Which loss is made for the units and the activation of your output?",
)
def loss(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """The loss suits the output layer and the labels."""
    return compilations.loss_fits(model, compilation, one_hot=one_hot)


@compiling.check(
    trained.model,
    trained.compilation,
    loader_part.one_hot,
    points=7,
    hint="Under which key does the callback look in the logs?",
)
def metric(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """A metric is logged as accuracy."""
    return compilations.logs_accuracy(model, compilation, one_hot=one_hot)


@training_.check(
    trained.training,
    suits,
    points=15,
    required=True,
    hint="Look at the learning curve: does the accuracy rise too slowly, stay at one half, or jump "
    "up and down?",
)
def target_reached(training: Training, suited: bool) -> Expectation:  # noqa: FBT001
    """Training reaches 99.9 % accuracy in fewer than 15 epochs."""
    return targets.reaches(training, GOAL, suited=suited)


@training_.check(
    trained.training, points=5, hint="The notebook says how many epochs may be asked for."
)
def epochs_asked(training: Training) -> Expectation:
    """At most 20 epochs are asked for."""
    asked = training.fit.epochs
    met = asked is not None and asked <= MOST_EPOCHS
    return expect(met, f"at most {MOST_EPOCHS} epochs", f"{asked} epochs")


@training_.check(
    trained.training,
    callback_part.in_training,
    points=5,
    hint="How does fit learn that there is a callback?",
)
def stopped_by_callback(training: Training, in_training: InTraining) -> Expectation:
    """The callback stops the training."""
    together.require_looked_at(training, GOAL, MOST_EPOCHS)
    return targets.stopped_by(training, GOAL, in_training)


@training_.check(
    trained.training,
    trained.result,
    points=5,
    hint="fit gives you an object that remembers every epoch. Return that one.",
)
def history_returned(training: Training, result: Result) -> Expectation:
    """The function returns the History of the training."""
    return returned.returned(result, training.fit.index)
