"""A metric is to be an accuracy that suits the output; where it is none, what it is instead."""

import pytest

from grader.checks import Expectation
from grader.checks.compilations import accuracy_of, logs_accuracy, loss_fits
from grader.checks.models import two_class_output
from grader.evidence import Compilation, Layer, Metric, Model


def logged(kind: str, name: str = "accuracy", *, units: int = 1, hot: bool = False) -> Expectation:
    compilation = Compilation(loss=None, metrics=(Metric(name=name, type=kind),))
    return logs_accuracy(model(units), compilation, one_hot=hot)


def model(units: int, activation: str = "sigmoid") -> Model:
    last = {"name": "dense", "type": "Dense", "output_shape": (None, units)}
    layer = Layer.model_validate({**last, "settings": {"units": units, "activation": activation}})
    return Model(kind="model", key="model-0", type="Sequential", layers=(layer,))


@pytest.mark.parametrize(
    ("kind", "units", "hot"),
    [
        ("accuracy", 1, False),
        ("BinaryAccuracy", 1, False),
        ("binary_accuracy", 1, False),
        ("SparseCategoricalAccuracy", 2, False),
        ("CategoricalAccuracy", 2, True),
    ],
)
def test_an_accuracy_that_suits_is_right(kind: str, units: int, hot: bool) -> None:  # noqa: FBT001
    assert logged(kind, units=units, hot=hot).met


@pytest.mark.parametrize(
    ("kind", "units", "found"),
    [
        ("Accuracy", 1, "Accuracy logged as accuracy, which compares outputs and labels to the"),
        ("CategoricalAccuracy", 1, "CategoricalAccuracy logged as accuracy, which is for one-hot"),
        ("SparseCategoricalAccuracy", 1, "which is for whole numbers as labels and an output"),
        ("BinaryAccuracy", 2, "which is for one output, or for one-hot labels"),
    ],
)
def test_of_an_accuracy_that_does_not_suit_is_said_what_it_is(
    kind: str, units: int, found: str
) -> None:
    made = logged(kind, units=units)
    assert (made.met, found in made.actual) == (False, True)


def test_of_an_accuracy_that_does_not_suit_is_said_how_to_have_one() -> None:
    assert "For the word accuracy Keras chooses" in logged("Accuracy").hint


@pytest.mark.parametrize(
    ("kind", "name"),
    [("acc", "acc"), ("Accuracy", "Accuracy"), ("BinaryAccuracy", "binary_accuracy")],
)
def test_an_accuracy_of_another_name_is_told_by_its_name(kind: str, name: str) -> None:
    assert logged(kind, name).actual == f"metric named {name}"


def test_a_name_that_differs_by_its_capital_alone_is_told_so() -> None:
    assert "letter by letter" in logged("Accuracy", "Accuracy").hint


def test_another_metric_of_that_name_is_told_to_be_none() -> None:
    assert logged("Recall").actual == "Recall logged as accuracy, which is no accuracy"


def test_without_a_metric_nothing_is_logged() -> None:
    found = logs_accuracy(model(1), Compilation(loss=None), one_hot=False)
    assert (found.met, found.actual) == (False, "no metric")


@pytest.mark.parametrize(("from_logits", "activation"), [(True, "sigmoid"), (False, "linear")])
def test_a_loss_that_misses_the_activation_alone_is_told_so(
    from_logits: bool,  # noqa: FBT001
    activation: str,
) -> None:
    compilation = Compilation(loss="BinaryCrossentropy", from_logits=from_logits)
    found = loss_fits(model(1, activation), compilation, one_hot=False)
    assert "1 output with activation, or from_logits without" in found.expected


@pytest.mark.parametrize(
    "name", ["my_loss", "<lambda>", "BinaryCrossentropy", "mean_squared_error"]
)
@pytest.mark.parametrize("units", [1, 2])
def test_a_loss_of_the_notebooks_own_costs_no_points(name: str, units: int) -> None:
    found = loss_fits(model(units), Compilation(loss=name, own_loss=True), one_hot=False)
    assert (found.met, found.actual) == (True, f"{name}, a loss of the notebook's own")


@pytest.mark.parametrize(("units", "activation"), [(1, "sigmoid"), (1, "linear"), (2, "softmax")])
def test_such_a_loss_may_take_logits(units: int, activation: str) -> None:
    assert two_class_output(model(units, activation), from_logits=None).met


def test_such_a_loss_makes_no_other_output_right() -> None:
    assert not two_class_output(model(1, "relu"), from_logits=None).met


@pytest.mark.parametrize("kind", ["Accuracy", "CategoricalAccuracy", "MyAccuracy", "share_right"])
def test_a_metric_of_the_notebooks_own_may_be_the_accuracy(kind: str) -> None:
    metric = Metric(name="accuracy", type=kind, own=True)
    compilation = Compilation(loss=None, metrics=(metric,))
    assert logs_accuracy(model(1), compilation, one_hot=False).met
    assert accuracy_of(compilation) == metric


def test_a_metric_of_the_notebooks_own_by_another_name_is_none() -> None:
    compilation = Compilation(loss=None, metrics=(Metric(name="f1", type="F1", own=True),))
    assert not logs_accuracy(model(1), compilation, one_hot=False).met
    assert accuracy_of(compilation) is None


@pytest.mark.parametrize("name", ["sparse_categorical_crossentropy", "categorical_crossentropy"])
def test_where_nobody_knows_the_labels_the_loss_for_either_is_right(name: str) -> None:
    assert loss_fits(model(10, "softmax"), Compilation(loss=name), one_hot=None, classes=10).met


def test_where_nobody_knows_the_labels_a_loss_for_one_output_is_wrong() -> None:
    compilation = Compilation(loss="binary_crossentropy")
    assert not loss_fits(model(10, "softmax"), compilation, one_hot=None, classes=10).met


@pytest.mark.parametrize(
    ("kind", "met"),
    [("SparseCategoricalAccuracy", True), ("CategoricalAccuracy", True), ("Accuracy", False)],
)
def test_where_nobody_knows_the_labels_an_accuracy_for_either_is_right(
    kind: str,
    met: bool,  # noqa: FBT001
) -> None:
    compilation = Compilation(loss=None, metrics=(Metric(name="accuracy", type=kind),))
    assert logs_accuracy(model(10), compilation, one_hot=None).met is met
