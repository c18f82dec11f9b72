"""Goes on with a download that broke off, where the server can."""

import shutil
from pathlib import Path
from typing import IO, Any

_CHUNK_BYTES = 2**16
_TIMEOUT_S = 30
_PARTIAL, _NOTHING_LEFT = 206, 416


class Resuming:
    """Downloads for ``pooch``, which compares the hash of what has arrived.

    Args:
        part: Where what has arrived is kept until it is all there.
    """

    def __init__(self, part: Path) -> None:
        self._part = part

    def __call__(
        self,
        url: str,
        output_file: str | IO[Any],
        pooch: object,
        check_only: bool | None = False,  # noqa: FBT001, FBT002 - as pooch calls it
    ) -> bool | None:
        """Download a file.

        Raises:
            requests.RequestException: It did not arrive; what did is kept.
        """
        del pooch
        if not check_only:
            self._fetch(url)
            if isinstance(output_file, str | Path):
                shutil.move(self._part, output_file)
        return None

    def _fetch(self, url: str) -> None:
        import requests

        known = self._part.stat().st_size if self._part.exists() else 0
        # As it is: what a server compresses on its way cannot be gone on with.
        headers = {"Accept-Encoding": "identity"}
        if known:
            headers["Range"] = f"bytes={known}-"
        with requests.get(url, headers=headers, stream=True, timeout=_TIMEOUT_S) as response:
            if known and response.status_code == _NOTHING_LEFT:
                return
            response.raise_for_status()
            with self._part.open("ab" if response.status_code == _PARTIAL else "wb") as file:
                for chunk in response.iter_content(_CHUNK_BYTES):
                    file.write(chunk)
