"""Advice that needs more of the notebook than one cell, or an exception that is hard to make."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from common_errors import ERRORS, recorded

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks.advice import RULES, Scene, advise, closest
from grader.checks.advice.rules import Rule
from grader.evidence import Raised
from grader.records import Plan, PlannedCell, Role

LAYOUT = happy_or_sad.layouts()[0]
OWN: dict[str, Any] = {"module": "__main__", "direct": True}
AROUND_MAPPED = "outer_factory.<locals>.inner_factory.<locals>."
RANKS = (
    "Argument `output` must have rank (ndim) `target.ndim - 1`. Received: target.shape=(None, 2), "
    "output.shape=(None, 1)"
)
SIZES = (
    "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples."
    "'x' sizes: 600\n'y' sizes: 1"
)
NOT_DEFINED = "name 'units' is not defined"
PANDAS = Raised(name="ModuleNotFoundError", message="No module named 'pandas'")


def plan(*sources: str) -> Plan:
    """Make a plan of helper cells, the last of which is the one that trains."""
    *helpers, last = sources
    cells = [PlannedCell(source, Role.OPTIONAL, origin=n) for n, source in enumerate(helpers)]
    graded = PlannedCell(last, Role.GRADED, "train", origin=len(helpers))
    return Plan(LAYOUT, (*cells, graded))


def scene(
    message: str, *sources: str, name: str = "NameError", line: int = 1, **said: Any
) -> Scene:
    """Build what checks see of an exception on a line of the last cell."""
    raised = Raised(name=name, message=message, line=line, **{"cell": "train", **OWN, **said})
    return Scene(raised, plan(*sources))


# Each is what Python 3.11 says of the line.
@pytest.mark.parametrize(
    ("message", "line", "said"),
    [
        ("cannot assign to function call here. Maybe you meant '==' instead of '='?",
         "model.fit() = history", "On the left of = stands the name"),
        ("cannot assign to attribute here. Maybe you meant '==' instead of '='?",
         "if self.x = 1:", "two of them compare"),
        ("unterminated triple-quoted string literal (detected at line 4)", '"""', "next three"),
        ('expression cannot contain assignment, perhaps you meant "=="?', "f('a'=1)",
         "bare name of an argument"),
        ("'break' outside loop", "break", "lines of its loop"),
        ("invalid character '\u2013' (U+2013)", "x = 1 \u2013 2", "Type that character anew"),
        ("invalid character '\u2019' (U+2019)", "print(\u2019x\u2019)", "straight quotes"),
        ("invalid non-printable character U+200B", "x = 1", "invisible character"),
        ("f-string: expecting '}'", "print(f\"{logs['a'}\", \"b\")", ""),
        ("invalid syntax", "x = = 1", "cannot read that line"),
        ("some other complaint", "x", ""),
    ],
)  # fmt: skip
def test_syntax_is_explained_by_what_python_says_of_it(message: str, line: str, said: str) -> None:
    shown: dict[str, Any] = {
        "source_line": line,
        "direct": False,
        "module": "IPython.core.compilerop",
    }
    advice = advise(scene(message, line, name="SyntaxError", **shown))
    assert said in advice if said else advice == ""


def test_a_text_that_the_notebook_has_python_read_is_not_looked_up_in_the_cell() -> None:
    error = scene("'(' was never closed", "eval('f(')", name="SyntaxError")
    assert advise(error) == "The text that is read there is not valid Python."


def test_a_name_that_a_later_cell_makes_says_where() -> None:
    error = replace(scene(NOT_DEFINED, "Dense(units)", "units = 1"), place=0)
    error = replace(error, plan=plan("Dense(units)", "units = 1"))
    assert "units is made further down only, in cell 2." in advise(error)


def test_a_name_that_an_earlier_cell_failed_to_make_says_why() -> None:
    error = scene("name 'pd' is not defined", "import pandas as pd", "pd.DataFrame()")
    told = advise(replace(error, place=1, errors={0: PANDAS}))
    why = "ModuleNotFoundError: No module named 'pandas'"
    assert told == f"pd should be made before, in cell 1, which stopped with {why}."


