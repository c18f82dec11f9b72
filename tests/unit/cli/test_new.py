"""``grader new``: what is made, what is said, and what is refused."""

import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from grader.assignments.loading import load, load_variants

Grader = Callable[..., CompletedProcess[str]]
# Pairs of what is typed and of what the message has.
REFUSED = {
    "capitals": (["Areas"], "'Areas' is no id: expected small letters"),
    "underscores": (["my_areas"], "Write one, such as happy-or-sad."),
    "a path": (["course/areas"], "'course/areas' is no id"),
    "a hyphen in front": (["--", "-areas"], "'-areas' is no id"),
    "a known assignment": (["happy-or-sad"], "There is an assignment happy-or-sad already"),
    "a folder": (["class"], "class: a folder of that name is there, and nothing is replaced"),
    "a file": (["taken"], "taken: a file of that name is there, and nothing is replaced"),
    "a link to nothing": (["link"], "link: a file of that name is there"),
    "out is a file": (["areas", "--out", "taken"], "taken/areas cannot be written: "),
    "out is no place": (["areas", "--out", "/dev/null/x"], "name another one with --out."),
    "from nothing": (["areas", "--from", "no.ipynb"], "no.ipynb does not exist"),
    "from a folder": (["areas", "--from", "class"], "class is not a file"),
    "from an empty file": (["areas", "--from", "class/empty.ipynb"], "should hold a notebook"),
    "from a page": (["areas", "--from", "class/page.ipynb"], "should be a notebook in JSON"),
    "a long name": (["a" * 300], "File name too long"),
}


@pytest.fixture
def taken(folder: Path) -> Path:
    (folder / "taken").write_text("mine")
    (folder / "link").symlink_to("nowhere")
    return folder


def entries(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize(("typed", "told"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_use_is_told_what_to_do(
    grader: Grader, taken: Path, typed: list[str], told: str
) -> None:
    before = entries(taken)
    ended = grader("new", *typed)
    assert (ended.returncode, told in ended.stderr) == (2, True), ended.stderr
    assert entries(taken) == before


def test_the_folder_has_all_that_is_needed(grader: Grader, folder: Path) -> None:
    assert grader("new", "areas").returncode == 0
    assert entries(folder / "areas") == [
        "areas.ipynb", "assignment.py", "student", "student/areas.ipynb", "variants.py",
    ]  # fmt: skip


def test_the_commands_to_type_next_name_the_folder_that_was_made(grader: Grader) -> None:
    said = grader("new", "areas", "--out", "course/own").stdout
    assert "  grader check course/own/areas/areas.ipynb --assignments course/own/areas\n" in said
    assert "  grader release areas --assignments course/own/areas --force\n" in said
    assert "  grader audit areas --assignments course/own/areas\n" in said


def test_the_commands_to_type_next_can_be_typed_where_folders_have_spaces(
    grader: Grader, tmp_path: Path
) -> None:
    made = grader("new", "own", "--out", str(tmp_path / "my course"))
    line = next(each for each in made.stdout.splitlines() if "grader audit" in each)
    assert shlex.split(line)[-1] == str(tmp_path / "my course" / "own")


def test_it_bears_the_id_that_was_typed(grader: Grader, folder: Path) -> None:
    grader("new", "learning-curves")
    made = load(folder / "learning-curves")
    assert (made.id, made.title) == ("learning-curves", "Learning Curves")


def test_what_students_get_is_what_the_solution_releases_to(grader: Grader) -> None:
    grader("new", "areas")
    ended = grader("release", "areas", "--check", "--no-run", "--assignments", "areas")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_it_has_a_right_variant_and_two_mistakes(grader: Grader, folder: Path) -> None:
    grader("new", "areas")
    lost = [bool(each.loses) for each in load_variants(load(folder / "areas"))]
    assert lost.count(False) >= 1
    assert lost.count(True) >= 2


def test_it_is_made_of_what_authors_import_alone(grader: Grader, folder: Path) -> None:
    grader("new", "areas")
    for module in (folder / "areas").glob("*.py"):
        lines = module.read_text("utf-8").splitlines()
        imported = {line.split()[1] for line in lines if line.startswith("from ")}
        assert imported <= {"pathlib", "grader.authoring"}


def test_each_run_makes_the_same(grader: Grader, folder: Path) -> None:
    made = []
    for place in ("one", "two"):
        grader("new", "areas", "--out", place)
        paths = (path for path in (folder / place).rglob("*") if path.is_file())
        made.append({path.relative_to(folder / place): path.read_bytes() for path in paths})
    assert made[0] == made[1]
