"""Nothing that was handed in leads anywhere else."""

import hashlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import beneath
from grader.errors import RejectedError
from grader.notebook import opening
from grader.notebook.opening import MAX_BYTES, HandedIn, take

SECRET = b'{"auths": {}, "credsStore": "secret"}'
AT = Path("ann", "deep", "a.ipynb")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a class, beside which somebody else's file lies."""
    (tmp_path / "secret.json").write_bytes(SECRET)
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "a.ipynb").write_bytes(SECRET)
    (tmp_path / "class" / AT.parent).mkdir(parents=True)
    return tmp_path / "class"


def refused(root: Path, at: Path = AT) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        take(root / at, root)
    return caught.value


def link_to_a_link(root: Path) -> None:
    (root / "more").symlink_to(root.parent / "secret.json")
    (root / AT).symlink_to(root / "more")


def link_above(root: Path) -> None:
    (root / AT.parent).rmdir()
    (root / AT.parent).symlink_to(root.parent / "others")


def link_at_the_top(root: Path) -> None:
    (root / AT.parent).rmdir()
    (root / "ann").rmdir()
    (root.parent / "others" / "deep").symlink_to(".")
    (root / "ann").symlink_to(root.parent / "others")


LINKS: dict[str, Callable[[Path], None]] = {
    "file": lambda root: (root / AT).symlink_to(root.parent / "secret.json"),
    "relative": lambda root: (root / AT).symlink_to("../../../secret.json"),
    "within-the-class": lambda root: (root / AT).symlink_to(root / "bob.ipynb"),
    "nowhere": lambda root: (root / AT).symlink_to("nothing"),
    "loop": lambda root: (root / AT).symlink_to(AT.name),
    "folder": lambda root: (root / AT).symlink_to(root.parent, target_is_directory=True),
    "device": lambda root: (root / AT).symlink_to("/dev/zero"),
    "process": lambda root: (root / AT).symlink_to("/proc/self/environ"),
    "link": link_to_a_link,
    "folder-above": link_above,
    "top-folder": link_at_the_top,
}


@pytest.mark.parametrize("make", LINKS.values(), ids=LINKS)
def test_a_link_is_rejected(root: Path, make: Callable[[Path], None]) -> None:
    make(root)
    error = refused(root)
    assert (error.code, error.fix) == ("link", "Hand in the file itself.")


def test_a_rejected_link_is_named(root: Path) -> None:
    LINKS["file"](root)
    assert refused(root).reason == "a.ipynb is a link."


@pytest.mark.parametrize("make", LINKS.values(), ids=LINKS)
def test_nothing_is_told_of_what_a_link_leads_to(root: Path, make: Callable[[Path], None]) -> None:
    make(root)
    told = str(refused(root))
    assert not [word for word in ("secret", "auths", "others", str(root)) if word in told]


def test_a_link_that_is_put_in_the_place_of_a_file_meanwhile_is_rejected(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / AT).write_bytes(b"{}")
    seen = (root / AT).stat()
    (root / AT).unlink()
    LINKS["file"](root)
    monkeypatch.setattr(beneath, "looked_at", lambda *_: seen)
    assert refused(root).code == "link"


def test_what_is_no_file_when_it_is_open_is_rejected(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / AT).write_bytes(b"{}")
    seen = (root / AT).stat()
    (root / AT).unlink()
    os.mkfifo(root / AT)
    monkeypatch.setattr(beneath, "looked_at", lambda *_: seen)
    assert refused(root).reason == "The file cannot be read: expected a file, found a pipe."


def test_a_folder_above_that_is_exchanged_meanwhile_changes_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / AT).write_bytes(b"{}")
    looked_at = beneath.looked_at

    def exchange(name: str, folder: int) -> os.stat_result:
        if name == AT.name and not (root / "ann" / "gone").exists():
            (root / AT.parent).rename(root / "ann" / "gone")
            (root / AT.parent).symlink_to(root.parent / "others")
        return looked_at(name, folder)

    monkeypatch.setattr(beneath, "looked_at", exchange)
    assert take(root / AT, root).content == b"{}"


