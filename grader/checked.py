"""Types for what crosses the trust boundary: sizes and kinds are all checked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=4_000)]
Name = Annotated[str, Field(max_length=200)]
Whole = Annotated[int, Field(ge=-(2**63), lt=2**63)]
# A value as ``grader.values`` writes it down; the grader's own may be as long as what it asks.
Encoded = Annotated[str, Field(max_length=4_000_000)]
Index = Annotated[int, Field(ge=0, lt=2**31)]
Shape = Annotated[tuple[Whole | None, ...], Field(max_length=8)]
# One number an epoch.
Curve = Annotated[tuple[float | None, ...], Field(max_length=10_000)]


class Checked(BaseModel):
    """What holds nothing but what it says, and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Raised(Checked):
    """An exception; ``line`` counts from 1 within the cell that defines ``cell``.

    ``bases`` are the names of the classes that its own is derived from, nearest first, ``module``
    is the one whose code raised it, and ``direct`` tells whether that was the line itself and not
    something that it called; empty and None where it is not known.
    """

    name: Name
    message: Text
    line: Index | None = None
    function: Name | None = None
    cell: Name | None = None
    source_line: Text = ""
    bases: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    module: Name = ""
    direct: bool | None = None


class PartEvidence(Checked):
    """What was observed of one graded part; each kind of part has a record of its own.

    ``kind`` is that kind, and ``name`` the graded name. The probe writes one a cell at most.
    """

    kind: str
    name: Name
