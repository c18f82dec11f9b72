"""Trainings that the grader made, as they were recorded for diagnoses, and what is said of them.

``python -m tests.prove.diagnoses`` records them. One is a dictionary of ``settings`` and
``curves``: the arguments of ``TrainingSettings`` and ``Curves`` that are not as by default.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.diagnosis import Curves, Diagnosis, TrainingSettings, diagnose, symptoms

FOLDER = Path(__file__).resolve().parents[1] / "unit" / "diagnosis"
FAILING, RIGHT = FOLDER / "failing.json", FOLDER / "right.json"
TARGET, VALIDATION_TARGET = 0.999, 0.9
_PER_EPOCH = ("loss", "accuracy", "validation")

Recorded = Mapping[str, Any]


def settings(recorded: Recorded) -> TrainingSettings:
    """Return the settings of a training."""
    return TrainingSettings(**recorded["settings"])


def curves(recorded: Recorded) -> Curves:
    """Return the curves of a training."""
    told = recorded["curves"]
    return Curves(**{**told, **{name: tuple(told.get(name, ())) for name in _PER_EPOCH}})


def diagnosis(recorded: Recorded) -> Diagnosis | None:
    """Return what is said of it, whether it reached its target or not.

    The target is one that nothing reaches: what is said must not hang on luck. A callback that
    stopped it at its target has not ended it early.
    """
    made = curves(recorded)
    made = replace(made, stopped=made.stopped and missed(recorded))
    return diagnose(settings(recorded), made, 2.0, on_validation=_validated(recorded))


def missed(recorded: Recorded) -> bool:
    """Whether it missed its target, by the epochs that are in time."""
    made = curves(recorded)
    curve = made.validation if _validated(recorded) else made.accuracy
    target = VALIDATION_TARGET if _validated(recorded) else TARGET
    return not any(each is not None and each >= target for each in curve[: made.in_time])


def beginnings(recorded: Recorded) -> Iterator[Recorded]:
    """Yield a training as it would be if each of its epochs but the last had been the last one."""
    told = recorded["curves"]
    for epochs in range(1, curves(recorded).epochs):
        cut = {name: told[name][:epochs] for name in _PER_EPOCH if name in told}
        yield {"settings": recorded["settings"], "curves": {"in_time": told["in_time"], **cut}}


def has_symptom(recorded: Recorded) -> bool:
    """Whether its curves show what a setting could explain, had it such a setting."""
    made = curves(recorded)
    shown = symptoms.guesses(made, settings(recorded)) or symptoms.creeps(made)
    return shown or symptoms.falls_back(made, settings(recorded)) is not None


def failing() -> dict[str, Any]:
    """Read the trainings that fail: by name, what is to be said of them, and ten of each."""
    told: dict[str, Any] = json.loads(FAILING.read_text("utf-8"))
    return told


def right() -> Iterator[Recorded]:
    """Read the right trainings."""
    for group in json.loads(RIGHT.read_text("utf-8")):
        for loss, accuracy, stopped in group["trainings"]:
            curves_ = {"loss": loss, "accuracy": accuracy, "stopped": stopped, "in_time": 14}
            yield {"settings": group["settings"], "curves": curves_}


def _validated(recorded: Recorded) -> bool:
    return bool(recorded["curves"].get("validation"))
