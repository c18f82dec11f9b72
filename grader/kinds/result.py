"""What a function that trains has returned."""

from typing import Annotated, Literal

from pydantic import Field

from grader.checked import Curve, Index, Name, PartEvidence
from grader.kinds.batches import Returned


class ReturnedResult(PartEvidence):
    """What a graded training function returned, and which fit it belongs to.

    ``curves`` are those that it shows, whoever wrote them there; ``returned`` says what it is.
    """

    kind: Literal["result"]
    type: Name
    returned: Returned | None = None
    is_history: bool
    fit: Index | None = None
    model: Name | None = None
    curves: Annotated[dict[Name, Curve], Field(max_length=50)] = {}  # noqa: RUF012 - pydantic copies it
