"""Assignments are found where they are installed, and in folders that are named."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shirts
from installing import add_entry_point

from grader.assignments import catalog as module
from grader.assignments.catalog import VARIABLE, catalog
from grader.assignments.declaring import DeclarationError
from grader.errors import UsageError
from grader.isolation.installed import assignment_places

KIT = [
    "cats-and-dogs",
    "happy-house",
    "happy-or-sad",
    "happy-or-sad-2024",
    "happy-sad-pipeline",
    "horses-or-humans",
]


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """What is installed is looked up once in a process: forget what tests have installed."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    module._installed.cache_clear()
    assignment_places.cache_clear()
    for name in [name for name in sys.modules if name.startswith("course_")]:
        del sys.modules[name]


def install(site: Path, name: str = "shirts", text: str = shirts.MODULE) -> Path:
    """Install an assignment as a package manager does, and return its folder."""
    folder = shirts.write(site / f"course_{name}" / "shirts", text)
    add_entry_point(site, name, f"course_{name}.shirts.assignment")
    return folder


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


def test_the_kits_own_are_installed() -> None:
    assert list(catalog().assignments) == KIT


def test_an_installed_one_is_found_beside_it(site: Path) -> None:
    install(site)
    assert sorted(catalog().assignments) == [*KIT, "shirts"]


def test_one_in_a_named_folder_is_found(tmp_path: Path) -> None:
    folder = shirts.write(tmp_path / "anywhere")
    assert sorted(catalog([folder]).assignments) == [*KIT, "shirts"]


def test_several_below_a_named_folder_are_found(tmp_path: Path) -> None:
    shirts.write(tmp_path / "all" / "one")
    shirts.write(tmp_path / "all" / "two", shirts.MODULE.replace('id="shirts"', 'id="two"'))
    (tmp_path / "all" / "notes").mkdir()
    assert sorted(catalog([tmp_path / "all"]).assignments) == [*KIT, "shirts", "two"]


def test_one_of_the_environment_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(shirts.write(tmp_path / "anywhere")))
    assert "shirts" in catalog().assignments


@pytest.mark.parametrize(
    ("below", "found"),
    [("gone", "nothing there"), ("file.txt", "a file"), (".", "in a folder below it, found none")],
)
def test_a_wrong_folder_of_the_environment_is_told_with_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str, found: str
) -> None:
    (tmp_path / "file.txt").touch()
    monkeypatch.setenv(VARIABLE, str(tmp_path / below))
    with pytest.raises(UsageError, match=f"variable {VARIABLE} names .*{found}"):
        catalog()


def test_a_wrong_folder_that_is_named_is_told_without_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"^{tmp_path}/gone: expected a folder"):
        catalog([tmp_path / "gone"])


def test_a_named_one_takes_the_place_of_an_installed_one(site: Path, tmp_path: Path) -> None:
    install(site)
    folder = shirts.write(tmp_path / "mine", shirts.MODULE.replace('"Shirts"', '"Mine"'))
    assert catalog([folder]).get("shirts").title == "Mine"


def test_a_folder_that_is_named_twice_is_one(tmp_path: Path) -> None:
    folder = shirts.write(tmp_path / "mine")
    assert "shirts" in catalog([folder, folder, tmp_path]).assignments


def test_two_of_one_id_are_told_with_their_places(tmp_path: Path) -> None:
    folders = [shirts.write(tmp_path / name) for name in ("one", "two")]
    with pytest.raises(UsageError, match=f"that in {folders[0]} and that in {folders[1]}"):
        catalog(folders)


def test_a_broken_installed_one_stops_no_other(site: Path) -> None:
    install(site, text=shirts.MODULE.replace("points=40", "points=0"))
    assert list(catalog().assignments) == KIT


def test_a_broken_installed_one_is_told_when_it_is_named(site: Path) -> None:
    install(site, text=shirts.MODULE.replace("points=40", "points=0"))
    with pytest.raises(UsageError, match=r"assignment\.py, line \d+: Points are a whole number"):
        catalog().get("shirts")


