"""All operators, by name."""

from collections.abc import Callable, Iterator, Mapping

from grader.audit.mutant import Proposal
from grader.audit.operators import arguments, layers, logic, numbers, statements, variables, words
from grader.audit.operators.original_cell import OriginalCell

Operator = Callable[[OriginalCell], Iterator[Proposal]]
_ALL: tuple[Operator, ...] = (
    words.swap_loss, words.swap_activation, words.swap_metric, words.swap_optimizer,
    words.swap_mode, words.swap_hook,
    layers.drop_layer, layers.duplicate_layer, layers.swap_layers,
    variables.wrong_data, variables.wrong_key, variables.swap_axes, variables.wrong_answer,
    numbers.change_size, numbers.change_scale, numbers.change_rate, numbers.change_threshold,
    numbers.off_by_one, numbers.change_number,
    logic.invert_comparison, logic.swap_logic, logic.drop_condition, logic.swap_boolean,
    logic.swap_arithmetic,
    variables.wrong_variable,
    statements.drop_return, statements.drop_statement, statements.leave_placeholder,
    statements.drop_owner,
    arguments.drop_argument, arguments.add_argument, arguments.swap_arguments,
    arguments.drop_brackets, arguments.drop_step,
)  # fmt: skip
OPERATORS: Mapping[str, Operator] = {
    operator.__name__.replace("_", "-"): operator for operator in _ALL
}


def sentence(name: str) -> str:
    """Return what an operator does, as its docstring says it."""
    return (OPERATORS[name].__doc__ or "").splitlines()[0].replace("``", "`")
