"""What the graders have in common, and the course's own."""

import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.measure import Measured, run
from tests.bench.results import Result
from tests.bench.solutions import Solution, write

# So that no tool pays for reading TensorFlow from the disk for the first time.
WARM_UP = "import matplotlib.pyplot, scipy, tensorflow; tensorflow.keras.Model"


@dataclass
class Tool(ABC):
    """A grader that is measured as it ships.

    Args:
        work: A folder of its own, which is not there yet.
        solutions: What it grades.
    """

    work: Path
    solutions: Sequence[Solution]
    workers: int = field(default=1, init=False)

    @abstractmethod
    def set_up(self) -> None:
        """Make everything that is needed once a course; not timed."""

    @abstractmethod
    def commands(self) -> Sequence[Sequence[str]]:
        """Return the commands that grade; timed."""

    @abstractmethod
    def fits(self) -> Sequence[float]:
        """Return the seconds inside ``Model.fit``, one number a submission."""

    @abstractmethod
    def passed(self) -> int:
        """Count the submissions that passed."""

    @abstractmethod
    def python(self) -> Path:
        """Return the Python that it runs in."""

    def environment(self) -> Mapping[str, str]:
        """Return variables to set for it."""
        return {}

    def measure(self, name: str) -> Result:
        """Set up, grade, and see what came out."""
        self.work.mkdir(parents=True)
        self.set_up()
        self.untimed("warm-up", [str(self.python()), "-c", WARM_UP])
        measured = self._run("grading", self.commands())
        fits = self.fits()
        if len(fits) < len(self.solutions):
            raise SystemExit(f"{name}: {len(fits)} of {len(self.solutions)} were timed.")
        return Result(
            tool=name,
            workers=self.workers,
            submissions=len(self.solutions),
            wall_s=measured.wall_s,
            fit_s=sum(fits),
            peak=measured.peak,
            passed=self.passed(),
            idle_s=self.idle(),
            reached=self.reached(),
        )

    def idle(self) -> float:
        """Return the seconds in which workers had nothing left to grade."""
        return 0.0

    def reached(self) -> Mapping[str, Sequence[int | None]]:
        """Return after how many epochs each seed was there, by submission; None for too late."""
        return {}

    def untimed(self, step: str, command: Sequence[str]) -> None:
        """Run a command that is not measured."""
        self._run(step, [command])

    def _run(self, step: str, commands: Sequence[Sequence[str]]) -> Measured:
        return run(commands, self.work, self.environment(), self.work / f"{step}.log")


class Grader(Tool):
    """The course's own grader."""

    JOBS = 2

    def set_up(self) -> None:
        """Write the submissions."""
        self.workers = self.JOBS
        write(self.work / "class", tuple(self.solutions))

    def python(self) -> Path:
        """Return this Python."""
        return Path(sys.executable)

    def environment(self) -> Mapping[str, str]:
        """Remember no training from before."""
        return {"XDG_CACHE_HOME": str(self.work / "cache")}

    def commands(self) -> Sequence[Sequence[str]]:
        """Grade the class."""
        program = str(self.python().with_name("grader"))
        return [[program, "grade", "class", "--out", "graded", "--jobs", str(self.JOBS)]]

    def fits(self) -> Sequence[float]:
        """Read them in the reports."""
        reports = [json.loads(path.read_text(encoding="utf-8")) for path in self._reports()]
        return [
            sum(seed["wall_s"] for seed in report["trainings"][0]["seeds"])
            for report in reports
            if report["trainings"]
        ]

    def reached(self) -> Mapping[str, Sequence[int | None]]:
        """Read in the reports after how many epochs each seed that was tried was there."""
        found = (json.loads(path.read_text(encoding="utf-8")) for path in self._reports())
        return {
            report["submission"]["path"].split("/")[0]: [
                seed["reached_at"] if seed["in_time"] else None
                for training in report["trainings"][:1]
                for seed in training["seeds"]
            ]
            for report in found
        }

    def passed(self) -> int:
        """Read it in the reports."""
        reports = [json.loads(path.read_text(encoding="utf-8")) for path in self._reports()]
        return sum(report["score"]["passed"] for report in reports)

    def idle(self) -> float:
        """See how much earlier than the last one the other workers were done."""
        done = sorted(path.stat().st_mtime for path in self._reports())
        return sum(done[-1] - earlier for earlier in done[-self.JOBS :])

    def _reports(self) -> list[Path]:
        return sorted((self.work / "graded" / "submissions").glob("*/report.json"))
