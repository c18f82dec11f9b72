"""Fetches data by its hash, so that what arrives is what the author meant."""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from grader.errors import DatasetError

CACHE = "GRADER_CACHE"
_ZIP, _TAR = (".zip",), (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Fetched:
    """Data that is fetched when it is first needed.

    Args:
        url: Where from: of a file, or of a ``.zip`` or ``.tar.gz`` of a folder or of more.
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

    @property
    def kept_at(self) -> Path:
        """Where what is fetched is kept, for all splits that are in it."""
        import platformdirs

        folder = os.environ.get(CACHE) or platformdirs.user_cache_path("grader")
        name = PurePosixPath(urlsplit(self.url).path).name or "data"
        return Path(folder) / "fetched" / self.sha256[:16] / name


def fetch(
    fetched: Fetched, target: Path, obstacles: Callable[[Path], Iterator[str]], *, folder: bool
) -> None:
    """Fetch a folder or a file, which appears complete or not at all.

    Args:
        fetched: What.
        target: Where to; what is there is left as it is.
        obstacles: Says why what has arrived is not what was meant.
        folder: Whether it is a folder.

    Raises:
        DatasetError: It could not be fetched, or is not what was meant.
    """
    if target.exists():
        return
    archive = _arrived(fetched)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, because only within one file system is a move a single step.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fetching-") as staging:
            found = _unpacked(fetched, archive, Path(staging), packed=folder or fetched.inside)
            (Path(staging) / "new").mkdir()
            # Of its own name, as what reads a file goes by that.
            fresh = found.rename(Path(staging) / "new" / target.name)
            _refuse_other(fetched, obstacles(fresh))
            fresh.rename(target)
    except OSError as error:
        raise DatasetError(
            f"What was fetched from {fetched.url} cannot be put at {target}: {error}. "
            "Make room or see that you may write there."
        ) from error


def _arrived(fetched: Fetched) -> Path:
    """Return the file, which is fetched if it is not kept."""
    import pooch
    import requests

    from grader.datasets.resuming import Resuming

    kept = fetched.kept_at
    pooch.get_logger().setLevel("ERROR")
    try:
        pooch.retrieve(
            fetched.url,
            f"sha256:{fetched.sha256}",
            kept.name,
            kept.parent,
            downloader=Resuming(kept.with_name(f"{kept.name}.part")),
        )
    except requests.RequestException as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        raise DatasetError(
            f"{fetched.url} could not be fetched ({reason}). Connect to the network and try again: "
            f"what has arrived is kept. Or get the file otherwise, and put it there: {kept}"
        ) from error
    except ValueError as error:
        raise DatasetError(
            f"{fetched.url}: expected a file with the sha256 {fetched.sha256}, found another one. "
            f"It has changed since, or what arrived is a page that says why it did not. Ask "
            f"whoever wrote the assignment, or get the right file and put it there: {kept}"
        ) from error
    except OSError as error:
        raise DatasetError(
            f"What is fetched from {fetched.url} cannot be kept at {kept}: {error}. Make room, or "
            f"name another folder in the environment: {CACHE}=DIR."
        ) from error
    return kept


def _unpacked(fetched: Fetched, archive: Path, staging: Path, *, packed: object) -> Path:
    """Return what is wanted of a file: of an archive, all that is in it or a part of that."""
    import shutil

    from pooch import Untar, Unzip

    unpacked = staging / "unpacked"
    if not packed:
        return Path(shutil.copyfile(archive, unpacked))
    if archive.name.lower().endswith(_ZIP):
        Unzip(extract_dir=str(unpacked))(str(archive), "download", None)
    elif archive.name.lower().endswith(_TAR):
        Untar(extract_dir=str(unpacked))(str(archive), "download", None)
    else:
        raise DatasetError(
            f"{fetched.url}: expected an archive of a folder, whose name ends with "
            f"{', '.join((*_ZIP, *_TAR))}. Fetch such a file."
        )
    found = unpacked / fetched.inside
    if not found.exists():
        top = ", ".join(sorted(path.name for path in unpacked.iterdir()))
        raise DatasetError(
            f"{fetched.url}: expected {fetched.inside} in it, found {top}. Mend inside=..."
        )
    return found


def _refuse_other(fetched: Fetched, obstacles: Iterator[str]) -> None:
    obstacle = next(obstacles, None)
    if obstacle:
        raise DatasetError(
            f"What was fetched from {fetched.url} cannot serve: {obstacle}. "
            "Does inside=... name the folder or the file that is meant?"
        )
