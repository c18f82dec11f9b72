"""Writes results so that none is ever half written."""

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO

import nbformat

from grader import leftovers
from grader.batch.signatures import Signatures
from grader.errors import FullDiskError, UsageError
from grader.kept import pack
from grader.pipeline import Graded
from grader.report import grades, html, junit
from grader.report.document import Report

Opening = Callable[[Path, str], AbstractContextManager[IO[bytes]]]
TEMPORARY = ".grader-writing-"
EXECUTED, REPORT_PAGE, REPORT = "executed.ipynb", "report.html", "report.json"
EVIDENCE = "evidence.json.gz"
SIGNATURE = ".grader-signature"
SUBMISSIONS, GRADES = "submissions", "grades.csv"
# Digests of the tables that were written into a folder: any other was changed by somebody.
WRITTEN = ".grader-written"
_MOST_WRITTEN = 1_000
# A quota, where there is one, is full as a disk is.
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
# Of a file that is read again; a report has some 20 kB.
_MOST_BYTES = 100_000_000


def prepare(folder: Path) -> None:
    """Make a folder for results, before hours of grading end in the news that it cannot be.

    Raises:
        UsageError: It cannot be made or written to.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
        for place in (folder, *submission_folder(folder, "").glob("*/")):
            leftovers.sweep(place, TEMPORARY)


def refuse_links(folder: Path) -> None:
    """Refuse an output folder whose folders of results lead elsewhere.

    Args:
        folder: The output folder, where it lies among what was handed in.

    Raises:
        UsageError: One of them is a link: whoever handed it in would have results written there.
    """
    results = submission_folder(folder, "")
    for place in (results, *results.glob("*")):
        if place.is_symlink():
            raise UsageError(
                f"{place} is a link, and lies where submissions do. Remove it, or choose another "
                "place for the results."
            )


def prepare_file(path: Path) -> None:
    """Make sure that a file can be written later.

    Raises:
        UsageError: It is a folder, a disk or a socket, or cannot be made or written to.
    """
    refused = {"folder": path.is_dir, "disk": path.is_block_device, "socket": path.is_socket}
    for name, is_one in refused.items():
        if is_one():
            raise UsageError(f"{path}: expected the name of a file to write, found a {name}.")
    if not path.exists() or path.is_file():
        prepare(path.resolve().parent)
    elif not os.access(path, os.W_OK):
        raise UsageError(f"{path} cannot be written: it is no file, and may only be read.")
    elif path.is_char_device():
        with _told(path):
            # Such as a terminal, where there is none.
            os.close(os.open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0)))


def write(path: Path, text: str) -> None:
    """Write a file, so that a reader sees all of it or none.

    Raises:
        UsageError: It cannot be written.
    """
    _write(path, _encoded(text), leftovers.replacing)


def write_named(path: Path, text: str) -> None:
    """Write a file that was named, such as ``/dev/stdout``; what is no file is not replaced.

    Raises:
        UsageError: It cannot be written.
    """
    _write(path, _encoded(text), leftovers.filling)


def _write(path: Path, content: bytes, opening: Opening) -> None:
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with opening(path, TEMPORARY) as file:
            file.write(content)


def _encoded(text: str) -> bytes:
    # A notebook may hold half a character; JSON spells it as Python's escape does.
    return text.encode("utf-8", "backslashreplace")


def submission_folder(out: Path, submission_id: str) -> Path:
    """Return where the results of a submission of a class are."""
    return out / SUBMISSIONS / submission_id


def write_submission(
    graded: Graded,
    folder: Path,
    signatures: Signatures = Signatures(None),  # noqa: B008 - frozen
) -> Path:
    """Write a submission's reports and its executed notebook; return the report for people.

    Args:
        graded: What came of it. Where it was judged again, the executed notebook stays.
        folder: Where to write.
        signatures: Sign the report and the evidence, which is written where it is to count when
            grading goes on.
    """
    page = folder / REPORT_PAGE
    # First: an executed notebook beside it is a result, not somebody's submission.
    write(page, html.render(graded.report))
    if graded.notebook is not None:
        write(folder / EXECUTED, nbformat.writes(graded.notebook) + "\n")
    elif not graded.again:
        (folder / EXECUTED).unlink(missing_ok=True)
    evidence = pack(graded.kept) if graded.kept and signatures.key else None
    if evidence is not None:
        _write(folder / EVIDENCE, evidence, leftovers.replacing)
    else:
        (folder / EVIDENCE).unlink(missing_ok=True)
    # Last: where it is, the others are.
    report = graded.report.to_json()
    write(folder / REPORT, report)
    if signed := signatures.sign_results(_encoded(report), evidence):
        write(folder / SIGNATURE, signed)
    return page


def signed_report(folder: Path, signatures: Signatures) -> tuple[bytes | None, bool]:
    """Read the report in a folder; return it, and whether it is signed."""
    report, signature = read(folder / REPORT), read(folder / SIGNATURE)
    return report, signatures.are_right(report or b"", signature or b"")


def signed_evidence(folder: Path, signatures: Signatures) -> bytes | None:
    """Read the evidence that is kept beside a report; None where it is not signed with that."""
    report, signature, evidence = (read(folder / n) for n in (REPORT, SIGNATURE, EVIDENCE))
    if report is None or evidence is None:
        return None
    right = signatures.are_right_of_evidence(report, evidence, signature or b"")
    return evidence if right else None


def write_class(
    reports: Sequence[Report], out: Path, say: Callable[[str], None] = lambda _: None
) -> Path:
    """Write the table of all grades; return its path.

    Args:
        reports: Of the whole class.
        out: The output folder.
        say: Told in a line when the table that was there is kept, as somebody changed it.
    """
    write_table(out / GRADES, grades.render(reports), say)
    return out / GRADES


def write_table(path: Path, text: str, say: Callable[[str], None]) -> None:
    """Write a file that people work on; what they have changed in it is kept beside it.

    Args:
        path: The file.
        text: What it is to hold.
        say: Told in a line what was kept.

    Raises:
        UsageError: It cannot be written.
    """
    written, old, new = _written(path.parent), read(path), _encoded(text)
    if old not in (None, new) and _digest(old) not in written:
        kept = _free(path)
        with _told(kept):
            path.rename(kept)
        say(f"{path.name} was changed since it was written: it is kept as {kept.name}.")
    # Before the file: if this is ended between the two, the old one is known as well.
    digests = dict.fromkeys((*written[-_MOST_WRITTEN:], _digest(new)))
    write(path.with_name(WRITTEN), "".join(f"{digest}\n" for digest in digests))
    write(path, text)


def _written(folder: Path) -> list[str]:
    return (read(folder / WRITTEN) or b"").decode(errors="replace").split()


def read(path: Path) -> bytes | None:
    """Read a file of the output folder; None for what no grader has written, such as a pipe."""
    try:
        found = path.lstat()
        ours = stat.S_ISREG(found.st_mode) and found.st_size <= _MOST_BYTES
        return path.read_bytes() if ours else None
    except OSError:
        return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _free(path: Path) -> Path:
    names = (path.with_name(f"{path.stem}.edited-{number}{path.suffix}") for number in count(1))
    return next(name for name in names if not name.exists())


def write_junit(reports: Sequence[Report], path: Path) -> None:
    """Write JUnit XML, one suite a submission."""
    write_named(path, junit.render(reports, datetime.now(UTC)))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        told = f"{path} cannot be written: {error.strerror}."
        if error.errno in _FULL:
            raise FullDiskError(f"{told} Make room, and give the same command again.") from error
        raise UsageError(f"{told} Choose another place for the results.") from error