def test_a_name_that_no_cell_makes_may_be_left_from_an_earlier_run() -> None:
    assert "restart the kernel and run the notebook from the top" in advise(
        scene(NOT_DEFINED, "Dense(units)")
    )


@pytest.mark.parametrize("source", ["Dense(units)", "x = 1", ""])
def test_a_name_of_an_unknown_plan_is_only_asked_for_its_spelling(source: str) -> None:
    error = replace(scene(NOT_DEFINED, source), plan=None)
    assert advise(error).endswith("Is it spelled right, and defined before it is used?")


@pytest.mark.parametrize(
    ("name", "known", "told"),
    [
        ("train_images", "test_images = 1", "is not known here"),
        ("x_train", "y_train = 1", "is not known here"),
        ("trian_images", "train_images = 1", "Did you mean train_images?"),
        ("layrs", "", "Did you mean layers?"),
        ("prnt", "", "Did you mean print?"),
        ("inputs", "", "is not known here"),
        ("callbacks", "", "is not known here"),
    ],
)
def test_only_a_slip_of_the_pen_is_one(name: str, known: str, told: str) -> None:
    assert told in advise(scene(f"name '{name}' is not defined", known, f"f({name})"))


def test_a_module_is_one_where_something_is_looked_up_in_it() -> None:
    error = scene("name 'callbacks' is not defined", "f(callbacks.EarlyStopping())")
    assert "callbacks is not imported" in advise(error)


@pytest.mark.parametrize(
    ("message", "said", "advice"),
    [
        ("logits and labels must have the same first dimension, got logits shape [10,2]",
         {"name": "InvalidArgumentError"}, "Labels and outputs do not fit"),
        (RANKS, {"name": "ValueError"}, "Labels and outputs do not fit"),
        (SIZES, {"name": "ValueError"}, "There must be a label for each"),
        ("it did not end when it was called", {"name": "TimeoutError"}, "a loop that never ends"),
        ("Line magic function `%tensorflow_version` not found.", {"name": "UsageError"},
         "exists in Colab only: delete the line"),
        ("Cell magic `%%bigquery` not found.", {"name": "UsageError"}, "leave it out"),
        ("myCallback.on_epoch_end() missing 1 required positional argument: 'more'",
         {"name": "TypeError"}, "Was the method's first line changed?"),
        ("Unable to allocate 7 TiB", {"name": "_ArrayMemoryError", "bases": ("MemoryError",)},
         "more memory than there is"),
        ("OOM when allocating tensor with shape[10,9,9,9]", {"name": "ResourceExhaustedError"},
         "more memory than there is"),
        ("'ImageDataGeneratr' is no use", {"name": "NameError"}, ""),
    ],
)  # fmt: skip
def test_what_is_hard_to_make_is_advised(
    message: str, said: Mapping[str, Any], advice: str
) -> None:
    told = advise(scene(message, "model.fit(x)", **{**said, "direct": False}))
    assert advice in told if advice else told == ""


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("train() takes 0 positional arguments but 1 was given", "train(1)"),
        ("train() missing 1 required positional argument: 'x'", "train()"),
        ("Mine.on_epoch_end() missing 1 required positional argument: 'logs'", "m.on_epoch_end(1)"),
        ("Mine.on_epoch_end() takes 2 positional arguments but 3 were given", "m.on_epoch_end(1)"),
    ],
)
def test_whose_own_call_does_not_fit_has_changed_no_first_line(message: str, line: str) -> None:
    assert advise(scene(message, line, name="TypeError")) == ""


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("train() takes 0 positional arguments but 1 was given", "first line of train changed"),
        ("train() missing 1 required positional argument: 'x'", "first line of train changed"),
    ],
)
def test_the_call_that_is_given_tells_of_a_first_line(message: str, told: str) -> None:
    assert told in advise(scene(message, "def train(x): pass", name="TypeError", cell=None))


