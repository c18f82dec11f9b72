"""Editions with parts and points of their own: each is an assignment that names whose it is."""

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from grader.assignments.declaring import Place, did_you_mean, is_id, require


class Related(Protocol):
    """An assignment, as far as it may be an edition of another one."""

    @property
    def id(self) -> str:
        """Stable name."""

    @property
    def edition_of(self) -> str:
        """Id of the assignment of which it is an edition; empty where it is none."""


R = TypeVar("R", bound=Related)


def editions_of(assignment_id: str, known: Iterable[R]) -> list[R]:
    """Return the assignments that are editions of another one, in their order.

    Args:
        assignment_id: That one's id.
        known: Those that there are.
    """
    return [each for each in known if each.edition_of == assignment_id]


def originals(known: Iterable[R]) -> list[R]:
    """Return the assignments of whose originals none is among them, in their order.

    Args:
        known: Those that there are.
    """
    found = [*known]
    ids = {each.id for each in found}
    return [each for each in found if each.edition_of not in ids]


def require_relation(assignment_id: str, edition_of: object, common_names: object) -> None:
    """Make sure that an assignment can be an edition of another one.

    Args:
        assignment_id: Its own id.
        edition_of: The other one's, as the author gives it.
        common_names: Graded names that others have as well, as the author gives them.

    Raises:
        DeclarationError: It cannot; names the file and the line.
    """
    another = edition_of == "" or (is_id(edition_of) and edition_of != assignment_id)
    require(another, f"edition_of is the id of another assignment; found {edition_of!r:.80}.",
            "Write one, such as 'happy-or-sad', or leave it out.")  # fmt: skip
    names = common_names if isinstance(common_names, frozenset) else (None,)
    require(all(isinstance(each, str) for each in names),
            f"common_names are a frozenset of graded names; found {common_names!r:.80}.",
            "Write frozenset({'create_model'}).")  # fmt: skip


def require_graded(common_names: Iterable[str], graded: Collection[str], place: Place) -> None:
    """Make sure that what others have as well is graded here, and that not all of it is common.

    Args:
        common_names: Graded names that others have as well.
        graded: All graded names.
        place: Where the assignment is declared.

    Raises:
        DeclarationError: It is not so; names the file and the line.
    """
    for name in common_names:
        require(name in graded, f"common_names has {name!r}, which is no graded name.",
                did_you_mean(name, graded) or f"Those are {', '.join(graded)}.",
                place)  # fmt: skip
    require(not graded or {*graded} - {*common_names},
            "All graded names are common_names, so that none tells the assignment.",
            "Leave out one that no other notebook has.", place)  # fmt: skip
