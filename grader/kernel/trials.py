"""Logs that a student's callback is tried with, drawn anew for each run.

What was fixed could be answered without having a callback.
"""

import secrets
from collections.abc import Mapping
from itertools import pairwise

from grader.evidence import Callback, Evidence, Trial
from grader.records import GradedPart, ProbeRequest

Logs = dict[str, float] | None
FORGED = "its answers are not to the logs that the grader sent"
_LOSS = 0.25
_CHANCE = secrets.SystemRandom()


class Trials:
    """The trials of one run.

    Args:
        probes: What is to be observed, by graded name.
    """

    def __init__(self, probes: Mapping[str, GradedPart]) -> None:
        self._probes = {
            name: each
            for name, each in probes.items()
            if isinstance(each, ProbeRequest) and each.kind == "callback"
        }
        self._sent = {name: _shuffled(probe) for name, probe in self._probes.items()}

    def of(self, name: str) -> list[Logs]:
        """Return the logs that a callback is sent, one for each trial."""
        return self._sent.get(name, [])

    def compare(self, evidence: Evidence) -> None:
        """Take out what does not answer to what was sent; put the rest in one and the same order.

        Args:
            evidence: What a kernel said; it is changed.
        """
        for name, probe in self._probes.items():
            told = evidence.callbacks.get(name)
            if told is not None and [trial.logs for trial in told.trials] != self._sent[name]:
                del evidence.callbacks[name]
                evidence.tampered[name] = FORGED
            elif told is not None:
                evidence.callbacks[name] = _sorted(told, probe)


def _shuffled(probe: ProbeRequest) -> list[Logs]:
    """Return the fixed accuracies and one from within each gap, none next to the threshold.

    Whatever stops at both ends of a gap stops within it, so that chance decides nothing.
    """
    fixed = sorted(probe.accuracies)
    gaps = [(low, high) for low, high in pairwise(fixed) if not low <= probe.threshold < high]
    drawn = [_CHANCE.uniform(low, high) for low, high in gaps]
    logs: list[Logs] = [{"accuracy": rate, "loss": _LOSS} for rate in (*fixed, *drawn)]
    # None stands for what the callback has by default, where it is called without any.
    logs += [{"loss": _LOSS}, {}, None]
    return _CHANCE.sample(logs, len(logs))


def _sorted(callback: Callback, probe: ProbeRequest) -> Callback:
    def order(trial: Trial) -> tuple[bool, bool, float, int]:
        logs = trial.logs or {}
        rate = logs.get("accuracy")
        drawn = rate is not None and rate not in probe.accuracies
        length = -1 if trial.logs is None else len(logs)
        return drawn, rate is None, rate or 0.0, -length

    return callback.model_copy(update={"trials": tuple(sorted(callback.trials, key=order))})