def make_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the names of sockets are short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


@pytest.mark.parametrize(
    ("make", "what"),
    [(os.mkfifo, "a pipe"), (make_socket, "a socket")],
    ids=["pipe", "socket"],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_is_no_file_is_named(root: Path, make: Callable[[Path], None], what: str) -> None:
    make(root / AT)
    assert refused(root).reason == f"The file cannot be read: expected a file, found {what}."


@pytest.mark.parametrize("at", [Path(), Path("ann"), AT.parent])
def test_a_folder_without_a_notebook_is_named(root: Path, at: Path) -> None:
    assert refused(root, at).code == "no-notebook"


@pytest.mark.parametrize("at", [AT, Path("bob", "a.ipynb"), Path("..", "secret.json"), Path("/x")])
def test_what_is_not_there_is_rejected(root: Path, at: Path) -> None:
    assert refused(root, at).code == "unreadable"


def test_a_hard_link_to_another_users_file_is_rejected(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / AT).hardlink_to(root.parent / "secret.json")
    monkeypatch.setattr(opening, "_owner", lambda found: found.st_ino)
    error = refused(root)
    assert error.reason == (
        "a.ipynb is a hard link to a file that belongs to another user than the folder that it is "
        "in."
    )


@pytest.mark.parametrize("links", [0, 1, 3])
def test_a_hard_link_of_ones_own_is_read(root: Path, links: int) -> None:
    (root / AT).write_bytes(b"{}")
    for number in range(links):
        (root.parent / f"backup-{number}").hardlink_to(root / AT)
    assert take(root / AT, root).content == b"{}"


def test_another_users_file_without_other_names_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / AT).write_bytes(b"{}")
    monkeypatch.setattr(opening, "_owner", lambda found: found.st_ino)
    assert take(root / AT, root).content == b"{}"


def test_the_folder_that_was_named_may_be_a_link(root: Path, tmp_path: Path) -> None:
    (root / AT).write_bytes(b"{}")
    (tmp_path / "named").symlink_to(root)
    assert take(tmp_path / "named" / AT, tmp_path / "named").content == b"{}"


def test_a_file_that_was_named_may_be_a_link(root: Path) -> None:
    LINKS["file"](root)
    assert take(root / AT).content == SECRET


@pytest.mark.parametrize("folder", [None, Path()])
def test_the_digest_is_that_of_what_was_read(root: Path, folder: Path | None) -> None:
    (root / AT).write_bytes(SECRET)
    found = take(root / AT, None if folder is None else root / folder)
    assert found == HandedIn(SECRET, len(SECRET), hashlib.sha256(SECRET).hexdigest())


def test_of_what_is_too_large_only_the_digest_is_kept(root: Path) -> None:
    with (root / AT).open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    digest = hashlib.sha256(bytes(MAX_BYTES + 1)).hexdigest()
    assert take(root / AT, root) == HandedIn(None, MAX_BYTES + 1, digest)


def test_what_is_absurdly_large_is_not_read(root: Path) -> None:
    with (root / AT).open("wb") as file:
        file.truncate(2**40)
    assert take(root / AT, root) == HandedIn(None, 2**40, None)


def test_no_file_stays_open(root: Path) -> None:
    (root / AT).write_bytes(b"{}")
    before = sorted(Path("/proc/self/fd").iterdir())
    take(root / AT, root)
    refused(root, Path("ann", "deep", "nothing"))
    assert sorted(Path("/proc/self/fd").iterdir()) == before


def test_links_are_rejected_where_nothing_can_be_opened_within_a_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    LINKS["top-folder"](root)
    monkeypatch.setattr(beneath, "POSSIBLE", False)
    assert refused(root).code == "link"


def test_files_are_read_where_nothing_can_be_opened_within_a_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / AT).write_bytes(b"{}")
    monkeypatch.setattr(beneath, "POSSIBLE", False)
    assert take(root / AT, root).content == b"{}"
