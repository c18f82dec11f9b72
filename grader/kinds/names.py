"""What graded names and variables may be called, and what is said of others."""

import keyword

from grader.records.graded_names import is_call, method_of, variable_of

NAME = (
    "expected a name of Python, found {!r}. Write one, such as {!r}: letters, digits and "
    "underscores, no spaces"
)
CALL = "a graded call is of one variable, such as 'model.fit'"
VARIABLE = "variable is the name under which a given cell keeps a result"


def fault(name: object, example: str, what: str = "") -> str:
    """Say why something is no name that a notebook can define; empty where it is one.

    Args:
        name: Anything.
        example: A name that would do.
        what: What it is the name of, where it is not the graded one.
    """
    if isinstance(name, str) and name.isidentifier() and not keyword.iskeyword(name):
        return ""
    told = NAME.format(name, example)
    return f"{what}; {told}" if what else told


def fault_of_graded(name: object, *, calls: bool) -> str:
    """Say the same of a graded name.

    Args:
        name: Anything.
        calls: Whether it may be a call on a variable.
    """
    if not calls or not isinstance(name, str) or not is_call(name):
        return fault(name, "train")
    return fault(variable_of(name), "model", CALL) or fault(method_of(name), "fit", CALL)
