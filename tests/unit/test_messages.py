"""docs/messages.md: what a student is told, produced from recorded runs and held true by a test."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import recording
from at_hand import ASSIGNMENTS
from common_errors import ERRORS, recorded
from common_errors.common_error import CommonError
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.submission import ROOT
from sample_class import SAMPLES, Sample
from samples import text

from grader.assignments.recognise import recognise
from grader.checks import tricks, validated_with
from grader.checks.observed import Observation
from grader.checks.training import GradedTraining
from grader.errors import RejectedError
from grader.evidence import ByGrader, Fit, parse
from grader.evidence.reading import FOREIGN
from grader.fits.overlay import UNMATCHED
from grader.goals import Goal
from grader.kinds.callback.challenge import FORGED
from grader.notebook.read import read
from grader.notebook.restore import restore
from grader.records import CheckResult, Execution, ExecutionStatus, Issue, Layout, Plan, Status
from grader.report.terminal import short

PAGE = ROOT / "docs" / "messages.md"
MOST = 200
HEAD = """\
# What a student is told

Produced from recorded runs by a test, which also keeps this page true
(`pytest tests/unit/test_messages.py --update-docs` writes it anew).

## Common mistakes

Checks that fail because of the mistake; those that are skipped as a consequence are left out.
Cells are counted from 1, as they stand in the file.

| mistake | check | expected | found | what to try |
|---|---|---|---|---|
"""
RAISED = """
## Errors

What Keras, NumPy and Python say of common slips in this assignment, made for real by a test
(`pytest tests/keras/test_common_errors.py --record-errors`). Where nothing is sure, nothing is
said but what was raised, and in which line.

| slip | what is raised | what to try |
|---|---|---|
"""
REJECTED = """
## Files that cannot be graded

| file | found | what to do |
|---|---|---|
"""
ISSUES = """
## Named, at no cost of points

| file | found | what to do |
|---|---|---|
"""

TRICKS = """
## Tricks, named at no cost of points

| code | found | what to do |
|---|---|---|
"""
VALIDATED = """
## What fit validates with, named at no cost of points

| code | found | what to do |
|---|---|---|
"""
SAMPLES_OF_ARRAYS: tuple[dict[str, Any], ...] = (
    {"split": "fashion_mnist/test", "samples": 8, "there": 500},
    {"split": "fashion_mnist/train", "samples": 300, "there": 3000, "shared": 300},
    {"split": "fashion_mnist/train", "samples": 600, "there": 3000, "untrained": (8, 9),
     "held_back": True},
    {"split": "fashion_mnist/test", "samples": 500, "there": 500, "untrained": (9,)},
)  # fmt: skip
EVIDENCE: tuple[dict[str, Any], ...] = (
    {"kind": "patched", "names": ["keras.Model.fit", "grader.probe.channel.Channel.send"]},
    {"kind": "fit", "index": 0, "model": "m", "curves": {"accuracy": [0.5, 0.5]}},
    {"kind": "weights", "fit": 0, "when": "before", "by": "set_weights"},
    {"kind": "result", "name": "train_happy_sad_model", "type": "History", "is_history": True,
     "fit": 0, "curves": {"accuracy": [1.0, 1.0]}},
)  # fmt: skip


def test_the_page_of_messages_is_true(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    page = "".join(_page(tmp_path))
    if request.config.getoption("--update-docs"):
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8")


def _page(folder: Path) -> Iterator[str]:
    yield HEAD
    for variant in MISTAKES:
        plan = recording.plan(variant.notebook(), folder)
        judged = recording.judge(plan, recording.load(variant.id, plan))
        name = variant.id.removeprefix("mistake-")
        for result in judged.results:
            if result.status is Status.FAILED:
                yield _check_row(f"{name}: {variant.why}", result)
    yield RAISED
    for error in ERRORS:
        yield _error_row(error)
    yield REJECTED
    for sample in SAMPLES:
        if sample.rejected:
            yield _rejection_row(sample, folder)
    yield ISSUES
    for sample in SAMPLES:
        if sample.issues:
            yield from _issue_rows(sample, folder)
    yield TRICKS
    yield from (_row(issue.code, issue.message, issue.fix) for issue in _tricks())
    yield VALIDATED
    yield from (_row(issue.code, issue.message, issue.fix) for issue in _validated())


def _validated() -> Iterator[Issue]:
    known = {"images": 3000, "seen": 3000, "before": 0.1, "accuracy": 0.9}
    for samples in SAMPLES_OF_ARRAYS:
        trained = ByGrader.model_validate({**known, "validated_with": samples})
        fit = Fit(kind="fit", index=0, model="m", finished=True, trained=trained)
        training = GradedTraining("train_model", "", fit, (), 3000, 10, 3000)
        goal = Goal("accuracy", "validation", at_least=0.9)
        yield from validated_with.issues({"train": training}, {"train": [goal]})


def _tricks() -> tuple[Issue, ...]:
    lines = [json.dumps({**record, "place": n}) for n, record in enumerate(EVIDENCE)]
    evidence = parse("".join(f"{line}\n" for line in lines).encode())
    evidence.tampered.update({"evidence": FOREIGN, "myCallback": FORGED, "fit": UNMATCHED})
    evidence.foreign.append("image_generator")
    evidence.changed.append("happy/happy_01.png")
    training = GradedTraining(
        "train_happy_sad_model", "image_generator", evidence.fits[0], (), 80, 2, 80
    )
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    return tricks.issues(
        Observation(Plan(Layout("kit", "", ()), ()), execution, evidence, {}, 80, 2),
        {training.part: training},
    )


def _check_row(mistake: str, result: CheckResult) -> str:
    return _row(mistake, result.title, result.expected, result.actual, result.hint)


def _error_row(error: CommonError) -> str:
    scene = recorded.scene(error)
    said = f"{scene.raised.name}: {scene.message}".removesuffix(": ")
    return _row(error.what, short(said, MOST), recorded.advice(error))


def _file(sample: Sample, folder: Path) -> Path:
    path = folder / sample.student / sample.file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text(sample), encoding="utf-8")
    return path


def _rejection_row(sample: Sample, folder: Path) -> str:
    try:
        recognise(read(_file(sample, folder)), ASSIGNMENTS)
    except RejectedError as error:
        return _row(sample.reason, error.reason, error.fix)
    raise AssertionError(f"{sample.student} is not rejected")


def _issue_rows(sample: Sample, folder: Path) -> Iterator[str]:
    submission = read(_file(sample, folder))
    _, layout = recognise(submission, ASSIGNMENTS)
    told: dict[str, Issue] = {}
    for issue in (*submission.issues, *restore(submission, layout).issues):
        told.setdefault(issue.code, issue)
    for issue in told.values():
        where = "" if issue.cell is None else f"cell {issue.cell + 1}: "
        yield _row(f"{sample.reason} ({issue.code})", f"{where}{issue.message}", issue.fix)


def _row(*cells: str) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |\n"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
