"""What the given cells of "Happy or Sad" print about a training is so, whatever it was."""

import contextlib
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "C1W4_Assignment.ipynb"
CELLS = {cell["id"]: "".join(cell["source"]) for cell in json.loads(NOTEBOOK.read_text())["cells"]}
# What Keras logs of 46 of 80 images: single precision is a little less than 0.575.
HALF = 0.574999988079071
Curves = Mapping[str, Sequence[float]]


class History:
    def __init__(self, history: Curves) -> None:
        self.history = history
        self.epoch = list(range(max(map(len, history.values()), default=0)))


def printed(cell: str, hist: object) -> str:
    """Run the cells on a training up to one of them, and return what it prints."""
    keras = SimpleNamespace(callbacks=SimpleNamespace(History=History))
    names = {"hist": hist, "tf": SimpleNamespace(keras=keras)}
    told = ""
    for name in ("epochs-reached", "metric-check"):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(CELLS[name], names)  # noqa: S102 - the kit's own
        told = out.getvalue()
        if name == cell:
            break
    return told


@pytest.mark.parametrize(
    ("accuracy", "epochs"),
    [([1.0], 1), ([0.5, 0.9875, 1.0], 3), ([0.5, 1.0, 0.9875, 1.0], 2), ([0.9995] * 20, 1)],
)
def test_the_first_epoch_above_the_target_is_told(accuracy: list[float], epochs: int) -> None:
    told = printed("epochs-reached", History({"accuracy": accuracy}))
    assert told == f"Your model reached the desired accuracy after {epochs} epochs\n"


@pytest.mark.parametrize(
    ("accuracy", "best"),
    [([HALF], "57.50%"), ([0.5, 0.987500011920929, 0.95], "98.75%"), ([0.0], "0.00%")],
)
def test_a_target_that_was_missed_is_told_with_the_best_epoch(
    accuracy: list[float], best: str
) -> None:
    told = printed("epochs-reached", History({"accuracy": accuracy}))
    assert told.startswith(f"Your model trained for {len(accuracy)} epochs; ")
    assert told.endswith(f"the best accuracy was {best}\n")


@pytest.mark.parametrize("curve", [0.5, 1.0])
@pytest.mark.parametrize("name", ["acc", "binary_accuracy", "loss"])
def test_of_another_metric_nothing_is_concluded(name: str, curve: float) -> None:
    told = printed("epochs-reached", History({name: [curve] * 12}))
    assert told == "Your model trained for 12 epochs and logged no 'accuracy'.\n"


@pytest.mark.parametrize("hist", [None, {"accuracy": [1.0]}, History({}), "history"])
def test_what_is_no_history_is_told(hist: object) -> None:
    told = printed("epochs-reached", hist)
    assert told.startswith("train_happy_sad_model returned no History yet: ")


def test_a_metric_of_another_name_is_told() -> None:
    told = printed("metric-check", History({"acc": [1.0], "loss": [0.1]}))
    assert "Use 'accuracy' as metric" in told
    assert "recorded: acc, loss" in told


def test_the_right_metric_is_told() -> None:
    told = printed("metric-check", History({"accuracy": [0.5]}))
    assert told == "The metric was correctly defined.\n"


@pytest.mark.parametrize("hist", [None, {"acc": [1.0]}, History({})])
def test_without_a_training_no_metric_is_blamed(hist: object) -> None:
    assert printed("metric-check", hist) == "There is no training to look at yet.\n"
