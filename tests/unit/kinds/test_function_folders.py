"""A function may be given the path of a folder that is made for each call."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import looking
import pytest

from grader.checks import Absent
from grader.kinds.function.part import Case, Function
from grader.kinds.function.view import FILES, FunctionView
from grader.kinds.kind import PartError
from grader.values.encode import encode
from grader.values.listings import MOST_ENTRIES
from grader.values.records import Link, MadeFolder

FOLDER = MadeFolder({"a.txt": b"1", "below/b.txt": b"22", "below/c.txt": b"", "d": Link("a.txt")})


def sizes(folder: str) -> dict[str, int]:
    paths = sorted(path for path in Path(folder).rglob("*") if not path.is_symlink())
    files = [path for path in paths if path.is_file()]
    return {str(path.relative_to(folder)): path.stat().st_size for path in files}


def clears(folder: str) -> dict[str, int]:
    found = sizes(folder)
    for name, size in found.items():
        if not size:
            Path(folder, name).unlink()
    return found


KEEPS = Function("f", cases=[(FOLDER,)], reference=sizes)
CLEARS = Function("f", cases=[(FOLDER,)], reference=clears)


def view(function: object, part: Function = KEEPS) -> FunctionView:
    return looking.seen(part, looking.look(part, {"f": function}))


def but(spoils: Callable[[str], Any]) -> Callable[[str], dict[str, int]]:
    """Return what is right but for what it does to its folder."""

    def both(folder: str) -> dict[str, int]:
        found = sizes(folder)
        spoils(folder)
        return found

    return both


def test_what_it_says_of_the_folder_is_compared() -> None:
    assert view(sizes).agrees().met
    found = view(lambda folder: sizes(folder) | {"a.txt": 7}).agrees()
    assert found.actual.endswith("7, not 1 at ['a.txt']")


def test_files_are_drawn_anew_for_each_call() -> None:
    part = Function(
        "f",
        draw=lambda generator: (MadeFolder({"x": b"." * int(generator.integers(9, 99))}),),
        draws=3,
        reference=sizes,
    )
    found = view(sizes, part)
    assert found.agrees().met
    assert len({str(call.value) for call in found.calls}) > 1


def test_the_path_of_a_file_is_an_argument_too() -> None:
    part = Function("f", cases=[(MadeFolder({"x": b"12"}, "x"),)], reference=os.path.getsize)
    assert view(lambda path: len(Path(path).read_bytes()), part).agrees().met


def test_paths_that_are_returned_are_those_below_the_folder() -> None:
    part = Function("f", cases=[(FOLDER,)], reference=lambda folder: f"{folder}/a.txt")
    assert view(lambda folder: str(Path(folder) / "a.txt"), part).agrees().met
    found = view(lambda folder: str(Path(folder) / "b.txt"), part).agrees()
    assert found.actual == "f(a folder of 4 files) = 'folder/b.txt'"


def test_what_is_raised_names_the_file_and_not_where_it_was() -> None:
    found = view(lambda folder: Path(folder, "missing.txt").read_text()).agrees()
    assert found.actual.endswith(
        "raised FileNotFoundError: [Errno 2] No such file or directory: 'folder/missing.txt'"
    )


def test_who_leaves_all_as_it_was_is_told_so() -> None:
    assert view(sizes).leaves_files().met
    assert view(sizes).keeps_arguments().met


SPOILS: dict[str, tuple[Callable[[str], Any], str]] = {
    "removes": (lambda folder: Path(folder, "a.txt").unlink(), "a.txt is gone"),
    "writes over": (lambda folder: Path(folder, "a.txt").write_text("2"), "a.txt is another one"),
    "adds": (lambda folder: Path(folder, "new").touch(), "new is new"),
    "moves": (
        lambda folder: Path(folder, "a.txt").rename(Path(folder, "e.txt")),
        "a.txt is gone",
    ),
    "follows": (lambda folder: Path(folder, "d").write_text("x"), "a.txt is another one"),
    "removes the folder": (shutil.rmtree, "a.txt is gone"),
}


@pytest.mark.parametrize(("spoils", "words"), SPOILS.values(), ids=SPOILS)
def test_what_is_otherwise_afterwards_is_told(spoils: Callable[[str], Any], words: str) -> None:
    found = view(but(spoils)).leaves_files()
    assert (found.met, found.actual) == (False, f"after f(a folder of 4 files), {words}")
    assert found.hint == FILES
    assert not view(but(spoils)).keeps_arguments().met


def test_what_is_to_be_removed_must_be() -> None:
    assert view(clears, CLEARS).leaves_files().met
    found = view(sizes, CLEARS).leaves_files()
    assert found.actual == "after f(a folder of 4 files), below/c.txt is new"


def test_a_case_with_a_value_of_its_own_leaves_its_folder_as_it_was() -> None:
    part = Function("f", cases=[Case((FOLDER,), expected=1)])
    assert view(lambda _: 1, part).leaves_files().met


def test_a_case_with_a_value_of_its_own_whose_folder_is_changed_is_told() -> None:
    def empties(folder: str) -> int:
        shutil.rmtree(folder)
        return 1

    part = Function("f", cases=[Case((FOLDER,), expected=1)])
    assert not view(empties, part).leaves_files().met


def test_of_what_is_never_right_nobody_says_what_it_leaves() -> None:
    with pytest.raises(Absent, match="f returned no right value yet"):
        view(lambda _: None).leaves_files()


def test_more_files_than_can_be_looked_at_are_told() -> None:
    def fills(folder: str) -> None:
        for number in range(MOST_ENTRIES + 1):
            Path(folder, str(number)).touch()

    found = view(but(fills)).leaves_files()
    assert found.actual == "what f(a folder of 4 files) left there cannot be looked at"


@pytest.mark.parametrize("said", ["", "{}", encode(3), encode([]), encode([{}, {}])])
def test_what_a_kernel_says_of_folders_is_not_believed_to_be_well_formed(said: str) -> None:
    record = looking.look(KEEPS, {"f": sizes}).parts["function", "f"]
    [answer] = record.answers  # type: ignore[attr-defined]
    forged = record.model_copy(update={"answers": (answer.model_copy(update={"left": said}),)})
    assert not KEEPS.view(forged).leaves_files().met


def test_where_nobody_watched_nothing_is_said_of_files() -> None:
    record = KEEPS.unwatched(looking.look(KEEPS, {"f": sizes}).parts["function", "f"])
    with pytest.raises(Absent, match="replaces parts of the grader"):
        KEEPS.view(record).leaves_files()


def test_a_function_without_folders_has_none_to_leave() -> None:
    part = Function("f", cases=[(2,)], reference=abs)
    assert view(abs, part).leaves_files().met


def test_a_reference_that_leaves_other_files_each_time_is_refused() -> None:
    turns = iter(range(9))

    def numbers(folder: str) -> None:
        Path(folder, str(next(turns))).touch()

    part = Function("f", cases=[(FOLDER,)], reference=numbers)
    made = looking.challenges(part)
    stage = looking.Stage({"f": sizes})
    found = looking.look_at(stage, made)
    assert "called twice alike, the reference returned no key '0'" in found.faults[0].message


def test_a_folder_that_is_too_large_is_refused() -> None:
    with pytest.raises(PartError, match="an argument is too large"):
        Function("f", cases=[(MadeFolder({"x": bytes(4_000_000)}),)], reference=sizes)
