"""Layers that do nothing, or nothing with the image, are not what their points are for."""

import pytest
from forged.dead import FORGED, HONEST
from forged.submission import Forged, Grade, by_id


@pytest.mark.parametrize("forged", FORGED, ids=by_id)
def test_layers_that_do_nothing_earn_nothing(forged: Forged, grade: Grade) -> None:
    assert grade(forged) == forged.worth


@pytest.mark.parametrize("honest", HONEST, ids=by_id)
def test_layers_of_unusual_networks_keep_their_points(honest: Forged, grade: Grade) -> None:
    assert grade(honest) == honest.worth
