"""Advice for attributes that an object, a class or a module does not have."""

import ast

from grader.checks.advice.imports import LEGACY
from grader.checks.advice.names import KERAS, METHODS, closest, home_of, public, slip_in, unknown
from grader.checks.advice.rules import Match, Rules
from grader.checks.advice.scene import Scene, last_name

RULES = Rules()
OLD_TENSORFLOW = frozenset({
    "AdamOptimizer", "ConfigProto", "GradientDescentOptimizer", "InteractiveSession", "Session",
    "app", "contrib", "flags", "get_default_graph", "get_default_session",
    "global_variables_initializer", "log", "placeholder", "reset_default_graph",
    "set_random_seed", "to_float", "variable_scope",
})  # fmt: skip
# What keras.backend had before Keras 3, and keras.ops has.
OPERATIONS = frozenset({
    "abs", "all", "any", "arange", "argmax", "argmin", "cast", "clip", "concatenate", "cos", "dot",
    "equal", "exp", "expand_dims", "eye", "greater", "greater_equal", "less", "less_equal", "log",
    "max", "maximum", "mean", "min", "minimum", "not_equal", "one_hot", "ones", "ones_like", "prod",
    "relu", "repeat", "reshape", "round", "shape", "sigmoid", "sign", "sin", "softmax", "sqrt",
    "square", "squeeze", "stack", "std", "sum", "tanh", "tile", "transpose", "var", "zeros",
    "zeros_like",
})  # fmt: skip
SESSIONS = frozenset({
    "get_session", "learning_phase", "manual_variable_initialization", "placeholder",
    "set_learning_phase", "set_session",
})  # fmt: skip
GONE = {
    "evaluate_generator": "evaluate_generator is gone: evaluate takes generators itself.",
    "fit_generator": "fit_generator is gone in Keras 3: fit takes generators itself.",
    "predict_classes": "predict_classes is gone: predict gives numbers, from which classes follow.",
    "predict_generator": "predict_generator is gone in Keras 3: predict takes generators itself.",
    "predict_proba": "predict_proba is gone: predict gives these numbers.",
}
CURVES = "A History keeps its curves in an attribute that is called history, too: a dictionary."
_OBJECT = r"'(\w+)' object has no attribute '(\w+)'.*"
_HOOKS = r"'(\w+)' object has no attribute '(?:set_model|set_params|on_(?:train|epoch)_begin)'.*"


@RULES.on(
    "AttributeError", r"(?:partially initialized )?module '([\w.]+)' has no attribute '(\w+)'.*"
)
def _of_module(found: Match, _: Scene) -> str:
    name, module = found[2], public(found[1])
    if not module.startswith("tensorflow"):
        return ""
    if home := home_of(name):
        return f"{name} is in {home}." if home != found[1] else ""
    return (_of_keras if module.startswith(KERAS) else _of_tensorflow)(name, module)


def _of_keras(name: str, module: str) -> str:
    if module == f"{KERAS}.backend":
        return _of_backend(name)
    if name == "legacy" and module == f"{KERAS}.optimizers":
        return LEGACY
    if name == "experimental" and module in (f"{KERAS}.layers", f"{KERAS}.optimizers"):
        return f"experimental is gone in Keras 3: what was in it is in {module}."
    return unknown(name, slip_in(name, module))


def _of_backend(name: str) -> str:
    if name in OPERATIONS:
        return f"{name} is not in keras.backend any more: keras.ops has it."
    return f"{name} is of TensorFlow 1, and gone in Keras 3." if name in SESSIONS else ""


def _of_tensorflow(name: str, _: str) -> str:
    if name in OLD_TENSORFLOW:
        return f"{name} is of TensorFlow 1, and gone in TensorFlow 2."
    return unknown(f"tf.{name}", "tf.keras") if closest(name, ("keras",)) else ""


@RULES.on("AttributeError", r"'tuple' object has no attribute '(\w+)'.*")
def _tuple(found: Match, scene: Scene) -> str:
    """A comma behind an assignment makes a tuple of what is assigned."""
    name = receiver(found[1], scene)
    value = scene.value_of(name) if name else None
    if isinstance(value, ast.Tuple) and len(value.elts) == 1:
        return f"{name} is a tuple: is there a comma behind the line that makes it?"
    return ""


