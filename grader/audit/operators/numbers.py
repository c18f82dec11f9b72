"""Mistakes with numbers: off by one, a wrong unit, a scale that is missing or upside down."""

import ast
from collections.abc import Iterator
from decimal import Decimal

from grader.audit.mutant import Proposal
from grader.audit.operators import vocabulary
from grader.audit.operators.original_cell import OriginalCell

_RATES = (1000, Decimal("0.001"))
_PERCENT, _MANY = 100, 5
# Of a call that makes or trains networks, numbers are what their argument says.
_KERAS = vocabulary.LAYERS | vocabulary.OPTIMIZER_CLASSES | {
    "compile", "fit", "flow_from_directory", "ImageDataGenerator", "image_dataset_from_directory",
}  # fmt: skip


def _numbers(cell: OriginalCell) -> Iterator[tuple[ast.Constant, int | float]]:
    for node in cell.expressions:
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(node, ast.Constant) and type(value) in (int, float):
            yield node, value  # type: ignore[misc]


def off_by_one(cell: OriginalCell) -> Iterator[Proposal]:
    """Count one too many or one too few, or far too many: epochs, batches, classes, places."""
    for node, value in _numbers(cell):
        if isinstance(value, int):
            for other in _counts(cell, node, value):
                yield cell.swap(node, str(other), _where(cell, node))


def _counts(cell: OriginalCell, node: ast.expr, value: int) -> Iterator[int]:
    function, argument = cell.argument(node)
    if argument == "epochs":
        # Somewhat fewer may be as good; hardly any are not.
        yield from (value + 1, 1, value * _MANY)
    elif argument == "batch_size":
        yield from (value + 1, value - 1)
    elif function == "Dense" and argument in {"0", "units"}:
        layer = cell.source.parents[node]
        layer = cell.source.parents[layer] if isinstance(layer, ast.keyword) else layer
        yield from (value + 1, value - 1) if layer is cell.output else ()
    elif _is_plain(cell, node):
        yield from (value + 1, value - 1)


def _is_plain(cell: OriginalCell, node: ast.expr) -> bool:
    """Whether a number is of plain Python, and not an argument of Keras."""
    inside = (each for each in cell.above(node) if isinstance(each, ast.Call))
    return not any(cell.called(call) in _KERAS for call in inside) and not _is_threshold(cell, node)


def change_size(cell: OriginalCell) -> Iterator[Proposal]:
    """Take images of another size, or of other channels."""
    for node in cell.expressions:
        if isinstance(node, ast.Tuple) and _is_shape(cell, node):
            lengths = [each.value for each in node.elts if isinstance(each, ast.Constant)]
            # A length may be None, for any.
            numbers = [each for each in lengths if isinstance(each, int)]
            for other in _sizes(numbers) if numbers == lengths else ():
                yield cell.swap(node, f"({', '.join(map(str, other))})", "size")


def _is_shape(cell: OriginalCell, node: ast.Tuple) -> bool:
    function, argument = cell.argument(node)
    first = function in vocabulary.SHAPED_FIRST and argument == "0"
    constant = all(isinstance(each, ast.Constant) for each in node.elts)
    return constant and len(node.elts) > 1 and (first or argument in vocabulary.SHAPES)


def _sizes(lengths: list[int]) -> Iterator[list[int]]:
    """Yield the same image with one pixel more, half as large, and with other channels."""
    sides, channels = lengths[:2], lengths[2:]
    yield [sides[0] + 1, *sides[1:], *channels]
    yield [each // 2 for each in sides] + channels
    if channels:
        yield [*sides, 1 if channels[0] != 1 else 3]
        yield sides
        yield [*channels, *sides]


def change_rate(cell: OriginalCell) -> Iterator[Proposal]:
    """Learn a thousand times as fast, or as slowly."""
    for node, value in _numbers(cell):
        function, argument = cell.argument(node)
        first = function in vocabulary.OPTIMIZER_CLASSES and argument == "0"
        if first or argument == "learning_rate":
            for factor in _RATES:
                other = float(Decimal(str(value)) * factor)
                yield cell.swap(node, repr(other), "learning rate")


def change_scale(cell: OriginalCell) -> Iterator[Proposal]:
    """Scale by the wrong factor, upside down, or not at all."""
    for node in cell.expressions:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _is_255(node.right):
            left, right = cell.source.code(node.left), cell.source.code(node.right)
            yield cell.swap(node, left, "scale")
            yield cell.swap(node, f"{left} * {right}", "scale")
            yield cell.swap(node, f"{left} / {right}{right[-1]}", "scale")


def _is_255(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in {255, 256}


def change_threshold(cell: OriginalCell) -> Iterator[Proposal]:
    """Compare with a number that is a little less or more, rounded, or in percent."""
    for node, value in _numbers(cell):
        if _is_threshold(cell, node):
            for other in _thresholds(value):
                yield cell.swap(node, str(other), "threshold")


def _is_threshold(cell: OriginalCell, node: ast.expr) -> bool:
    return isinstance(cell.source.parents.get(node), ast.Compare)


def _thresholds(value: float) -> Iterator[Decimal]:
    exact = Decimal(str(value))
    digit = Decimal(1).scaleb(int(exact.as_tuple().exponent))
    yield exact - digit
    yield exact + digit
    if 0 < value < 1:
        yield exact - exact % (digit * 10)
        yield exact * _PERCENT


def change_number(cell: OriginalCell) -> Iterator[Proposal]:
    """Be a little off with a number that is not whole."""
    for node, value in _numbers(cell):
        if isinstance(value, float) and _is_plain(cell, node):
            exact = Decimal(str(value))
            digit = Decimal(1).scaleb(int(exact.as_tuple().exponent))
            yield cell.swap(node, str(exact + digit), _where(cell, node))


def _where(cell: OriginalCell, node: ast.expr) -> str:
    _, argument = cell.argument(node)
    return argument if argument and not argument.isdigit() else "number"
