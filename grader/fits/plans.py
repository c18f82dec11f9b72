"""How the trainings of one run are made: those of each graded function as its goals need it.

Which function a training is of, the grader tells by the cell that is running when it is asked for:
each function that trains is called in a given cell of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.training.results import TrainingPlan


@dataclass(frozen=True, slots=True)
class FitPlans:
    """The plans of one run.

    Args:
        default: Of what is trained in cells that call no function that trains.
        parts: Of what is trained in those that call one, by its graded name; the default where it
            is not among them.
        calling: The function that a cell calls, by the cell's place in the plan of the run.
    """

    default: TrainingPlan
    parts: Mapping[str, TrainingPlan] = field(default_factory=dict)
    calling: Mapping[int, str] = field(default_factory=dict)

    def part(self, cell: int | None) -> str:
        """Return the graded name of the function that a cell calls; empty where it calls none.

        Args:
            cell: Its place in the plan of the run; None where none is known.
        """
        return "" if cell is None else self.calling.get(cell, "")

    def of(self, cell: int | None) -> TrainingPlan:
        """Return how what a cell asks for is trained.

        Args:
            cell: As for ``part``.
        """
        return self.parts.get(self.part(cell), self.default)

    def together(self, cell: int | None, earlier: int | None) -> bool:
        """Whether an earlier training counts with a later one of the same model.

        What another graded function has trained is its own affair: a model that two of them train
        one after the other has the epochs of both, and each answers for its own.

        Args:
            cell: In which the later one is made, as for ``part``.
            earlier: In which the earlier one was made, likewise.
        """
        part = self.part(cell)
        return not part or self.part(earlier) in ("", part)
