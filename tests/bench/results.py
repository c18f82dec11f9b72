"""What was measured of a tool, and what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Result:
    """What was measured.

    Args:
        tool: Its name.
        workers: How many submissions it grades at a time.
        submissions: How many it graded.
        wall_s: From the start of its first command to the end of its last.
        fit_s: Inside ``Model.fit``, of all submissions together.
        peak: The most bytes in use at a time by all its processes.
        passed: How many submissions passed.
        idle_s: In which workers had nothing left to grade, at the end of the class.
        reached: After how many epochs each seed reached the target, by submission, where the tool
            has seeds; None for one that did not in time.
    """

    tool: str
    workers: int
    submissions: int
    wall_s: float
    fit_s: float
    peak: int
    passed: int
    idle_s: float = 0.0
    reached: Mapping[str, Sequence[int | None]] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Seconds that a submission takes, as who waits for the class sees it."""
        return self.wall_s / self.submissions

    @property
    def training(self) -> float:
        """Seconds inside ``Model.fit`` that a submission takes."""
        return self.fit_s / self.submissions

    @property
    def rest(self) -> float:
        """Seconds of a worker that a submission takes and that are not training."""
        worked = self.wall_s * self.workers - self.idle_s
        return (worked - self.fit_s) / self.submissions

    @property
    def spent(self) -> float:
        """Seconds of a worker for each second of training; 1 would be nothing but training."""
        return self.wall_s * self.workers / self.fit_s
