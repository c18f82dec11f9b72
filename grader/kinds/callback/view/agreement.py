"""What a callback did in the graded training, beside what it did when it was tried.

Whoever knows a trial from a training can be another in each. Where the grader trained, it knows
what each epoch logged, and whether training was to go on.
"""

from dataclasses import dataclass, replace

from grader.checks.trusted import Observed, run_of
from grader.evidence import Fit, PassedCallback
from grader.kinds.callback.evidence import Callback, Replay

KEY = "accuracy"


@dataclass(frozen=True, slots=True)
class InTraining:
    """A callback, and the graded training.

    Args:
        name: Graded name of its class.
        callback: How it was tried; None if it was not.
        _fit: The training; None if there was none that came to its end.
        _others: The same of further functions that train.
    """

    name: str
    callback: Callback | None = None
    _fit: Fit | None = None
    _others: tuple["InTraining", ...] = ()

    def within(self, fit: Fit) -> "InTraining":
        """Return what it did in one training.

        Args:
            fit: The training; it may have been given no object of the class.
        """
        return replace(self, _fit=fit, _others=())

    @property
    def passed(self) -> list[PassedCallback]:
        """The objects of the class that ``fit`` was given."""
        return [each for _, each in self._places]

    @property
    def _places(self) -> list[tuple[int, PassedCallback]]:
        given = enumerate(self._fit.callbacks if self._fit else ())
        return [(place, each) for place, each in given if self._is_own(each)]

    def _is_own(self, passed: PassedCallback) -> bool:
        # Evidence of another kit need not tell which class it is of.
        return self.name in passed.names if passed.part is None else passed.part == self.name

    @property
    def epochs(self) -> int:
        """How many epochs the training had."""
        return max(map(len, self._fit.curves.values()), default=0) if self._fit else 0

    @property
    def asked(self) -> bool | None:
        """Whether it was the callback that asked to stop.

        None where that is not known, as when another one had asked before it was its turn.
        """
        if any(each.stopped for each in self.passed):
            return True
        if self._fit is None or not self._fit.stopped or not self._places:
            return False
        by = next((place for place, each in enumerate(self._fit.callbacks) if each.stopped), None)
        return False if by is not None and by > self._places[-1][0] else None

    @property
    def replay(self) -> Replay | None:
        """How the class answers to the logs of the training; None where that is not known."""
        if self.callback is None or self._fit is None:
            return None
        logged, index = self._fit.curves, self._fit.index
        return next(
            (
                each
                for each in self.callback.replays
                if each.fit == index
                and each.error is None
                and all(logged.get(name) == curve for name, curve in each.curves.items())
            ),
            None,
        )

    def ignored(self, threshold: float) -> tuple[int, float] | None:
        """Return the first epoch, from 1, that had it go on above a threshold, and its accuracy."""
        each = (made._ignored(threshold) for made in (self, *self._others))  # noqa: SLF001 - its own
        return next(filter(None, each), None)

    def _ignored(self, threshold: float) -> tuple[int, float] | None:
        if not self.passed or self.passed[0].part is None:
            return None
        answered = self.epochs if self._goes_on_at_last else self.epochs - 1
        found = enumerate(self._accuracy[:answered], start=1)
        return next(((n, rate) for n, rate in found if rate is not None and rate > threshold), None)

    def stopped_below(self, threshold: float) -> tuple[int, float] | None:
        """Return the epoch at which it stopped a training up to a threshold, and its accuracy."""
        each = (made._stopped_below(threshold) for made in (self, *self._others))  # noqa: SLF001
        return next(filter(None, each), None)

    def _stopped_below(self, threshold: float) -> tuple[int, float] | None:
        rate = self._accuracy[-1] if self._accuracy and self.asked else None
        return None if rate is None or rate > threshold else (self.epochs, rate)

    def ended_it(self, threshold: float) -> bool:
        """Whether it is the callback, as its class is, that has ended the training.

        Args:
            threshold: Accuracy above which it is to do so.
        """
        if self.asked is False or (self.asked is None and self.ignored(threshold) is not None):
            return False
        expected, replay = self._is_due(threshold), self.replay
        if self.passed[0].part is None or (self.asked and (expected or replay is None)):
            return True
        return expected if replay is None else replay.stopped_after == self.epochs

    @property
    def _accuracy(self) -> tuple[float | None, ...]:
        return self._fit.curves.get(KEY, ()) if self._fit else ()

    @property
    def _goes_on_at_last(self) -> bool:
        """Whether it had training go on after the last epoch as well."""
        if self.asked is None and self.replay is not None:
            return self.replay.stopped_after is None
        return self.asked is False

    def _is_due(self, threshold: float) -> bool:
        """Whether, by what it did when it was tried, it must stop after the last epoch."""
        last = self._accuracy[-1] if self._accuracy else None
        trials = self.callback.trials if self.callback else ()
        above = [each.stopped for each in trials if (each.logs or {}).get(KEY, 0.0) > threshold]
        return last is not None and last > threshold and bool(above) and all(above)


def in_training(seen: Observed, name: str) -> InTraining:
    """Return what a callback did in the graded training; there may be none.

    Args:
        seen: The run.
        name: Graded name of the callback.

    Raises:
        Absent: The notebook has no cell that defines it.
    """
    run = run_of(seen)
    tried = run.evidence.find(Callback, run.require_present(name))
    fits = [fit for each in run.trainers if (fit := run.graded_fit(each)) and fit.finished]
    made = [InTraining(name, tried, fit) for fit in fits] or [InTraining(name, tried)]
    first, *others = sorted(made, key=lambda each: not each.passed)
    return replace(first, _others=tuple(others))
