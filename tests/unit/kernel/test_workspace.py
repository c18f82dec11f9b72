import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import beneath
from grader.fits.label_shift import LabelShift
from grader.kernel.workspace import Workspace, workspace
from grader.processes.environment import kernel_environment

INHERITED = {
    "PATH": "/usr/bin:/venv/bin:/bin",
    "LANG": "de_DE.UTF-8",
    "HOME": "/home/teacher",
    "PYTHONPATH": "/somewhere",
    "JUPYTER_PATH": "/somewhere",
    "API_TOKEN": "secret",
}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    (tmp_path / "images" / "happy").mkdir(parents=True)
    (tmp_path / "images" / "happy" / "1.png").write_bytes(b"png")
    return tmp_path / "images"


def made(tmp_path: Path) -> dict[str, str]:
    return kernel_environment(INHERITED, tmp_path, Path("/venv/bin/python"), 1)


def test_the_dataset_is_where_the_kit_has_it(dataset: Path) -> None:
    with workspace(dataset, "faces") as place:
        assert (place.notebooks / "../data/faces/happy/1.png").read_bytes() == b"png"


def test_the_dataset_is_where_older_editions_have_it(dataset: Path) -> None:
    with workspace(dataset, "faces") as place:
        assert (place.notebooks / "data/happy/1.png").read_bytes() == b"png"


def test_a_submission_changes_its_own_copy_of_the_dataset(dataset: Path) -> None:
    with workspace(dataset, "faces") as place:
        (place.notebooks / "data/happy/1.png").write_bytes(b"changed")
    assert (dataset / "happy/1.png").read_bytes() == b"png"


