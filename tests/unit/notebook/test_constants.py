"""Constants of given cells: which they are, and that nothing else of a notebook is changed."""

from dataclasses import replace

import pytest

from grader.notebook.constants import (
    Plain,
    constants,
    given_constants,
    is_plain,
    times_set,
    with_constants,
    with_values,
)
from grader.records import Layout, Plan, PlannedCell, Role

CELL = """\
# grader-required-cell
%matplotlib inline
IMAGE_SIZE = 150; größe = "mittel"  # pixels
SHAPE = (150, 150)
EPOCHS: int = 40
HALF = IMAGE_SIZE // 2
names = ["cat", "dog"]
first, second = 1, 2
"""
KNOWN = {
    "IMAGE_SIZE": 150, "größe": "mittel", "SHAPE": (150, 150), "EPOCHS": 40,
    "names": ["cat", "dog"],
}  # fmt: skip


def given(source: str) -> PlannedCell:
    return PlannedCell(source, Role.REQUIRED)


def plan(*cells: PlannedCell) -> Plan:
    return Plan(Layout("released", "it", ()), cells)


def test_constants_are_names_that_a_line_sets_to_a_plain_value() -> None:
    assert constants([CELL]) == KNOWN


@pytest.mark.parametrize(
    "other",
    ["EPOCHS = 10", "EPOCHS += 1", "for EPOCHS in range(3):\n    pass", "del EPOCHS",
     "with open('x') as EPOCHS:\n    pass", "if EPOCHS:\n    EPOCHS = 2", "EPOCHS, b = 1, 2"],
)  # fmt: skip
def test_a_name_that_is_set_elsewhere_is_none(other: str) -> None:
    assert "EPOCHS" not in constants([CELL, other])


@pytest.mark.parametrize(
    "source",
    ["X = f(3)", "X = Y", "X = {1: 2}", "X = None", "X = (\n    1,\n    2,\n)", "X = Z = 3",
     "X.y = 3", "X[0] = 3", "if True:\n    X = 3", "def f():\n    X = 3", "X = 1j", "X = !ls",
     "X = ("],
)  # fmt: skip
def test_whatever_else_is_set_is_none(source: str) -> None:
    assert "X" not in constants([source])


def test_how_often_a_name_is_set_is_counted_wherever_it_is() -> None:
    assert times_set([CELL, "EPOCHS = 1\nif 1:\n    EPOCHS = 2"], "EPOCHS") == 3


def test_other_values_are_put_in_their_place_and_nothing_else_is_changed() -> None:
    values: dict[str, Plain] = {
        "IMAGE_SIZE": 64,
        "größe": "klein",
        "SHAPE": (64, 64),
        "EPOCHS": 20,
        "other": 1,
    }
    expected = (
        CELL.replace("IMAGE_SIZE = 150", "IMAGE_SIZE = 64")
        .replace('"mittel"', "'klein'")
        .replace("(150, 150)", "(64, 64)")
        .replace("= 40", "= 20")
    )
    assert with_values(CELL, values) == expected


def test_values_without_brackets_are_put_in_their_place() -> None:
    assert with_values("SHAPE = 1, 2", {"SHAPE": (3, 4)}) == "SHAPE = (3, 4)"


@pytest.mark.parametrize("value", [1, -2, 0.5, True, "a'b\"c\n", (1, (2, "x")), [1, 2], ()])
def test_a_value_that_is_put_there_is_read_again_as_it_was(value: Plain) -> None:
    assert is_plain(value)
    assert constants([with_values("X = 3", {"X": value})]) == {"X": value}


@pytest.mark.parametrize("value", [None, {1: 2}, {1}, 1j, b"x", [None], object()])
def test_other_values_are_not_plain(value: object) -> None:
    assert not is_plain(value)


@pytest.mark.parametrize("role", [Role.GRADED, Role.OPTIONAL])
def test_a_cell_of_the_student_s_is_never_changed(role: Role) -> None:
    own = PlannedCell("BATCH = 10\nEPOCHS = 40", role)
    made = plan(given("IMAGE_SIZE = 150"), own)
    assert with_constants(made, {"IMAGE_SIZE": 64, "EPOCHS": 20}).cells[1] == own


def test_the_given_cells_of_a_plan_are_changed() -> None:
    made = with_constants(plan(given(CELL), given("SEED = 3")), {"EPOCHS": 20, "SEED": 4})
    assert given_constants(made) == {**KNOWN, "EPOCHS": 20, "SEED": 4}


def test_a_student_s_own_value_leaves_that_of_the_given_cell_what_it_is() -> None:
    own = PlannedCell("EPOCHS = 3", Role.OPTIONAL)
    made = plan(given(CELL), own)
    expected = replace(made, cells=(given(CELL.replace("= 40", "= 20")), own))
    assert with_constants(made, {"EPOCHS": 20}) == expected
