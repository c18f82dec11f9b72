"""Keeps the unit tier what it is: no test of it imports TensorFlow, not even by collecting it."""

import sys
from collections.abc import Generator, Iterator

import pytest

from grader.processes.template.handle import TemplateHandle

HEAVY = frozenset({"tensorflow", "keras"})


@pytest.fixture(autouse=True)
def without_tensorflow() -> Iterator[None]:
    before = _imported()
    yield
    _refuse(_imported() - before)


@pytest.fixture(autouse=True)
def without_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """What these tests grade is never run, so a template would import TensorFlow for nothing."""
    monkeypatch.setattr(TemplateHandle, "start", lambda _: None)


@pytest.fixture
def few_assignments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let doctor find two, and none with thousands of pictures, each of which it looks at."""
    from grader import examination
    from grader.assignments.catalog import Catalog, catalog

    few = {name: catalog().assignments[name] for name in ("happy-or-sad", "happy-house")}
    monkeypatch.setattr(examination, "catalog", lambda *_: Catalog(few, {}))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    # Other tiers, collected or run in the same process, may import what they like.
    before = _imported()
    report = yield
    if added := _imported() - before:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} imports {', '.join(sorted(added))} in the unit tier"
    return report


def _imported() -> frozenset[str]:
    return HEAVY & sys.modules.keys()


def _refuse(added: frozenset[str]) -> None:
    if added:
        pytest.fail(f"imports {', '.join(sorted(added))} in the unit tier", pytrace=False)