def test_modules_lie_beside_the_notebook(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text("x = 1")
    with workspace(dataset, "faces", modules=[tmp_path / "helpers.py"]) as place:
        assert (place.notebooks / "helpers.py").read_text() == "x = 1"
        assert place.changed_modules == []


def test_a_link_in_the_place_of_a_module_is_known_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text("x = 1")
    with workspace(None, "", modules=[tmp_path / "helpers.py"]) as place:
        (place.notebooks / "helpers.py").unlink()
        (place.notebooks / "helpers.py").symlink_to(tmp_path / "helpers.py")
        assert place.changed_modules == ["helpers.py"]


def test_what_a_notebook_left_is_read(dataset: Path) -> None:
    with workspace(dataset, "faces") as place:
        (place.notebooks / "results").mkdir()
        (place.notebooks / "results" / "log.csv").write_text("a,b", encoding="utf-8")
        assert place.read("results/log.csv", 2) == b"a,"
        with pytest.raises(FileNotFoundError):
            place.read("other.csv", 2)


def test_of_files_whose_names_fit_the_first_is_read(dataset: Path) -> None:
    with workspace(dataset, "faces") as place:
        (place.notebooks / "logs" / "events.0").mkdir(parents=True)
        for name in ("events.2", "events.1", "other"):
            (place.notebooks / "logs" / name).write_text(name)
        assert place.read("logs/events.*", 99) == b"events.1"
        for path in ("logs/event*.7", "nowhere/*"):
            with pytest.raises(FileNotFoundError):
                place.read(path, 99)


@pytest.mark.skipif(not beneath.POSSIBLE, reason="nothing is opened within an open folder")
def test_a_link_whose_name_fits_is_not_followed(dataset: Path) -> None:
    with workspace(dataset, "faces") as place:
        (place.notebooks / "events.1").symlink_to("/etc/hostname")
        with pytest.raises(OSError, match="link"):
            place.read("events.*", 99)


def test_a_file_is_copied_where_it_is_small_enough(dataset: Path, tmp_path: Path) -> None:
    with workspace(dataset, "faces") as place:
        (place.notebooks / "model.h5").write_bytes(b"1234")
        assert place.copy("model.h5", tmp_path / "small", 4)
        assert (tmp_path / "small").read_bytes() == b"1234"
        assert not place.copy("model.h5", tmp_path / "large", 3)


def test_of_a_file_with_holes_nothing_is_copied(dataset: Path, tmp_path: Path) -> None:
    with workspace(dataset, "faces") as place:
        with (place.notebooks / "model.h5").open("wb") as file:
            file.truncate(2 * 2**30)
        assert not place.copy("model.h5", tmp_path / "copied", 2**29)
    assert not (tmp_path / "copied").exists()


@pytest.mark.skipif(not beneath.POSSIBLE, reason="nothing is opened within an open folder")
def test_a_link_is_not_copied(dataset: Path, tmp_path: Path) -> None:
    with workspace(dataset, "faces") as place:
        (place.notebooks / "model.h5").symlink_to("/etc/hostname")
        with pytest.raises(OSError, match="link"):
            place.copy("model.h5", tmp_path / "copied", 1000)


@pytest.mark.skipif(not beneath.POSSIBLE, reason="nothing is opened within an open folder")
@pytest.mark.parametrize("linked", ["file", "folder", "notebooks"])
def test_no_link_is_followed_to_what_a_notebook_left(dataset: Path, linked: str) -> None:
    (dataset / "log.csv").write_text("secret", encoding="utf-8")
    with workspace(dataset, "faces") as place:
        if linked == "notebooks":
            place.notebooks.rename(place.root / "before")
            place.notebooks.symlink_to(dataset)
        elif linked == "folder":
            (place.notebooks / "results").symlink_to(dataset)
        else:
            (place.notebooks / "log.csv").symlink_to(dataset / "log.csv")
        with pytest.raises(OSError, match=r"link|Not a directory"):
            place.read("results/log.csv" if linked == "folder" else "log.csv", 10)


def test_the_folder_is_removed_afterwards(dataset: Path) -> None:
    with workspace(dataset, "faces") as place:
        (place.root / "tmp" / "left").write_text("behind", encoding="utf-8")
    assert not place.root.exists()


def test_the_folder_is_removed_when_a_run_fails(dataset: Path) -> None:
    with pytest.raises(ValueError, match="failed"), workspace(dataset, "faces") as place:
        raise ValueError("failed")
    assert not place.root.exists()


def test_two_runs_have_folders_of_their_own(dataset: Path) -> None:
    with workspace(dataset, "faces") as one, workspace(dataset, "faces") as other:
        assert one.root != other.root


def test_evidence_lies_where_no_cell_works(dataset: Path) -> None:
    with workspace(dataset, "faces") as place:
        assert place.evidence.parent != place.notebooks
        assert not place.evidence.exists()


def test_the_environment_is_a_short_allow_list(tmp_path: Path) -> None:
    assert made(tmp_path).keys() == {
        "PATH", "LANG", "HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "MPLBACKEND",
        "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "TF_CPP_MIN_LOG_LEVEL",
        "CUDA_VISIBLE_DEVICES", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS",
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MALLOC_ARENA_MAX", "MALLOC_MMAP_MAX_",
        "TF_ENABLE_ONEDNN_OPTS", "MALLOC_TOP_PAD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES",
    }  # fmt: skip


def test_the_interpreter_comes_first_on_the_path_and_once(tmp_path: Path) -> None:
    assert made(tmp_path)["PATH"] == "/venv/bin:/usr/bin:/bin"


def test_the_path_has_a_default(tmp_path: Path) -> None:
    found = kernel_environment({}, tmp_path, Path("/venv/bin/python"), 1)
    assert found["PATH"] == "/venv/bin:/usr/bin:/bin"


def test_the_home_folder_is_the_run_s_own(tmp_path: Path) -> None:
    assert Path(made(tmp_path)["HOME"]).is_relative_to(tmp_path)


@pytest.fixture
def place(dataset: Path) -> Iterator[Workspace]:
    (dataset / "happy" / "2.png").write_bytes(b"png")
    with workspace(dataset, "faces") as made:
        yield made


def test_images_that_are_left_alone_are_not_changed(place: Workspace, dataset: Path) -> None:
    assert place.changed(dataset) == []


def test_images_that_are_written_over_are_known(place: Workspace, dataset: Path) -> None:
    (place.copies[0] / "happy" / "2.png").write_bytes(b"gnp")
    assert place.changed(dataset) == ["happy/2.png"]


def test_images_that_are_removed_or_added_are_known(place: Workspace, dataset: Path) -> None:
    (place.copies[0] / "happy" / "2.png").rename(place.copies[0] / "happy" / "3.png")
    assert place.changed(dataset) == ["happy/2.png", "1 more"]


@pytest.fixture(params=[OSError(1, "Operation not permitted"), NotImplementedError()])
def without_links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise request.param

    monkeypatch.setattr(os, "symlink", refuse)


@pytest.mark.usefixtures("without_links")
def test_the_dataset_is_at_both_places_where_no_link_can_be_made(dataset: Path) -> None:
    with workspace(dataset, "faces") as made:
        found = {path.read_bytes() for path in made.root.rglob("1.png")}
        assert (found, len(made.copies)) == ({b"png"}, 2)


@pytest.mark.usefixtures("without_links")
def test_images_of_either_copy_that_are_changed_are_known(dataset: Path) -> None:
    with workspace(dataset, "faces") as made:
        (made.notebooks / "data" / "happy" / "1.png").write_bytes(b"gnp")
        assert made.changed(dataset) == ["happy/1.png"]


@pytest.mark.usefixtures("without_links")
def test_both_copies_are_examined_alike(dataset: Path) -> None:
    (dataset / "sad").mkdir()
    (dataset / "sad" / "2.png").write_bytes(b"other")
    with workspace(dataset, "faces", LabelShift(turned=1)) as made:
        assert (made.notebooks / "data" / "happy" / "1.png").read_bytes() == b"other"


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """A folder of somebody else's, laid out like the images."""
    for name in ("alice/C1W4_Assignment.ipynb", "happy/1.png", "happy/2.png", "happy/secret.png"):
        (tmp_path / "others" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "others" / name).write_bytes(b"png")
    return tmp_path / "others"


def link_images(place: Workspace, others: Path) -> None:
    place.copies[0].rename(place.copies[0].with_name("old"))
    place.copies[0].symlink_to(others)


def link_a_class(place: Workspace, others: Path) -> None:
    (place.copies[0] / "happy").rename(place.copies[0] / "old")
    (place.copies[0] / "happy").symlink_to(others / "happy")


def link_above(place: Workspace, others: Path) -> None:
    (others / place.copies[0].name).symlink_to(others)
    place.copies[0].parent.rename(place.root / "old")
    (place.root / "data").symlink_to(others)


def link_each_image(place: Workspace, others: Path) -> None:
    for name in ("1.png", "2.png"):
        (place.copies[0] / "happy" / name).unlink()
        (place.copies[0] / "happy" / name).symlink_to(others / "happy" / name)


LINKS = [link_images, link_a_class, link_above, link_each_image]
IMAGES = ["happy/1.png", "happy/2.png"]


@pytest.mark.parametrize("link", LINKS)
def test_links_in_the_place_of_images_are_known_and_not_followed(
    place: Workspace, dataset: Path, others: Path, link: Callable[[Workspace, Path], None]
) -> None:
    link(place, others)
    assert [name for name in place.changed(dataset) if name != "2 more"] == IMAGES


def test_no_name_is_told_but_those_of_the_dataset(place: Workspace, dataset: Path) -> None:
    (place.copies[0] / "alice").mkdir()
    for name in ("alice/C1W4_Assignment.ipynb", "happy/secret.png"):
        (place.copies[0] / name).touch()
    assert place.changed(dataset) == ["2 more"]


def test_a_pipe_in_the_place_of_an_image_is_not_waited_for(place: Workspace, dataset: Path) -> None:
    (place.copies[0] / "happy" / "1.png").unlink()
    os.mkfifo(place.copies[0] / "happy" / "1.png")
    assert place.changed(dataset) == ["happy/1.png"]


@pytest.mark.parametrize("link", LINKS)
def test_links_are_not_followed_where_nothing_can_be_opened_within_a_folder(
    place: Workspace,
    dataset: Path,
    others: Path,
    link: Callable[[Workspace, Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link(place, others)
    monkeypatch.setattr(beneath, "POSSIBLE", False)
    assert [name for name in place.changed(dataset) if name != "2 more"] == IMAGES
