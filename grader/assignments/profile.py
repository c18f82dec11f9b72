"""A grading profile: less of what an assignment takes minutes to train, by which it is graded."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field

from grader.assignments.declaring import Place, require, require_text
from grader.datasets.reduction import Reduction
from grader.goals import Goal
from grader.notebook.constants import Plain, is_plain
from grader.processes.limits import Limits

_SIDES = 2


@dataclass(frozen=True, slots=True)
class Profile:
    """How an assignment is graded whose whole training takes minutes.

    Without ``--full``, it is graded on fewer and smaller images, with other constants in its given
    cells, for fewer epochs and by other goals. What is not named stays as it is.

    Args:
        name: Names it in reports, such as ``quick``.
        images: How many images of each class are taken at most, by the name of the split: of
            ``ImageFolder``, of all; or one number for all splits of images.
        size: Width and height in pixels that images fit into; larger ones are scaled down.
        constants: What constants of given cells are set to, by name.
        epochs: How many epochs of a training are looked at, by the name of the function that
            trains; the ``most_epochs`` of the part otherwise.
        steps: How many batches an epoch of it has at most, likewise; as many as it asks for
            otherwise.
        goals: What stands for a goal of the assignment.
        limits: What a submission may use; the assignment's otherwise.

    Raises:
        DeclarationError: It cannot be declared so; names the file and the line.
    """

    name: str
    _: KW_ONLY
    images: int | Mapping[str, int] = field(default_factory=dict)
    size: tuple[int, int] | None = None
    constants: Mapping[str, Plain] = field(default_factory=dict)
    epochs: Mapping[str, int] = field(default_factory=dict)
    steps: Mapping[str, int] = field(default_factory=dict)
    goals: Mapping[Goal, Goal] = field(default_factory=dict)
    limits: Limits | None = None
    place: Place = field(default_factory=Place.of_caller, compare=False, repr=False)

    def __post_init__(self) -> None:
        require_text(self.name, "The name of a profile", "quick")
        self._require_counts()
        self._require_size()
        self._require_constants()
        goals = self.goals if isinstance(self.goals, Mapping) else {None: None}
        whole = all(isinstance(each, Goal) for pair in goals.items() for each in pair)
        require(whole, f"goals of a profile are Goals by Goals; found {self.goals!r:.80}.",
                "Write {GOAL: Goal(...)}, with what stands for it.")  # fmt: skip
        require(self.limits is None or isinstance(self.limits, Limits),
                f"limits are Limits; found {self.limits!r}.",
                "Write Limits(cell_s=60).")  # fmt: skip
        require(any(self.settings), f"The profile {self.name} takes nothing away.",
                "Say how much of the whole is graded, such as images=100.")  # fmt: skip

    def _require_counts(self) -> None:
        counted = {"epochs": self.epochs, "steps": self.steps}
        if not _is_count(self.images):
            counted["images"] = self.images  # type: ignore[assignment]
        examples = {"images": "train", "epochs": "train_model", "steps": "train_model"}
        for what, found in counted.items():
            named = isinstance(found, Mapping) and all(
                isinstance(name, str) and _is_count(count) for name, count in found.items()
            )
            require(named, f"{what} of a profile are whole numbers from 1 on, by name; found "
                    f"{found!r}.", f'Write {{"{examples[what]}": 20}}.')  # fmt: skip

    def _require_size(self) -> None:
        size = self.size
        pair = isinstance(size, tuple) and len(size) == _SIDES and all(map(_is_count, size))
        require(size is None or pair, f"size is a width and a height in pixels; found {size!r}.",
                "Write (64, 64).")  # fmt: skip

    def _require_constants(self) -> None:
        found = self.constants
        plain = isinstance(found, Mapping) and all(
            isinstance(name, str) and is_plain(value) for name, value in found.items()
        )
        require(plain, "constants of a profile are numbers, texts, tuples or lists of them, by "
                f"name; found {found!r}.", 'Write {"IMAGE_SIZE": 64}.')  # fmt: skip

    @property
    def settings(self) -> tuple[object, ...]:
        """All that makes a difference to what is run and observed."""
        return (
            self.images, self.size, self.constants, self.epochs, self.steps, self.goals,
            self.limits,
        )  # fmt: skip

    def reduction(self, split: str) -> Reduction:
        """Return how much is taken of a split of images.

        Args:
            split: Its name.
        """
        images = self.images
        count = images.get(split) if isinstance(images, Mapping) else images
        return Reduction(count, self.size)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
