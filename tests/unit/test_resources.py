from pathlib import Path

import pytest

from grader import resources
from grader.errors import DatasetError, GraderError

NOTEBOOK = "C1W4_Assignment.ipynb"


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "kit" / "notebooks").mkdir(parents=True)
    (tmp_path / "kit" / "data").mkdir()
    monkeypatch.setattr(resources, "HOMES", (tmp_path / "kit", tmp_path / "checkout"))
    return tmp_path / "kit"


def add(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NOTEBOOK).touch()
    return folder / NOTEBOOK


def test_a_checkout_is_home() -> None:
    assert resources.home() == Path(__file__).parents[2]


def test_an_installed_kit_comes_before_the_folder_beside_the_package() -> None:
    assert (resources.PACKAGE / "kit", resources.PACKAGE.parent) == resources.HOMES


def test_home_has_notebooks_and_data(kit: Path) -> None:
    assert resources.home() == kit


def test_an_incomplete_installation_is_told_as_such(kit: Path) -> None:
    (kit / "data").rmdir()
    with pytest.raises(GraderError, match=r"were expected in .*kit or .*checkout .* Install"):
        resources.home()


def test_the_layout_is_read_from_the_solution(kit: Path) -> None:
    add(kit / "notebooks")
    add(kit / "notebooks" / ".released")
    solution = add(kit / "notebooks" / "solutions")
    assert resources.reference(NOTEBOOK) == solution


def test_without_a_solution_the_layout_is_read_from_the_untouched_copy(kit: Path) -> None:
    add(kit / "notebooks")
    untouched = add(kit / "notebooks" / ".released")
    assert resources.reference(NOTEBOOK) == untouched


def test_the_notebook_that_students_fill_in_is_the_last_resort(kit: Path) -> None:
    released = add(kit / "notebooks")
    assert resources.reference(NOTEBOOK) == released


def test_a_missing_notebook_is_named(kit: Path) -> None:
    with pytest.raises(GraderError, match=f"{kit}/notebooks/{NOTEBOOK} is missing"):
        resources.reference(NOTEBOOK)


def test_a_notebook_runs_in_its_own_folder(tmp_path: Path) -> None:
    assert resources.working_folder(tmp_path / NOTEBOOK) == tmp_path


def test_a_solution_runs_where_its_notebook_lies(kit: Path) -> None:
    solution = add(kit / "notebooks" / "solutions")
    assert resources.working_folder(solution) == kit / "notebooks"


@pytest.mark.usefixtures("kit")
def test_other_folders_of_solutions_are_folders_like_any(tmp_path: Path) -> None:
    solution = add(tmp_path / "solutions")
    assert resources.working_folder(solution) == tmp_path / "solutions"


def test_the_kits_own_dataset_is_found(kit: Path) -> None:
    (kit / "data" / "faces").mkdir()
    assert resources.dataset("faces") == kit / "data" / "faces"


def test_another_copy_comes_first(kit: Path, tmp_path: Path) -> None:
    (kit / "data" / "faces").mkdir()
    (tmp_path / "copy").mkdir()
    assert resources.dataset("faces", tmp_path / "copy") == tmp_path / "copy"


def test_the_path_of_a_dataset_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "copy").mkdir()
    assert resources.dataset("faces", Path("copy")) == tmp_path / "copy"


def test_a_missing_dataset_can_be_drawn(kit: Path) -> None:
    with pytest.raises(DatasetError, match=r"faces, found nothing\. Name a folder that has"):
        resources.dataset("faces", kit / "nope")


def test_a_file_is_no_dataset(kit: Path) -> None:
    (kit / "file").touch()
    with pytest.raises(DatasetError, match="faces, found a file"):
        resources.dataset("faces", kit / "file")
