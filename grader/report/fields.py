"""What a report is made of: only what every renderer can write.

Whatever a student's code left in a text or a number, numbers that JSON cannot express (NaN,
infinities) are null, and texts are printable and of bounded length.
"""

import re
from functools import partial
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from grader.evidence import finite

LONGEST_TEXT = 4000
LONGEST_NAME = 255

# XML 1.0 forbids the C0 controls, surrogates and non-characters. Terminals obey the C1 controls.
# The bidirectional embeddings, overrides and isolates make the rest of a line read backwards.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def _writable(value: object, longest: int = LONGEST_TEXT) -> object:
    if not isinstance(value, str):
        return value
    # Cut before searching: a message of a student's code may be megabytes long.
    cut = value if len(value) <= longest else value[: longest - 1] + "…"
    return _UNWRITABLE.sub("\ufffd", cut.replace("\r\n", "\n").replace("\r", "\n"))


Text = Annotated[str, BeforeValidator(_writable)]
Name = Annotated[str, BeforeValidator(partial(_writable, longest=LONGEST_NAME))]
Number = Annotated[float | None, AfterValidator(finite)]


class Frozen(BaseModel):
    """A part of a report, with no other fields than those that are named."""

    model_config = ConfigDict(frozen=True, extra="forbid")
