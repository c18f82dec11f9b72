"""What to try after an exception that a student's code raised, in the words of the assignment."""

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.evidence import Raised

Answer = Callable[[re.Match[str]], str]
RERUN = "Restart the kernel and run the notebook from the top to see the error where it happens."

# Names that a course on convolutional networks uses; a slip is looked up among them.
KERAS_NAMES = (
    "Activation", "Adam", "AveragePooling2D", "BatchNormalization", "BinaryAccuracy",
    "BinaryCrossentropy", "Callback", "Conv2D", "Dense", "Dropout", "Flatten",
    "GlobalAveragePooling2D", "GlobalMaxPooling2D", "ImageDataGenerator", "Input", "MaxPooling2D",
    "Model", "RMSprop", "Rescaling", "SGD", "Sequential", "binary_crossentropy", "callbacks",
    "compile", "fit", "flow_from_directory", "layers", "losses", "metrics", "models", "optimizers",
    "sparse_categorical_crossentropy",
)  # fmt: skip
KERAS_ARGUMENTS = (
    "activation", "batch_size", "callbacks", "class_mode", "directory", "epochs", "filters",
    "input_shape", "kernel_size", "learning_rate", "loss", "metrics", "optimizer", "padding",
    "pool_size", "rescale", "shape", "steps_per_epoch", "strides", "target_size", "units",
    "validation_data", "verbose",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """Advice for exceptions whose text looks like ``pattern``.

    Args:
        pattern: Searched in ``Class: message | source line``.
        answer: Makes the advice of the match.
    """

    pattern: str
    answer: Answer


def _said(words: str) -> Answer:
    return lambda _: words


def closest(name: str, known: Sequence[str] = KERAS_NAMES) -> str:
    """Return the known name that differs from ``name`` by a slip, or nothing."""
    lower = {word.lower(): word for word in known}
    found = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.75)
    meant = lower[found[0]] if found else ""
    return meant if meant != name else ""


def _name(match: re.Match[str]) -> str:
    name = match["name"]
    if meant := closest(name):
        return f"There is no {name}. Did you mean {meant}?"
    return f"{name} is not known here. Is it spelled right, and defined before it is used?"


def _argument(match: re.Match[str]) -> str:
    name = match["name"]
    if meant := closest(name, KERAS_ARGUMENTS):
        return f"There is no argument {name}. Did you mean {meant}?"
    return f"There is no argument {name}. Look up the arguments of what you call there."


RULES = (
    Rule(r"no network while grading",
         _said("Nothing can be fetched while grading: do without what is downloaded, and read the "
               "images from their folder.")),
    Rule(r"(not run|processes are started|not permitted) while grading",
         _said("Leave it out: what the assignment needs is installed already.")),
    Rule(r"^(Syntax|Indentation|Tab)Error",
         _said("Python cannot read this cell. Look at the line named, and at the one before it: "
               "a bracket, a quote, a colon or an indentation.")),
    Rule(r"(\blr\b.*(not recognized|unexpected)|(not recognized|unexpected).*\blr\b|\blr=)",
         _said("lr is gone in Keras 3: the argument is called learning_rate.")),
    Rule(r"fit_generator", _said("fit_generator is gone in Keras 3: fit takes generators itself.")),
    Rule(r"legacy", _said("optimizers.legacy is gone in Keras 3: the optimizers are in "
                          "tf.keras.optimizers.")),
    Rule(r"missing 1 required positional argument: '(self|model|params|logs|epoch)'",
         _said("Was the class passed where an instance is needed? A class makes an instance when "
               "it is called.")),
    Rule(r"takes 0 positional arguments but 1 was given",
         _said("The call is given and passes an argument. Was the function's first line changed? "
               "It is part of the assignment.")),
    Rule(r"NoneType", _said("Something there is still None. Is there a placeholder left, or a "
                            "function that returns nothing?")),
    Rule(r"(interpret|Unknown|locate) (loss|optimizer|metric|activation)\D*: ?['\"]?(?P<name>\w+)",
         _name),
    Rule(r"NameError: name '(?P<name>model|history|callbacks|train_generator|train_datagen)'",
         lambda m: f"{m['name']} is known inside the function only. Is that line indented like the "
                   "lines of the function before it?"),
    Rule(r"(has no attribute|cannot import name|name) ['\"](?P<name>\w+)['\"]", _name),
    Rule(r"unexpected keyword argument ['\"](?P<name>\w+)['\"]", _argument),
    Rule(r"[Uu]nrecognized keyword arguments?[^{]*\{['\"](?P<name>\w+)['\"]", _argument),
    Rule(r"[Aa]rgument\(s\) not recognized: \{['\"](?P<name>\w+)['\"]", _argument),
    Rule(r"No loss|loss function was provided|must.*compile",
         _said("The model has no loss to learn from. Which loss did compile get?")),
    Rule(r"(target.*output|logits.*labels|y_true.*y_pred).*(same|shape)",
         _said("Labels and outputs do not fit each other: compare class_mode, the units of the "
               "last layer and the loss, and see that the maps are flattened.")),
    Rule(r"expected (shape|axis)|incompatible with the layer|Input shape|Invalid input shape",
         _said("The images do not fit the model: compare target_size of the loader with the input "
               "shape of the first layer.")),
    Rule(r"FileNotFoundError|No such file or directory",
         _said("Is the path the one that the notebook gives? It is relative to the notebook.")),
    Rule(r"StdinNotImplementedError", _said("A graded cell cannot ask for input: write the value "
                                            "into the cell.")),
    Rule(r"SystemExit", _said("exit() ends the notebook before it is finished: leave it out.")),
    Rule(r"TimeoutError|CellTimeout", _said("Look for a loop that never ends.")),
)  # fmt: skip


def advise(raised: Raised) -> str:
    """Return what to look at next, from the first rule that fits."""
    text = f"{raised.name}: {raised.message} | {raised.source_line}"
    for rule in RULES:
        if match := re.search(rule.pattern, text):
            return rule.answer(match)
    return RERUN
