"""Advice for values of the wrong type: text for a number, a number for a pair, and the like."""

import ast
import re

from grader.checks.advice.rules import Match, Rules
from grader.checks.advice.scene import Scene, is_none, text_of

RULES = Rules()
NUMBERS = frozenset({
    "batch_size", "epochs", "filters", "initial_epoch", "learning_rate", "patience", "rescale",
    "seed", "steps_per_epoch", "units", "validation_split", "validation_steps",
})  # fmt: skip
WHOLE = NUMBERS - {"learning_rate", "rescale", "validation_split"}
PAIRS = frozenset({"target_size"})
LOADERS = "keras.src.legacy.preprocessing.image"
QUOTED = "{} is a number: write it without quotes."
STILL_NONE = "{} is still None: there is a placeholder left."
_NOT_WHOLE = r"'(str|float|NoneType)' object cannot be interpreted as an integer"
_UNSUPPORTED = (
    r"unsupported operand type\(s\) for (?:[+*/%-]|//|\*\*)=?: '([\w.]+)' and '([\w.]+)'|"
    r"'(?:[<>]=?)' not supported between instances of '([\w.]+)' and '([\w.]+)'"
)


@RULES.on("TypeError", _NOT_WHOLE)
def _not_whole(found: Match, scene: Scene) -> str:
    if found[1] == "str":
        return _quoted(scene)
    if found[1] == "NoneType":
        return _none(scene)
    passed = [value for name, value in scene.keywords.items() if name in WHOLE]
    if scene.direct:
        passed += [argument for call in scene.calls.values() for argument in call.args]
    if any(isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) for node in passed):
        return "/ gives a number with a decimal point, // a whole one."
    return "A whole number is needed there, without a decimal point."


@RULES.on("TypeError", _UNSUPPORTED)
def _mixed(found: Match, scene: Scene) -> str:
    kinds = {kind for kind in found.groups() if kind}
    if not scene.direct:
        return _none(scene) if "NoneType" in kinds else _quoted(scene) if "str" in kinds else ""
    if "str" not in kinds or not kinds & {"int", "float"}:
        return ""
    literals = [*scene.nodes(ast.Compare), *scene.nodes(ast.BinOp)]
    texts = [text_of(node) for way in literals for node in ast.walk(way)]
    if any(re.fullmatch(r"[\d.]+%?", text) for text in texts if text):
        return "A number is written without quotes: in quotes it is a text."
    return ""


@RULES.on(
    "TypeError", r"can only concatenate str \(not \"(?:int|float|\w*(?:int|float)\d+)\"\) to str"
)
def _concatenated(_: Match, __: Scene) -> str:
    return (
        "A text and a number cannot be added: str() makes a text of a number, as does an f-string."
    )


@RULES.on("TypeError", r"'int' object is not iterable|object of type 'int' has no len\(\)")
def _pair(_: Match, scene: Scene) -> str:
    numbers = [name for name, value in scene.keywords.items() if _is_number(value)]
    pairs = [name for name in numbers if name in PAIRS]
    return f"{pairs[0]} is a pair of numbers, in brackets: height and width." if pairs else ""


@RULES.on("TypeError", r"(?:expected|listdir: path should be) .*os\.PathLike.*, not (\w+)")
def _path(found: Match, scene: Scene) -> str:
    if found[1] == "NoneType":
        return STILL_NONE.format("directory") if is_none(scene.keywords.get("directory")) else ""
    return "A path is one text." if found[1] in ("list", "tuple") else ""


@RULES.on("UFuncTypeError _UFuncNoLoopError", r"ufunc 'multiply' did not contain a loop .*")
def _rescale(_: Match, scene: Scene) -> str:
    """The images are multiplied only when they are read."""
    texts = (
        given for given in scene.arguments("ImageDataGenerator") if text_of(given.get("rescale"))
    )
    return QUOTED.format("rescale") if any(texts) and not scene.direct else ""


@RULES.on("ZeroDivisionError")
def _zero(_: Match, scene: Scene) -> str:
    size = _passed(scene).get("batch_size")
    zero = isinstance(size, ast.Constant) and size.value == 0
    return "A batch holds at least one image: batch_size is 0." if zero and not scene.direct else ""


@RULES.on("ValueError", r"could not convert string to float: '\d+,\d+'")
def _decimal_comma(_: Match, __: Scene) -> str:
    return "Python writes decimals with a point."


@RULES.on("ValueError", r"setting an array element with a sequence\. .* inhomogeneous shape .*")
def _inhomogeneous(_: Match, __: Scene) -> str:
    return "The rows of an array must be of the same length."


@RULES.on("ValueError", r"cannot reshape array of size \d+ into shape \([\d,]+\)")
def _reshape(_: Match, __: Scene) -> str:
    return "A new shape must hold as many numbers as the array has."


@RULES.on("TypeError", r"(?:list|tuple) indices must be integers or slices, not \w+")
def _index(_: Match, __: Scene) -> str:
    return "What is in a list or a tuple is looked up by one whole number: its position."


def _passed(scene: Scene) -> dict[str, ast.expr]:
    """Return what the line passes by name, and where images are read, what the loader was given."""
    if scene.raised.module != LOADERS:
        return dict(scene.keywords)
    given = [each.items() for each in scene.arguments("flow_from_directory")]
    return {name: value for items in (scene.keywords.items(), *given) for name, value in items}


def _quoted(scene: Scene) -> str:
    """Name the argument that was given text and takes a number."""
    texts = [name for name, value in _passed(scene).items() if text_of(value) is not None]
    wrong = [name for name in texts if name in NUMBERS]
    if not wrong and any(name in PAIRS for name in texts):
        return "target_size is a pair of numbers, in brackets: height and width."
    return QUOTED.format(wrong[0]) if wrong else ""


def _none(scene: Scene) -> str:
    """Name the argument that was given None and takes a number."""
    wrong = [n for n, value in _passed(scene).items() if is_none(value) and n in NUMBERS]
    return STILL_NONE.format(wrong[0]) if wrong else ""


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)
