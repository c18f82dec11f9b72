"""Advice for what layers, compile and fit were given and cannot use."""

import ast
import re

from grader.checks.advice.names import (
    ACTIVATIONS,
    CLASS_MODES,
    COLOR_MODES,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    closest,
)
from grader.checks.advice.rules import Match, Rules
from grader.checks.advice.scene import Scene, text_of

RULES = Rules()
NO_LOSS = "The model has no loss to learn from. Which loss did compile get?"
INSTANCE = "{} is a class: a class makes an instance when it is called."
LOADER = "fit needs what flow_from_directory returns."
KNOWN = {
    "activation": ACTIVATIONS, "loss": LOSSES, "metric": METRICS, "optimizer": OPTIMIZERS,
}  # fmt: skip
_METRICS_PLACE = 2  # counted from 0
_CLASS = re.compile(r"<class '(?:[\w.]*\.)?(\w+)'>")


@RULES.on(
    "ValueError",
    r"Could not interpret (activation|loss|metric|optimizer)(?: function)? identifier: (.*)",
)
def _identifier(found: Match, _: Scene) -> str:
    kind, given = found.groups()
    if made := _CLASS.fullmatch(given):
        return INSTANCE.format(made[1])
    if module := re.match(r"<module '(?:[\w.]*\.)?(\w+)'", given):
        return f"{module[1]} is a module: which {kind} of those in it is meant?"
    if given == "Ellipsis":
        return f"... is a placeholder: which {kind} belongs there?"
    if not re.fullmatch(r"\w+", given):
        return ""
    known = KNOWN[kind]
    if given.lower() in known:
        return f"There is no {kind} {given}. Did you mean {given.lower()}?"
    meant = closest(given, known)
    return f"There is no {kind} {given}. Did you mean {meant}?" if meant else _no(kind, given)


def _no(kind: str, given: str) -> str:
    return f"There is no {kind} called {given}. Which one suits?"


@RULES.on("ValueError", r"Invalid (class_mode|color mode): (\w+); ?expected .*")
def _mode(found: Match, _: Scene) -> str:
    name = found[1].replace(" ", "_")
    known = CLASS_MODES if name == "class_mode" else COLOR_MODES
    meant = closest(found[2], known)
    return f"There is no {name} {found[2]}. Did you mean {meant}?" if meant else ""


@RULES.on(
    "ValueError",
    r"Only instances of `keras\.Layer` can be added to a Sequential model\. "
    r"Received: (.*) \(of type <class '(?:[\w.]*\.)?(\w+)'>\)",
)
def _no_layer(found: Match, _: Scene) -> str:
    given, kind = found.groups()
    if kind == "type" and (made := _CLASS.fullmatch(given)):
        return INSTANCE.format(made[1])
    if kind == "list":
        return "A list of layers was given where one layer is needed."
    return "One of the layers is None: is a placeholder left there?" if kind == "NoneType" else ""


@RULES.on(
    "ValueError",
    r"Only input tensors may be passed as positional arguments\. .*: <\w+ name=\w+, built=\w+> .*",
)
def _layer_called(_: Match, scene: Scene) -> str:
    given = [node for call in scene.nodes(ast.Call) for node in call.args]
    if any(isinstance(node, ast.Call) for node in given):
        return "A layer was called with another layer. Is a comma missing between them?"
    names = [node.id for node in given if isinstance(node, ast.Name)]
    return (
        f"{names[0]} is a layer that was not called with anything yet." if len(names) == 1 else ""
    )


@RULES.on("ValueError", r"The `strides` argument must be .*\. Received strides=(\w+)")
def _strides(found: Match, _: Scene) -> str:
    texts = found[1] in (*ACTIVATIONS, "same", "valid")
    return f"The third argument by place is strides. Give {found[1]} by name." if texts else ""


