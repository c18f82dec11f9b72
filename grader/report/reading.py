"""Reads reports, also those of earlier versions."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from grader.goals.status import GoalStatus
from grader.report.document import Report
from grader.shares import percent


def read(content: bytes | str) -> Report:
    """Read a ``report.json`` of this version or of version 1.

    Args:
        content: Of the file.

    Raises:
        ValidationError: It is no report.
    """
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, dict) and told.get("schema_version") == 1:
        with suppress(KeyError, TypeError, ValueError):
            told = _upgraded(told)
        return Report.model_validate(told)
    return Report.model_validate_json(content)


def _upgraded(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report of version 1 as version 2 says it."""
    trainings = [_training(training) for training in told["trainings"]]
    return {**told, "schema_version": 2, "trainings": trainings}


def _training(told: Mapping[str, Any]) -> dict[str, Any]:
    known = dict(told)
    target, before = known.pop("target"), known.pop("target_before_epoch")
    reached, shortfall = known.pop("epochs_to_target"), known.pop("shortfall", "")
    amount, deadline = f"{percent(target)} accuracy", f"before epoch {before}"
    goal = {
        "metric": "accuracy",
        "split": "training",
        "direction": "at_least",
        "bound": target,
        "before_epoch": before,
        "words": f"{amount} {deadline}",
        "amount": amount,
        "deadline": deadline,
        "status": _status(known["source"], reached, before),
        "reached_at": reached,
        "shortfall": shortfall,
    }
    seeds = [_seed(seed, before) for seed in known["seeds"]]
    return {**known, "goals": [goal], "seeds": seeds}


def _status(source: str, reached: int | None, before: int) -> GoalStatus:
    if source == "unverified":
        return GoalStatus.UNCONFIRMED
    if reached is None:
        return GoalStatus.MISSED
    return GoalStatus.MET if reached < before else GoalStatus.LATE


def _seed(told: Mapping[str, Any], before: int) -> dict[str, Any]:
    reached = told["epochs_to_target"]
    in_time = reached is not None and reached < before
    return {"seed": told["seed"], "reached_at": reached, "in_time": in_time}
