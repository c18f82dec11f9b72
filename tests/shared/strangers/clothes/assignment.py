"""The assignment "Ten Kinds of Clothes": 90 % training accuracy by epoch 10."""

from pathlib import Path

from grader.authoring import (
    Assignment,
    Compilation,
    Dataset,
    Expectation,
    Goal,
    ImageLoader,
    Loader,
    Model,
    Result,
    TrainedModel,
    Training,
    compilations,
    expect,
    loaders,
    models,
    returned,
    targets,
)

from .drawing import CLASSES, SIDE, draw

HERE = Path(__file__).parent
IMAGE = (SIDE, SIDE, 1)
BATCH = 20
EPOCHS = 10
GOAL = Goal("accuracy", at_least=0.9, by_epoch=EPOCHS)

clothes = Assignment(
    id="clothes",
    title="Ten Kinds of Clothes",
    notebook=HERE / "clothes.ipynb",
    data=Dataset("clothes", "clothes", CLASSES, HERE / "images", draw=draw, size=(SIDE, SIDE)),
)
images = clothes.part(ImageLoader("load_clothes", variable="batches"))
model = clothes.part(
    TrainedModel(
        "train_model", variable="history", loader=images, goals=(GOAL,), most_epochs=EPOCHS
    )
)
loading = clothes.group("loader")
structure = clothes.group("structure")
compiling = clothes.group("compile")
fitting = clothes.group("training")


@loading.check(
    images.loader,
    images.dataset,
    points=6,
    hint="Which folder has a folder for each kind of clothes?",
)
def images_found(loader: Loader, dataset: tuple[int, int]) -> Expectation:
    """All images of all ten kinds are found."""
    return loaders.finds(loader, *dataset)


@loading.check(images.loader, points=6, hint="Which argument says how many come at a time?")
def batch_size(loader: Loader) -> Expectation:
    """Images come in batches of 20."""
    return loaders.batches_of(loader, BATCH)


@loading.check(
    images.loader, points=6, hint="Ten kinds cannot be told by a 0 or a 1. Which modes are left?"
)
def labels(loader: Loader) -> Expectation:
    """Labels tell ten kinds apart."""
    return loaders.class_labels(loader, len(CLASSES))


@loading.check(images.scale, points=7, hint="By what is a pixel of 255 to be multiplied?")
def pixels_scaled(scale: tuple[float, float]) -> Expectation:
    """Pixel values are scaled to the range 0 to 1."""
    return loaders.unit_range(*scale)


@structure.check(model.model, points=8, hint="The images are small squares without colours.")
def input_shape(model: Model) -> Expectation:
    """The model takes grey images of 28 by 28 pixels."""
    return models.takes_images(model, IMAGE)


@structure.check(model.model, points=8, hint="A dense layer needs one vector an image.")
def flattened(model: Model) -> Expectation:
    """Feature maps are flattened or pooled before the dense layers."""
    return models.flattened(model)


@structure.check(
    model.model, model.from_logits, points=9, hint="How many kinds are there to choose from?"
)
def output_layer(model: Model, from_logits: bool | None) -> Expectation:  # noqa: FBT001
    """The output layer suits ten kinds."""
    return models.class_output(model, len(CLASSES), from_logits=from_logits)


@compiling.check(
    model.model,
    model.compilation,
    images.one_hot,
    points=10,
    hint="Which loss is made for your labels: whole numbers, or vectors?",
)
def loss(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """The loss suits the output layer and the labels."""
    return compilations.loss_fits(model, compilation, one_hot=one_hot, classes=len(CLASSES))


@compiling.check(
    model.model,
    model.compilation,
    images.one_hot,
    points=10,
    hint="Under which name does the notebook look for it in the history?",
)
def metric(model: Model, compilation: Compilation, one_hot: bool) -> Expectation:  # noqa: FBT001
    """A metric is logged as accuracy."""
    return compilations.logs_accuracy(model, compilation, one_hot=one_hot)


@fitting.check(
    model.training,
    points=20,
    required=True,
    hint="Look at the accuracy: does it rise too slowly, or jump up and down?",
)
def goal_reached(training: Training) -> Expectation:
    """Training reaches 90 % accuracy by epoch 10."""
    return targets.reaches(training, GOAL)


@fitting.check(model.training, points=5, hint="How many epochs does the notebook allow?")
def epochs_asked(training: Training) -> Expectation:
    """At most 10 epochs are asked for."""
    asked = training.epochs_asked
    return expect(
        asked is not None and asked <= EPOCHS, f"at most {EPOCHS} epochs", f"{asked} epochs"
    )


@fitting.check(model.training, model.result, points=5, hint="What does fit give you?")
def history_returned(training: Training, result: Result) -> Expectation:
    """The function returns the History of the training."""
    return returned.returned(result, training)
