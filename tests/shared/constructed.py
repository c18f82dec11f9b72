"""Keras' own objects, constructed as they are written down in ``architectures``."""

from typing import Any

import keras
from architectures import Spec, is_spec

SPACES = (
    keras.layers, keras.optimizers, keras.optimizers.schedules, keras.losses, keras.initializers,
    keras.regularizers, keras.constraints, keras.callbacks,
)  # fmt: skip


def made(spec: Spec) -> Any:
    """Construct what is written down."""
    kind = next(getattr(space, spec[0]) for space in SPACES if hasattr(space, spec[0]))
    return kind(**{name: made(v) if is_spec(v) else v for name, v in spec[1].items()})
