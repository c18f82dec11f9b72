"""What is forged for the kit's assignments earns no more than it would without, and is named."""

from collections.abc import Callable
from functools import cache
from typing import Any

import cats_and_dogs.forged
import forgeries
import happy_house.forged
import happy_sad_pipeline.forged
import horses_or_humans.forged
import pytest

# Of each assignment what its notebook is called, and what is forged for it.
KNOWN: dict[str, tuple[str, Any]] = {
    "happy-house": ("Happy_House.ipynb", happy_house.forged.FORGED),
    "cats-and-dogs": ("cats_and_dogs.ipynb", cats_and_dogs.forged.FORGED),
    "happy-sad-pipeline": ("happy_sad_pipeline.ipynb", happy_sad_pipeline.forged.FORGED),
    "horses-or-humans": ("horses_or_humans.ipynb", horses_or_humans.forged.FORGED),
}
EACH = [
    pytest.param(name, each, id=f"{name}-{each.id}")
    for name, (_, forged) in KNOWN.items()
    for each in forged
]
of_each = pytest.mark.parametrize(("name", "forged"), EACH)
Reports = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def reports(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Reports:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("--prove grades all of what is forged")

    @cache
    def graded(name: str) -> dict[str, Any]:
        file, forged = KNOWN[name]
        return forgeries.graded(forged, file, tmp_path_factory.mktemp(name))

    return graded


@of_each
def test_it_earns_nothing_for_what_it_did_not_learn(
    reports: Reports, name: str, forged: Any
) -> None:
    assert forgeries.lost(reports(name)[forged.id]) == forged.loses


@of_each
def test_only_what_the_grader_cannot_tell_waits_for_a_person(
    reports: Reports, name: str, forged: Any
) -> None:
    assert (reports(name)[forged.id]["verdict"] == "needs_review") == forged.waits


@of_each
def test_what_it_did_is_said(reports: Reports, name: str, forged: Any) -> None:
    codes, said = forgeries.told(reports(name)[forged.id])
    assert all(said)
    assert forged.named in codes or any(forged.named in each for each in said)
