"""Every so many of the hostile class, by an ordinary user; ``tests.prove.attacks`` runs it all."""

import pytest
from hostile import apart
from hostile.batch import Setting

from tests.prove.attacks import Struck, strike

STRIDE = 25


@pytest.fixture(scope="module")
def struck() -> Struck:
    if not apart.possible():
        pytest.skip("only root, on Linux and with util-linux, can become others and see all")
    return strike(Setting("ordinary user", "all", STRIDE))


def test_attacks_of_an_ordinary_user_fail_and_change_nothing(struck: Struck) -> None:
    assert list(struck.faults()) == []


def test_they_were_all_made(struck: Struck) -> None:
    assert len(struck.results) == len(struck.setting.attacks)
