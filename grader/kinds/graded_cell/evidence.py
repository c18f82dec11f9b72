"""What was observed of a cell that only does something: nothing."""

from typing import Literal

from grader.checked import PartEvidence


class CellEvidence(PartEvidence):
    """Nothing but its name; what the cell did is evidence of other parts."""

    kind: Literal["graded_cell"]
