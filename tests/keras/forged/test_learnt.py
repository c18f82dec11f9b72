"""The target is for what has learnt, and not for what knew before it was trained."""

import pytest
from forged.learnt import FORGED, HONEST
from forged.submission import Forged, Grade, by_id


@pytest.mark.parametrize("forged", FORGED, ids=by_id)
def test_what_knew_its_images_before_reaches_no_target(forged: Forged, grade: Grade) -> None:
    assert grade(forged) == forged.worth


@pytest.mark.parametrize("honest", HONEST, ids=by_id)
def test_what_begins_unusually_and_learns_keeps_its_points(honest: Forged, grade: Grade) -> None:
    assert grade(honest) == honest.worth
