"""What observations of a kind of part are called."""

from typing import get_args

from grader.checked import PartEvidence


def observed_as(record: type[PartEvidence]) -> str:
    """Return the kind that observations of a record's class bear.

    Args:
        record: The class.
    """
    (kind,) = get_args(record.model_fields["kind"].annotation)
    return str(kind)
