"""The target is for what weights know, whatever the log of their training says."""

import pytest
from forged.logs import FORGED, HONEST
from forged.submission import Forged, Grade, by_id


@pytest.mark.parametrize("forged", FORGED, ids=by_id)
def test_a_log_that_weights_do_not_bear_out_reaches_no_target(forged: Forged, grade: Grade) -> None:
    assert grade(forged) == forged.worth


@pytest.mark.parametrize("honest", HONEST, ids=by_id)
def test_a_log_of_unusual_batches_keeps_its_points(honest: Forged, grade: Grade) -> None:
    assert grade(honest) == honest.worth