@RULES.on(
    "AttributeError", r"'(?:\w*Iterator|\w*[Gg]enerator)' object has no attribute '(?:__)?next'.*"
)
def _next(_: Match, scene: Scene) -> str:
    name = receiver("next", scene) or receiver("__next", scene)
    return f"next is no method any more, but a function: use next({name})." if name else ""


@RULES.on("AttributeError", _HOOKS)
def _no_callback(found: Match, scene: Scene) -> str:
    """Keras looks for the methods of a callback in what fit was given."""
    if scene.direct and not scene.is_graded(found[1]):
        return ""
    if found[1] == "NoneType":
        return "One of the callbacks that fit was given is None."
    if scene.is_graded(found[1]):
        return (
            f"{found[1]} is no Keras callback. Was the class's first line changed? It is part of "
            "the assignment."
        )
    return f"A callback is an object of a class derived from Callback; fit was given a {found[1]}."


@RULES.on(
    "AttributeError",
    r"'(function|method|builtin_function_or_method)' object has no attribute '(\w+)'.*",
)
def _of_function(found: Match, scene: Scene) -> str:
    name = receiver(found[2], scene)
    return (
        f"{name} is a function: what it returns comes of calling it, with round brackets."
        if name
        else ""
    )


@RULES.on("AttributeError", r"'History' object has no attribute '(\w+)'.*")
def _of_history(found: Match, scene: Scene) -> str:
    return CURVES if _is_looked_up(found[1], scene) else ""


@RULES.on("AttributeError", r"'dict' object has no attribute '(\w+)'.*")
def _of_dictionary(found: Match, scene: Scene) -> str:
    if found[1] in ("has_key", "iteritems", "itervalues"):
        return f"{found[1]} is of Python 2: it is gone in Python 3."
    if _is_looked_up(found[1], scene):
        return "What is in a dictionary is looked up by its key: in square brackets, or with get."
    return ""


@RULES.on(
    "AttributeError",
    r"The layer sequential(?:_\d+)? has never been called and thus has no defined (in|out)put\..*",
)
def _of_sequential(found: Match, scene: Scene) -> str:
    looked_up = (n.value for n in scene.nodes(ast.Attribute) if n.attr == f"{found[1]}put")
    name = next((last_name(each) for each in looked_up if isinstance(each, ast.Name)), "")
    return f"Of a Sequential, that is {name}.{found[1]}puts[0]." if name else ""


@RULES.on("AttributeError", r"'NoneType' object has no attribute 'apply(?:_gradients)?'.*")
def _no_optimizer(_: Match, scene: Scene) -> str:
    return "" if scene.raised.direct else "The model has no optimizer. Which one did compile get?"


@RULES.on("AttributeError", _OBJECT)
def _of_object(found: Match, scene: Scene) -> str:
    kind, name = found.groups()
    if kind in ("Sequential", "Functional", "Model") and name in GONE:
        return GONE[name]
    if kind == "Functional" and name == "add":
        return "Only a Sequential model has add."
    if meant := closest(name, METHODS.get(kind, ())):
        return f"There is no method {name}. Did you mean {meant}?"
    hook = scene.function is not None and scene.function.name.startswith("on_")
    if hook and scene.is_graded(kind) and (meant := closest(name, ("model", "params"))):
        return f"There is no self.{name}. Did you mean self.{meant}?"
    return ""


def _is_looked_up(attribute: str, scene: Scene) -> bool:
    """Whether the line reads an attribute and does not call it."""
    looked_up = [node for node in scene.nodes(ast.Attribute) if node.attr == attribute]
    called = [call.func for call in scene.nodes(ast.Call)]
    return scene.direct and bool(looked_up) and not any(node in called for node in looked_up)


def receiver(attribute: str, scene: Scene) -> str:
    """Return the variable of which the line looks up an attribute; empty if it is none."""
    looked_up = (node for node in scene.nodes(ast.Attribute) if node.attr == attribute)
    owners = (node.value for node in looked_up if scene.direct)
    return next((last_name(owner) for owner in owners if isinstance(owner, ast.Name)), "")
