"""Advice for imports of what is not there."""

import re

from grader.checks.advice.names import HOMES, KERAS, closest, home_of, public, slip_in, unknown
from grader.checks.advice.rules import Match, Rules
from grader.checks.advice.scene import Scene

RULES = Rules()
ELSEWHERE = "{} is not installed where notebooks are graded: leave out what needs it."
COLAB = (
    "google.colab exists in Colab only: leave out what needs it. The images are in base_dir "
    "already."
)
LEGACY = "optimizers.legacy is gone in Keras 3: the optimizers are in tensorflow.keras.optimizers."
# What the kit brings along: a name that is nearly one of these is a slip.
INSTALLED = (
    "IPython", "keras", "matplotlib", "numpy", "scipy", "sklearn", "tensorboard", "tensorflow",
)  # fmt: skip
_SUMMARY = "model.summary() shows a model's layers and their shapes."
# What does the same with what is installed.
_INSTEAD = {
    "cv2": "plt.imread and keras.utils.load_img read images, their channels in the order red, "
    "green, blue; cv2 reads them as blue, green, red.",
    "graphviz": _SUMMARY,
    "pydot": _SUMMARY,
    "seaborn": "matplotlib draws, too: plt.imshow a heatmap, plt.colorbar its scale, plt.text its "
    "numbers.",
    "visualkeras": _SUMMARY,
}
# Modules and names of earlier versions, and what became of them.
_LAYERS = re.compile(
    r"layers\.(?:core|convolutional|pooling|normalization|merge|noise|embeddings|recurrent|local|"
    r"advanced_activations)"
)
_UTILS = re.compile(r"(?:data|generic|io|layer|np|tf|training|vis)_utils")
_RENAMED = {
    "keras_preprocessing": f"ImageDataGenerator is in {KERAS}.preprocessing.image.",
    "np_utils": f"np_utils is gone: to_categorical is in {KERAS}.utils.",
}
_MODULE = r"No module named '([\w.]+)'(?:; '[\w.]+' is not a package)?"
_NAME = r"cannot import name '(\w+)' from '([\w.]+)'.*"


@RULES.on("ModuleNotFoundError", _MODULE)
def _module(found: Match, _: Scene) -> str:
    module = found[1]
    package = module.partition(".")[0]
    if module.startswith("google.colab"):
        return COLAB
    if package in _RENAMED:
        return f"{ELSEWHERE.format(package)} {_RENAMED[package]}"
    if package in _INSTEAD:
        return f"{ELSEWHERE.format(package)} {_INSTEAD[package]}"
    if package != module:
        # What it is a part of was found.
        return _submodule(public(module)) if package in INSTALLED else ""
    meant = closest(package, INSTALLED)
    return unknown(package, meant, "package ") or ELSEWHERE.format(package)


def _submodule(module: str) -> str:
    below = module.removeprefix(f"{KERAS}.")
    if (last := below.rpartition(".")[2]) in _RENAMED:
        return _RENAMED[last]
    if _UTILS.fullmatch(below.removeprefix("utils.")):
        return _of_utils(last)
    if below.partition(".")[0] == "engine":
        return f"engine is gone: look for its classes in {KERAS}.layers and {KERAS}.models."
    if _LAYERS.fullmatch(below):
        return f"That module is gone: its layers are in {KERAS}.layers."
    meant = closest(below, filter(None, HOMES)) or closest(below, HOMES[""])
    return unknown(module, f"{KERAS}.{meant}", "module ") if meant and below != module else ""


def _of_utils(module: str) -> str:
    return f"{module} is gone: what is left of it is in {KERAS}.utils."


@RULES.on("ImportError", _NAME)
def _name(found: Match, _: Scene) -> str:
    name, module = found.groups()
    if name in _RENAMED:
        return _RENAMED[name]
    if public(module) == f"{KERAS}.utils" and _UTILS.fullmatch(name):
        return _of_utils(name)
    home = home_of(name)
    if home:
        return f"{name} is in {home}." if home != module else ""
    if not public(module).startswith(KERAS):
        return ""
    return unknown(name, slip_in(name, module))


@RULES.on("UsageError", r"(?:Line|Cell) magic(?: function)? `(%%?\w+)` not found\..*")
def _magic(found: Match, _: Scene) -> str:
    if found[1] == "%tensorflow_version":
        return "%tensorflow_version exists in Colab only: delete the line."
    return f"{found[1]} does not exist where notebooks are graded: leave it out."


RULES.say("ImportError", r"`keras\.optimizers\.legacy` is not supported in Keras 3\..*", LEGACY)
