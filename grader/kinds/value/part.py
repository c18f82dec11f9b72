"""What an author asks for of a value."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from grader.checked import PartEvidence
from grader.kinds.challenge import Challenge, Named
from grader.kinds.kind import Explain, Part, plainly
from grader.kinds.value.evidence import ValueEvidence

if TYPE_CHECKING:
    from grader.kinds.value.view import ValueView


@dataclass(frozen=True, kw_only=True)
class Value(Part["ValueView"]):
    """A number, a text or a choice that the student writes down as a variable.

    It is looked at after the cell that defines it, and again where a later cell has changed it.
    The right answer is no part of it: a check knows it, and no report shows it.

    Args:
        form: What an answer looks like, such as "a number between 0 and 1"; a report says so. Where
            it is not given, a check says in general what it looks for.
    """

    kind: ClassVar[str] = "value"
    record: ClassVar[type[PartEvidence]] = ValueEvidence

    form: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.form, str):
            raise self.error(
                f"form is a text, such as 'a number between 0 and 1', found {self.form!r}"
            )

    def challenge(self, random: bytes) -> Challenge:  # noqa: ARG002 - there is nothing to draw
        """Ask for it by its name."""
        return Named()

    def unwatched(self, record: PartEvidence) -> PartEvidence:
        """A value is an answer, and right or not."""
        return record

    def view(self, record: PartEvidence, _: Explain = plainly) -> "ValueView":
        """Return the value."""
        from grader.kinds.value.view import ValueView

        return ValueView(self, ValueEvidence.model_validate(record))
