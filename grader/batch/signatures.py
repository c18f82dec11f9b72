"""Signs reports, so that only results which this user's grader wrote are taken for earlier ones.

Whatever lies in an output folder may have been handed in with the submissions. A report counts if
it is signed with a key that no submission knows: HMAC-SHA256 over all of it (RFC 2104), so over
whose it is, the digest of what was graded, the assignment and the version of the kit. The evidence
that is kept beside it has a signature of its own, over that of the report as well.
"""

import fcntl
import hashlib
import hmac
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

KEYS = "GRADER_KEYS"
_NAME = "results.key"
_KEY_BYTES = 32
_CONTEXT = b"grader report 1\n"
_EVIDENCE_CONTEXT = b"grader evidence 1\n"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Makes and checks signatures.

    Args:
        key: Secret; None where none can be kept, so that nothing is signed.
        remark: Why none can be kept.
    """

    key: bytes | None
    remark: str = ""

    @classmethod
    def of_user(cls) -> "Signatures":
        """Use this user's key, in the folder that ``GRADER_KEYS`` names or in the usual one."""
        folder = Path(os.environ.get(KEYS) or platformdirs.user_data_path("grader"))
        try:
            return cls(_kept_key(folder))
        except OSError as error:
            return cls(
                None,
                f"Results cannot be signed, as {folder} cannot be used: {error.strerror}. The same "
                "command will grade all again.",
            )

    def sign(self, report: bytes) -> str | None:
        """Return the signature of a report, in hexadecimal; None without a key."""
        if self.key is None:
            return None
        return hmac.digest(self.key, _CONTEXT + report, "sha256").hex()

    def sign_evidence(self, report: bytes, evidence: bytes) -> str | None:
        """Return the signature of the evidence beside a report; None without a key."""
        if self.key is None:
            return None
        content = _EVIDENCE_CONTEXT + hashlib.sha256(report).digest() + evidence
        return hmac.digest(self.key, content, "sha256").hex()

    def sign_results(self, report: bytes, evidence: bytes | None) -> str:
        """Return the signatures of a report and of the evidence beside it, a line each."""
        signed = [self.sign(report), evidence and self.sign_evidence(report, evidence)]
        return "".join(f"{signature}\n" for signature in signed if signature)

    def are_right(self, report: bytes, signatures: bytes) -> bool:
        """Whether the first line is the signature of a report."""
        return _is(self.sign(report), signatures, 0)

    def are_right_of_evidence(self, report: bytes, evidence: bytes, signatures: bytes) -> bool:
        """Whether the second line is the signature of the evidence beside a report."""
        return _is(self.sign_evidence(report, evidence), signatures, 1)


def _is(expected: str | None, signatures: bytes, line: int) -> bool:
    found = [*signatures.split(b"\n"), b"", b""][line].strip()
    return expected is not None and hmac.compare_digest(expected.encode(), found)


def _kept_key(folder: Path) -> bytes:
    """Return the key of a folder; of several processes that make one at a time all get the same."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / _NAME
    key = _usable(path) or _made_by_one(path)
    if key is None:
        raise OSError(None, "it does not keep files private")
    return key


def _made_by_one(path: Path) -> bytes | None:
    """Return a fresh key, or the one that another process made while this one waited."""
    with _locked(path.parent):
        if _usable(path) is None:
            # There is none, it is damaged, or others have seen it.
            _put_fresh_key(path)
        return _usable(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one at a time in; the end of a process lets the next one in."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some disks know no locks; then the last of several wins
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _put_fresh_key(path: Path) -> None:
    descriptor, beside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)


def _usable(path: Path) -> bytes | None:
    """Return the key in a file, if nobody else can have read or written it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        key = file.read(_KEY_BYTES + 1)
    # Windows has no such modes, and keeps the folder private by other means.
    private = os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & 0o077)
    return key if stat.S_ISREG(found.st_mode) and private and len(key) == _KEY_BYTES else None
