"""Operators: each makes the mistake that it is named after, wherever the solution has room."""

import ast
from collections.abc import Sequence
from textwrap import dedent, indent

import pytest
from hypothesis import given, settings
from random_python import CELLS

from grader.audit.cell_text import CellText
from grader.audit.making import mutants
from grader.audit.mutant import changed
from grader.audit.operators.arguments import drop_argument
from grader.audit.operators.original_cell import OriginalCell
from grader.audit.operators.registry import OPERATORS, sentence
from grader.notebook import source
from grader.records import Cell, CellKind

GIVEN = "import keras\nimport numpy as np\n(x_train, y_train), (x_test, y_test) = load()\n"
NETWORK = """
model = keras.Sequential([
    layers.Input((28, 28, 1)),
    layers.Dense(10, activation="softmax"),
])"""
# Operator, what the solution has, and what a student has written instead.
MADE: Sequence[tuple[str, str, Sequence[str]]] = (
    ("swap-loss", 'model.compile(loss="mse")',
     ['model.compile(loss="binary_crossentropy")',
      'model.compile(loss="categorical_crossentropy")']),
    ("swap-loss", 'model.compile("adam", "mse")',
     ['model.compile("adam", "binary_crossentropy")',
      'model.compile("adam", "categorical_crossentropy")']),
    ("swap-loss", "loss = keras.losses.MeanSquaredError()",
     ["loss = keras.losses.BinaryCrossentropy()"]),
    ("swap-metric", 'model.compile(metrics=["mae"])', ['model.compile(metrics=["accuracy"])']),
    ("swap-optimizer", 'model.compile("adam")', ['model.compile("sgd")']),
    ("swap-optimizer", "keras.optimizers.Adam(0.1)", ["keras.optimizers.SGD(0.1)"]),
    ("swap-activation", 'x = layers.Conv2D(4, 3, activation="relu")',
     ['x = layers.Conv2D(4, 3, activation="softmax")']),
    ("swap-activation", 'x = layers.Dense(1, activation="sigmoid")',
     ['x = layers.Dense(1, activation="softmax")', 'x = layers.Dense(1, activation="tanh")',
      'x = layers.Dense(1, activation="relu")']),
    ("swap-mode", 'load(class_mode="sparse", padding="same")',
     ['load(class_mode="binary", padding="same")', 'load(class_mode="categorical", padding="same")',
      'load(class_mode="sparse", padding="valid")']),
    ("swap-hook", "def on_epoch_end(self, epoch):\n    pass",
     ["def on_epoch_begin(self, epoch):\n    pass", "def on_train_end(self, epoch):\n    pass"]),
    ("drop-layer", "x = layers.Flatten()(inputs)", ["x = inputs"]),
    ("drop-layer", "model.add(a)\nmodel.add(b)", ["model.add(b)", "model.add(a)"]),
    ("swap-layers", "model.add(a)\nmodel.add(b)", ["model.add(b)\nmodel.add(a)"]),
    ("off-by-one", "model.fit(x, epochs=10)",
     ["model.fit(x, epochs=11)", "model.fit(x, epochs=1)", "model.fit(x, epochs=50)"]),
    ("off-by-one", "words[0]", ["words[1]", "words[-1]"]),
    ("off-by-one", "layers.Conv2D(16, 3)", []),
    ("change-size", "load(target_size=(28, 14))",
     ["load(target_size=(29, 14))", "load(target_size=(14, 7))"]),
    ("change-size", "layers.Input((None, None))", []),
    ("change-size", "layers.Input((None, None, 3))", []),
    ("change-rate", "keras.optimizers.Adam(0.003)",
     ["keras.optimizers.Adam(3.0)", "keras.optimizers.Adam(3e-06)"]),
    ("change-scale", "x = image / 255", ["x = image", "x = image * 255", "x = image / 2555"]),
    ("change-threshold", "if accuracy > 0.95:\n    pass",
     ["if accuracy > 0.94:\n    pass", "if accuracy > 0.96:\n    pass",
      "if accuracy > 0.90:\n    pass", "if accuracy > 95.00:\n    pass"]),
    ("change-number", "x = y / 1.8", ["x = y / 1.9"]),
    ("invert-comparison", "x = a >= b", ["x = a < b", "x = a > b"]),
    ("swap-logic", "x = a and b", ["x = a or b", "x = b", "x = a"]),
    ("drop-condition", "if a:\n    b()", ["if True:\n    b()", "if False:\n    b()"]),
    ("swap-boolean", "self.model.stop_training = True", ["self.model.stop_training = False"]),
    ("swap-arithmetic", "x = a - b", ["x = a + b"]),
    ("wrong-data", "f(x_train)", ["f(x_test)", "f(y_train)"]),
    ("wrong-data", 'load("data/train/cats")', ["load('data/test/cats')"]),
    ("wrong-key", 'x = table["kind"] + table["price"]',
     ['x = table["price"] + table["price"]', 'x = table["kind"] + table["kind"]']),
    ("wrong-key", 'x = logs.get("accuracy")', ['x = logs.get("val_accuracy")']),
    ("swap-axes", "x = y.mean(axis=0)", ["x = y.mean(axis=1)"]),
    ("swap-axes", 'axes.set_xlabel("epoch")', ['axes.set_ylabel("epoch")']),
    ("wrong-variable", "first = 1\nsecond = 2\nf(second)",
     ["first = 1\nsecond = 2\nf(first)"]),
    ("drop-return", "return counts", ["counts"]),
    ("drop-statement", "a()\nb()", ["b()", "a()"]),
    ("drop-statement", "if x:\n    a.b = 1", ["if x:\n    pass"]),
    ("leave-placeholder", "x = f(1)", ["x = None"]),
    ("drop-owner", "self.model.stop_training = True", ["self.stop_training = True"]),
    ("drop-argument", "f((1), b=2)", ["f(b=2)", "f((1))"]),
    ("drop-argument", "f(\n    a=1,\n)", ["f(\n\n)"]),
    ("add-argument", "model.fit(x)", ["model.fit(x, steps_per_epoch=1)"]),
    ("swap-arguments", "model.fit(x, (y))", ["model.fit((y), x)"]),
    ("drop-brackets", "x = y.mean()", ["x = y.mean"]),
    ("drop-step", "x = y.upper()", ["x = y"]),
    ("drop-step", "x = np.mean(y)", []),
)  # fmt: skip


