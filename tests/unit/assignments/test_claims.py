"""Points that rest on what only a notebook's kernel says: no type gives them by accident."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shirts

from grader.assignments.loading import load
from grader.checks import runner
from grader.checks.observed import Observation
from grader.checks.trusted import Observed, Training
from grader.evidence import ByGrader, Evidence, Fit, Model, ReturnedResult, collect
from grader.kinds.training.view import training
from grader.records import CheckResult, Execution, ExecutionStatus, Layout, Plan

ROOT = Path(__file__).parents[3]
CLAIMED: dict[str, tuple[float | None, ...]] = {"val_accuracy": (0.5, 0.97)}
# As the page on goals has it, of an assignment of its own.
GOALS = (ROOT / "docs" / "goals.md").read_text("utf-8")
CLAIM = "\n\n" + re.findall(r"```python\n(@.*?check_claim.*?)```", GOALS, re.DOTALL)[0]
CLAIM = CLAIM.replace("@clothes", "@shirts").replace("val_recall", "val_accuracy")
MODULE = shirts.MODULE.replace(
    "Assignment, Dataset", "Assignment, ClaimedTraining, Dataset"
).replace("Goal, loaders", "Goal, Observed, Need, Result, Training, expect, loaders")


def evidence(fit: Fit) -> Evidence:
    model = Model(kind="model", key="m", type="Sequential")
    result = ReturnedResult(kind="result", name="train", type="History", is_history=True, fit=0,
                            curves=CLAIMED)  # fmt: skip
    return collect([model, fit, result])


def run(fit: Fit) -> Observation:
    plan = Plan(Layout("kit", "", ()), ())
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    return Observation(plan, execution, evidence(fit), {}, 80, 2)


def fit(**curves: tuple[float | None, ...]) -> Fit:
    return Fit(kind="fit", index=0, model="m", finished=True, curves=curves)


def judged(tmp_path: Path, **curves: tuple[float | None, ...]) -> CheckResult:
    assignment = load(shirts.write(tmp_path / "shirts", MODULE + CLAIM))
    return runner.run(assignment.checks, run(fit(**curves)))[-1]


def test_what_a_kernel_claims_waits_for_a_person(tmp_path: Path) -> None:
    found = judged(tmp_path, **CLAIMED)
    assert (found.status, found.actual) == (
        "errored",
        "the notebook's own kernel says so, and a person must look: 97%",
    )


def test_what_not_even_a_kernel_claims_has_failed(tmp_path: Path) -> None:
    assert judged(tmp_path, val_accuracy=(0.5, 0.6)).status == "failed"


def test_a_training_of_a_kernel_has_no_curves() -> None:
    found = load_training(fit(**CLAIMED))
    assert (found.by_grader, dict(found.curves), found.measured) == (False, {}, None)


def test_a_training_of_the_grader_has_its_curves() -> None:
    trained = ByGrader(images=80, seen=80, before=0.5, accuracy=0.9)
    made = fit(accuracy=(0.5, 0.9)).model_copy(update={"trained": trained})
    found = load_training(made)
    assert (found.by_grader, dict(found.curves)) == (True, {"accuracy": (0.5, 0.9)})


def load_training(made: Fit) -> Training:
    return training(Observed(run(made)), "train", "load")


CHECK = """

@building.check({}, points=9, hint="Does it learn by heart?")
def {}(found: {}) -> Expectation:
    \"\"\"Validation reaches 90 %.\"\"\"
    return expect((found.{}curves["val_accuracy"][-1] or 0.0) > 0.9, "90%", "less")
"""
NEED = """

def observed(seen: Observed) -> float:
    return seen.evidence.fits[0].curves["val_accuracy"][-1] or 0.0
"""
WRONG = {
    "points for a claim": CHECK.format("model.claims", "first", "ClaimedTraining", ""),
    "what a kernel says of fit": CHECK.format("model.training", "second", "Training", "fit."),
    "what was returned": CHECK.format("model.result", "third", "Result", ""),
    "what was observed": NEED,
}


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """The lines that mypy refuses of a rubric that has all that is wrong, after one that is not."""
    folder = tmp_path_factory.mktemp("rubric")
    (folder / "assignment.py").write_text(MODULE + CLAIM + "".join(WRONG.values()), "utf-8")
    if (cache := ROOT / ".mypy_cache").is_dir():
        shutil.copytree(cache, folder / "cache")
    settings = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(folder / "cache")]
    # In a process of its own, as it takes a gigabyte.
    command = [sys.executable, "-m", "mypy", *settings, str(folder / "assignment.py")]
    out = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    return [int(line) for line in re.findall(r"assignment.py:(\d+): error", out)]


def lines(*texts: str) -> range:
    """Return the lines of the last of some texts that follow each other."""
    first = sum(text.count("\n") for text in texts[:-1]) + 1
    return range(first, first + texts[-1].count("\n"))


def test_mypy_accepts_a_claim_whose_points_wait(errors: list[int]) -> None:
    assert not set(lines(MODULE + CLAIM)) & set(errors)


@pytest.mark.parametrize("wrong", WRONG)
def test_mypy_refuses_points_for_what_a_kernel_says(wrong: str, errors: list[int]) -> None:
    before = list(WRONG.values())[: list(WRONG).index(wrong)]
    assert set(lines(MODULE, CLAIM, *before, WRONG[wrong])) & set(errors)
