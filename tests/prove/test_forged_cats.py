"""What is forged for "Cats and Dogs" earns no more than it would without, and is named."""

from typing import Any

import forgeries
import pytest
from cats_and_dogs.forged import FORGED, Forged

by_id = pytest.mark.parametrize("forged", FORGED, ids=lambda each: each.id)
FILE = "cats_and_dogs.ipynb"


@pytest.fixture(scope="module")
def reports(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("--prove grades all of what is forged")
    return forgeries.graded(FORGED, FILE, tmp_path_factory.mktemp("forged"))


@by_id
def test_it_earns_nothing_for_what_it_did_not_learn(
    reports: dict[str, Any], forged: Forged
) -> None:
    assert forgeries.lost(reports[forged.id]) == forged.loses


@by_id
def test_only_what_the_grader_cannot_tell_waits_for_a_person(
    reports: dict[str, Any], forged: Forged
) -> None:
    assert (reports[forged.id]["verdict"] == "needs_review") == forged.waits


@by_id
def test_what_it_did_is_said(reports: dict[str, Any], forged: Forged) -> None:
    codes, said = forgeries.told(reports[forged.id])
    assert all(said)
    assert forged.named in codes or any(forged.named in each for each in said)
