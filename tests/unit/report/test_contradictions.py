"""Of what a report says, no two sentences contradict each other."""

import html
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
import recording
from at_hand import CHOICE
from happy_or_sad.alone import ALONE
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.right import RIGHT
from happy_or_sad.submission import CALLBACK, LOADER, Variant
from rich.console import Console

from grader import pipeline
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Entry, Pipeline
from grader.processes.backend import Backend
from grader.records import Status
from grader.report import html as page
from grader.report import junit, text
from grader.report.document import Report

# Sentences of a report, and facts of it written as `status: title`, that may not stand together.
FOUND, REACHES = "passed: All images of both classes are found", "passed: Training reaches"
STOPS, STOPPED = "passed: Training stops when", "passed: The callback stops the training"
PAIRS = (
    ("Did not reach 99.9%", r"(best|at best|reached)( epoch had)? (99\.9|100)%"),
    ("Did not reach 99.9%", REACHES),
    ("Did not reach 99.9%", "it must be before epoch"),
    ("Did not reach 99.9%", "could not be confirmed|grader could not confirm it"),
    ("Reached 99.9%", "could not be confirmed|grader could not confirm it"),
    ("target was not reached", r"(at best|had|logged) (99\.9|100)%|100% in the log"),
    ("nothing to stop", r"stopped after \d+ epochs|in the log"),
    ("never stops the training", r"stopped after \d+ epochs"),
    ("does not stop the training after", STOPS),
    ("finds no images", FOUND),
    ("finds no images", r"found: [1-9]\d* images"),
    ("returned None", FOUND),
    ("holds a folder for each class", r"found: \d+ images of [2-9]\d* classes"),
    ("leave it out|holds images back", r"found: 80 images of 2 classes"),
    ("Look at the learning curve", "each epoch saw|only the class|100% in the log|before it was"),
    ("Look at the learning curve", "was not trained|raised [A-Z]"),
    ("look first at", "Look at the learning curve|" + REACHES),
    ("look first at", "each epoch saw|only the class|100% in the log|before it was"),
    ("look first at", "could not be confirmed|grader could not confirm it|was not trained"),
    ("look first at how the pixel values", "passed: Pixel values are scaled"),
    ("look first at the activation", "passed: The output layer suits"),
    (r"look first at the loss\b", "passed: The loss suits"),
    ("how many epochs fit is asked for", r"A callback ended|stopped after \d+ epochs"),
    ("A callback ended the training before", r"100% in the log|did not stop in \d+ epochs"),
    ("How many epochs is fit asked for", r"stopped after \d+ epochs"),
    ("fit was never called", r"stopped after \d+|It ran for [1-9]|did not come to its end"),
    ("was not passed to fit", STOPPED),
    (r"did not stop in \d+ epochs", STOPPED),
    ("built no model", "passed: At least three convolutions|built but not compiled"),
    ("not compiled", "passed: The loss suits|passed: A metric is logged"),
    ("no metric", "logged as accuracy, which"),
    ("largest value of a pixel", "finds no images|no batch whose values"),
    ("Passing takes", r"(?<!not )\bPassed ·"),
    ("0 of [0-9]+ seeds? in time", "in time: it must be before"),
    ("Trained by the grader", "The grader could not: "),
    ("ran from top to bottom", "ended the run|did not end in time|ended the kernel"),
)  # fmt: skip

Edit = Callable[[dict[str, Any]], Any]


def _trained(**more: Any) -> Edit:
    def edit(evidence: dict[str, Any]) -> None:
        evidence["fits"]["0"]["trained"].update(more)

    return edit


def _fit(**more: Any) -> Edit:
    return lambda evidence: evidence["fits"]["0"].update(more)


def _curve(*values: float) -> dict[str, Any]:
    return {"curves": {"accuracy": values, "loss": values}}


def _by_epoch(*measured: float | None, telling: bool = True, **more: Any) -> Edit:
    def edit(evidence: dict[str, Any]) -> None:
        running = evidence["fits"]["0"]["curves"]["accuracy"]
        found = (*measured, *[None] * len(running))[: len(running)]
        _trained(running=running, measured=found, telling=telling, **more)(evidence)

    return edit


def _all(*edits: Edit) -> Edit:
    return lambda evidence: [edit(evidence) for edit in edits]


def _loader(**more: Any) -> Edit:
    return lambda evidence: evidence["loaders"][LOADER].update(more)


def _no_batch(evidence: dict[str, Any]) -> None:
    evidence["loaders"][LOADER].update(minimum=None, maximum=None)
    evidence["convolution_inputs"] = {}
    evidence["fits"] = {}


def _goes_on(evidence: dict[str, Any]) -> None:
    for trial in evidence["callbacks"][CALLBACK]["trials"]:
        trial["stopped"] = False


