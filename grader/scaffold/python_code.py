"""Writes Python as ruff formats it, whether lines may have 88 characters or more."""

import json
from collections.abc import Iterable, Sequence
from textwrap import wrap

WIDTH = 88


def quoted(text: str) -> str:
    """Return a text as Python writes it, in double quotes."""
    return repr(text) if '"' in text and "'" not in text else json.dumps(text, ensure_ascii=False)


def call(head: str, arguments: Sequence[str], indent: str = "", behind: str = "") -> str:
    """Write a call in one line, or with each of its arguments in a line of its own.

    Args:
        head: What stands before the brackets.
        arguments: What stands between them.
        indent: What all lines begin with.
        behind: What follows the brackets, on their line.
    """
    line = f"{indent}{head}({', '.join(arguments)}){behind}"
    if len(line) <= WIDTH or not arguments:
        return line
    # The last comma keeps them apart also where longer lines are allowed.
    lines = "".join(f"{indent}    {each},\n" for each in arguments)
    return f"{indent}{head}(\n{lines}{indent}){behind}"


def imported(module: str, names: Iterable[str]) -> str:
    """Write an import of names, in the order of ruff's isort: classes, then what is small."""
    listed = sorted(names)
    line = f"from {module} import {', '.join(listed)}"
    if len(line) <= WIDTH:
        return line
    return f"from {module} import (\n{''.join(f'    {each},{chr(10)}' for each in listed)})"


def remark(text: str, indent: str = "") -> str:
    """Write a comment, in as many lines as it takes."""
    begins = f"{indent}# "
    return "\n".join(
        wrap(text, WIDTH, initial_indent=begins, subsequent_indent=begins, break_long_words=False)
    )
