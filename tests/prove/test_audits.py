"""The audits of the kit's own assignments, in full; every day, tests/kernel makes quick ones."""

import json
from pathlib import Path

import pytest
from auditing_command import audit

from grader.assignments.catalog import catalog
from grader.audit.document import Audit, Fate

PAGE = Path(__file__).parents[2] / "docs" / "audit.md"
# Of mutants that behave otherwise: how many there are, and what share is killed, in percent.
LEAST = {
    "happy-or-sad": 120,
    "happy-house": 60,
    "cats-and-dogs": 280,
    "happy-or-sad-2024": 60,
    "happy-sad-pipeline": 200,
    "horses-or-humans": 280,
}
SHARE = {
    "happy-or-sad": 98,
    "happy-house": 95,
    "cats-and-dogs": 95,
    "happy-or-sad-2024": 95,
    "happy-sad-pipeline": 95,
    "horses-or-humans": 95,
}


def audited(name: str) -> Audit:
    ended = audit(name, "--json", "--at-least", str(SHARE[name]))
    assert ended.stdout, ended.stderr
    return Audit.model_validate(json.loads(ended.stdout))


@pytest.fixture(scope="module", params=catalog().assignments)
def name(request: pytest.FixtureRequest, pytestconfig: pytest.Config) -> str:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("--prove audits in full; tests/kernel does it quickly")
    return str(request.param)


@pytest.fixture(scope="module")
def found(name: str) -> Audit:
    return audited(name)


def test_whatever_the_author_has_written_comes_to_what_it_must(found: Audit) -> None:
    assert [row.id for row in found.with_fate(Fate.WRONG)] == []


def test_there_are_many_mutants_that_behave_otherwise(name: str, found: Audit) -> None:
    assert found.changed >= LEAST[name]


def test_enough_of_them_are_killed(name: str, found: Audit) -> None:
    assert 100 * found.killed >= SHARE[name]


def test_those_that_live_are_explained(found: Audit) -> None:
    page = PAGE.read_text("utf-8")
    assert [row.id for row in found.with_fate(Fate.ALIVE) if row.id not in page] == []


# Counted with each check broken in turn, so that it passes whatever it sees.
def test_each_check_that_is_broken_lets_something_wrong_pass(found: Audit) -> None:
    assert [check.id for check in found.checks if not check.without] == []


def test_every_hint_is_shown_with_some_mistake(found: Audit) -> None:
    assert [check.id for check in found.checks if not check.hint_shown] == []


def test_from_evidence_that_was_kept_an_audit_comes_to_the_same(name: str, found: Audit) -> None:
    assert audited(name) == found
