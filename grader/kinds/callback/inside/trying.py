"""When a callback is tried, and with which model: once it is defined, and after training."""

import secrets
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from grader.inspection.plain import attribute
from grader.kinds.callback.inside import playing, stand_in
from grader.kinds.callback.inside.environment import USUAL, TrialEnvironment
from grader.kinds.callback.inside.playing import Describe
from grader.probe.passed import PastTraining, PastTrainings

# What takes longer, as who draws after each epoch, is tried once: there is a limit to all of it.
QUICK_S = 10.0


class Trying:
    """The trials of one kernel's callbacks.

    A callback is tried when it is defined, as no training may follow. It is tried again after one
    that was given it, among whose logs it cannot know the trials; or that gave callbacks other
    parameters, or where the first trial raised: the names that it uses may be defined later, and
    the student's own model has what another one lacks.

    Args:
        describe: Describes an exception of the student's code.
        trained: Returns the model that was trained last; None if there is none.
        past: The trainings that were given graded callbacks.
    """

    def __init__(
        self, describe: Describe, trained: Callable[[], Any], past: PastTrainings | None = None
    ) -> None:
        self._describe = describe
        self._trained = trained
        self._past = past or PastTrainings()
        self._params: dict[str, Mapping[str, Any]] = {}
        self._first: dict[str, list[dict[str, Any]]] = {}
        self._raised: set[str] = set()
        self._slow: set[str] = set()

    def of(self, name: str, factory: Any, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """Try a callback.

        Args:
            name: Of the callback.
            factory: Makes one.
            asked: Has the ``trials``, and whether it is tried ``again``.

        Returns:
            What it did in each of the ``trials``, and where it stopped in ``replays`` of trainings;
            None if there is no reason to try it again.
        """
        again, past = asked["again"], [] if name in self._slow else self._past.of(name)
        params = self._fitted_with() if again else USUAL
        if again and not self._is_cause(name, params, past):
            return None
        own = self._trained() if name in self._raised else None
        # Until it has come to an end, there is no second time.
        self._params.pop(name, None)
        model = self._model if own is None else own
        start = time.monotonic()
        with TrialEnvironment(model, params, own=own is not None) as environment:
            found, replays = self._mixed(factory, asked["trials"], past, environment)
        if time.monotonic() - start > QUICK_S:
            self._slow.add(name)
        self._params[name] = params
        raised = any(trial["error"] for trial in found)
        (self._raised.add if raised else self._raised.discard)(name)
        earlier = self._first.setdefault(name, found)
        return {"trials": found if earlier is found else _both(earlier, found), "replays": replays}

    def _mixed(
        self,
        factory: Any,
        trials: list[Any],
        past: list[PastTraining],
        environment: TrialEnvironment,
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Play the trials, and the past trainings somewhere among them."""
        before = secrets.randbelow(len(trials) + 1)
        found = playing.observe(factory, trials[:before], self._describe, environment)
        replays = [
            {"fit": each.fit, "curves": each.curves}
            | playing.replay(each.callback, each.course, each.first, self._describe, environment)
            for each in past
        ]
        return found + playing.observe(
            factory, trials[before:], self._describe, environment
        ), replays

    def _is_cause(self, name: str, params: Mapping[str, Any], past: list[PastTraining]) -> bool:
        """Whether what was seen of a callback may be otherwise by now."""
        return name in self._params and bool(
            self._params[name] != params or name in self._raised or past
        )

    @cached_property
    def _model(self) -> Any:
        return stand_in.make()

    def _fitted_with(self) -> Mapping[str, Any]:
        """Return what the last training gave to callbacks, or what it is likely to give."""
        found = attribute(attribute(self._trained(), "history"), "params")
        known = isinstance(found, dict) and found.keys() == USUAL.keys()
        return dict(found) if known and isinstance(found["steps"], int) else USUAL


def _both(earlier: list[dict[str, Any]], later: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put what a callback did before a training beside what it does afterwards.

    What raises only when a training is over, as where a file is closed by then, did so in none.
    """
    pairs = list(zip(earlier, later, strict=True))
    if any(now["error"] and not then["error"] for then, now in pairs):
        return earlier
    return [now | {"at_first": None if then["error"] else then["stopped"]} for then, now in pairs]