@pytest.mark.parametrize(
    ("function", "given", "told"),
    [("<lambda>", 2, True), ("tf__scale", 2, True), ("tf__scale", 3, False), ("scale", 2, False)],
)
def test_what_is_mapped_over_a_dataset_is_told_that_it_gets_labels(
    function: str, given: int, *, told: bool
) -> None:
    message = f"{AROUND_MAPPED}{function}() takes 1 positional argument but {given} were given"
    advice = advise(scene(message, "pictures.map(scale)", name="TypeError", direct=False))
    assert ("two arguments, images and labels" in advice) == told


def test_what_keras_gives_a_function_of_the_student_s_is_not_the_student_s_slip() -> None:
    message = "mine() got an unexpected keyword argument 'sample_weight'"
    assert advise(scene(message, "model.fit(x)", name="TypeError", direct=False)) == ""


def test_an_argument_is_looked_up_among_those_of_the_student_s_own_function() -> None:
    source = "def fit(size): pass\nfit(siz=1)"
    error = scene(
        "fit() got an unexpected keyword argument 'siz'", source, name="TypeError", line=2
    )
    assert advise(error) == "There is no argument siz. Did you mean size?"


KERAS = """Exception encountered when calling Sequential.call().

{}

Arguments received by Sequential.call():
  • inputs=tf.Tensor(shape=(None, 100, 100, 3), dtype=float32)"""
SIZE = (
    "Input 0 with name 'None' of layer 'dense' is incompatible with the layer: expected axis -1 of "
    "input shape to have value 4624, but received input with shape (None, 1600)"
)
NDIM = (
    'Input 0 of layer "conv2d" is incompatible with the layer: expected min_ndim=4, found ndim={}.'
    " Full shape received: (None, 150, 150)"
)


@pytest.mark.parametrize(
    ("message", "line", "told"),
    [
        (KERAS.format(SIZE), "model.fit(x)", "compare their size and colours"),
        (KERAS.format(SIZE), "model.predict(x)", "the size and the colours"),
        (KERAS.format(SIZE), "model(x)", ""),
        (SIZE, "y = dense(x)", ""),
        (NDIM.replace('"', "'").format(3), "model.fit(x)", ""),
        (NDIM.replace('"', "'").format(3), "model.predict(x)", "one more axis"),
        (NDIM.replace('"', "'").format(3), "x = Conv2D(16, 3)(x)", "height, width and colours"),
        (NDIM.replace('"', "'").format(2), "x = Conv2D(16, 3)(x)", "Behind a layer that makes one"),
        (NDIM.replace('"', "'").format(5), "x = Conv2D(16, 3)(x)", "number of images"),
        (NDIM.replace('"', "'").format(7), "x = Conv2D(16, 3)(x)", ""),
    ],
)  # fmt: skip
def test_shapes_are_explained_by_where_they_met(message: str, line: str, told: str) -> None:
    advice = advise(scene(message, line, name="ValueError", direct=False, module="keras.src"))
    assert told in advice if told else advice == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x = f.fit(x)\nmodel.fit(x)", ""),
        ("model = None\nmodel.fit(x)", "model is still None"),
        ("model = build()\nmodel.fit(x)", "build returned None"),
        ("model = max()\nmodel.fit(x)", ""),
        ("model = Model()\nmodel.fit(x)", ""),
        ("model = m.compile()\nmodel.fit(x)", "compile returns nothing, so model is None"),
        ("def f(model):\n    model.fit(x)", "model is None when the function is called"),
        ("x\nm.compile().fit(x)", "compile returns nothing"),
        ("x\nmodels[0].fit(x)", ""),
    ],
)
def test_why_something_is_none_is_told_where_the_cell_shows_it(line: str, told: str) -> None:
    message = "'NoneType' object has no attribute 'fit'"
    advice = advise(scene(message, line, name="AttributeError", line=2))
    assert told in advice if told else advice == ""


