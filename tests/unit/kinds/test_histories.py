"""Functions that draw curves are tried with trainings that are made up."""

from collections.abc import Iterator

import looking
import matplotlib.pyplot as plt
import noticing
import numpy as np
import pytest

from grader.kinds.figure.part import Figure
from grader.kinds.figure.view import FigureView, histories
from grader.values.records import History

PART = Figure("plot_curves", cases=histories.CASES, draw=histories.some, draws=3)
BOTH = (*histories.NAMES, "loss")


@pytest.fixture(autouse=True)
def _noticed() -> Iterator[None]:
    with noticing.noticed_figures():
        yield


def seen(style: str, *left_out: str) -> FigureView:
    def draw(history: History) -> None:
        plt.figure()
        for key, logged in history.history.items():
            if key not in left_out:
                plt.plot(logged, style)
        plt.show()

    return looking.seen(PART, looking.look(PART, {PART.name: draw}))


@pytest.mark.parametrize("style", ["-", "o"])
def test_curves_are_lines_or_points(style: str) -> None:
    assert histories.drawn(seen(style), *BOTH).met


@pytest.mark.parametrize("left_out", ["val_acc", "accuracy", "val_loss"])
def test_a_curve_that_is_left_out_is_missed(left_out: str) -> None:
    assert not histories.drawn(seen("-", left_out), *BOTH).met


def test_curves_that_are_not_asked_for_need_not_be_drawn() -> None:
    assert histories.drawn(seen("-", "val_loss"), *histories.NAMES).met


def test_a_metric_that_no_history_has_is_no_students_fault() -> None:
    with pytest.raises(ValueError, match="data returned nothing"):
        histories.drawn(seen("-"), "precision")


@pytest.mark.parametrize(("name", "case"), list(zip(histories.NAMES, histories.CASES, strict=True)))
def test_there_is_a_case_for_either_name(name: str, case: tuple[History]) -> None:
    assert set(case[0].history) == {name, f"val_{name}", "loss", "val_loss"}


def test_draws_have_either_name() -> None:
    generator = np.random.default_rng(0)
    first = {next(iter(histories.some(generator)[0].history)) for _ in range(50)}
    assert first == set(histories.NAMES)