def test_an_installed_one_that_ends_the_program_stops_no_other(site: Path) -> None:
    install(site, text="exit()\n" + shirts.MODULE)
    assert list(catalog().assignments) == KIT


def test_what_an_assignment_prints_is_no_output_of_a_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog([shirts.write(tmp_path / "mine", shirts.MODULE + "print('loaded')\n")])
    assert capsys.readouterr() == ("", "loaded\n")


def test_an_assignment_that_goes_to_another_folder_takes_nobody_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    catalog([shirts.write(tmp_path / "mine", "import os\nos.chdir('/')\n" + shirts.MODULE)])
    assert Path.cwd() == tmp_path


def test_an_installed_one_that_is_gone_is_told_when_it_is_named(site: Path) -> None:
    (install(site) / "assignment.py").unlink()
    with pytest.raises(UsageError, match=r"course_shirts\.shirts\.assignment.*No module named"):
        catalog().get("shirts")


def test_a_broken_named_one_is_told(tmp_path: Path) -> None:
    folder = shirts.write(tmp_path / "mine", "nothing")
    with pytest.raises(DeclarationError, match=f"{folder}/assignment.py, line 1: NameError"):
        catalog([folder])


@pytest.mark.parametrize("made", ["folder", "file", "nothing"])
def test_a_folder_without_an_assignment_is_told(tmp_path: Path, made: str) -> None:
    place = tmp_path / "place"
    if made == "folder":
        place.mkdir()
    if made == "file":
        place.touch()
    with pytest.raises(UsageError, match=f"{place}: expected"):
        catalog([place])


def test_an_unknown_id_is_told_with_the_one_that_may_be_meant() -> None:
    with pytest.raises(UsageError, match=r"horses-or-humans\. Did you mean happy-or-sad\?"):
        catalog().get("happy-or-sat")


def test_modules_of_one_name_in_two_folders_do_not_meet(tmp_path: Path) -> None:
    for name in ("one", "two"):
        text = shirts.MODULE.replace('id="shirts"', f'id="{name}"')
        text = text.replace('title="Shirts"', "title=WORD")
        text = text.replace("HERE = ", "from .words import WORD\nHERE = ")
        folder = shirts.write(tmp_path / name, text)
        (folder / "words.py").write_text(f"WORD = 'The {name}'\n")
    found = catalog([tmp_path]).assignments
    assert [found[name].title for name in ("one", "two")] == ["The one", "The two"]


def test_submissions_cannot_read_an_installed_one(site: Path) -> None:
    folder = install(site)
    assert folder in assignment_places()


def test_submissions_cannot_read_one_that_is_a_single_module(site: Path) -> None:
    install(site)
    path = site / "course_shirts-1.dist-info" / "entry_points.txt"
    path.write_text("[grader.assignments]\nshirts = lone\n")
    (site / "lone.py").write_text(shirts.MODULE)
    assert site / "lone.py" in assignment_places()


@pytest.mark.parametrize("module", ["assignment", "shirts.assignment", "weeks.one.assignment"])
def test_submissions_cannot_read_what_comes_in_the_same_package(site: Path, module: str) -> None:
    package = site / "course_shirts"
    shirts.write(package.joinpath(*module.split(".")[:-1]))
    (package / "__init__.py").touch()
    add_entry_point(site, "shirts", f"course_shirts.{module}")
    assert package in assignment_places()


def test_submissions_cannot_read_what_is_installed_beside_a_single_module(site: Path) -> None:
    add_entry_point(site, "shirts", "lone_shirts")
    for name in ("lone_shirts.py", "lone_reference.py", "lone.ipynb", "other.py"):
        (site / name).touch()
    record = (
        "lone_shirts.py,,\nlone_reference.py,,\nlone.ipynb,,\nlone_shirts-1.dist-info/RECORD,,\n"
    )
    (site / "lone_shirts-1.dist-info" / "RECORD").write_text(record)
    held = [path.name for path in assignment_places() if path.parent == site]
    assert held == ["lone.ipynb", "lone_reference.py", "lone_shirts.py"]
