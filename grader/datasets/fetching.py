"""Fetches data by its hash, so that what arrives is what the author meant."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from grader.errors import DatasetError

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Fetched:
    """Data that is fetched when it is first needed.

    Args:
        url: Where from: of a file, or of a ``.zip`` or ``.tar.gz`` of a folder.
        sha256: The hash of that file, 64 hexadecimal digits.
        inside: Of an archive, the folder or file in it that is wanted; empty for all of it.

    Raises:
        DatasetError: It cannot be fetched so.
    """

    url: str
    sha256: str = ""
    inside: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.url, str) or urlsplit(self.url).scheme not in {"http", "https"}:
            raise DatasetError(
                f"Data is fetched from an address; found {self.url!r}. "
                "Write one that begins with https://."
            )
        if not isinstance(self.sha256, str) or not _SHA256.fullmatch(self.sha256):
            raise DatasetError(
                f"What is fetched from {self.url} has a sha256 of 64 hexadecimal digits; found "
                f"{self.sha256!r}. Write down what `sha256sum` says of the file that you mean."
            )
        if ".." in self.inside.split("/") or self.inside.startswith("/"):
            raise DatasetError(
                f"inside is a path in what is fetched from {self.url}; found {self.inside!r}. "
                "Write it without a leading / and without '..'."
            )