def in_function(body: str) -> str:
    return f"def solve(self):\n{indent(dedent(body).strip(), '    ')}\n"


def made(operator: str, body: str) -> list[str]:
    """Return what an operator makes of the body of a function, as bodies."""
    cells = [Cell(0, CellKind.CODE, GIVEN), Cell(1, CellKind.CODE, in_function(body))]
    texts = [each.text for each in mutants(cells, {1: "solve"}) if each.operator == operator]
    return [dedent(text.split("\n", 1)[1]).strip() for text in texts]


@pytest.mark.parametrize(("operator", "body", "expected"), MADE)
def test_an_operator_makes_its_mistakes(operator: str, body: str, expected: Sequence[str]) -> None:
    assert made(operator, body) == list(expected)


def test_every_operator_is_shown_here() -> None:
    here = {name for name, _, expected in MADE if expected} | {"duplicate-layer", "wrong-answer"}
    assert here == {*OPERATORS}


@pytest.mark.parametrize("name", OPERATORS)
def test_an_operator_says_in_a_sentence_what_it_does(name: str) -> None:
    assert sentence(name).endswith(".")


def test_a_layer_comes_twice_in_a_line_of_its_own() -> None:
    line = '    layers.Dense(10, activation="softmax"),\n'
    assert NETWORK.strip().replace(line, line * 2) in made("duplicate-layer", NETWORK)


def test_another_answer_is_given_to_a_question() -> None:
    cells = [Cell(0, CellKind.CODE, 'answer = "a"\n')]
    found = [each.text for each in mutants(cells, {0: "answer"})]
    assert found == ['answer = "b"\n', "answer = None\n"]


@pytest.mark.parametrize(
    ("answer", "others"),
    [
        ('["a", "c"]', ['["a",]']),
        ('{"a", "b", "c"}', ['{"a", "b"}']),
        ("[298, 149, 147]", ["[298, 149]", "[149, 298, 147]"]),
        ("[7, 7]", ["[7,]"]),
        ("[x, 7]", []),
    ],
)
def test_an_answer_of_several_lacks_one_or_comes_in_another_order(
    answer: str, others: list[str]
) -> None:
    cells = [Cell(0, CellKind.CODE, f"answer = {answer}\n")]
    found = [each.text for each in mutants(cells, {0: "answer"}) if each.operator == "wrong-answer"]
    assert found == [f"answer = {other}\n" for other in others]


@pytest.mark.parametrize("shown", ["print(x > 1)", "plt.show()", '"""x > 1"""', "assert x, x > 1"])
def test_what_is_only_shown_is_left_as_it_is(shown: str) -> None:
    cells = [Cell(0, CellKind.CODE, f"x = y\n{shown}\n")]
    assert {each.summary for each in mutants(cells, {0: "x"})} == {"x is still None"}


def test_lines_that_only_ipython_understands_are_left_as_they_are() -> None:
    cells = [Cell(0, CellKind.CODE, "!pip install keras > 1\nx = a > b\n")]
    found = {each.text.split("\n")[0] for each in mutants(cells, {0: "x"})}
    assert found == {"!pip install keras > 1"}


def test_letters_of_several_bytes_do_not_move_what_is_changed() -> None:
    assert made("invert-comparison", 'größe = "ß", ü > ö') == [
        'größe = "ß", ü < ö', 'größe = "ß", ü >= ö',
    ]  # fmt: skip


def without_each_argument(tree: ast.Module) -> set[str]:
    """Return the trees that lack one argument of a call, as text."""
    found = set()
    for place, call in enumerate(each for each in ast.walk(tree) if isinstance(each, ast.Call)):
        for number in range(len(call.args) + len(call.keywords)):
            copy = ast.parse(ast.unparse(tree))
            inner = [each for each in ast.walk(copy) if isinstance(each, ast.Call)][place]
            given = [*inner.args, *inner.keywords]
            inner.args = [each for each in inner.args if each is not given[number]]
            inner.keywords = [each for each in inner.keywords if each is not given[number]]
            found.add(ast.unparse(copy))
    return found


@settings(max_examples=60)
@given(CELLS)
def test_an_argument_is_left_out_and_nothing_else(cell: str) -> None:
    whole = OriginalCell(CellText(cell, "solve"))
    texts = [changed(cell, each.changes) for each in drop_argument(whole)]
    allowed = without_each_argument(ast.parse(cell))
    assert [text for text in texts if ast.unparse(ast.parse(text)) not in allowed] == []


@settings(max_examples=60)
@given(CELLS)
def test_whatever_an_operator_proposes_is_python(cell: str) -> None:
    whole = OriginalCell(CellText(cell, "solve"), keys=("kind",))
    texts = [changed(cell, p.changes) for each in OPERATORS.values() for p in each(whole)]
    assert [text for text in texts if source.parse(text) is None] == []
