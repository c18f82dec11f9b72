import os
import secrets
import stat
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.batch.signatures import KEYS, Signatures

REPORT = b'{"earned": 100}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    return tmp_path / "keys"


def key_of(folder: Path) -> Path:
    return folder / "results.key"


def signed(signatures: Signatures, report: bytes = REPORT) -> bytes:
    return (signatures.sign(report) or "").encode()


@pytest.mark.usefixtures("folder")
def test_what_was_signed_is_known_again() -> None:
    assert Signatures.of_user().are_right(REPORT, signed(Signatures.of_user()) + b"\n")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("report", [b"", REPORT + b" ", REPORT.replace(b"100", b"99")])
def test_what_was_changed_is_not(report: bytes) -> None:
    assert not Signatures.of_user().are_right(report, signed(Signatures.of_user()))


def test_the_key_is_private(folder: Path) -> None:
    Signatures.of_user()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, key_of(folder))]
    assert modes == [0o700, 0o600]


def test_nothing_else_stays_beside_the_key(folder: Path) -> None:
    Signatures.of_user()
    assert list(folder.iterdir()) == [key_of(folder)]


@pytest.mark.parametrize("content", [b"", b"short", bytes(33)])
def test_a_damaged_key_is_made_anew(folder: Path, content: bytes) -> None:
    Signatures.of_user()
    key_of(folder).write_bytes(content)
    assert Signatures.of_user().key not in (None, content)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o622])
def test_a_key_that_others_may_have_seen_is_made_anew(folder: Path, mode: int) -> None:
    before = Signatures.of_user().key
    key_of(folder).chmod(mode)
    assert Signatures.of_user().key not in (None, before)


@pytest.mark.parametrize("before", [None, b"damaged"])
def test_all_who_make_a_key_at_a_time_get_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None
) -> None:
    if before is not None:
        folder.mkdir()
        key_of(folder).write_bytes(before)
    monkeypatch.setattr(secrets, "token_bytes", slowly(secrets.token_bytes))
    with ThreadPoolExecutor(16) as pool:
        keys = {made.key for made in pool.map(lambda _: Signatures.of_user(), range(16))}
    assert keys == {key_of(folder).read_bytes()}


def slowly(made: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """Have all find that there is no key before one of them has made it."""

    def wait(length: int) -> bytes:
        time.sleep(0.05)
        return made(length)

    return wait


def test_where_no_key_can_be_kept_nothing_is_signed(folder: Path) -> None:
    folder.write_text("in the way")
    assert Signatures.of_user().sign(REPORT) is None


def test_why_nothing_is_signed_is_said(folder: Path) -> None:
    folder.write_text("in the way")
    assert Signatures.of_user().remark == (
        f"Results cannot be signed, as {folder} cannot be used: File exists. The same command will "
        "grade all again."
    )


def test_where_files_are_not_private_nothing_is_signed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.name
    monkeypatch.setattr(os, "geteuid", lambda: -1)
    assert "it does not keep files private" in Signatures.of_user().remark


@pytest.mark.parametrize("signature", [b"", b"0" * 64, b"\xff"])
def test_without_a_key_no_signature_is_right(signature: bytes) -> None:
    assert not Signatures(None).are_right(REPORT, signature)


def test_where_there_are_no_links_a_key_is_kept_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", fail)
    assert Signatures.of_user().key == key_of(folder).read_bytes()
