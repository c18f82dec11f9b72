"""The points for stopping are for the graded class, and for nothing that stops beside it."""

import pytest
from forged.stopped import FORGED, HONEST, OPEN
from forged.submission import Forged, Grade, by_id


@pytest.mark.parametrize("forged", FORGED, ids=by_id)
def test_what_another_stops_earns_nothing_for_stopping(forged: Forged, grade: Grade) -> None:
    assert grade(forged) == forged.worth


@pytest.mark.parametrize("forged", OPEN, ids=by_id)
def test_stopping_after_some_epochs_without_an_accuracy_is_left_open(
    forged: Forged, grade: Grade
) -> None:
    assert grade(forged) == forged.worth


@pytest.mark.parametrize("honest", HONEST, ids=by_id)
def test_what_the_graded_class_stops_keeps_its_points(honest: Forged, grade: Grade) -> None:
    assert grade(honest) == honest.worth
