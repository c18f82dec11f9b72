"""Advice for what is None and should be something."""

import ast
import builtins

from grader.checks.advice.attributes import receiver
from grader.checks.advice.rules import Match, Rules
from grader.checks.advice.scene import Scene, is_none, last_name

RULES = Rules()
LOGS = "logs"
# They change an object and return nothing.
IN_PLACE = frozenset({
    "add", "append", "build", "compile", "extend", "insert", "load_weights", "print", "reverse",
    "save", "save_weights", "set_weights", "shuffle", "sort", "summary", "update",
})  # fmt: skip
_BUILT_IN = frozenset(dir(builtins))
NO_LOGS = "{} can be None. What is to be asked before anything is looked up in it?"
NO_ENTRY = "Logs may lack what is looked up in them, and None cannot be compared with a number."


@RULES.on("AttributeError", r"'NoneType' object has no attribute '(\w+)'.*")
def _attribute(found: Match, scene: Scene) -> str:
    name = receiver(found[1], scene)
    if name:
        return why_none(name, scene)
    looked_up = (node.value for node in scene.nodes(ast.Attribute) if node.attr == found[1])
    told = (_returned(node, scene) for node in looked_up)
    return next(filter(None, told), "") if scene.direct else ""


@RULES.on(
    "TypeError",
    r"'NoneType' object is not (?:subscriptable|iterable|callable)|"
    r"argument of type 'NoneType' is not (?:a container or )?iterable|"
    r"cannot unpack non-iterable NoneType object",
)
def _used(_: Match, scene: Scene) -> str:
    operands = _operands(scene) if scene.direct else []
    names = {node.id for node in operands if isinstance(node, ast.Name)}
    reasons = [why_none(name, scene) for name in names if len(names) == 1]
    return next(filter(None, (*reasons, *(_returned(each, scene) for each in operands))), "")


def _operands(scene: Scene) -> list[ast.expr]:
    """Return what the line looks something up in, goes through, calls or takes apart."""
    return [
        *(node.value for node in scene.nodes(ast.Subscript)),
        *(c for n in scene.nodes(ast.Compare) if isinstance(n.ops[-1], ast.In | ast.NotIn)
          for c in n.comparators),
        *(node.iter for node in scene.nodes(ast.For) if node.lineno == scene.raised.line),
        *(node.value for node in scene.nodes(ast.Assign) if isinstance(node.targets[0], ast.Tuple)),
    ]  # fmt: skip


@RULES.on(
    "TypeError",
    r"'(?:[<>]=?)' not supported between instances of '(?:NoneType|float|int)' and "
    r"'(?:NoneType|float|int)'",
)
def _compared(_: Match, scene: Scene) -> str:
    """In a callback, logs that lack an entry give None, which was then compared."""
    if not scene.direct or not scene.is_parameter(LOGS):
        return ""
    for compare in scene.nodes(ast.Compare):
        for operand in (compare.left, *compare.comparators):
            value = scene.value_of(operand.id) if isinstance(operand, ast.Name) else operand
            if isinstance(value, ast.Call) and last_name(value.func) == "get":
                return NO_ENTRY
    return ""


def why_none(name: str, scene: Scene) -> str:
    """Say why a variable is None, where a cell shows it; empty where none does."""
    value = scene.value_of(name)
    if value is None and not scene.is_parameter(name):
        value = scene.made_earlier(name)
    if value is None:
        if name == LOGS and scene.is_parameter(name):
            return NO_LOGS.format(name)
        return f"{name} is None when the function is called." if scene.is_parameter(name) else ""
    if is_none(value):
        return f"{name} is still None: there is a placeholder left."
    return _returned(value, scene, f", so {name} is None")


def _returned(node: ast.expr, scene: Scene, then: str = "") -> str:
    if not isinstance(node, ast.Call):
        return ""
    called = last_name(node.func)
    # Of what is not known, a name in capitals is that of a class.
    made = called[:1].islower() and called not in _BUILT_IN
    if isinstance(node.func, ast.Name) and (made or scene.is_function(called)):
        return f"{called} returned None: does it return what it has made?"
    alone = f"{called} returns nothing{then}: it stands on a line of its own."
    return alone if called in IN_PLACE else ""
