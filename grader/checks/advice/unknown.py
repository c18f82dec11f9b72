"""Advice for names that are not known where they are used."""

import ast
from collections.abc import Iterator

from grader.checks.advice.names import KERAS, TEXTS, closest, home_of, slip_in, unknown
from grader.checks.advice.rules import Match, Rules
from grader.checks.advice.scene import Scene, last_name, parameters
from grader.notebook.names import names_of
from grader.records import PlannedCell

RULES = Rules()
SPELLING = "{} is not known here. Is it spelled right, and defined before it is used?"
STALE = (
    "If your own notebook knows it, that is left from an earlier run: restart the kernel and run "
    "the notebook from the top."
)
OTHER_LANGUAGES = {"true": "True", "false": "False", "none": "None", "null": "None", "nil": "None"}
PYTHONS = ("enumerate", "float", "isinstance", "print", "range", "round", "sorted", "super")
USUAL = {
    "Image": "PIL.Image", "cv2": "cv2", "glob": "glob", "json": "json", "math": "math",
    "np": "numpy", "os": "os", "pd": "pandas", "plt": "matplotlib.pyplot", "random": "random",
    "shutil": "shutil", "sns": "seaborn", "sys": "sys", "tf": "tensorflow", "time": "time",
    "zipfile": "zipfile",
}  # fmt: skip
_OF_CALLBACKS = ("model", "params")
_NOT_DEFINED = r"name '(\w+)' is not defined"


@RULES.on("NameError", _NOT_DEFINED)
def _argument(found: Match, scene: Scene) -> str:
    """``epochs == 20`` in a call compares."""
    compared = (
        argument.left
        for call in scene.calls.values()
        for argument in call.args
        if isinstance(argument, ast.Compare) and isinstance(argument.ops[0], ast.Eq)
    )
    if any(isinstance(left, ast.Name) and left.id == found[1] for left in compared):
        return f"Two = compare. In a call, one of them gives the argument {found[1]} its value."
    return ""


@RULES.on("NameError", _NOT_DEFINED)
def _text(found: Match, scene: Scene) -> str:
    """Texts that Keras knows are written in quotes."""
    name = found[1]
    if name in OTHER_LANGUAGES:
        return f"Python writes {OTHER_LANGUAGES[name]}."
    for argument, value in scene.keywords.items():
        names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
        if name in names and name in TEXTS.get(argument, ()):
            return f"Is {name} meant as a text? Texts are written in quotes."
    return ""


@RULES.on("NameError", _NOT_DEFINED)
def _cell(found: Match, scene: Scene) -> str:
    """Another cell makes the name: later, or not, as it stopped."""
    makers = list(_makers(found[1], scene))
    earlier = [made for made in makers if scene.place is None or made[0] <= scene.place]
    if not makers:
        return ""
    place, cell = (earlier or makers)[-1]
    where = "" if cell.origin is None else f", in cell {cell.origin + 1}"
    if not earlier:
        return f"{found[1]} is made further down only{where}. {STALE}"
    stopped = scene.errors.get(place)
    if stopped is None:
        return ""
    why = f"{stopped.name}: {stopped.message}".rstrip(".: ")
    return f"{found[1]} should be made before{where}, which stopped with {why}."


def _makers(name: str, scene: Scene) -> Iterator[tuple[int, PlannedCell]]:
    for place, cell in enumerate(scene.plan.cells if scene.plan else ()):
        if name in names_of(cell.source).bound:
            yield place, cell


@RULES.on("NameError", _NOT_DEFINED)
def _inside(found: Match, scene: Scene) -> str:
    """A line that has slipped out of its function does not know what is made there."""
    name = found[1]
    if scene.tree is None or scene.raised.function is not None:
        return ""
    functions = [node for node in ast.walk(scene.tree) if isinstance(node, ast.FunctionDef)]
    if any(name in _locals(function) for function in functions):
        return (
            f"{name} is known inside the function only. Is that line indented like the lines of "
            "the function before it?"
        )
    return ""


@RULES.on("NameError", _NOT_DEFINED)
def _of_callbacks(found: Match, scene: Scene) -> str:
    name = found[1]
    hook = scene.function is not None and scene.function.name.startswith("on_")
    if hook and name in _OF_CALLBACKS and scene.is_parameter("self"):
        return f"A callback knows its {name} as an attribute of self."
    return ""


@RULES.on("NameError", _NOT_DEFINED)
def _not_imported(found: Match, scene: Scene) -> str:
    name, home = found[1], home_of(found[1])
    # A variable may well be called as a module is.
    dotted = any(last_name(node.value) == name for node in scene.nodes(ast.Attribute))
    if home and (dotted or home != KERAS):
        return f"{name} is not imported before this line. It is in {home}."
    if name == "keras":
        return "keras is not imported before this line. It is in tensorflow."
    if name not in USUAL:
        return ""
    short = "" if name == USUAL[name] else f", as {name},"
    return f"Is {USUAL[name]} imported{short} before this line?"


@RULES.on("NameError", _NOT_DEFINED)
def _slip(found: Match, scene: Scene) -> str:
    """A name that is nearly one of the function's, the notebook's, Python's or Keras' own."""
    name = found[1]
    own = _locals(scene.function) if scene.function else set[str]()
    cells = scene.plan.cells if scene.plan else ()
    defined = {bound for cell in cells for bound in names_of(cell.source).bound}
    for known in (own, defined - {name}, PYTHONS):
        if meant := closest(name, known):
            return unknown(name, meant)
    meant = slip_in(name, KERAS)
    # Variables are often called as classes are, in small letters.
    same_case = meant[:1] == name[:1] or name in scene.calls
    return unknown(name, meant) if same_case else ""


@RULES.on("NameError", _NOT_DEFINED)
def _spelled(found: Match, scene: Scene) -> str:
    name = found[1]
    known = scene.plan is None or any(_makers(name, scene))
    return SPELLING.format(name) if known else f"{SPELLING.format(name)} {STALE}"


@RULES.on("UnboundLocalError", r"cannot access local variable '(\w+)' where it is not .*")
def _unbound(found: Match, _: Scene) -> str:
    return (
        f"{found[1]} has no value yet: it gets one further down, or in a branch that did not run."
    )


def _locals(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    stored = (node for node in ast.walk(function) if isinstance(node, ast.Name))
    return {
        *(node.id for node in stored if isinstance(node.ctx, ast.Store)),
        *parameters(function),
    }
