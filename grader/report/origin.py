"""What a grade depends on besides the submission, as a part of the report."""

from pydantic import Field

from grader.report.fields import Frozen, Name, Text


class DigestsRow(Frozen):
    """Digests of the assignment: of what is run and observed, of what judges it, of its words."""

    observation: Name
    rubric: Name
    wording: Name


class ProfileRow(Frozen):
    """The assignment's grading profile, and what of the whole it did without, a phrase for each.

    ``full`` tells that it was not used: that the submission was graded on the whole.
    """

    name: Name
    full: bool = False
    changes: list[Text] = Field(default_factory=list)


class ProvenanceRow(Frozen):
    """What the grade depends on besides the submission.

    ``digests`` are null where no assignment is known, and in reports of earlier kits; ``profile``
    is null where there is none, too.
    """

    kit: Name
    python: Name
    tensorflow: Name | None
    keras: Name | None
    dataset_sha256: Name | None
    seed: int | None
    threads: int | None
    cpu: Name
    kernel: Name
    training: Name
    isolation: Name
    digests: DigestsRow | None = None
    profile: ProfileRow | None = None
