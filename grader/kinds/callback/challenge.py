"""Logs that a student's callback is tried with, drawn anew for each run.

What was fixed could be answered without having a callback.
"""

from collections.abc import Mapping
from itertools import pairwise

from grader.kinds.callback.evidence import Callback, Trial
from grader.kinds.callback.part import StoppingCallback
from grader.kinds.challenge import ForgedError, Read

Logs = dict[str, float] | None
FORGED = "its answers are not to the logs that the grader sent"
_LOSS = 0.25


class CallbackChallenge:
    """The logs of one run.

    Args:
        part: What the author asks for.
        random: Drawn anew for each run.
    """

    def __init__(self, part: StoppingCallback, random: bytes) -> None:
        self._part = part
        self.trials = _shuffled(part, random)

    @property
    def sent(self) -> Mapping[str, object]:
        """The logs, one for each trial."""
        return {"trials": self.trials}

    def compare(self, record: Callback, _: Read) -> Callback:
        """Put the answers in one and the same order.

        Raises:
            ForgedError: They are not to what was sent.
        """
        if [trial.logs for trial in record.trials] != self.trials:
            raise ForgedError(FORGED)
        return _sorted(record, self._part)


def _shuffled(part: StoppingCallback, random: bytes) -> list[Logs]:
    """Return the fixed accuracies and one from within each gap, none next to the threshold.

    Whatever stops at both ends of a gap stops within it, so that chance decides nothing.
    """
    import numpy as np

    generator = np.random.default_rng(int.from_bytes(random, "big"))
    fixed = sorted(part.accuracies)
    gaps = [(low, high) for low, high in pairwise(fixed) if not low <= part.threshold < high]
    drawn = [float(generator.uniform(low, high)) for low, high in gaps]
    logs: list[Logs] = [{"accuracy": rate, "loss": _LOSS} for rate in (*fixed, *drawn)]
    # None stands for what the callback has by default, where it is called without any.
    logs += [{"loss": _LOSS}, {}, None]
    return [logs[place] for place in generator.permutation(len(logs))]


def _sorted(callback: Callback, part: StoppingCallback) -> Callback:
    def order(trial: Trial) -> tuple[bool, bool, float, int]:
        logs = trial.logs or {}
        rate = logs.get("accuracy")
        drawn = rate is not None and rate not in part.accuracies
        length = -1 if trial.logs is None else len(logs)
        return drawn, rate is None, rate or 0.0, -length

    return callback.model_copy(update={"trials": tuple(sorted(callback.trials, key=order))})
