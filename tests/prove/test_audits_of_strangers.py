"""The audits of strangers' assignments, in full; every day, tests/kernel makes quick ones."""

import json

import pytest
from auditing_command import audit
from strangers.graded import WRITTEN

from grader.audit.document import Audit, Fate


@pytest.fixture(scope="module", params=WRITTEN)
def found(
    request: pytest.FixtureRequest,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
) -> Audit:
    if not pytestconfig.getoption("--prove"):
        pytest.skip("--prove audits in full; tests/kernel does it quickly")
    folder = WRITTEN[request.param](tmp_path_factory.mktemp("written") / request.param)
    ended = audit(request.param, "--assignments", str(folder), "--json")
    assert ended.stdout, ended.stderr
    return Audit.model_validate(json.loads(ended.stdout))


def test_whatever_the_author_has_written_comes_to_what_it_must(found: Audit) -> None:
    assert [row.id for row in found.with_fate(Fate.WRONG)] == []


def test_at_least_95_of_100_mutants_are_killed(found: Audit) -> None:
    assert found.killed >= 0.95
