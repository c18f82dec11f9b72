"""A training that is made ahead, and waits where only a kernel can say how it goes on."""

import threading
import time
from collections.abc import Callable
from typing import Protocol, TypeAlias

from grader.training.results import Epoch, Reply, Report, Trained

Foreseen: TypeAlias = Callable[[Epoch], Reply | None]


class DroppedError(Exception):
    """Nobody wants the training any more."""


class Driven(Protocol):
    """What makes one training."""

    @property
    def cpu_s(self) -> float:
        """Processor time of it so far, in seconds."""

    def end(self) -> None:
        """Give it up, from another thread."""


class HeldTraining:
    """One training, made in a thread of its own.

    Args:
        make: Makes it, and reports its epochs.
        foreseen: Returns what a kernel will reply to an epoch; None to wait until one does.
        trainer: What ``make`` drives.
    """

    def __init__(
        self, make: Callable[[Report], Trained], foreseen: Foreseen, trainer: Driven
    ) -> None:
        self._make = make
        self._foreseen = foreseen
        self._trainer = trainer
        self._epochs: list[Epoch] = []
        self._replies: list[Reply] = []
        self._changed = threading.Condition()
        self._waits = self._dropped = False
        self._runs = True
        self._taker: Report | None = None
        self._trained: Trained | None = None
        self._fault: BaseException | None = None
        # How long it was made for before somebody took it, in seconds.
        self.seconds = 0.0
        self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)

    def advance(self) -> bool:
        """Make it up to where it waits; return whether it got there."""
        start = time.monotonic()
        self._thread.start()
        with self._changed:
            self._changed.wait_for(lambda: self._waits or not self._runs)
        self.seconds = time.monotonic() - start
        return self._fault is None

    @property
    def cpu_s(self) -> float:
        """Processor time of it so far, in seconds."""
        return self._trainer.cpu_s

    @property
    def told(self) -> tuple[Reply, ...]:
        """The replies that were foreseen so far."""
        return tuple(self._replies)

    def take(self, report: Report) -> Trained | None:
        """Go on as somebody replies; return None where the replies were not those foreseen.

        Args:
            report: Is given every epoch, those before as well.

        Raises:
            Exception: Whatever making it, or the report, raised.
        """
        if not self._foreseen_by(report):
            self.drop()
            return None
        with self._changed:
            self._taker = report
            self._changed.notify_all()
        self._thread.join()
        if self._fault is not None:
            raise self._fault
        return self._trained

    def _foreseen_by(self, report: Report) -> bool:
        """Whether whoever takes it replies as was foreseen; it is dropped if they cannot."""
        try:
            told = zip(tuple(self._epochs), tuple(self._replies), strict=False)
            return all(report(epoch) == reply for epoch, reply in told)
        except BaseException:
            self.drop()
            raise

    def drop(self) -> None:
        """Make it no further, and wait until it has ended."""
        with self._changed:
            self._dropped = True
            self._changed.notify_all()
        self._trainer.end()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            self._trained = self._make(self._report)
        except Exception as error:  # noqa: BLE001 - raised where it is taken
            self._fault = error
        with self._changed:
            self._runs = False
            self._changed.notify_all()

    def _report(self, epoch: Epoch) -> Reply:
        if self._taker is None and (reply := self._known(epoch)) is not None:
            return reply
        if self._dropped or self._taker is None:
            raise DroppedError
        return self._taker(epoch)

    def _known(self, epoch: Epoch) -> Reply | None:
        """Return what was foreseen; None once somebody has taken it, or nobody wants it."""
        reply = None if self._dropped else self._foreseen(epoch)
        with self._changed:
            self._epochs.append(epoch)
            if reply is not None and not self._dropped:
                self._replies.append(reply)
                return reply
            self._waits = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._dropped or self._taker is not None)
        return None
