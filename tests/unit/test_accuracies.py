"""Which accuracy suits which output."""

import pytest

from grader.accuracies import canonical, suiting, suits

ONE, TWO, HOT = (1, False), (2, False), (2, True)


@pytest.mark.parametrize("output", [ONE, TWO, HOT])
def test_what_suits_an_output_suits_it(output: tuple[int, bool]) -> None:
    units, one_hot = output
    assert suits(suiting(units, one_hot=one_hot), units, one_hot=one_hot)


@pytest.mark.parametrize("word", ["accuracy", "acc"])
@pytest.mark.parametrize("output", [ONE, TWO, HOT])
def test_of_a_word_keras_chooses_what_suits(word: str, output: tuple[int, bool]) -> None:
    assert suits(word, output[0], one_hot=output[1])


@pytest.mark.parametrize(
    ("metric", "outputs"),
    [
        ("BinaryAccuracy", {ONE, HOT}),
        ("binary_accuracy", {ONE, HOT}),
        ("SparseCategoricalAccuracy", {TWO}),
        ("CategoricalAccuracy", {HOT}),
        ("categorical_accuracy", {HOT}),
        ("Accuracy", set()),
        ("AUC", set()),
        ("mae", set()),
    ],
)
def test_a_metric_suits_these_outputs_and_no_others(
    metric: str, outputs: set[tuple[int, bool]]
) -> None:
    assert {each for each in (ONE, TWO, HOT) if suits(metric, each[0], one_hot=each[1])} == outputs


def test_a_function_is_known_by_its_class() -> None:
    assert canonical("sparse_categorical_accuracy") == "SparseCategoricalAccuracy"
