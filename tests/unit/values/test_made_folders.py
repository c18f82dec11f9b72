"""A folder that an author makes up is an argument like any other, made for each call."""

import os
from pathlib import Path
from typing import Any

import pytest

from grader.authoring import Link, MadeFolder
from grader.values.decode import UnreadableError, decode
from grader.values.encode import encode
from grader.values.folders import MadeFolders
from grader.values.listings import (
    EMPTY,
    OTHER,
    TooManyFilesError,
    differing,
    listing,
    listings,
    untouched,
)
from grader.values.records import can_change
from grader.values.wording import shown

FILES: dict[str, bytes | Link | None] = {
    "cats/1.png": b"one",
    "cats/2.png": b"",
    "link": Link("cats/1.png"),
    "dogs": None,
}


def made(folder: MadeFolder, folders: MadeFolders) -> Path:
    return Path(decode(encode(folder), folders.put_together))


def test_what_is_called_gets_the_path_of_a_folder_with_these_files() -> None:
    with MadeFolders() as folders:
        place = made(MadeFolder(FILES), folders)
        assert sorted(str(path.relative_to(place)) for path in place.rglob("*")) == [
            "cats",
            "cats/1.png",
            "cats/2.png",
            "dogs",
            "link",
        ]
        assert (place / "cats/1.png").read_bytes() == b"one"
        assert str((place / "link").readlink()) == "cats/1.png"


@pytest.mark.parametrize("path", ["cats", "cats/1.png", "dogs"])
def test_or_the_path_of_something_below_it(path: str) -> None:
    with MadeFolders() as folders:
        place = made(MadeFolder(FILES, path), folders)
        assert place.exists()
        assert str(place).endswith(path)


def test_it_is_gone_when_the_call_has_ended() -> None:
    with MadeFolders() as folders:
        place = made(MadeFolder(FILES), folders)
        (place / "more").mkdir()
    assert not place.parent.exists()


def test_what_a_link_leads_to_stays_when_the_folder_goes(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("yes")
    with MadeFolders() as folders:
        made(MadeFolder({"out": Link(str(tmp_path))}), folders)
    assert (tmp_path / "kept").read_text() == "yes"


@pytest.mark.parametrize(
    ("files", "path", "words"),
    [
        ({"/etc/x": b""}, "", "like cats/1.png, found '/etc/x'"),
        ({"../x": b""}, "", "like cats/1.png, found '../x'"),
        ({"": b""}, "", "like cats/1.png, found ''"),
        ({"a//b": b""}, "", "like cats/1.png, found 'a//b'"),
        ({3: b""}, "", "like cats/1.png, found 3"),
        ({"a": "text"}, "", "a holds bytes, a Link or None, found 'text'"),
        ({"a": b"", "a/b": b""}, "", "a/b lies below a, which is no folder"),
        ({"a": Link("b"), "a/b": b""}, "", "a/b lies below a, which is no folder"),
        ({"a": b""}, "b", "there is no b in a folder of a"),
    ],
)
def test_what_cannot_be_made_is_refused(files: Any, path: str, words: str) -> None:
    with pytest.raises((ValueError, TypeError)) as caught:
        MadeFolder(files, path)
    assert words in str(caught.value)


def test_it_is_the_same_when_it_was_written_down_and_read() -> None:
    found = decode(encode(MadeFolder(FILES, "cats")))
    assert (dict(found.files), found.path) == (FILES, "cats")


@pytest.mark.parametrize(
    "text", ['["folder", 1, ""]', '["folder", ["dict", [["../x", null]]], ""]']
)
def test_what_is_none_cannot_be_read(text: str) -> None:
    with pytest.raises(UnreadableError):
        decode(text)


@pytest.mark.parametrize("files", [FILES, {}, {"a/b/c": None, "a/d": b"x"}])
def test_what_lies_in_it_is_known_before_it_is_made(files: Any) -> None:
    folder = MadeFolder(files)
    with MadeFolders() as folders:
        made(folder, folders)
        assert folders.left() == [untouched(folder)]


def test_no_link_is_followed_to_see_what_lies_there(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "away").symlink_to("/nowhere")
    assert listing(tmp_path) == {"loop": f"a link to {tmp_path}", "away": "a link to /nowhere"}


def test_of_what_is_no_file_nothing_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert listing(tmp_path) == {"pipe": OTHER}


def test_a_folder_without_anything_in_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert listing(tmp_path) == {"a/b": EMPTY}


def test_more_than_is_looked_at_is_told(tmp_path: Path) -> None:
    for number in range(2_001):
        (tmp_path / str(number)).touch()
    with pytest.raises(TooManyFilesError):
        listing(tmp_path)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"a": "1", "b": "2"}, None),
        ({"a": "1"}, "b is gone"),
        ({"a": "1", "b": "3"}, "b is another one"),
        ({"a": "1", "b": "2", "c": EMPTY}, "c is new"),
        ({"a": "1", "b": "2", "c" * 99: EMPTY}, f"{'c' * 79}… is new"),
    ],
)
def test_what_lies_otherwise_is_told(left: dict[str, str], words: str | None) -> None:
    assert differing({"a": "1", "b": "2"}, left) == words


@pytest.mark.parametrize("said", [3, [3], [{"a": 1}], [{1: "a"}], {"a": "b"}])
def test_what_is_no_list_of_what_lies_in_folders_is_not_believed(said: object) -> None:
    with pytest.raises(UnreadableError):
        listings(encode(said))


def test_texts_do_not_say_where_the_folder_was() -> None:
    with MadeFolders() as folders:
        place = made(MadeFolder(FILES), folders)
        short = f"../tmp/{place.parent.name}/folder/x"
        told = folders.plainly(f'["{place}/a.png", "no file {short}", "/other"]')
    assert told == '["folder/a.png", "no file folder/x", "/other"]'


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        (MadeFolder(FILES), "a folder of 3 files"),
        (MadeFolder({"a": b""}), "a folder of 1 file"),
        (MadeFolder({}), "a folder of 0 files"),
        (MadeFolder(FILES, "cats/1.png"), "the path of cats/1.png"),
    ],
)
def test_it_is_shown_by_how_many_files_it_has(folder: MadeFolder, words: str) -> None:
    assert shown(folder) == words


@pytest.mark.parametrize(("files", "can"), [(FILES, True), ({}, False)])
def test_one_with_files_can_be_changed(files: Any, can: bool) -> None:  # noqa: FBT001
    assert can_change(MadeFolder(files)) is can
