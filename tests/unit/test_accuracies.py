"""Which accuracy suits which output."""

from math import comb

import pytest

from grader.accuracies import borne_out, canonical, luck, of_unseen, suiting, suits

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


# For other targets, numbers of images and of classes


@pytest.mark.parametrize(
    ("target", "images", "classes", "found"),
    [
        (0.999, 80, 2, 0.9),
        (0.9, 60_000, 10, 0.74),
        (0.9, 1_000, 10, 0.74),
        (0.8, 1_000, 2, 0.74),
        (0.95, 300, 4, 0.81),
    ],
)
def test_four_fifths_of_the_way_from_guessing_bear_a_target_out(
    target: float, images: int, classes: int, found: float
) -> None:
    assert borne_out(target, images, classes) == found


@pytest.mark.parametrize("target", [0.3, 0.6, 0.7, 0.8, 0.9, 0.999, 1.0])
@pytest.mark.parametrize("images", [1, 10, 80, 10_000])
@pytest.mark.parametrize("classes", [1, 2, 10])
def test_no_more_is_needed_to_bear_a_target_out_than_the_target(
    target: float, images: int, classes: int
) -> None:
    assert borne_out(target, images, classes) <= target


@pytest.mark.parametrize(("images", "classes"), [(80, 2), (1_000, 10), (60_000, 10)])
def test_guessing_bears_nothing_out(images: int, classes: int) -> None:
    assert borne_out(0.999, images, classes) >= luck(images, classes) > 1 / classes


@pytest.mark.parametrize(
    ("images", "classes", "right"), [(80, 2, 60), (10, 2, 11), (10, 10, 8), (0, 2, 1)]
)
def test_guessing_has_so_much_luck(images: int, classes: int, right: int) -> None:
    assert luck(images, classes) == right / max(images, 1)


@pytest.mark.parametrize("images", [80, 300, 1_000])
def test_luck_is_the_tail_of_the_binomial_distribution(images: int) -> None:
    right = round(luck(images, 2) * images)
    tails = [sum(comb(images, k) for k in range(n, images + 1)) for n in (right - 1, right)]
    assert [tail * 200_000 > 2**images for tail in tails] == [True, False]


@pytest.mark.parametrize(
    ("target", "images", "classes", "found"),
    [(0.999, 80, 2, 0.75), (0.9, 1_000, 10, 0.5), (0.6, 80, 2, 0.75), (0.9, 10, 2, 1.1)],
)
def test_of_unseen_images_half_of_the_way_is_enough_if_it_is_no_luck(
    target: float, images: int, classes: int, found: float
) -> None:
    assert of_unseen(target, images, classes) == found
