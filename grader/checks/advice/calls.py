"""Advice for calls: of what is no function, or with arguments that do not fit."""

import ast
import builtins
import re
from collections.abc import Collection

from grader.checks.advice.attributes import CURVES
from grader.checks.advice.names import ARGUMENTS, closest
from grader.checks.advice.rules import Match, Rules
from grader.checks.advice.scene import Scene, last_name, parameters

RULES = Rules()
CLASS = "A class was used where an instance is needed: a class makes one when it is called."
FIRST_LINE = "The call is given. Was the first line of {} changed? It is part of the assignment."
METHOD = "Was the method's first line changed?"
NO_ARGUMENT = "{} has no argument {}. Look up which ones it has."
HOOKS = re.compile(r"on_(?:epoch|batch|train|test|predict)(?:_batch)?_(?:begin|end)")
# Arguments of earlier versions, by what they are given to.
GONE = {
    ("fit", "generator"): "fit takes the loader as its first argument, without a name.",
    ("fit", "max_queue_size"): "max_queue_size is gone from fit: leave it out.",
    ("fit", "nb_epoch"): "nb_epoch is called epochs.",
    ("fit", "use_multiprocessing"): "use_multiprocessing is gone from fit: leave it out.",
    ("fit", "workers"): "workers is gone from fit: leave it out.",
    ("Input", "input_shape"): "Input calls it shape.",
    ("ModelCheckpoint", "period"): "period is gone in Keras 3: there is save_freq.",
}
ALL_ARGUMENTS = frozenset(name for names in ARGUMENTS.values() for name in names)
LR = "lr is gone in Keras 3: the argument is called learning_rate."
_MISSING = r"([\w.<>]+)\(\) missing \d+ required positional arguments?: (.*)"
# What AutoGraph, which tf.data has translate mapped functions, puts around them.
_MAPPED = (
    r"outer_factory\.<locals>\.inner_factory\.<locals>\.(?:<lambda>|tf__\w+)\(\) "
    r"takes 1 positional argument but 2 were given"
)
MAPPED = (
    "Of a dataset with labels, map gives its function two arguments, images and labels, and takes "
    "both back."
)
_TAKES = r"([\w.<>]+)\(\) takes (?:from \d+ to )?\d+ positional arguments? but \d+ w\w+ given"


@RULES.on(
    "TypeError", r"[\w<>]+\.[\w.<>]+\(\) missing \d+ required positional arguments?: 'self'.*"
)
def _class(_: Match, __: Scene) -> str:
    return CLASS


@RULES.on(
    "TypeError",
    r"Callback\.set_(model|params)\(\) missing 1 required positional argument: '\1'",
)
def _callback_class(_: Match, __: Scene) -> str:
    return "fit was given the class of a callback: a class makes an instance when it is called."


@RULES.on("TypeError", _MISSING)
def _missing(found: Match, scene: Scene) -> str:
    function = _last(found[1])
    if _is_called_by_others(scene):
        if scene.is_graded(function):
            return FIRST_LINE.format(function)
        if HOOKS.fullmatch(function):
            return f"{function} takes more than Keras gives it. {METHOD}"
    missing = re.findall(r"'(\w+)'", found[2])
    if "y_true" in missing:
        return f"{function} is a function that Keras calls: leave out the brackets behind it."
    call = scene.calls.get(_called(found[1]))
    given = [word.arg for word in call.keywords if word.arg] if call else []
    for name in given:
        if name not in _known(found[1]) and (meant := closest(name, missing)):
            return f"There is no argument {name}. Did you mean {meant}?"
    return ""


@RULES.on("TypeError", _MAPPED)
def _mapped(_: Match, __: Scene) -> str:
    return MAPPED


@RULES.on("TypeError", _TAKES)
def _too_many(found: Match, scene: Scene) -> str:
    name = _last(found[1])
    if _is_called_by_others(scene):
        if scene.is_graded(name):
            return FIRST_LINE.format(name)
        if HOOKS.fullmatch(name):
            return f"Keras gives {name} more than it takes. {METHOD}"
    if found[1] == "Sequential.__init__":
        return "Sequential takes its layers as one list, in square brackets."
    return ""


@RULES.on("TypeError", r"([\w.<>]+)\(\) got an unexpected keyword argument '(\w+)'.*")
def _unexpected(found: Match, scene: Scene) -> str:
    called = _called(found[1])
    known = _parameters(called, scene) or ARGUMENTS.get(called, ())
    # What Keras calls, a function of the student's for instance, is for Keras to give arguments.
    return _no_argument(called, found[2], known) if known or scene.direct else ""


@RULES.on("ValueError", r"Unrecognized keyword arguments passed to (\w+): \{'(\w+)'.*")
def _unrecognized(found: Match, _: Scene) -> str:
    return _no_argument(found[1], found[2], ARGUMENTS.get(found[1], ALL_ARGUMENTS))


