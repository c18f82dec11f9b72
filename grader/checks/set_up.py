"""What of a training's settings can explain that it does not learn, as it was observed."""

from grader.checks.models import NOT_LAST, units
from grader.checks.observed import Observation
from grader.diagnosis import TrainingSettings
from grader.evidence import Compilation, Fit, Model

# Layers that are an activation, by Keras' name of it.
_ACTIVATIONS = {"Softmax": "softmax", "ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu"}
_NORMALISING = "Normalization"


def settings_of(seen: Observation, fit: Fit, counts: tuple[int, int]) -> TrainingSettings | None:
    """Return what a training was set to; None if the grader did not make it.

    Args:
        seen: The run.
        fit: The training.
        counts: How many samples and classes there are to train on.
    """
    model = seen.model_of(fit)
    if fit.trained is None or model is None:
        return None
    compilation = model.compilation or Compilation(loss=None)
    return TrainingSettings(
        units=units(model),
        activation=_activation(model),
        loss=compilation.loss,
        from_logits=compilation.from_logits,
        optimizer=compilation.optimizer,
        learning_rate=fit.trained.learning_rate,
        largest_value=_largest_value(seen, fit, model),
        constant_kernels=fit.trained.constant_kernels,
        images=counts[0],
        classes=counts[1],
    )


def _activation(model: Model) -> str | None:
    """Return the activation of the last layer that changes numbers; None where it has none."""
    changing = [layer for layer in model.layers if layer.type not in NOT_LAST]
    if not changing:
        return None
    said = changing[-1].settings.get("activation", _ACTIVATIONS.get(changing[-1].type))
    return str(said) if said is not None else None


def _largest_value(seen: Observation, fit: Fit, model: Model) -> float | None:
    """Return the largest absolute value that reaches a convolution, if that matters.

    A network that normalises takes images of any scale.
    """
    known = seen.at_convolution(fit, fit.model)
    if known is None or any(_NORMALISING in layer.type for layer in model.layers):
        return None
    return max(map(abs, known))
