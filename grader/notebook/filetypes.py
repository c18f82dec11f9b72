"""Knows by their content the files that are handed in instead of a notebook."""

import io
import struct
import zipfile
from collections.abc import Sequence
from contextlib import suppress

from grader.errors import RejectedError

HAND_IN = "Hand in the .ipynb file that Jupyter saved"
AS_IT_IS = f"{HAND_IN}, as it is: not packed, printed or photographed."
_UNPACK = "Unpack it and hand in the .ipynb file that is in it."
# Where it stands, what stands there, and what that is; the marks are those of file(1).
_MARKS = (
    (0, b"\x1f\x8b", "an archive (gzip)"),
    (0, b"7z\xbc\xaf", "an archive (7z)"),
    (0, b"Rar!", "an archive (rar)"),
    (0, b"BZh", "an archive (bzip2)"),
    (0, b"\xfd7zXZ", "an archive (xz)"),
    (257, b"ustar", "an archive (tar)"),
    (0, b"%PDF", "a PDF"),
    (0, b"{\\rtf", "a text document (RTF)"),
    (0, b"\xd0\xcf\x11\xe0", "a document of an older Microsoft Office"),
    (0, b"\x89PNG", "a picture"),
    (0, b"\xff\xd8\xff", "a picture"),
    (0, b"GIF8", "a picture"),
    (8, b"WEBP", "a picture"),
    (4, b"ftyp", "a picture or a film"),
    (0, b"\x89HDF", "saved weights or data (HDF5)"),
    (0, b"\x93NUMPY", "a saved array (NumPy)"),
    (0, b"SQLite format 3\0", "a database"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90", "a program"),
)
# What a zip is besides an archive, by a name that is in it.
_PACKED = (
    ("word/document.xml", "a Word document"),
    ("xl/workbook.xml", "an Excel sheet"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
    ("Index/Document.iwa", "a Pages document"),
    ("model.weights.h5", "a saved model (Keras)"),
)
_ZIP, _ZIP_END, _ZIP_64 = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
_MOST_PACKED, _MOST_LISTED_BYTES = 1_000, 1_000_000
_LONGEST_NAME = 80


def refuse_known(content: bytes) -> None:
    """Refuse a file whose first bytes say that it is something else than a notebook.

    Raises:
        RejectedError: It is.
    """
    if content.startswith((_ZIP, _ZIP_END)):
        raise _refused(*_zip(_packed(content)))
    for place, mark, name in _MARKS:
        if content.startswith(mark, place):
            raise _refused(name, _UNPACK if "archive" in name else AS_IT_IS)


def _refused(name: str, fix: str) -> RejectedError:
    return RejectedError("not-a-notebook", f"Expected a notebook, found {name}.", fix)


def _zip(names: Sequence[str]) -> tuple[str, str]:
    known = next((what for name, what in _PACKED if name in names), None)
    if known:
        return known, AS_IT_IS
    notebooks = [name for name in names if _is_notebook(name)]
    if not notebooks:
        return "an archive (zip)", _UNPACK
    first = notebooks[0].rpartition("/")[2]
    shown = "".join(letter if letter.isprintable() else "?" for letter in first)[:_LONGEST_NAME]
    others = f" and {len(notebooks) - 1} more notebooks" if len(notebooks) > 1 else ""
    return f"an archive (zip) with {shown}{others} in it", _UNPACK


def _is_notebook(name: str) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
    return name.casefold().endswith(".ipynb") and not hidden


def _packed(content: bytes) -> list[str]:
    """Return the names in a zip, none when there are too many: nothing is unpacked."""
    with suppress(Exception):  # whatever an archive is made to do to whoever reads it
        end = content.rindex(_ZIP_END)
        count, size = struct.unpack_from("<HI", content, end + 10)
        few = count <= _MOST_PACKED and size <= _MOST_LISTED_BYTES and _ZIP_64 not in content
        return zipfile.ZipFile(io.BytesIO(content)).namelist() if few else []
    return []
