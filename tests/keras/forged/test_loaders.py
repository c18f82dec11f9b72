"""Points for a loader are for the one that was trained on, however alike another looks."""

import pytest
from forged.loaders import FORGED, HONEST
from forged.submission import Forged, Grade, by_id


@pytest.mark.parametrize("forged", FORGED, ids=by_id)
def test_a_loader_that_is_not_trained_on_earns_nothing(forged: Forged, grade: Grade) -> None:
    assert grade(forged) == forged.worth


@pytest.mark.parametrize("honest", HONEST, ids=by_id)
def test_a_loader_that_is_trained_on_keeps_its_points(honest: Forged, grade: Grade) -> None:
    assert grade(honest) == honest.worth
