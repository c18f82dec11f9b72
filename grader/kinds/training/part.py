"""What an author asks for of a function, or a cell, that trains a model."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from grader.checked import PartEvidence
from grader.goals import Goal, words
from grader.kinds.challenge import Challenge, Named
from grader.kinds.kind import GradedPart
from grader.kinds.names import VARIABLE
from grader.kinds.need import Claim, Need
from grader.kinds.result import ReturnedResult
from grader.kinds.returned_part import ReturnedPart
from grader.records import PlannedCell
from grader.records.graded_names import is_call, method_of, variable_of

if TYPE_CHECKING:
    from grader.kinds.training.view import ClaimedTraining, Compilation, Model, Result, Training


@dataclass(frozen=True, kw_only=True)
class TrainedModel(ReturnedPart):
    """A function that builds a model, compiles it, trains it and returns its History.

    Or a cell that trains one: its name is then the call that does so, such as ``model.fit``. What
    counts is the last training of that model in that cell, and no History need be kept.

    Args:
        variable: Where a given cell keeps what it returns; of a cell the model, as its name says.
        loader: What it is trained on; None where that are arrays.
        data: Instead of a loader, the arrays that ``fit`` is given: ``SPLIT``, the name of a split
            with samples and labels, or ``SPLIT/PART`` of one that has several, as ``x_PART`` and
            ``y_PART``.
        validation: With ``data``, those that goals of validation data are measured on, named alike.
        test: The same for goals of test data.
        goals: What training must come to.
        most_epochs: How many epochs are looked at.

    Raises:
        PartError: It cannot be asked for so.
    """

    kind: ClassVar[str] = "training"
    record: ClassVar[type[PartEvidence]] = ReturnedResult
    table: ClassVar[str] = "results"
    builds: ClassVar[bool] = True
    trains: ClassVar[bool] = True
    names_calls: ClassVar[bool] = True

    variable: str = ""
    loader: GradedPart | None = None
    data: str = field(default="", metadata={"later": True})
    validation: str = field(default="", metadata={"later": True})
    test: str = field(default="", metadata={"later": True})
    goals: tuple[Goal, ...] = ()
    most_epochs: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if is_call(self.name):
            self._require_own_variable()
        self.require_name(self.variable, "history", VARIABLE)
        self._require_data()
        self._require_goals()

    def _require_own_variable(self) -> None:
        """Make sure that a call is one of ``fit`` on the variable, which need not be named."""
        own = variable_of(self.name)
        if method_of(self.name) != "fit":
            raise self.error(
                f"a cell that trains calls fit; found {self.name!r}. Write {f'{own}.fit'!r}, or "
                "GradedCell for a cell that does something else"
            )
        if self.variable not in ("", own):
            raise self.error(
                f"variable is the model that {self.name} trains; found {self.variable!r}. Write "
                f"{own!r}, or leave it out"
            )
        object.__setattr__(self, "variable", own)

    def _require_data(self) -> None:
        named = (self.data, self.validation, self.test)
        if not all(isinstance(each, str) for each in named):
            raise self.error(f"data, validation and test are names of splits; found {named!r}")
        if self.loader is None and not self.data:
            raise self.error(
                "it is trained on a loader or on arrays; found neither. Write loader=..., or "
                "data='train' with the name of a split"
            )
        if self.loader is not None and any(named):
            raise self.error(
                f"it is trained on a loader or on arrays; found {self.loader!r} and {named!r}. "
                "Leave out loader, or data, validation and test"
            )
        if self.loader is not None and not (
            isinstance(self.loader, GradedPart) and self.loader.loads
        ):
            raise self.error(
                f"loader is an ImageLoader; found {self.loader!r}. Name the part that loads the "
                "images"
            )

    def _require_goals(self) -> None:
        goals, most = self.goals, self.most_epochs
        if not isinstance(goals, tuple) or not all(isinstance(each, Goal) for each in goals):
            found = type(goals).__name__
            raise self.error(f"goals are a tuple of Goals; found {found}. Write (goal,) for one")
        if not isinstance(most, int) or isinstance(most, bool) or most < 1:
            raise self.error(
                f"most_epochs is a whole number from 1 on; found {most!r}. Write how many epochs "
                "the notebook allows"
            )
        late = [words.sentence(each) for each in goals if (each.last_epoch or 0) > most]
        if late:
            raise self.error(
                f"{most} epochs are looked at; too few for {', '.join(late)}. Raise most_epochs, "
                "or set an earlier deadline"
            )

    @property
    def trained_on(self) -> GradedPart | None:
        """The part that loads the images; None where it is trained on arrays."""
        return self.loader

    @property
    def model(self) -> "Need[Model]":
        """The layers of the model."""
        return Need("model", self.name, lambda seen: seen.model(self.name))

    @property
    def compilation(self) -> "Need[Compilation]":
        """How the model was compiled."""
        return Need("compilation", self.name, lambda seen: seen.compilation(self.name))

    @property
    def from_logits(self) -> Need[bool | None]:
        """Whether the loss takes outputs without activation; None of a loss that may take both."""
        return Need("from_logits", self.name, lambda seen: seen.takes_logits(self.name))

    @property
    def one_hot(self) -> Need[bool | None]:
        """Whether labels that it trains on are vectors of one number a class; None if unknown."""
        return Need("one_hot", self.name, self._one_hot)

    @property
    def training(self) -> "Need[Training]":
        """What was asked of ``fit``, and what came of it."""
        return Need("training", self.name, self._training)

    @property
    def result(self) -> "Need[Result]":
        """What the function returned.

        Raises:
            PartError: It is a cell, which returns nothing.
        """
        if is_call(self.name):
            raise self.error("a cell returns nothing. Leave out result, or grade a function")
        return Need("result", self.name, lambda seen: seen.result(self.name))

    @property
    def claims(self) -> "Claim[ClaimedTraining]":
        """What the notebook's kernel says that each epoch logged."""
        return Claim("claims", self.name, self._claims)

    def is_due(self, cell: PlannedCell, *, trains: bool, last: bool) -> bool:
        """Look at what a cell has trained at the end as well: it may not be there at all."""
        return super().is_due(cell, trains=trains, last=last) or (last and is_call(self.name))

    def challenge(self, random: bytes) -> Challenge:  # noqa: ARG002 - the grader trains by itself
        """Ask for it by its name: what it trained is made anew elsewhere."""
        return Named()

    def _training(self, seen: Any) -> "Training":
        from grader.kinds.training.view import training

        return training(seen, self.name, self._loader)

    def _one_hot(self, seen: Any) -> bool | None:
        from grader.kinds.training.view import one_hot

        return one_hot(seen, self.name)

    def _claims(self, seen: Any) -> "ClaimedTraining":
        from grader.kinds.training.view import claims

        return claims(seen, self.name, self._loader)

    @property
    def _loader(self) -> str:
        return self.loader.name if self.loader else ""
