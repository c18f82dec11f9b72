import ast
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.bench import measure, page, peers
from tests.bench.checks import CHECKS
from tests.bench.results import Result
from tests.bench.solutions import RELEASED, SOLUTIONS, UNLUCKY, Solution, write

OURS = Result("grader", 2, 4, wall_s=20.0, fit_s=32.0, peak=2**30, passed=4)
OTHER = Result("nbgrader", 1, 4, wall_s=60.0, fit_s=40.0, peak=3 * 2**30, passed=3)
each_solution = pytest.mark.parametrize("solution", SOLUTIONS, ids=lambda solution: solution.id)


def test_there_are_twenty_four_different_solutions() -> None:
    assert len({json.dumps(solution.notebook()) for solution in SOLUTIONS}) == 24


def test_a_third_of_them_is_unlucky() -> None:
    assert len({*SOLUTIONS} & {*UNLUCKY}) == 8


def test_every_solution_has_a_folder_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, SOLUTIONS)
    assert len(list(tmp_path.glob("*/C1W4_Assignment.ipynb"))) == 24


def test_the_filters_go_from_16_to_128() -> None:
    filters = {count for solution in SOLUTIONS for count in solution.filters}
    assert (min(filters), max(filters)) == (16, 128)


def test_there_are_networks_of_three_and_four_convolutions() -> None:
    assert {len(solution.filters) for solution in SOLUTIONS} == {3, 4}


def test_all_three_optimizers_are_used() -> None:
    assert {solution.optimizer for solution in SOLUTIONS} == {"Adam", "RMSprop", "SGD"}


@each_solution
def test_the_optimizer_is_the_one_that_is_announced(solution: Solution) -> None:
    assert f"optimizer={solution.compiled_with}" in _source(solution.notebook(), "model")


@each_solution
def test_the_given_cells_are_those_of_the_released_notebook(solution: Solution) -> None:
    assert _given(solution.notebook()) == _given(json.loads(RELEASED.read_text("utf-8")))


@each_solution
def test_the_network_is_the_one_that_is_announced(solution: Solution) -> None:
    trainer = _source(solution.notebook(), "model")
    written = [line.split("(")[1] for line in trainer.splitlines() if ".Conv2D(" in line]
    assert [int(text.rstrip(", ")) for text in written] == list(solution.filters)


def test_the_other_tools_get_the_same_answers() -> None:
    solution = SOLUTIONS[0]
    theirs = peers.edition(solution)
    for name in ("callback", "generator", "model"):
        assert _source(theirs, name) == _source(solution.notebook(), name)


def test_for_the_other_tools_the_images_lie_beside_the_notebook() -> None:
    assert 'base_dir = "data/happy_or_sad/"' in _source(
        peers.edition(SOLUTIONS[0]), "sample-images"
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_the_test_files_for_otter_are_python(check: Any) -> None:
    ast.parse(check.otter())


def test_what_is_checked_is_worth_as_much_as_in_the_rubric() -> None:
    assert sum(check.points for check in CHECKS) == 100


def test_a_submission_takes_its_share_of_the_wall_time() -> None:
    assert OURS.seconds == 5.0


def test_what_is_not_training_counts_the_time_of_every_worker() -> None:
    assert OURS.rest == 2.0
    assert replace(OURS, idle_s=4.0).rest == 1.0
    assert OTHER.rest == 5.0


def test_worker_time_is_held_against_training() -> None:
    assert OURS.spent == 1.25


def test_the_table_has_a_line_for_each_tool() -> None:
    assert page.table([OURS, OTHER]).splitlines()[2:] == [
        "| grader | 2 | 5.0 | 8.0 | 2.0 s | 1.0 GiB | 4 of 4 |",
        "| nbgrader | 1 | 15.0 | 10.0 | 5.0 s | 3.0 GiB | 3 of 4 |",
    ]


def test_the_others_are_held_against_ours() -> None:
    assert "| nbgrader | 3.0 | 2.5 | 3.0 |" in page.ratios([OURS, OTHER])


def test_without_ours_there_is_nothing_to_hold_against() -> None:
    assert not page.ratios([OTHER])


def test_the_page_has_the_further_measurements() -> None:
    text = page.page([OURS], SOLUTIONS, ["## Start of a kernel\n\n3 s"], [("processor", "fast")])
    assert "\n\n## Start of a kernel\n\n3 s\n\n## " in text


def test_the_page_says_with_which_seeds_each_reached_the_target() -> None:
    lucky, unlucky = SOLUTIONS[0], UNLUCKY[0]
    ours = replace(OURS, reached={lucky.id: [9], unlucky.id: [None, 11]})
    text = page.page([ours], [lucky, unlucky], [], [])
    assert "of 2, 1 do with a later one" in text
    assert "| SGD, momentum 0.9 | 0.02 | missed, 11 |" in text


BEFORE = "# Page\n\n## One\n\n1 s\n\n## How it is measured\n\nWell.\n"


def test_a_section_takes_the_place_of_the_one_of_its_heading() -> None:
    assert page.replaced(BEFORE, "## One\n\n2 s\n") == BEFORE.replace("1 s", "2 s")


def test_a_new_section_becomes_the_last_one() -> None:
    text = page.replaced(BEFORE, "## Two\n\n2 s")
    assert "1 s\n\n## Two\n\n2 s\n\n## How" in text


def test_a_command_that_fails_shows_the_end_of_its_output(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('a\\n' * 99, 'no such course'); raise SystemExit(7)"]
    with pytest.raises(SystemExit, match=r"(?s)ended with exit code 7.*no such course$"):
        measure.run([command], tmp_path, {}, tmp_path / "log")


def test_memory_of_a_command_includes_what_it_starts(tmp_path: Path) -> None:
    child = "import time; held = bytearray(200_000_000); time.sleep(1.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    found = measure.run([[sys.executable, "-c", parent]], tmp_path, {}, tmp_path / "log")
    assert found.peak > 200_000_000


def _given(content: dict[str, Any]) -> list[Any]:
    return [cell for cell in content["cells"] if "graded" not in cell["metadata"].get("tags", [])]


def _source(content: dict[str, Any], name: str) -> str:
    return "".join(next(cell for cell in content["cells"] if cell["id"] == name)["source"])