@RULES.on("ValueError", r"dtype='string' is not a valid dtype for Keras type promotion.*")
def _metrics_by_place(_: Match, scene: Scene) -> str:
    """They were third in Keras 2."""
    third = [call.args[2] for call in scene.given("compile") if len(call.args) > _METRICS_PLACE]
    texts = [text_of(each) for given in third for each in getattr(given, "elts", [given])]
    told = "The third argument of compile by place is loss_weights. Give metrics by name."
    return told if any(texts) else ""


@RULES.on("ValueError", r"The `padding` argument must be .*\. Received: (\w+)")
def _padding(found: Match, _: Scene) -> str:
    meant = closest(found[1], ("same", "valid"))
    return f"There is no padding {found[1]}. Did you mean {meant}?" if meant else ""


@RULES.on("ValueError", r"Received an invalid value for `units`, .*\. Received: units=(.*)")
@RULES.on("ValueError", r"Invalid value for argument `filters`\. .* Received filters=(.*)\.")
def _count(found: Match, _: Scene) -> str:
    if found[1] == "None":
        return "It is still None: there is a placeholder left."
    if found[1] == "Ellipsis":
        return "... is a placeholder: which number belongs there?"
    return "A layer's size is a whole number of at least 1, without quotes."


@RULES.on("ValueError", r"Invalid value received for argument `rate`\. .* Received: rate=.*")
def _rate(_: Match, __: Scene) -> str:
    return "rate is the share that is dropped, from 0 to 1."


@RULES.on(
    "ValueError",
    r"Argument `learning_rate` should be float, .* Received instead: learning_rate=(.*)",
)
def _learning_rate(found: Match, _: Scene) -> str:
    if found[1] == "None":
        return "learning_rate is still None: there is a placeholder left."
    numeric = re.fullmatch(r"[\d.e-]+", found[1])
    return "learning_rate is a number: write it without quotes." if numeric else ""


@RULES.on("ValueError", r"Expected `metrics` argument to be a list, .* of type <class 'str'>")
def _metrics(_: Match, __: Scene) -> str:
    return "metrics is a list, also of one metric: in square brackets."


@RULES.on("ValueError", r"Unrecognized data type: x=(.*) \(of type <class '(?:[\w.]*\.)?(\w+)'>\)")
def _data(found: Match, _: Scene) -> str:
    given, kind = found.groups()
    if kind == "function" and (made := re.match(r"<function (\w+) ", given)):
        return f"{made[1]} is a function: fit needs what it returns."
    if kind == "ImageDataGenerator":
        return f"An ImageDataGenerator has no images yet: {LOADER}"
    if kind == "tuple" and re.fullmatch(r"\(<[\w.]+Iterator object at \w+>,\)", given):
        return "The loader is in a tuple: is there a comma behind the line that makes it?"
    return f"A path is not enough: {LOADER}" if kind == "str" else ""


@RULES.on("ValueError", r"When providing `x` as a PyDataset, `y` should not be passed\..*")
def _labels_too(_: Match, __: Scene) -> str:
    return (
        "The loader yields the labels, too. fit takes its second argument by place as labels: give "
        "everything but the loader by name."
    )


@RULES.on(
    "ValueError", r"Argument `validation_split` is only supported for tensors or NumPy arrays\..*"
)
def _validation_split(_: Match, __: Scene) -> str:
    return (
        "fit cannot split what a loader yields. The assignment needs no validation: leave it out."
    )


@RULES.on("ValueError", r"The PyDataset has length 0")
def _no_images(_: Match, scene: Scene) -> str:
    given = {name for each in scene.arguments("flow_from_directory") for name in each}
    if chosen := sorted(given & {"classes", "subset"}):
        return f"The loader finds no images: look at {' and '.join(chosen)}, and at its directory."
    return (
        "The loader finds no images: is its directory the folder that holds a folder for each "
        "class?"
    )


RULES.say(
    "ValueError", r"No loss to compute\. Provide a `loss` argument in `compile\(\)`\.", NO_LOSS
)
RULES.say(
    "ValueError",
    r"You must call `compile\(\)` before using the model\.",
    "A model is compiled before it is trained. Is compile called, and before that line?",
)
