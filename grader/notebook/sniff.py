"""Whether a file holds a notebook, whatever it is called."""

import os
import stat
from pathlib import Path

from grader.notebook.opening import MAX_BYTES

_HEAD = 1024
# What may stand before the first brace: marks of an encoding, the other half of its characters.
_BEFORE = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
_SIGNS = (b'"cell_type"', b'"nbformat"')


def holds_notebook(path: Path) -> bool:
    """Whether a file looks like a notebook inside, be it a broken one; a link is not followed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _flag("O_NOFOLLOW") | _flag("O_NONBLOCK"))
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
                return False
            content = file.read(_HEAD)
            if not content.lstrip(_BEFORE).startswith(b"{"):
                return False
            content = (content + file.read(MAX_BYTES)).replace(b"\0", b"")
    except OSError:
        return False
    return any(sign in content for sign in _SIGNS)


def _flag(name: str) -> int:
    # Windows has neither.
    return getattr(os, name, 0)
