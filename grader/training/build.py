"""Builds the model that an architecture describes, freshly initialised."""

from dataclasses import dataclass

import keras

from grader.training import objects
from grader.training.description import Architecture, Compile


@dataclass(frozen=True, slots=True)
class Built:
    """A model and its layers.

    Args:
        model: A functional ``keras.Model``.
        layers: In the order of the description.
    """

    model: keras.Model
    layers: tuple[keras.Layer, ...]


def build(architecture: Architecture) -> Built:
    """Construct the layers in the order in which the student's code did, then connect them.

    Args:
        architecture: As it was accepted.
    """
    made = {place: objects.layer(architecture.layers[place].part) for place in architecture.created}
    layers = tuple(made[place] for place in range(len(made)))
    outputs = [layers[0].output]
    for made_layer, described in zip(layers[1:], architecture.layers[1:], strict=True):
        given = [outputs[place] for place in described.inputs]
        outputs.append(made_layer(given[0] if len(given) == 1 else given))
    return Built(keras.Model(outputs[0], outputs[architecture.output]), layers)


def compile_as(model: keras.Model, described: Compile, *, exact: bool) -> None:
    """Compile a model.

    Args:
        model: As ``build`` made it.
        described: With what.
        exact: Whether how Keras executes it is to be as described, too.
    """
    options = objects.plain(described.options)
    if not exact:
        options = {name: options[name] for name in ("auto_scale_loss",) if name in options}
    model.compile(
        optimizer=objects.optimizer(described.optimizer),
        loss=objects.loss(described.loss),
        metrics=[objects.metric(metric) for metric in described.metrics],
        **options,
    )