@pytest.mark.parametrize(
    ("earlier", "told"),
    [
        (("def Net(shape):\n    pass", "net = Net(1)"), "Net returned None"),
        (("net = Net(1)", "def Net(shape):\n    pass"), "Net returned None"),
        (("net = Model(1)",), ""),
        (("net = None",), "net is still None: there is a placeholder left"),
        (("net = None", "net = build()"), "build returned None"),
        (("def f():\n    net = None",), ""),
        (("net = (",), ""),
    ],
)
def test_why_something_is_none_is_told_where_an_earlier_cell_shows_it(
    earlier: tuple[str, ...], told: str
) -> None:
    message = "'NoneType' object has no attribute 'fit'"
    advice = advise(scene(message, *earlier, "net.fit(x)", name="AttributeError"))
    assert told in advice if told else advice == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("m = Sequential([]),\nm.compile()", "m is a tuple"),
        ("m = (Sequential([]),)\nm.compile()", "m is a tuple"),
        ("m = Sequential([]), 1\nm.compile()", ""),
        ("m = tuple(x)\nm.compile()", ""),
        ("m = Sequential([]),\nother.compile()", ""),
        ("m = Sequential([]),\nfor m in x: m.compile()", "m is a tuple"),
    ],
)
def test_a_comma_is_suspected_only_where_there_is_one(line: str, told: str) -> None:
    message = "'tuple' object has no attribute 'compile'"
    advice = advise(scene(message, line, name="AttributeError", line=2))
    assert told in advice if told else advice == ""


FURTHER = [
    scene(SIZES, "model.fit(x, y)", name="ValueError"),
    scene("'(' was never closed", "eval('f(')", name="SyntaxError"),
    replace(scene(NOT_DEFINED, "x", "units = 1"), place=0, plan=plan("x", "units = 1")),
    *(scene(message, "x", name="SyntaxError", source_line="x", direct=False)
      for message in ("cannot assign to literal here.", "'break' outside loop",
                      "unterminated triple-quoted string literal (detected at line 4)",
                      'expression cannot contain assignment, perhaps you meant "=="?')),
    scene("logits and labels must have the same first dimension, x", "x",
          name="InvalidArgumentError"),
    scene(RANKS, "x", name="ValueError", direct=False),
    scene("it did not end when it was called", "x", name="TimeoutError"),
    scene("There is no network while grading: x", "x", name="Exception"),
    scene("Commands are not run while grading: x", "x", name="PermissionError"),
    scene("Cell magic `%%bigquery` not found.", "x", name="UsageError"),
    scene(f"{AROUND_MAPPED}<lambda>() takes 1 positional argument but 2 were given", "x",
          name="TypeError"),
]  # fmt: skip


def answering(scenes: list[Scene]) -> set[int]:
    return {id(rule) for each in scenes for rule, _ in RULES.answers(each)}


def test_every_rule_has_an_error_that_it_is_for() -> None:
    used = answering([*map(recorded.scene, ERRORS), *FURTHER])
    assert [rule.pattern.pattern for rule in RULES if id(rule) not in used] == []


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule.pattern.pattern != ".*"],
    ids=lambda rule: rule.pattern.pattern[:40],
)
def test_every_rule_that_looks_at_the_text_keeps_silent_of_another(rule: Rule) -> None:
    assert rule.advise(scene("a text that nobody foresaw", "x", name=min(rule.kinds))) == ""


@pytest.mark.parametrize(
    ("name", "message", "said"),
    [
        ("Exception", "There is no network while grading: URL fetch failure", "be fetched"),
        ("gaierror", "There is no network while grading: [Errno -3]", "be fetched"),
        ("PermissionError", "Commands are not run while grading: [Errno 1]", "Leave it out"),
        ("PermissionError", "No other processes are started while grading: x", "Leave it out"),
        ("PermissionError", "That is not permitted while grading: [Errno 1]", "Leave it out"),
    ],
)
def test_what_isolation_refuses_is_to_be_left_out(name: str, message: str, said: str) -> None:
    raised = Raised(name=name, message=message, bases=("OSError", "Exception"))
    assert said in advise(Scene(raised))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("adma", "adam"), ("Amda", "adam"), ("sdg", "sgd"), ("amdax", ""), ("adamxa", "adamax"),
     ("nadma", "nadam"), ("rmsporp", "rmsprop"), ("adm", "adam"), ("adamx", "adamax")],
)  # fmt: skip
def test_letters_that_are_exchanged_are_likelier_than_letters_that_are_missing(
    written: str, meant: str
) -> None:
    assert closest(written, ("adam", "adamax", "adamw", "nadam", "rmsprop", "sgd")) == meant
