import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.kinds.callback.inside.scratch import Scratch


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "notebook"
    (folder / "saved").mkdir(parents=True)
    (folder / "log.txt").write_text("from training")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def scratch(here: Path) -> Iterator[Scratch]:
    assert here.exists()
    found = Scratch(files=True)
    yield found
    found.remove()


def listed() -> dict[str, str]:
    return {path.name: path.read_text() if path.is_file() else "" for path in Path.cwd().rglob("*")}


def wrote_anew() -> None:
    Path("new.txt").write_text("new")


def wrote_over() -> None:
    Path("log.txt").write_text("overwritten..")


def wrote_below() -> None:
    Path("saved/new.txt").write_text("new")


def removed_a_file() -> None:
    Path("log.txt").unlink()


def removed_itself() -> None:
    Path("log.txt").unlink()
    Path("saved").rmdir()
    Path.cwd().rmdir()


def left() -> None:
    os.chdir("/")


USES = [wrote_anew, wrote_over, wrote_below, removed_a_file, removed_itself, left]


def test_it_is_like_the_current_folder(scratch: Scratch) -> None:
    with scratch.use():
        assert listed() == {"saved": "", "log.txt": "from training"}


@pytest.mark.parametrize("use", USES)
def test_the_next_use_finds_it_as_this_one_did(scratch: Scratch, use: Callable[[], None]) -> None:
    with scratch.use():
        use()
    with scratch.use():
        assert listed() == {"saved": "", "log.txt": "from training"}


@pytest.mark.parametrize("use", USES)
def test_the_current_folder_stays_as_it_was(
    here: Path, scratch: Scratch, use: Callable[[], None]
) -> None:
    with scratch.use():
        use()
    assert (Path.cwd(), listed()) == (here, {"saved": "", "log.txt": "from training"})


def test_what_was_only_read_is_used_again(scratch: Scratch) -> None:
    used = []
    for _ in range(2):
        with scratch.use():
            assert listed()
            used.append(Path.cwd().stat().st_ino)
    assert used[0] == used[1]


@pytest.mark.usefixtures("here")
def test_without_files_it_has_the_folders() -> None:
    scratch = Scratch(files=False)
    with scratch.use():
        assert listed() == {"saved": ""}
    scratch.remove()


def test_nothing_stays_of_it(here: Path, scratch: Scratch) -> None:
    with scratch.use():
        wrote_anew()
    scratch.remove()
    assert list(here.parent.iterdir()) == [here]
