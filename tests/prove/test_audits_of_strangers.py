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
    return audited(request.param, tmp_path_factory)


def audited(name: str, folders: pytest.TempPathFactory, *options: str) -> Audit:
    folder = WRITTEN[name](folders.mktemp("written") / name)
    ended = audit(name, "--assignments", str(folder), "--json", *options)
    assert ended.stdout, ended.stderr
    return Audit.model_validate(json.loads(ended.stdout))


def test_whatever_the_author_has_written_comes_to_what_it_must(found: Audit) -> None:
    assert [row.id for row in found.with_fate(Fate.WRONG)] == []


def test_at_least_95_of_100_mutants_are_killed(found: Audit) -> None:
    assert found.killed >= 0.95


def test_the_same_are_killed_where_every_mutant_is_trained_to_the_end(
    found: Audit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    every = audited(found.assignment.id, tmp_path_factory, "--every-check")
    assert fates(every) == fates(found)


def fates(audit: Audit) -> dict[str, Fate]:
    return {row.id: row.fate for row in audit.specimens}