@RULES.on("ValueError", r"Argument\(s\) not recognized: \{'(\w+)'.*")
def _of_optimizer(found: Match, scene: Scene) -> str:
    called = next((name for name in scene.calls if found[1] in _given(name, scene)), "")
    return _no_argument(called, found[1], ARGUMENTS.get(called, ALL_ARGUMENTS))


def _no_argument(called: str, name: str, known: Collection[str]) -> str:
    if (called, name) in GONE:
        return GONE[called, name]
    if name == "lr" and "learning_rate" in known:
        return LR
    if meant := closest(name, known):
        return f"There is no argument {name}. Did you mean {meant}?"
    return NO_ARGUMENT.format(called, name) if called else ""


@RULES.on("TypeError", r"([\w.<>]+)\(\) got multiple values for (?:keyword )?argument '(\w+)'")
def _twice(found: Match, _: Scene) -> str:
    return f"{found[2]} is given twice: once by its place, and once by its name."


@RULES.on("TypeError", r"'(\w+)' object is not callable")
def _not_callable(found: Match, scene: Scene) -> str:
    called = [call.func for call in scene.nodes(ast.Call) if scene.direct]
    if any(isinstance(each, ast.Tuple | ast.List | ast.Constant) for each in called):
        return "Is a comma missing before an opening bracket?"
    names = {each.id for each in called if isinstance(each, ast.Name)}
    variables = [name for name in names if _holds(name, found[1], scene)]
    return _no_function(variables[0], found[1]) if len(variables) == 1 else ""


def _holds(name: str, kind: str, scene: Scene) -> bool:
    """Whether a variable of the line may well be of that type: no function, class or built-in."""
    shadowed = hasattr(builtins, name) and scene.value_of(name) is not None
    plain = not hasattr(builtins, name) and not scene.is_graded(name) and name[:1].islower()
    return kind not in ("type", "function") and (shadowed or plain)


def _no_function(name: str, kind: str) -> str:
    if hasattr(builtins, name):
        return f"{name} has been given a value, so that it is Python's function no more."
    if kind in ("dict", "list", "tuple", "DataFrame", "ndarray"):
        return f"{name} is no function: what is in it is looked up in square brackets."
    return f"{name} is no function: use it without the round brackets."


@RULES.on("TypeError", r"'module' object is not callable")
def _module(_: Match, scene: Scene) -> str:
    names = [last_name(call.func) for call in scene.nodes(ast.Call)]
    known = ("layers", "models", "optimizers", "losses", "metrics", "callbacks", "keras", "image")
    name = next((name for name in names if name in known), "") if scene.direct else ""
    return f"{name} is a module: which of the things in it is meant?" if name else ""


@RULES.on(
    "TypeError", r"'(?:function|method|builtin_function_or_method)' object is not subscriptable"
)
def _subscripted(_: Match, __: Scene) -> str:
    return "A function is called with round brackets, not with square ones."


@RULES.on("TypeError", r"'History' object is not subscriptable")
def _history(_: Match, __: Scene) -> str:
    return CURVES


@RULES.on("TypeError", r"Cannot interpret '\d+' as a data type")
def _shape(_: Match, scene: Scene) -> str:
    """np.zeros(2, 3)."""
    makers = scene.calls.keys() & {"zeros", "ones", "empty", "full"}
    return (
        "A shape of several numbers is one argument: put it in brackets of its own."
        if makers
        else ""
    )


@RULES.on("RecursionError")
def _recursion(_: Match, scene: Scene) -> str:
    own = scene.function.name if scene.function else ""
    return f"{own} calls itself without end." if own and own in scene.calls else ""


def _is_called_by_others(scene: Scene) -> bool:
    """Whether it is not the student who called, on a line of a graded cell."""
    return not (scene.direct and scene.raised.cell)


def _last(qualified: str) -> str:
    return qualified.rpartition(".")[2]


def _called(qualified: str) -> str:
    """Return how a line calls it: a class by its own name, a method by the last part."""
    owner, _, name = qualified.rpartition(".")
    return _last(owner) if name == "__init__" else name


def _known(qualified: str) -> tuple[str, ...]:
    return ARGUMENTS.get(_called(qualified), ())


def _given(called: str, scene: Scene) -> list[str]:
    return [word.arg for word in scene.calls[called].keywords if word.arg]


def _parameters(called: str, scene: Scene) -> tuple[str, ...]:
    """Return the parameters of a function of the cell itself."""
    for node in ast.walk(scene.tree) if scene.tree else ():
        if isinstance(node, ast.FunctionDef) and node.name == called:
            return tuple(parameters(node))
    return ()
