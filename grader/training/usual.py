"""What is usual in networks: how weights begin, what bounds them, and how fast they change.

What is not need not be wrong. Bounds are wide: they hold Keras' defaults and what textbooks use.
"""

from collections.abc import Iterator, Mapping, Sequence

from grader.training.description import Number, ObjectSpec, Value

_KERNELS = frozenset({"kernel", "depthwise", "pointwise"})
_FACTORS = frozenset({"gamma", "moving_variance"})
# Those of Keras that scale random numbers to the size of a layer.
_SCALED = frozenset(
    {"GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "LecunNormal", "LecunUniform"}
)
_GAINS = (0.1, 10.0)
_WIDTHS = (1e-3, 1.0)
_LARGEST_BIAS = 1.0
_LEAST_NORM = 0.1
_RATES = (1e-6, 10.0)
# 1/255, 1/127.5 and the numbers about one.
_FACTORS_OF_PIXELS, _LARGEST_OFFSET, _MOST_PIXELS = (1 / 300, 3.0), 1.0, 256


def kernels(part: ObjectSpec) -> bool:
    """Whether the kernels of a layer begin, and are bound, as is usual.

    Args:
        part: The layer.
    """
    return all(_usual(*each) for each in _weights(part) if each[0] in _KERNELS)


def offsets(part: ObjectSpec) -> bool:
    """Whether all other weights of a layer do.

    Args:
        part: The layer.
    """
    return all(_usual(*each) for each in _weights(part) if each[0] not in _KERNELS)


def rate(value: float) -> bool:
    """Whether a learning rate is usual."""
    return _within(value, _RATES)


def rescaling(part: ObjectSpec) -> bool:
    """Whether a ``Rescaling`` is one that pixels are scaled with.

    Args:
        part: The layer.
    """
    scale, offset = (_numbered(part.arguments, name, 0.0) for name in ("scale", "offset"))
    return _within(abs(scale), _FACTORS_OF_PIXELS) and abs(offset) <= _LARGEST_OFFSET


def scaling(steps: Sequence[ObjectSpec]) -> bool:
    """Whether steps scale pixels as is usual, all of them together.

    Args:
        steps: What is done to images of a dataset, in their order.
    """
    slope, offset = 1.0, 0.0
    for step in steps:
        by = _numbered(step.arguments, "by", 1.0)
        if step.name in {"Add", "Subtract"}:
            offset += by if step.name == "Add" else -by
        elif step.name in {"Multiply", "Divide", "Rescaling"}:
            factor = _numbered(step.arguments, "scale", by)
            factor = 1 / factor if step.name == "Divide" else factor
            slope, offset = slope * factor, offset * factor
            offset += _numbered(step.arguments, "offset", 0.0)
    # What is centred before it is scaled, or not scaled at all, has larger numbers.
    largest = max(_LARGEST_OFFSET, _MOST_PIXELS * abs(slope))
    return _within(abs(slope), _FACTORS_OF_PIXELS) and abs(offset) <= largest


def number(value: Value) -> float | None:
    """Return a number, NumPy's or Python's, as Python has it; None of anything else."""
    held = value.value if isinstance(value, Number) else value
    return float(held) if isinstance(held, int | float) and not isinstance(held, bool) else None


def _weights(part: ObjectSpec) -> Iterator[tuple[str, str, Value]]:
    """Yield what weights, and how they are set, and with what."""
    for name, value in part.arguments.items():
        of, _, how = name.rpartition("_")
        if how in {"initializer", "constraint"}:
            yield of, how, value


def _usual(of: str, how: str, value: Value) -> bool:
    if not isinstance(value, ObjectSpec):
        return value is None
    return _bound(value) if how == "constraint" else _starts(of, value)


def _starts(of: str, value: ObjectSpec) -> bool:
    if of in _KERNELS:
        return _random(value)
    constant = _constant(value)
    if constant is None:
        return _random(value)
    return _within(constant, _GAINS) if of in _FACTORS else abs(constant) <= _LARGEST_BIAS


def _random(part: ObjectSpec) -> bool:
    """Whether numbers are drawn around zero, neither tiny nor huge."""
    given = part.arguments
    match part.name:
        case "VarianceScaling":
            return _within(_numbered(given, "scale", 1.0), _GAINS)
        case "Orthogonal":
            return _within(abs(_numbered(given, "gain", 1.0)), _GAINS)
        case "RandomNormal" | "TruncatedNormal":
            width = _numbered(given, "stddev", 0.05)
            return _numbered(given, "mean", 0.0) == 0.0 and _within(width, _WIDTHS)
        case "RandomUniform":
            least, most = _numbered(given, "minval", -0.05), _numbered(given, "maxval", 0.05)
            return least == -most and _within(most, _WIDTHS)
    return part.name in _SCALED


def _constant(part: ObjectSpec) -> float | None:
    held = {"Zeros": 0.0, "Ones": 1.0, "Constant": _numbered(part.arguments, "value", 0.0)}
    return held.get(part.name)


def _bound(constraint: ObjectSpec) -> bool:
    least = _numbered(constraint.arguments, "max_value", 2.0)
    return constraint.name == "MaxNorm" and least >= _LEAST_NORM


def _numbered(arguments: Mapping[str, Value], name: str, default: float) -> float:
    found = number(arguments.get(name))
    return default if found is None else found


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
