"""Data that is drawn: when, by which command, and what is said where `draw` has changed."""

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import shirts

from grader.assignments.catalog import catalog
from grader.errors import DatasetError
from grader.images import Images, Prepared

Grader = Callable[..., CompletedProcess[str]]


DRAWN = """
SIDE = 8


def draw():
    for label in ("long", "short"):
        yield f"{label}/0.png", np.zeros((SIDE, SIDE), np.uint8)

"""


@pytest.fixture
def drawn(folder: Path) -> Path:
    """An assignment in a folder with a space, whose dataset is drawn and not divided."""
    module = shirts.MODULE.replace("from pathlib import Path\n", "import numpy as np\n", 1)
    module = module.replace("HERE = ", f"from pathlib import Path\n{DRAWN}HERE = ", 1)
    place = folder / "my shirts"
    shirts.write(place, module.replace('HERE / "images"', 'HERE / "images", draw=draw'))
    shutil.rmtree(place / "images")
    return place


def _command(line: str) -> list[str]:
    return shlex.split(line.partition("`")[2].partition("`")[0])[1:]


@pytest.mark.usefixtures("drawn")
def test_the_command_that_is_listed_draws_what_is_missing(grader: Grader) -> None:
    told = grader("data", "list", "--assignments", "my shirts").stdout.splitlines()
    (line,) = (line for line in told if line.startswith("shirts  "))
    assert _command(line) == ["data", "make", "shirts", "--assignments", "my shirts"]
    assert grader(*_command(line)).stdout.startswith("shirts: drew 2 images in ")


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("asked", [("data", "verify", "shirts"), ("doctor",)])
def test_what_misses_images_says_the_command_that_draws_them(
    grader: Grader, asked: tuple[str, ...]
) -> None:
    ended = grader(*asked, "--assignments", "my shirts")
    wanted = "Draw it: grader data make shirts --assignments 'my shirts'"
    assert wanted in ended.stdout + ended.stderr


@pytest.mark.usefixtures("drawn")
def test_whoever_asks_for_an_unknown_dataset_hears_how_to_name_its_folder(grader: Grader) -> None:
    assert "--assignments DIR" in grader("data", "make", "shirts").stderr


def test_a_dataset_without_splits_is_drawn_when_it_is_first_needed(drawn: Path) -> None:
    data = catalog([drawn]).assignments["shirts"].data
    assert Images.of(data, None).count == 2


def test_another_copy_that_is_missing_is_not_drawn(drawn: Path) -> None:
    data = catalog([drawn]).assignments["shirts"].data
    with pytest.raises(DatasetError, match="Name a folder that has its images"):
        Images.of(data, drawn / "nope")
    assert not (drawn / "nope").exists()


def _remarks(place: Path) -> list[str]:
    """Return what is said when submissions are graded on a drawn dataset."""
    told: list[str] = []
    Prepared({}, told.append).of(catalog([place]).assignments["shirts"])
    return told


def _edited(place: Path, old: str, new: str) -> Path:
    """Return a copy whose module is another one; this process has loaded the first already."""
    copy = shutil.copytree(place, place.with_name("edited shirts"))
    text = (copy / "assignment.py").read_text()
    assert old in text
    (copy / "assignment.py").write_text(text.replace(old, new))
    return copy


def test_what_was_drawn_by_the_same_code_needs_no_remark(drawn: Path) -> None:
    assert [_remarks(drawn), _remarks(drawn)] == [[], []]


EDITS = {
    "an image": ("np.zeros", "np.ones"),
    "how many": ('yield f"{label}/0.png"', 'yield f"{label}/1.png"'),
    "a constant": ("SIDE = 8", "SIDE = 16"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_whoever_grades_hears_that_data_was_drawn_by_other_code(
    drawn: Path, edit: tuple[str, str]
) -> None:
    _remarks(drawn)
    edited = _edited(drawn, *edit)
    (told,) = _remarks(edited)
    assert f"{edited / 'images'} was drawn by an earlier draw, and is graded on as it is." in told


def test_data_that_a_command_drew_is_known_again(grader: Grader, drawn: Path) -> None:
    grader("data", "make", "shirts", "--assignments", "my shirts")
    assert len(_remarks(_edited(drawn, "np.zeros", "np.ones"))) == 1


def test_what_is_deleted_is_drawn_by_the_code_of_now(drawn: Path) -> None:
    _remarks(drawn)
    edited = _edited(drawn, "np.zeros", "np.ones")
    shutil.rmtree(edited / "images")
    assert _remarks(edited) == []


def test_code_beside_draw_changes_nothing_of_what_was_drawn(drawn: Path) -> None:
    _remarks(drawn)
    assert _remarks(_edited(drawn, "points=40", "points=30")) == []


def test_images_that_an_author_has_put_there_are_not_called_drawn(drawn: Path) -> None:
    _remarks(drawn)
    shutil.copy(drawn / "images" / "long" / "0.png", drawn / "images" / "short" / "mine.png")
    assert _remarks(_edited(drawn, "np.zeros", "np.ones")) == []


def _made_again(grader: Grader) -> CompletedProcess[str]:
    return grader("data", "make", "shirts", "--assignments", "my shirts")


@pytest.mark.usefixtures("drawn")
def test_what_was_drawn_before_is_called_so_where_it_is_drawn_again(grader: Grader) -> None:
    _made_again(grader)
    ended = _made_again(grader)
    assert ended.returncode == 2
    assert "by an earlier draw; nothing was changed. Delete the folder" in ended.stderr


@pytest.mark.parametrize("name", ["thesis.txt", "long/mine.png", ".drawn.json"])
def test_a_folder_with_more_than_was_drawn_is_not_called_drawn(
    grader: Grader, drawn: Path, name: str
) -> None:
    _made_again(grader)
    (drawn / "images" / name).write_bytes(b"precious")
    ended = _made_again(grader)
    assert "nothing was changed. If an earlier draw has drawn them, delete" in ended.stderr


YIELDS = 'yield f"{label}/0.png", np.zeros((SIDE, SIDE), np.uint8)'
WRONG = {
    "what raises": ("1 / 0", "ZeroDivisionError: division by zero ("),
    "a name without pixels": ('yield "long/0.png"', "ValueError: "),
    "no pairs": ("yield 3", "TypeError: "),
    "no pixels": ('yield "long/0.png", "pixels"', "AttributeError: "),
    "pixels of another type": ('yield "long/0.png", np.zeros((3, 3, 7))', "TypeError: "),
}


@pytest.mark.parametrize(("line", "told"), WRONG.values(), ids=WRONG)
def test_a_draw_that_is_wrong_is_told_with_its_file(
    grader: Grader, drawn: Path, line: str, told: str
) -> None:
    wrong = _edited(drawn, YIELDS, line if "yield" in line else f"{line}; {YIELDS}")
    ended = grader("data", "make", "shirts", "--assignments", str(wrong))
    assert ended.returncode == 2
    assert f"error: shirts could not be drawn: {told}" in ended.stderr
    assert f"({wrong / 'assignment.py'}, line " in ended.stderr
    assert [path.name for path in wrong.iterdir() if "images" in path.name] == []