KERNEL: dict[str, Any] = {"trained": None, "path": "kernel", "reason": "a loop of its own"}
UNCONFIRMED = {"by": "weights", "before": 0.5, "after": 0.5}
# What the solution's evidence would be if one thing were otherwise.
OTHERWISE: dict[str, Edit] = {
    "a log that is not borne out": _all(_fit(**_curve(0.5, 1.0)), _by_epoch(None, 0.5)),
    "a log that stops the training": _all(
        _fit(**_curve(1.0), stopped=True), _by_epoch(0.5, telling=False)
    ),
    "few steps": _all(
        _fit(**_curve(0.9, 1.0), steps_per_epoch=4), _by_epoch(0.9, 0.9, telling=False, seen=40)
    ),
    "few steps, reached": _all(
        _fit(**_curve(0.9, 0.975), steps_per_epoch=4), _by_epoch(0.9, 1.0, telling=False, seen=40)
    ),
    "a validation split": _all(
        _fit(**_curve(0.9, 1.0)),
        _by_epoch(0.9, 0.9, telling=False, seen=64),
        _loader(images=64, subset="training"),
        lambda e: e["fits"]["0"]["trained"]["loader"].update(images=64, subset="training"),
    ),
    "one class": _all(
        _fit(**KERNEL | {"reason": "the loader shows only the class happy"}, elsewhere=True),
        _loader(images=40, classes=1),
    ),
    "knowledge beforehand": _trained(before=1.0),
    "a metric that is none": _all(
        _fit(**_curve(1.0, 1.0)), _trained(running=(0.5, 0.5), measured=(None, None))
    ),
    "too late": _all(_fit(**_curve(*[0.5] * 15, 1.0)), _by_epoch(*[None] * 15, 1.0)),
    "too few epochs": _all(_fit(**_curve(0.5, 0.6), stopped=False), _by_epoch()),
    "stopped too early": _all(_fit(**_curve(0.5, 0.95), stopped=True), _by_epoch()),
    "a high rate": _all(
        _fit(**_curve(*[0.5] * 20), stopped=False), _by_epoch(learning_rate=0.1)
    ),
    "a high rate, stopped": _all(
        _fit(**_curve(*[0.5] * 8), stopped=True), _by_epoch(learning_rate=0.1)
    ),
    "a low rate and few steps": _all(
        _fit(**_curve(*[0.5] * 20), steps_per_epoch=4),
        _by_epoch(telling=False, seen=40, learning_rate=1e-07),
    ),
    "no rate, and knowledge beforehand": _trained(before=1.0, learning_rate=0.0),
    "no number": _all(
        _fit(curves={"accuracy": [0.5] * 20, "loss": [None] * 20}, stopped=False),
        _by_epoch(learning_rate=1e6),
    ),
    "small values": _all(
        _fit(**_curve(*[0.5] * 20), stopped=False),
        _by_epoch(),
        _loader(maximum=0.004),
        lambda e: e["fits"]["0"]["trained"]["loader"].update(maximum=0.004),
        lambda e: e["convolution_inputs"]["model-0"].update(maximum=0.004),
    ),
    "not confirmed": _fit(**KERNEL, examined=UNCONFIRMED),
    "confirmed": _fit(**KERNEL, examined=UNCONFIRMED | {"after": 1.0}),
    "no batch": _no_batch,
    "a callback that stops later": _goes_on,
    "a fit that did not end": _fit(finished=False),
    "no fit": lambda evidence: evidence.update(fits={}, results={}),
    "no model": lambda evidence: evidence.update(fits={}, results={}, models={}),
}  # fmt: skip


@pytest.fixture(scope="module")
def grading() -> Pipeline:
    """Grade all with the same images, which are decoded once."""
    return Pipeline(Kernels(Backend.best(), Isolation.NONE), CHOICE)


@pytest.fixture
def reported(
    grading: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Report]:
    def report(variant: Variant, edit: Edit = lambda _: None) -> Report:
        path = tmp_path / "C1W4_Assignment.ipynb"
        nbformat.write(variant.notebook(), path)
        plan = recording.plan(variant.notebook(), tmp_path)
        recorded = json.loads((recording.EVIDENCE / f"{variant.id}.json").read_text("utf-8"))
        for entry in recorded:
            edit(entry["evidence"])
        made = [recording.attempt(entry, plan) for entry in recorded]
        monkeypatch.setattr(pipeline, "attempts", lambda *_: made)
        return grading.grade(Entry(path, "someone", path.name)).report

    return report


NOW = datetime(2026, 1, 1, tzinfo=UTC)


def said(report: Report) -> str:
    """All that a report says, in every form, and how each check ended."""
    shown = io.StringIO()
    text.render(report, Console(file=shown, width=10_000))
    words = [shown.getvalue(), _plain(page.render(report)), _plain(junit.render([report], NOW))]
    return "\n".join([*words, *_facts(report)])


def _plain(markup: str) -> str:
    visible = re.sub(r"<style>.*?</style>|<[^>]+>", " ", markup, flags=re.DOTALL)
    return " ".join(html.unescape(visible).split())


def _facts(report: Report) -> Iterator[str]:
    for check in report.checks:
        yield f"{check.status.value}: {check.title}"
        if check.status is not Status.SKIPPED:
            yield f"found: {check.actual}"


def contradictions(told: str) -> list[tuple[str, str]]:
    return [pair for pair in PAIRS if all(re.search(pattern, told) for pattern in pair)]


@pytest.mark.parametrize("variant", [*RIGHT, *ALONE, *MISTAKES], ids=lambda variant: variant.id)
def test_a_recorded_run_is_reported_without_a_contradiction(
    variant: Variant, reported: Callable[..., Report]
) -> None:
    assert contradictions(said(reported(variant))) == []


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_run_that_went_otherwise_is_reported_without_a_contradiction(
    name: str, reported: Callable[..., Report]
) -> None:
    assert contradictions(said(reported(RIGHT[0], OTHERWISE[name]))) == []


@pytest.mark.parametrize(
    "told",
    [
        "Did not reach 99.9% accuracy in 20 epochs; the best epoch had 100%.",
        f"myCallback never stops the training, whatever it is. {STOPPED} stopped after 12 epochs",
        f"image_generator() finds no images, so there are no values to look at. {FOUND}",
        "found: 64 images of 2 classes must be the folder that holds a folder for each class",
        "The target was not reached, so there was nothing to stop. 100% in the log",
        "Look at the learning curve. each epoch saw 32 of 80 images",
        "look first at how the pixel values are scaled. passed: Pixel values are scaled to 1",
    ],
)
def test_a_contradiction_is_found(told: str) -> None:
    assert contradictions(told)
