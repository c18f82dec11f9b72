"""A callback that is another one in trials than in training earns none of their points."""

import pytest
from forged.submission import Forged, Grade, by_id
from forged.trials import FORGED, HONEST


@pytest.mark.parametrize("forged", FORGED, ids=by_id)
def test_a_callback_for_the_trials_earns_nothing_by_them(forged: Forged, grade: Grade) -> None:
    assert grade(forged) == forged.worth


@pytest.mark.parametrize("honest", HONEST, ids=by_id)
def test_a_callback_that_is_the_same_in_both_keeps_its_points(honest: Forged, grade: Grade) -> None:
    assert grade(honest) == honest.worth
