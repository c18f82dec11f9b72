"""An assignment as its author writes it: graded parts, and a rubric of small functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn, TypeVar

from grader.assignments.cells import require_cells
from grader.assignments.constants import constant_need, require_constant
from grader.assignments.declaring import Place, is_id, require, require_text
from grader.assignments.hints import require_hints
from grader.assignments.modules import require_modules
from grader.assignments.profile import Profile
from grader.assignments.reducing import reduced_parts, reductions, require_fitting
from grader.assignments.relations import require_graded, require_relation
from grader.assignments.released import released_layout
from grader.assignments.retired import Retired
from grader.assignments.rubric import Group, refuse_check_without_group
from grader.assignments.training_data import require_training_data
from grader.checks import Check, Need
from grader.datasets import Dataset
from grader.datasets.reduction import Reduction
from grader.goals import Goal
from grader.kinds.kind import GradedPart
from grader.processes.limits import Limits
from grader.records import Layout

SEEDS = (1, 2, 3)
PASS_MARK = 0.8
# What NumPy takes as a seed is below it.
_SEEDS_END = 2**32
_NOTEBOOK = "Path(__file__).parent / 'solution.ipynb'"
P = TypeVar("P", bound=GradedPart)
V = TypeVar("V")


@dataclass(slots=True)
class Assignment:
    """One assignment.

    Args:
        id: Stable name, as on the command line: small letters, digits and hyphens.
        title: As students know it.
        notebook: The notebook that students get, or its solution: its graded and required cells are
            marked by comments.
        data: The images that it is graded on; None where there are none.
        version: Changes when a grade could.
        editions: Makes the known editions, the current one first; None where ``notebook`` is all.
        retired: Editions that are rejected by name.
        limits: What a submission may use.
        seeds: Published seeds, tried in order.
        pass_mark: Share of the points needed to pass, 0 to 1.
        variants: The module with the solution's variants; None where it is ``variants.py`` beside
            the assignment's own.
        modules: Python files that lie beside the notebook, which imports them; students get them.
        edition_of: Id of the assignment of which it is an edition, on the same data and with parts
            and checks of its own; empty where it is none.
        common_names: Graded names that notebooks of other assignments have as well: one of them
            alone does not tell this one.
        profile: By which it is graded, unless all of it is asked for; None where it is small.
        parts: The graded parts, in order; filled by ``part``.
        checks: The rubric, in the order of the report; filled by the ``check`` of its groups.
        whole: What it is reduced from, as ``reduced`` returns it; None of what is whole.

    Raises:
        DeclarationError: Something is not declared as it must be; names the file and the line.
    """

    id: str
    title: str
    notebook: Path
    data: Dataset | None = None
    version: str = "1"
    editions: Callable[[], tuple[Layout, ...]] | None = None
    retired: tuple[Retired, ...] = ()
    limits: Limits = field(default_factory=Limits)
    seeds: tuple[int, ...] = SEEDS
    pass_mark: float = PASS_MARK
    variants: Path | None = None
    profile: Profile | None = None
    modules: tuple[Path, ...] = ()
    edition_of: str = ""
    common_names: frozenset[str] = frozenset()
    parts: list[GradedPart] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    place: Place = field(default_factory=Place.of_caller, compare=False, repr=False)
    whole: "Assignment | None" = field(default=None, repr=False)
    # Constants that checks ask for, and where.
    constants: list[tuple[str, type, Place]] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        require(is_id(self.id),
                f"An id has small letters, digits and hyphens; found {self.id!r}.",
                "Write one, such as 'happy-or-sad'.")  # fmt: skip
        require_text(self.title, "A title", "Happy or Sad")
        require_text(self.version, "A version", "1")
        require(isinstance(self.notebook, Path), f"A notebook is a Path; found {self.notebook!r}.",
                f"Write {_NOTEBOOK}.")  # fmt: skip
        require(isinstance(self.limits, Limits), f"limits are Limits; found {self.limits!r}.",
                "Write Limits(cell_s=60).")  # fmt: skip
        mark = isinstance(self.pass_mark, int | float) and 0 < self.pass_mark <= 1
        require(mark,
                f"pass_mark is a share of the points, above 0 up to 1; found {self.pass_mark!r}.",
                "Write 0.8 for 80 %.")  # fmt: skip
        seeds = self.seeds if isinstance(self.seeds, Sequence) else ()
        whole = seeds and all(isinstance(each, int) and 0 <= each < _SEEDS_END for each in seeds)
        require(whole and len({*seeds}) == len(seeds),
                f"seeds are different whole numbers; found {self.seeds!r}.",
                "Write at least one, such as (1, 2, 3).")  # fmt: skip
        require(self.profile is None or isinstance(self.profile, Profile),
                f"profile is a Profile; found {self.profile!r:.80}.",
                "Write Profile('quick', ...).")  # fmt: skip
        own = Path(self.place.file)
        require_modules(self.modules, (own, self.variants or own.with_name("variants.py")))
        require_relation(self.id, self.edition_of, self.common_names)

    def part(self, part: P) -> P:
        """Add a graded part; its attributes are the evidence that checks ask for."""
        require(isinstance(part, GradedPart),
                f"A graded part was expected; found {part!r:.80}.",
                "Make one, such as Function(...), and hand it over.")  # fmt: skip
        known = [(each.name, each.variable) for each in self.parts]
        twice = any(part.name == name for name, _ in known)
        require(
            not twice, f"There are two parts called {part.name}.", "Each has a name of its own."
        )
        variable = part.variable
        taken = next((name for name, other in known if variable and variable == other), None)
        require(taken is None, f"{part.name} and {taken} both keep their result in {variable}.",
                "The given cells of the notebook say which variable is whose.")  # fmt: skip
        require_training_data(part, self.data)
        self.parts.append(part)
        return part

    def group(self, name: str) -> Group:
        """Return a group of checks, which are reported together under its name."""
        return Group(self, name)

    def check(self, *_: object, **__: object) -> NoReturn:
        """Say that checks are of a group."""
        refuse_check_without_group(self.id)

    def constant(self, name: str, kind: type[V]) -> Need[V]:
        """Return the evidence of what a constant of a given cell is set to, in the run.

        A profile may set it otherwise than the notebook.

        Args:
            name: Its name.
            kind: Its type, such as ``int``.
        """
        self.constants.append((name, kind, Place.of_caller()))
        return constant_need(name, kind)

    def reduced(self) -> "Assignment":
        """Return what is graded by its profile: the assignment itself where it has none."""
        profile = self.profile
        if profile is None or self.whole is not None:
            return self
        parts, limits = reduced_parts(profile, self.parts), profile.limits or self.limits
        return replace(self, parts=parts, limits=limits, whole=self)

    @property
    def graded_by(self) -> Profile | None:
        """The profile that it is graded by; None where all of it is graded."""
        return self.profile if self.whole is not None else None

    @property
    def reductions(self) -> Mapping[str, Reduction]:
        """How much is taken of splits of images, by their names."""
        return reductions(self.graded_by, self.data) if self.graded_by else {}

    @property
    def secrets(self) -> tuple[Path, ...]:
        """Where what is right can be read: its folder, and its notebook."""
        return Path(self.place.file).parent, self.notebook

    @property
    def names(self) -> list[str]:
        """The graded names, in order."""
        return [part.name for part in self.parts]

    @property
    def by_name(self) -> Mapping[str, GradedPart]:
        """The graded parts, by graded name."""
        return {part.name: part for part in self.parts}

    @property
    def trainers(self) -> tuple[GradedPart, ...]:
        """The parts that train, in order."""
        return tuple(part for part in self.parts if part.trains)

    @property
    def goals(self) -> tuple[Goal, ...]:
        """What trainings must come to, part by part; none where nothing is trained."""
        return tuple(goal for part in self.trainers for goal in part.goals)

    @property
    def apart(self) -> Mapping[str, str]:
        """Names of the splits that goals of ``validation`` and ``test`` data are measured on."""
        found = {
            "validation": self.data.for_validation if self.data else (),
            "test": self.data.for_test if self.data else (),
        }
        return {purpose: each[0].name for purpose, each in found.items() if len(each) == 1}

    @property
    def most_epochs(self) -> int:
        """How many epochs of a training are looked at; 0 where nothing is trained."""
        return max((part.most_epochs for part in self.trainers), default=0)

    @property
    def points(self) -> int:
        """What the rubric is worth."""
        return sum(check.points for check in self.checks)

    def layouts(self) -> tuple[Layout, ...]:
        """Return the known editions, the current one first."""
        return self.editions() if self.editions else (released_layout(self.notebook),)

    def complete(self) -> None:
        """Make sure that it is whole, once its module has been read.

        Raises:
            DeclarationError: It is not; names the file and the line.
            RejectedError: Its notebook cannot be read.
        """
        place = self.place
        require(self.parts, f"{self.id} has no graded part.", "Add one with part(...).", place)
        require(self.checks, f"{self.id} has no check.",
                'Declare one with group("...").check(...).', place)  # fmt: skip
        loads = any(part.loads for part in self.parts)
        require(self.data or not loads, f"{self.id} has a part that loads images, and no data.",
                "Say with data=... which images they are.", place)  # fmt: skip
        if self.editions is None:
            require(self.notebook.is_file(), f"The notebook {self.notebook} is not there.",
                    "Name the one that students get, or its solution, such as "
                    f"{_NOTEBOOK}.", place)  # fmt: skip
        require_cells(self.parts, self.layouts()[0], self.notebook.name, place)
        require_graded(self.common_names, self.names, place)
        for name, kind, asked in self.constants:
            require_constant(name, kind, self.layouts(), self.notebook.name, asked)
        if self.profile is not None:
            require_fitting(self.profile, self.parts, self.data, self.layouts(), self.notebook.name)
        require_hints(self.checks, self.notebook)
