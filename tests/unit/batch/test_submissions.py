import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch import submissions
from grader.errors import UsageError

Make = Callable[..., Path]
NAMES = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=300)


def ids(*paths: Path, out: Path | None = None) -> list[str]:
    return [entry.id for entry in submissions.find(paths, out)]


def test_a_file_is_called_by_its_name_without_the_suffix(make: Make) -> None:
    assert ids(make("a.ipynb") / "a.ipynb") == ["a"]


def test_a_file_in_a_folder_is_called_by_both(make: Make) -> None:
    assert ids(make("ann/C1W4.ipynb")) == ["ann__C1W4"]


def test_a_report_shows_the_path_below_the_graded_folder(make: Make) -> None:
    [entry] = submissions.find([make("ann/C1W4.ipynb")])
    assert entry.shown_path == "ann/C1W4.ipynb"


def test_folders_are_searched_to_any_depth(make: Make) -> None:
    assert ids(make("a/b/c/d/e.ipynb")) == ["a__b__c__d__e"]


def test_the_order_is_that_of_the_paths(make: Make) -> None:
    folder = make("c.ipynb", "a.ipynb", "b/z.ipynb", "b/a.ipynb")
    assert ids(folder) == ["a", "b__a", "b__z", "c"]


def test_what_is_named_first_is_graded_first(make: Make) -> None:
    folder = make("b.ipynb", "a.ipynb")
    assert ids(folder / "b.ipynb", folder / "a.ipynb") == ["b", "a"]


def test_namesakes_of_two_folders_are_told_apart_by_the_folder(make: Make) -> None:
    folder = make("one/x.ipynb", "two/x.ipynb")
    assert ids(folder / "one", folder / "two") == ["one__x", "two__x"]


def test_names_that_become_the_same_are_numbered(make: Make) -> None:
    assert ids(make("a b.ipynb", "a+b.ipynb", "a_b.ipynb")) == ["a_b", "a_b-2", "a_b-3"]


def test_a_numbered_name_does_not_take_the_place_of_another(make: Make) -> None:
    assert ids(make("a b.ipynb", "a+b.ipynb", "a_b-2.ipynb")) == ["a_b", "a_b-2", "a_b-2-2"]


def test_names_that_differ_in_case_only_are_numbered(make: Make) -> None:
    assert ids(make("Ann.ipynb", "ann.ipynb")) == ["Ann", "ann-2"]


def test_the_suffix_may_be_in_capitals(make: Make) -> None:
    assert ids(make("a.IPYNB")) == ["a"]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.ipynb",
        ".git/a.ipynb",
        ".ipynb_checkpoints/a-checkpoint.ipynb",
        "a/.ipynb_checkpoints/a-checkpoint.ipynb",
        "a.backup-1.ipynb",
        "kept.ipynb~",
        "Thumbs.db",
        "__MACOSX/._kept.ipynb",
        "~$essay.docx",
    ],
)
def test_what_is_no_submission_is_left_out(make: Make, name: str) -> None:
    assert ids(make("kept.ipynb", name)) == ["kept"]


def test_a_backup_that_is_named_is_graded(make: Make) -> None:
    folder = make("a.backup-1.ipynb")
    assert ids(folder / "a.backup-1.ipynb") == ["a.backup-1"]


def test_a_hidden_folder_that_is_named_is_searched(make: Make) -> None:
    assert ids(make(".class/a.ipynb") / ".class") == ["a"]


def test_the_output_folder_is_left_out(make: Make) -> None:
    folder = make("a.ipynb", "graded/submissions/a/executed.ipynb")
    assert ids(folder, out=folder / "graded") == ["a"]


