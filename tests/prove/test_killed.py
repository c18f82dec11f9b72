"""SIGKILL at thirty-three fixed points of the run, then the same command again.

With ``--prove`` all points are tried, without it those that are named in ``ALWAYS``.
"""

import os
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import killing
import nbformat
import pytest
from grading import Ended, grade
from happy_or_sad.submission import FLAT, INPUT, LOADER, OUT, POOL, Variant, model
from killing import POINTS, UNTRAINED, WAITING, Point
from traces import Traces, temporary_files

from grader.batch.output import EVIDENCE, EXECUTED, REPORT, REPORT_PAGE, SIGNATURE
from grader.processes.template import AVAILABLE

ALWAYS = frozenset({
    "grader-in-a-cell", "grader-writing-the-report", "template-in-a-cell", "kernel-training",
    "trainer-training",
})  # fmt: skip
pytestmark = pytest.mark.skipif(not AVAILABLE, reason="kernels are not forked here")
# No two runs of these tests have sleepers that sleep equally long.
PLAIN, HIDDEN = f"{1_000_000 + os.getpid()}", f"{2_000_000 + os.getpid()}"
STRAYS = f"""\
import subprocess, time
subprocess.Popen(["sleep", "{PLAIN}"], start_new_session=True)
subprocess.Popen(["sleep", "{HIDDEN}"], start_new_session=True, env={{}}, cwd="/")
{WAITING}
# GRADED FUNCTION: {LOADER}"""
SMALL = ('Conv2D(4, (3, 3), activation="relu")', POOL) * 3
QUICK = model(INPUT, *SMALL, FLAT, 'Dense(16, activation="relu")', OUT,
              fit="train_generator, epochs=6, callbacks=[callbacks]")  # fmt: skip
CLASS = (
    Variant("quick", "trains for six epochs", cells=QUICK),
    Variant("strays", "leaves processes behind",
            ((LOADER, f"# GRADED FUNCTION: {LOADER}", STRAYS),), cells=QUICK),
    # It never trains.
    Variant("wrong", "its loader raises", ((LOADER, "batch_size=10", UNTRAINED),)),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A class graded with a kill at one point, and then once more.

    Args:
        point: The point.
        out: The folder of results.
        killed: The first command.
        again: The second.
        traces: Finds what both left.
    """

    point: Point
    out: Path
    killed: Ended
    again: Ended
    traces: Traces


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    for variant in CLASS:
        nbformat.write(variant.notebook(), folder / f"{variant.id}.ipynb")
    return folder


@pytest.fixture(scope="module")
def usual(notebooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    out = tmp_path_factory.mktemp("usual")
    with tempfile.TemporaryDirectory(prefix="k") as short:
        traces = Traces(Path(short), {PLAIN, HIDDEN})
        return grade(["-m", "grader"], notebooks, out, traces)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        everything = metafunc.config.getoption("--prove")
        chosen = [point for point in POINTS if everything or point.name in ALWAYS]
        metafunc.parametrize(
            "case", chosen, ids=lambda point: point.name, indirect=True, scope="module"
        )


@pytest.fixture(scope="module")
def case(
    request: pytest.FixtureRequest, notebooks: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Case]:
    point, out = request.param, tmp_path_factory.mktemp("out")
    with tempfile.TemporaryDirectory(prefix="k", ignore_cleanup_errors=True) as short:
        traces = Traces(Path(short), {PLAIN, HIDDEN})
        killed = grade([killing.__file__, point.name], notebooks, out, traces)
        again = grade(["-m", "grader"], notebooks, out, traces)
        yield Case(point, out, killed, again, traces)


def test_without_a_kill_all_are_graded(usual: Ended) -> None:
    assert {name: grade[0] for name, grade in usual.grades.items()} == {
        variant.id: "graded" for variant in CLASS
    }


def test_the_victim_is_killed_at_the_point(case: Case) -> None:
    told = case.killed.said.count(f"killed {case.point.victim} ")
    own_death = case.killed.code == -signal.SIGKILL
    expected = (0, True) if case.point.victim == "grader" else (case.point.kills, False)
    assert (told, own_death) == expected


def test_no_process_lives_on(case: Case) -> None:
    assert case.killed.orphans == []
    assert case.again.orphans == []


def test_no_report_is_half_written(case: Case) -> None:
    assert case.killed.broken == []
    assert case.again.broken == []


def test_what_is_graded_after_the_kill_has_its_usual_grade(case: Case, usual: Ended) -> None:
    graded = {
        name: grade for name, grade in case.killed.grades.items() if grade[0] != "needs_review"
    }
    assert graded == {name: usual.grades[name] for name in graded}


def test_a_grader_that_lives_on_finishes_the_class(case: Case) -> None:
    if case.point.victim == "grader":
        pytest.skip("it was the victim")
    assert case.killed.code == 0
    assert case.killed.grades.keys() == {variant.id for variant in CLASS}


def test_one_kill_costs_no_review_and_two_cost_no_points(case: Case) -> None:
    reviewed = {
        name: (grade[1].earned, grade[1].pending)
        for name, grade in case.killed.grades.items()
        if grade[0] == "needs_review"
    }
    assert reviewed == ({} if case.point.kills == 1 else {"strays": (0, 100)})


def test_the_same_command_again_completes_the_class(case: Case, usual: Ended) -> None:
    assert case.again.code == 0
    assert case.again.grades == usual.grades
    assert case.again.table == usual.table


def test_each_has_all_its_files_in_the_end(case: Case) -> None:
    for variant in CLASS:
        found = {path.name for path in (case.out / "submissions" / variant.id).iterdir()}
        assert found == {REPORT_PAGE, EXECUTED, EVIDENCE, REPORT, SIGNATURE}


def test_nothing_temporary_is_left_in_the_end(case: Case) -> None:
    assert temporary_files(case.out) == []
    assert case.traces.work_folders() == []


def test_no_template_leaves_its_folder(case: Case) -> None:
    assert case.traces.homes() == []
