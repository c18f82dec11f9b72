"""How much a notebook's trainings compute, by its source."""

import pytest

from grader.notebook.workload import UPDATE, workload

INPUT, FLAT, OUT = "Input(shape=(10, 10, 3))", "Flatten()", "Dense(1)"


def network(*layers: str) -> str:
    return f"def train(images):\n    model = Sequential([{', '.join(layers)}])\n"


def of(*layers: str) -> float:
    return workload([network(*layers)])


@pytest.mark.parametrize(
    ("layers", "multiplications"),
    [
        ([INPUT, "Conv2D(4, 3)"], 100 * 9 * 3 * 4),
        (["layers.Conv2D(4, (3, 3), input_shape=(10, 10, 3))"], 100 * 9 * 3 * 4),
        ([INPUT, "tf.keras.layers.Conv2D(filters=4, kernel_size=5)"], 100 * 25 * 3 * 4),
        ([INPUT, "Conv2D(4, 3, strides=2)"], 25 * 9 * 3 * 4),
        ([INPUT, "MaxPooling2D(2)", "Conv2D(4, 3)"], 25 * 9 * 3 * 4),
        ([INPUT, "MaxPooling2D(pool_size=(5, 5))", "Conv2D(4, 3)"], 4 * 9 * 3 * 4),
        ([INPUT, FLAT, "Dense(7)"], UPDATE * 300 * 7),
        ([INPUT, "GlobalMaxPooling2D()", "Dense(7)"], UPDATE * 3 * 7),
        ([INPUT, FLAT, "Dense(7)", OUT], UPDATE * (300 * 7 + 7)),
        ([INPUT, "Dropout(0.5)", "Conv2D(4, 3)"], 100 * 9 * 3 * 4),
        (["Rescaling(1 / 255)"], 0),
    ],
)
def test_multiplications_are_those_of_the_layers(layers: list[str], multiplications: int) -> None:
    assert of(*layers) == multiplications


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("Conv2D(16, 3)", "Conv2D(64, 3)"),
        ("Conv2D(16, 3)", "Conv2D(filters, 3)"),
        ("Dense(units)", "Dense(512)"),
    ],
)
def test_what_is_no_number_is_taken_for_a_usual_one(less: str, more: str) -> None:
    assert of(INPUT, less) < of(INPUT, more)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "%%bash\nls",
        "def train(:",
        "Conv2D(-4, 'same', input_shape=(0, -1, 10 ** 9))",
        "Dense(True)",
        "Conv2D(*filters, **settings)",
        "layers[0](1)(Conv2D)(Input())",
        "MaxPooling2D((0, 0))",
        "Conv2D(4, 3, input_shape=(1_000_000_000, 2, 3))",
    ],
)
def test_whatever_a_source_holds_there_is_a_number(source: str) -> None:
    assert workload([source]) >= 0


def test_cells_are_counted_together() -> None:
    one = network(INPUT, "Conv2D(4, 3)")
    assert workload([one, one]) == 2 * workload([one])