def test_the_output_folder_is_known_by_any_of_its_paths(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make("a.ipynb", "graded/submissions/a/executed.ipynb")
    monkeypatch.chdir(folder)
    assert ids(folder, out=Path("graded")) == ["a"]


def test_results_may_go_where_the_submissions_are(make: Make) -> None:
    folder = make("a.ipynb")
    assert ids(folder, out=folder) == ["a"]


def test_results_of_an_earlier_grading_are_left_out(make: Make) -> None:
    folder = make("a.ipynb", "old/submissions/a/executed.ipynb", "old/submissions/a/report.html")
    assert ids(folder) == ["a"]


def test_a_submission_may_be_called_executed(make: Make) -> None:
    assert ids(make("ann/executed.ipynb")) == ["ann__executed"]


def test_a_file_named_twice_is_graded_once(make: Make) -> None:
    folder = make("a.ipynb")
    assert ids(folder, folder / "a.ipynb", folder) == ["a"]


def test_a_link_that_is_named_is_followed(make: Make, tmp_path: Path) -> None:
    make("deep/b.ipynb")
    (tmp_path / "bob").symlink_to(tmp_path / "class", target_is_directory=True)
    assert ids(tmp_path / "bob") == ["deep__b"]


def test_a_link_in_the_folder_of_a_class_has_a_line_and_is_not_followed(
    make: Make, tmp_path: Path
) -> None:
    folder = make("a.ipynb")
    (tmp_path / "elsewhere" / "deep").mkdir(parents=True)
    (tmp_path / "elsewhere" / "deep" / "b.ipynb").touch()
    (folder / "bob").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert ids(folder) == ["a", "bob"]


def test_a_students_link_to_a_folder_is_not_followed(make: Make, tmp_path: Path) -> None:
    folder = make("ann/a.ipynb")
    (folder / "ann" / "all").symlink_to(tmp_path, target_is_directory=True)
    assert ids(folder) == ["ann__a"]


@pytest.mark.parametrize("target", [".", "..", "/", "loop"])
def test_a_link_to_a_folder_above_is_not_followed(make: Make, target: str) -> None:
    folder = make("a.ipynb")
    (folder / "loop").symlink_to(target, target_is_directory=True)
    assert ids(folder) == ["a", "loop"]


def test_a_link_to_the_output_folder_is_not_followed(make: Make) -> None:
    folder = make("a.ipynb", "out/b.ipynb")
    (folder / "last").symlink_to("out", target_is_directory=True)
    assert ids(folder, out=folder / "out") == ["a"]


def test_a_link_to_anothers_submission_does_not_take_its_place(make: Make) -> None:
    folder = make("zoe/a.ipynb", "ann/b.ipynb")
    (folder / "ann" / "a.ipynb").symlink_to("../zoe/a.ipynb")
    assert ids(folder) == ["ann__a", "ann__b", "zoe__a"]


@pytest.mark.parametrize("target", ["gone.ipynb", "link.ipynb"])
def test_a_link_that_leads_nowhere_is_still_somebodys_submission(make: Make, target: str) -> None:
    folder = make("a.ipynb")
    (folder / "link.ipynb").symlink_to(target)
    assert ids(folder) == ["a", "link"]


def test_a_pipe_is_somebodys_submission_too(make: Make) -> None:
    folder = make("a.ipynb")
    os.mkfifo(folder / "pipe.ipynb")
    assert ids(folder) == ["a", "pipe"]


def test_below_which_folder_nothing_is_followed_is_known(make: Make) -> None:
    folder = make("deep/a.ipynb")
    assert [entry.root for entry in submissions.find([folder, folder / "deep" / "a.ipynb"])] == [
        folder
    ]


def test_a_notebook_that_is_named_itself_may_be_a_link(make: Make) -> None:
    assert submissions.find([make("a.ipynb") / "a.ipynb"])[0].root is None


def test_a_folder_named_like_a_notebook_is_searched(make: Make) -> None:
    assert ids(make("a.ipynb/b.ipynb")) == ["a.ipynb__b"]


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nope: expected a notebook or a folder, found nothing"):
        ids(tmp_path / "nope")


def test_a_folder_without_notebooks_is_named(klass: Path) -> None:
    with pytest.raises(UsageError, match=r"No notebook .* was found in .*class\. Name a file"):
        ids(klass)


def test_a_folder_that_cannot_be_searched_is_named(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make("a/b.ipynb")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UsageError, match=r"class/a cannot be searched: Permission denied\."):
        ids(folder)


@given(NAMES)
def test_a_safe_name_has_only_safe_characters(name: str) -> None:
    assert re.fullmatch(r"[\w.-]+", submissions.safe(Path(name)))


@given(NAMES)
def test_a_safe_name_is_neither_hidden_nor_a_way_up(name: str) -> None:
    assert not submissions.safe(Path(name)).startswith(".")


@given(NAMES)
def test_a_safe_name_fits_a_file_system(name: str) -> None:
    assert len(submissions.safe(Path(name)).encode()) <= submissions.MAX_ID_BYTES


@given(st.lists(NAMES, min_size=1, max_size=5))
def test_a_safe_name_is_one_name(names: list[str]) -> None:
    assert len(Path(submissions.safe(Path(*names))).parts) == 1


@given(st.from_regex(r"[A-Za-z0-9_-]{1,50}", fullmatch=True))
def test_a_name_that_is_safe_stays_as_it_is(name: str) -> None:
    assert submissions.safe(Path(name)) == name


@pytest.mark.parametrize("path", ["..", ".", "/", "../..", "...", ""])
def test_a_path_without_a_name_gets_one(path: str) -> None:
    assert submissions.safe(Path(path)) == "submission"
