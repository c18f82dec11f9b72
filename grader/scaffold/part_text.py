"""What is written of a part, before it is put together with others."""

from dataclasses import dataclass, field

from grader.scaffold.guessing import PartKind


@dataclass
class PartCode:
    """Code of a part.

    Args:
        name: The graded name.
        kind: Of which kind it is.
        variable: What the part is called in the module.
        lines: What declares it.
        checks: Its checks, as code.
        imports: What both import of ``grader.authoring``.
        open: How many checks are still to be filled in.
    """

    name: str
    kind: PartKind
    variable: str
    lines: str = ""
    checks: list[str] = field(default_factory=list)
    imports: set[str] = field(default_factory=set)
    open: int = 0
