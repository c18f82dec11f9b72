"""The mark of what was drawn: by which code, and what came of it, in a hidden file.

What has a record is known by that and has none. What is not is known again by its mark: so nobody
deletes what somebody has put there by hand, nor goes on with what another ``draw`` has drawn.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.datasets.comparing import file_digest
from grader.datasets.integrity import MARK, list_files


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of something that was drawn.

    Args:
        assignment: Id of the assignment that it was drawn for.
        code: Digest of the code that drew it, as that assignment has it.
        content: Digest of all that was drawn.
    """

    assignment: str
    code: str
    content: str

    def is_of(self, place: Path) -> bool:
        """Whether a folder or file holds exactly what was drawn."""
        return self.content == content_digest(place)


def content_digest(place: Path) -> str:
    """Return the digest of a file, or of the names and bytes of all files of a folder."""
    if not place.is_dir():
        return file_digest(place)
    whole = hashlib.sha256()
    for name in list_files(place):
        whole.update(f"{name}\0{file_digest(place / name)}\n".encode())
    return whole.hexdigest()


def write_mark(place: Path, assignment: str, code: str) -> None:
    """Mark what was drawn; where that cannot be written, there is none."""
    text = json.dumps(asdict(Mark(assignment, code, content_digest(place))))
    with suppress(OSError):
        _path(place).write_text(f"{text}\n", encoding="utf-8")


def read_mark(place: Path) -> Mark | None:
    """Return the mark of a folder or file; None where there is none that can be read."""
    try:
        return Mark(**json.loads(_path(place).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _path(place: Path) -> Path:
    return place / MARK if place.is_dir() else place.with_name(f".{place.name}{MARK}")
