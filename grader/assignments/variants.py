"""Variants of a solution: right in other ways, or with the mistakes that students make."""

import re
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.assignments.declaring import DeclarationError, Place, did_you_mean, require

if TYPE_CHECKING:
    from grader.assignments.assignment import Assignment

MODULE = "variants"
NAME = "VARIANTS"
Edit = tuple[str, str, str]
# It names rows and folders.
_ID = re.compile(r"\w[\w.-]{0,99}")


@dataclass(frozen=True)
class Variant:
    """The solution written otherwise, with what that costs.

    What it loses is written down before it is graded. One that loses nothing is right in another
    way; any other is a mistake.

    Args:
        id: Names it.
        why: What it does, and so why it loses what it loses.
        edits: Replacements of text in the cell of a graded name: name, old, new.
        loses: Checks that must not pass, whether they fail or are skipped.
        cells: Graded cells that are replaced as a whole, by name, before anything is edited.
    """

    id: str
    why: str
    edits: Sequence[Edit] = ()
    loses: frozenset[str] = frozenset()
    cells: Mapping[str, str] = field(default_factory=dict)
    place: Place = field(default_factory=Place.of_caller, compare=False, repr=False, kw_only=True)

    @property
    def names(self) -> frozenset[str]:
        """The graded names whose cells it writes otherwise."""
        return frozenset({*self.cells, *(name for name, _, _ in self.edits)})

    def texts(self, solution: Mapping[str, str]) -> dict[str, str]:
        """Return the graded cells as the variant has them.

        Args:
            solution: As the solution has them, by graded name.

        Raises:
            DeclarationError: There is no cell of a name, or nothing in it that is to be replaced.
        """
        made = dict(solution)
        for name, text in self.cells.items():
            self.require_name(name, solution)
            made[name] = text
        for name, old, new in self.edits:
            self.require_name(name, solution)
            found = f"{self.id}: {old!r} is not in the cell of {name}."
            require(old in made[name], found, "Write it as the solution has it.", self.place)
            made[name] = made[name].replace(old, new)
        return made

    def require_name(self, name: str, solution: Collection[str]) -> None:
        """Make sure that a name is graded.

        Args:
            name: That of a cell which the variant writes otherwise.
            solution: All graded names.

        Raises:
            DeclarationError: It is not.
        """
        found = f"{self.id}: {name!r} is no graded name; those are {', '.join(solution)}."
        require(name in solution, found, did_you_mean(name, solution), self.place)


def file_of(assignment: "Assignment") -> Path:
    """Return where the variants of an assignment are, be they there or not."""
    return assignment.variants or Path(assignment.place.file).with_name(f"{MODULE}.py")


def package_of(assignment: "Assignment", path: Path) -> str | None:
    """Return the package in which a module of variants is, so that it imports as others do there.

    None where it is not beside the assignment's own module.
    """
    own = Path(assignment.place.file)
    beside = own.resolve().parent == path.resolve().parent
    package = assignment.place.module.rpartition(".")[0]
    return package if beside and package in sys.modules else None


def checked(assignment: "Assignment", path: Path, found: object) -> tuple[Variant, ...]:
    """Return the variants that a module has.

    Args:
        assignment: Whose.
        path: The module's file.
        found: What it calls ``VARIANTS``.

    Raises:
        DeclarationError: They are not declared as they must be; names the file and the line.
    """
    listed = found if isinstance(found, Sequence) and not isinstance(found, str) else None
    place = Place(str(path), 1)
    if listed is None or not all(isinstance(each, Variant) for each in listed):
        told = f"{NAME} was expected, a list of Variant; found {found!r:.80}."
        raise DeclarationError(place, told, f"Write {NAME} = (Variant(...), ...).")
    known, seen = [check.id for check in assignment.checks], set[str]()
    for each in listed:
        _require_shapes(each)
        for name in each.names:
            each.require_name(name, assignment.names)
        require(each.id not in seen, f"There are two variants called {each.id}.",
                "Rename one of them.", each.place)  # fmt: skip
        seen.add(each.id)
        for name in sorted(each.loses):
            require(name in known, f"{each.id}: there is no check called {name!r}.",
                    did_you_mean(name, known) or f"Those are {', '.join(known)}.",
                    each.place)  # fmt: skip
    return tuple(replace(each, loses=frozenset(each.loses)) for each in listed)


def _require_shapes(variant: Variant) -> None:
    """Authors write these without a type checker, too."""
    place, named = variant.place, f"{variant.id}: "
    require(isinstance(variant.id, str) and _ID.fullmatch(variant.id),
            f"The id of a variant has letters, digits, hyphens, dots; found {variant.id!r:.80}.",
            "Write one, such as 'one-epoch'.", place)  # fmt: skip
    require(isinstance(variant.why, str), f"{named}why is a text; found {variant.why!r:.80}.",
            "Say in it what the variant does.", place)  # fmt: skip
    require(_texts(variant.loses), f"{named}loses are ids of checks; found {variant.loses!r:.80}.",
            "Write loses=frozenset({'its_id'}).", place)  # fmt: skip
    edits = variant.edits if isinstance(variant.edits, Sequence) else [variant.edits]
    for edit in edits:
        require(_texts(edit) and len(edit) == 3,  # noqa: PLR2004
                f"{named}an edit is a graded name, what stands there, and what is to stand there "
                f"instead; found {edit!r:.80}.", "Write a list of them: [('name', 'old', 'new')].",
                place)  # fmt: skip
    cells = variant.cells.items() if isinstance(variant.cells, Mapping) else [None]
    require(all(map(_texts, cells)), f"{named}cells are texts by graded name; found "
            f"{variant.cells!r:.80}.", "Write cells={'name': '...'}.", place)  # fmt: skip


def _texts(found: object) -> bool:
    if not isinstance(found, Collection) or isinstance(found, str | bytes):
        return False
    return all(isinstance(each, str) for each in found)
