"""The graded parts that an assignment can have, and the evidence that checks can ask of each."""

from dataclasses import dataclass, field
from typing import Protocol

from grader.assignments.declaring import require, require_text
from grader.checks import Need
from grader.checks.training import Training
from grader.evidence import Compilation, Model, Result
from grader.goals import Goal, words
from grader.kinds.kind import GradedPart as LoadingPart
from grader.records import GradedPart, ProbeRequest

_NAME = "A part has the name of what the student writes"


class Part(Protocol):
    """A graded part: what the student writes under a name."""

    @property
    def name(self) -> str:
        """The graded name."""

    @property
    def request(self) -> GradedPart:
        """What is to be observed of it."""


@dataclass(frozen=True)
class TrainedModel:
    """A function that builds a model, compiles it, trains it and returns its History.

    Args:
        name: Name of the function.
        variable: Where a given cell keeps what it returns.
        loader: What it is trained on.
        goals: What training must come to.
        most_epochs: How many epochs are looked at.
    """

    name: str
    variable: str
    loader: LoadingPart
    goals: tuple[Goal, ...]
    most_epochs: int

    def __post_init__(self) -> None:
        _require_name(self.name)
        _require_name(self.variable, "variable is the name under which a given cell keeps a result")
        found = f"loader is an ImageLoader; found {self.loader!r}."
        loads = isinstance(self.loader, LoadingPart) and self.loader.loads
        require(loads, found, "Name the part that loads the images.")
        self._require_goals()

    def _require_goals(self) -> None:
        goals, most = self.goals, self.most_epochs
        some = isinstance(goals, tuple) and all(isinstance(each, Goal) for each in goals)
        require(
            some,
            f"goals are a tuple of Goals; found {type(goals).__name__}.",
            "Write (goal,) for one.",
        )
        whole = isinstance(most, int) and not isinstance(most, bool) and most >= 1
        require(whole, f"most_epochs is a whole number from 1 on; found {most!r}.",
                "Write how many epochs the notebook allows.")  # fmt: skip
        late = [words.sentence(each) for each in goals if (each.last_epoch or 0) > most]
        require(not late, f"{most} epochs are looked at; too few for {', '.join(late)}.",
                "Raise most_epochs, or set an earlier deadline.")  # fmt: skip

    @property
    def request(self) -> ProbeRequest:
        """What is to be observed of it."""
        return ProbeRequest("training", self.name, variable=self.variable, loader=self.loader.name)

    @property
    def model(self) -> Need[Model]:
        """The layers of the model."""
        return Need("model", self.name, lambda seen: seen.model(self.name))

    @property
    def compilation(self) -> Need[Compilation]:
        """How the model was compiled."""
        return Need("compilation", self.name, lambda seen: seen.compilation(self.name))

    @property
    def from_logits(self) -> Need[bool | None]:
        """Whether the loss takes outputs without activation; None of a loss that may take both."""
        return Need("from_logits", self.name, lambda seen: seen.takes_logits(self.name))

    @property
    def training(self) -> Need[Training]:
        """What was asked of ``fit``, and what came of it."""
        loader = self.loader.name
        return Need("training", self.name, lambda seen: Training.of(seen, self.name, loader))

    @property
    def result(self) -> Need[Result]:
        """What the function returned."""
        return Need("result", self.name, lambda seen: seen.result(self.name))


def _require_name(name: object, what: str = _NAME) -> None:
    require_text(name, what, "train")
    found = f"{what}, as Python spells names; found {name!r}."
    require(str(name).isidentifier(), found, "Use letters, digits and underscores, no spaces.")
