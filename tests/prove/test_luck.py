"""The statistics of luck: their arithmetic on made-up results, and the command at small scale."""

import argparse
import json
import subprocess
import sys
from math import comb
from pathlib import Path

import pytest

from tests.prove import luck, shares
from tests.prove.results import NEVER, Kept, reached, replace_table

ROOT = Path(__file__).parents[2]
SEEDS, EPOCHS = 2, 2


def test_the_share_of_three_is_that_of_all_choices_of_three() -> None:
    assert shares.with_several(10, 50).value == comb(10, 3) / comb(50, 3)


def test_two_failures_never_make_three() -> None:
    assert shares.with_several(2, 50).value == 0


# Clopper and Pearson: with no failure among n, the upper end is 1 - (0.05 / 2) ** (1 / n).
def test_no_failure_still_leaves_an_interval() -> None:
    assert shares.with_one(0, 50).high == pytest.approx(1 - 0.025 ** (1 / 50))


def test_the_interval_of_three_is_that_of_one_to_the_power_of_three() -> None:
    assert shares.with_several(5, 50).high == pytest.approx(shares.with_one(5, 50).high ** 3)


def test_the_target_is_passed_and_not_met() -> None:
    assert (reached([0.5, 0.999, 1.0]), reached([0.999])) == (3, NEVER)


@pytest.mark.parametrize(("measured", "epochs"), [(0.95, 2), (0.85, NEVER)])
def test_a_log_counts_only_if_the_weights_are_as_good(measured: float, epochs: int) -> None:
    task = luck.Task("kit", "one", 1)
    known = {task.key: {"accuracy": [0.5, 1.0], "measured": measured, "before": 0.5}}
    assert luck._epochs(known, task) == epochs


def test_fifteen_epochs_are_too_many() -> None:
    assert shares.failures([14, 15, NEVER]) == 2


def test_the_table_says_which_published_seed_passes() -> None:
    rows = shares.table({"one": {1: 15, 2: 9, 3: NEVER}, "two": {1: NEVER, 2: 16, 3: 15}})
    ends = [row.split("|")[-2].strip() for row in rows.splitlines()[2:]]
    assert ends == ["passes with 2", "none passes", "1 of 2 pass"]


def test_three_seeds_fail_as_often_as_they_do_on_average() -> None:
    rows = shares.table({"one": {1: 15, 2: 15, 3: 15}, "two": {1: 9, 2: 9, 3: 9}})
    assert rows.splitlines()[-1].split("|")[-3].strip() == "50 %"


def test_a_late_architecture_has_a_table_of_its_own() -> None:
    options = argparse.Namespace(sets=["kit=x"], seeds=1, exact_seeds=0, architectures=None)
    made = {"accuracy": [0.5, 1.0], "measured": 1.0, "before": 0.5}
    text = luck.report({task.key: made for task in luck.tasks(options)}, options)
    others, _, late = text.partition("## Late")
    assert [(name in others, name in late) for name in luck.LATE] == [(False, True)]


def test_results_are_kept(tmp_path: Path) -> None:
    Kept(tmp_path / "kept.json").add({"one": 1})
    Kept(tmp_path / "kept.json").add({"two": 2})
    assert Kept(tmp_path / "kept.json").known == {"one": 1, "two": 2}


def test_only_the_table_of_a_page_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- table -->\nold\n<!-- end -->\nafter\n")
    replace_table(page, "new\n")
    assert page.read_text() == "before\n<!-- table -->\nnew\n<!-- end -->\nafter\n"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("luck") / "luck.json"
    measured(path)
    return path


def measured(cache: Path) -> str:
    command = [sys.executable, "-m", "tests.prove.luck", f"kit={ROOT / 'data' / 'happy_or_sad'}"]
    options = {"seeds": SEEDS, "epochs": EPOCHS, "architectures": 1, "exact-seeds": 0}
    given = [f"--{name}={value}" for name, value in options.items()]
    done = subprocess.run(
        [*command, *given, f"--cache={cache}"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "tests" / "shared")},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_every_seed_is_trained(cache: Path) -> None:
    found = json.loads(cache.read_text())
    assert [len(each["accuracy"]) for each in found.values()] == [EPOCHS] * SEEDS


def test_what_is_known_is_not_trained_again(cache: Path) -> None:
    before = cache.stat().st_mtime_ns
    assert "| all |" in measured(cache)
    assert cache.stat().st_mtime_ns == before
