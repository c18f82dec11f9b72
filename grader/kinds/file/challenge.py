"""Reads what a notebook left."""

from collections.abc import Mapping

from grader.kinds.challenge import Read
from grader.kinds.file.evidence import FileEvidence
from grader.kinds.file.part import File
from grader.values.encode import encode

MAX_BYTES = 1_000_000
GONE = "it was there when its cell had run, and is not there at the end"
UNREAD = "it cannot be read: {}"
LARGE = f"it has more than {MAX_BYTES:,} bytes"
NO_MODEL = "it is no file that a Keras model was saved to"
# How a zip file begins, which is what .keras is, and one of HDF5.
_SAVED = b"PK\x03\x04", b"\x89HDF\r\n\x1a\n"
_SEED_BYTES = 4


class FileChallenge:
    """A file, and inputs for the model in it.

    Args:
        part: What the author asks for.
        random: Drawn anew for each run.
    """

    def __init__(self, part: File, random: bytes) -> None:
        self._part = part
        self._seed = int.from_bytes(random[:_SEED_BYTES], "big")

    @property
    def sent(self) -> Mapping[str, object]:
        """Where it is, and what a model is asked."""
        part = self._part
        return {
            "path": part.path, "model": part.model, "loaded": part.loaded, "seed": self._seed
        }  # fmt: skip

    def compare(self, record: FileEvidence, read: Read) -> FileEvidence:
        """Put what is in the file in the place of what the kernel claims."""
        known: dict[str, str | None] = {"content": "", "problem": "", "arrays": None, "unread": ""}
        try:
            found = read(self._part.path, MAX_BYTES + 1)
        except FileNotFoundError:
            known["problem"] = GONE
        except OSError as error:
            known["problem"] = UNREAD.format(error.strerror or error)
        else:
            known |= self._model(found) if self._part.model else _content(found)
        return record.model_copy(update=known)

    def _model(self, found: bytes) -> dict[str, str]:
        return {} if found.startswith(_SAVED) else {"problem": NO_MODEL}


def _content(found: bytes) -> dict[str, str]:
    if len(found) > MAX_BYTES:
        return {"problem": LARGE}
    return {"content": encode(found, 2 * MAX_BYTES)}
