"""Compiles a function's source anew, with calls added where it begins and where it ends.

All that it had keeps its lines and columns, so tracebacks read as before; and while its own body
runs, the stack has no frame more than before.
"""

import __future__

import ast
import functools
import inspect
import linecache
import re
from collections.abc import Iterator
from types import CodeType
from typing import Any

_PLACE = "<hooks>"
# `_call` and `_error` are all that is added to a function's own variables.
_CALLS = f"""
_call = {_PLACE!r}
_call = _call()
try:
    if _call.begin(): return _call.result
    return _call.end(None)
except BaseException as _error:
    _call.fail(_error)
    raise
"""
_AROUND = re.compile(r"(\w+)(\.<locals>)?\.")
_FUTURE = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
_UNUSUAL = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


def calling(code: CodeType, hooks: object) -> CodeType:
    """Return code that does what ``code`` does and calls hooks.

    Args:
        code: Of a plain function.
        hooks: Returns a ``Call``; it becomes a constant of the code.

    Raises:
        ValueError: The code has no source, or its function is a generator.
    """
    return exchanged(prepared(code), _PLACE, hooks)


def exchanged(code: CodeType, constant: object, other: object) -> CodeType:
    """Return code with another constant in the place of one that it has."""
    constants = (other if value == constant else value for value in code.co_consts)
    return code.replace(co_consts=tuple(constants))


@functools.cache
def prepared(code: CodeType) -> CodeType:
    """Return code with calls, and a placeholder for the hooks: a matter of milliseconds, once.

    Args:
        code: Of a plain function.

    Raises:
        ValueError: The code has no source, or its function is a generator.
    """
    definition = _definition(code)
    if definition is None or code.co_flags & _UNUSUAL:
        raise ValueError(f"{code.co_qualname} of {code.co_filename} cannot be given hooks")
    definition.body = _with_calls(definition)
    module = ast.Module([_surrounded(definition, code)], [])
    flags = code.co_flags & _FUTURE
    compiled = compile(module, code.co_filename, "exec", flags=flags, dont_inherit=True)
    return next(each for each in _within(compiled) if each.co_qualname == code.co_qualname)


def _definition(code: CodeType) -> ast.FunctionDef | None:
    """Return a function's definition as its file has it, at the lines that it has there."""
    before = code.co_firstlineno - 1
    lines = linecache.getlines(code.co_filename)[before:]
    # In a block of its own, what is indented keeps its columns.
    indented = bool(lines) and lines[0][:1].isspace()
    start = "\n" * (before - indented) + "if True:\n" * indented
    found = ast.walk(ast.parse(start + "".join(inspect.getblock(lines))))
    named = (node for node in found if isinstance(node, ast.FunctionDef))
    return next((node for node in named if node.name == code.co_name), None)


def _with_calls(definition: ast.FunctionDef) -> list[ast.stmt]:
    documented = ast.get_docstring(definition) is not None
    start, body = definition.body[:documented], definition.body[documented:]
    calls: Any = ast.parse(_CALLS).body
    _place(definition, *calls)
    attempt = calls[-1]
    begun, ended = attempt.body
    begun.test.args = [_arguments(definition)]
    attempt.body = [begun, *map(_Returns().visit, body), ended]
    return [*start, *calls]


def _arguments(definition: ast.FunctionDef) -> ast.expr:
    """Return an expression for the arguments of a call, by name."""
    given = definition.args
    several = [each for each in (given.vararg, given.kwarg) if each is not None]
    names = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs, *several)]
    pairs = ", ".join(f"{name!r}: {name}" for name in names)
    expression = ast.parse(f"{{{pairs}}}", mode="eval").body
    _place(definition, expression)
    return expression


class _Returns(ast.NodeTransformer):
    """Hands over what a function returns; functions within it return what they do."""

    def visit_Return(self, node: ast.Return) -> ast.Return:
        handing: Any = ast.parse("_call.end(None)", mode="eval").body
        _place(node, handing)
        handing.args = [node.value] if node.value else handing.args
        node.value = handing
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AsyncFunctionDef:
        return node


def _place(where: ast.AST, *added: ast.AST) -> None:
    for node in (each for tree in added for each in ast.walk(tree)):
        ast.copy_location(node, where)


def _surrounded(definition: ast.stmt, code: CodeType) -> ast.stmt:
    """Put a definition into the classes and functions that its code had around it."""
    free = ", ".join(name for name in code.co_freevars if name != "__class__")
    for name, function in reversed(_AROUND.findall(code.co_qualname)):
        header = f"def {name}({free}): pass" if function else f"class {name}: pass"
        outer: Any = ast.parse(header).body[0]
        _place(definition, outer)
        outer.body = [definition]
        definition = outer
    return definition


def _within(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _within(constant)
