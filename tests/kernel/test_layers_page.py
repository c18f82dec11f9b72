"""docs/layers.md is made by trying everything, also on kernels that know less than this one."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.isolation import proving
from grader.isolation.layers import layers
from grader.isolation.proving import possible, prove
from grader.isolation.trials import TRIALS

PAGE = Path(__file__).parents[2] / "docs" / "layers.md"
HEAD = """\
# What each layer of isolation stops

`grader doctor --prove` tries all of this on your machine. The page is made by trying it as root on
a Linux that has every layer; `pytest tests/kernel/test_layers_page.py --update-docs` refreshes it.
What needs root's rights is stopped by `privileges`; an ordinary user has none to give up.

"""
BY_LINUX = """
## By version of Linux

What Landlock stops depends on the version of Linux. `grader grade` asks for version 3. What the
other layers stop, they stop on each of these, so that from 6.2 on a submission can do nothing of
the above; later versions stop some of it a second time.

| Linux | Landlock | `landlock` and `scopes` stop from then on |
|---|---:|---|
"""
SINCE = {1: "5.13", 2: "5.19", 3: "6.2", 4: "6.7", 5: "6.10", 6: "6.12", 7: "6.15"}
SCOPES_SINCE = 6
WORDS = {trial.__name__: (trial.__doc__ or "").strip().rstrip(".") for trial in TRIALS}
pytestmark = pytest.mark.skipif(
    not all(layer.there for layer in layers()) or os.getuid() != 0,
    reason="this system lacks a layer, or these tests are not made by root",
)


def knowing(version: int) -> set[str]:
    """Return what cannot be done on a kernel with an older Landlock, and nothing else."""
    older = f"from grader.isolation import landlock; landlock.version = lambda: {version}\n"
    named = ("landlock", "scopes") if version >= SCOPES_SINCE else ("landlock",)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(proving, "CHILD", older + proving.CHILD)
        return set(WORDS) - possible(named)


@pytest.fixture(scope="module")
def stopped() -> dict[int, set[str]]:
    return {version: knowing(version) for version in SINCE}


def by_layer() -> Iterator[str]:
    names = [layer.name for layer in layers()]
    yield f"| | {' | '.join(names)} |"
    yield f"|---|{':-:|' * len(names)}"
    for proof in prove():
        marks = ("yes" if name in proof.stopped_by else "" for name in names)
        yield f"| {proof.what} | {' | '.join(marks)} |"


def by_version(stopped: dict[int, set[str]]) -> Iterator[str]:
    before: set[str] = set()
    for version, now in stopped.items():
        new = "; ".join(words for name, words in WORDS.items() if name in now - before)
        yield f"| {SINCE[version]} | {version} | {new or 'nothing more of this'} |"
        before = now


def test_the_page_is_what_trying_shows(
    stopped: dict[int, set[str]], pytestconfig: pytest.Config
) -> None:
    tables = ("\n".join(by_layer()), BY_LINUX, "\n".join(by_version(stopped)))
    page = HEAD + "\n".join((tables[0], tables[1].rstrip("\n"), tables[2])) + "\n"
    if pytestconfig.getoption("--update-docs"):
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page


def test_a_later_landlock_stops_all_that_an_earlier_one_stops(
    stopped: dict[int, set[str]],
) -> None:
    versions = list(stopped.values())
    assert all(one <= other for one, other in itertools.pairwise(versions))
