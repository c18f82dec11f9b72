"""The bundle that students get has all that they need, and nothing of the solution."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
import token_runs
from authoring_page import write_areas
from happy_or_sad.submission import ROOT
from releasing import code, framed, notebook
from strangers.graded import WRITTEN

from grader.assignments.assignment import Assignment
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.loading import load
from grader.datasets import Arrays, Dataset, Fetched, KerasData
from grader.errors import UsageError
from grader.release.bundle import write_bundle
from grader.release.requirements import requirements as required
from grader.release.student import Known, Student, student_notebook

Files = Mapping[str, bytes]
ADDRESS, HASH = "https://example.org/areas.zip", "0123456789abcdef" * 4
SECRET_CODE = "width * height + 3 * border - (width - height) ** 2"  # noqa: S105 - code, no password


def released(assignment: Assignment) -> Student:
    known = Known(assignment.id, assignment.version, assignment.names)
    return student_notebook(assignment.notebook, known)


def bundle(assignment: Assignment, folder: Path, *wheels: Path) -> Path:
    target = folder / f"{assignment.id}.zip"
    write_bundle(assignment, released(assignment), wheels, target)
    return target


def files(archive: Path) -> Files:
    with zipfile.ZipFile(archive) as opened:
        top = f"{archive.stem}/"
        return {name.removeprefix(top): opened.read(name) for name in opened.namelist()}


@pytest.fixture
def areas(tmp_path: Path) -> Assignment:
    return load(write_areas(tmp_path / "areas"))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(happy_or_sad, tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module", params=[*WRITTEN, "happy-or-sad"])
def any_bundle(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Assignment, Files]:
    folder = tmp_path_factory.mktemp("any")
    name = request.param
    assignment = load(WRITTEN[name](folder / name)) if name in WRITTEN else happy_or_sad
    return assignment, files(bundle(assignment, folder))


def test_the_bundle_has_the_notebook_where_it_runs(any_bundle: tuple[Assignment, Files]) -> None:
    assignment, found = any_bundle
    assert found[f"notebooks/{assignment.notebook.name}"] == released(assignment).content


def test_the_bundle_has_an_untouched_copy(any_bundle: tuple[Assignment, Files]) -> None:
    name = any_bundle[0].notebook.name
    assert any_bundle[1][f"notebooks/.released/{name}"] == any_bundle[1][f"notebooks/{name}"]


def test_no_code_of_the_solution_is_in_the_bundle(any_bundle: tuple[Assignment, Files]) -> None:
    assignment, found = any_bundle
    runs = token_runs.secret(assignment.notebook.read_text("utf-8"))
    assert runs
    assert token_runs.found(found.items(), runs) == {}


def test_no_rubric_and_no_solution_is_in_the_bundle(any_bundle: tuple[Assignment, Files]) -> None:
    assignment, found = any_bundle
    folder = Path(assignment.place.file).parent
    kept = {path.read_bytes() for path in [*folder.glob("*.py"), assignment.notebook]}
    assert not [name for name, content in found.items() if content in kept - {b""}]


def test_no_sample_submission_is_in_the_bundle(own: Path) -> None:
    folder = ROOT / "data" / "sample_submissions"
    samples = {path.read_bytes() for path in folder.rglob("*.ipynb")}
    # One has handed in the notebook as it was.
    samples.remove(released(happy_or_sad).content)
    assert samples
    assert not samples.intersection(files(own).values())


def test_the_bundle_has_all_images(own: Path) -> None:
    found = {name: content for name, content in files(own).items() if name.startswith("data/")}
    there = (path for path in (ROOT / "data" / "happy_or_sad").rglob("*.png"))
    assert found == {
        f"data/happy_or_sad/{path.parent.name}/{path.name}": path.read_bytes() for path in there
    }


def test_the_bundle_has_nothing_else(areas: Assignment, tmp_path: Path) -> None:
    found = {name for name in files(bundle(areas, tmp_path)) if not name.startswith(".grader/")}
    assert found == {
        "START.md",
        "add_metadata.py",
        "notebooks/.released/areas.ipynb",
        "notebooks/areas.ipynb",
        "requirements.txt",
    }


def test_of_the_grader_it_has_what_the_script_needs(own: Path) -> None:
    modules = {name for name in files(own) if name.startswith(".grader/")}
    assert ".grader/grader/notebook/metadata.py" in modules
    assert not [name for name in modules if "assignments" in name or "checks" in name]


def test_the_script_works_where_the_bundle_is_unpacked(own: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(own) as opened:
        opened.extractall(tmp_path)
    # Isolated, so that no package is found that is installed.
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "../add_metadata.py", "--filename", "C1W4_Assignment.ipynb"],
        capture_output=True, text=True, check=False, cwd=tmp_path / "happy-or-sad" / "notebooks",
    )  # fmt: skip
    assert "Grader metadata detected!" in ended.stdout, ended.stderr


def test_it_is_the_same_to_the_last_byte(areas: Assignment, tmp_path: Path) -> None:
    first = bundle(areas, tmp_path / "one").read_bytes()
    assert bundle(areas, tmp_path / "two").read_bytes() == first


def test_a_bundle_of_the_assignment_is_replaced(areas: Assignment, tmp_path: Path) -> None:
    bundle(areas, tmp_path)
    assert bundle(areas, tmp_path).is_file()


@pytest.mark.parametrize("content", [b"mine", b"PK"])
def test_another_file_is_not_replaced(areas: Assignment, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "areas.zip").write_bytes(content)
    with pytest.raises(UsageError, match=r"is there, and is no bundle of areas\. Move it away"):
        bundle(areas, tmp_path)


def test_another_archive_is_not_replaced(areas: Assignment, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "areas.zip", "w") as other:
        other.writestr("thesis/chapter.md", "mine")
    with pytest.raises(UsageError, match="is no bundle of areas"):
        bundle(areas, tmp_path)


def test_a_place_that_cannot_be_written_to_is_told(areas: Assignment) -> None:
    with pytest.raises(UsageError, match=r"/proc/none/areas\.zip cannot be written.*--out"):
        bundle(areas, Path("/proc/none"))


@pytest.fixture
def with_data(areas: Assignment, tmp_path: Path) -> Callable[..., Files]:
    def with_data(*splits: Arrays | KerasData) -> Files:
        dataset = Dataset("areas", "areas", splits=splits)
        return files(bundle(replace(areas, data=dataset), tmp_path))

    return with_data


def test_data_that_are_fetched_are_named_with_their_hash(
    with_data: Callable[..., Files], tmp_path: Path
) -> None:
    fetched = Fetched(ADDRESS, HASH, "inner/test.npz")
    found = with_data(Arrays("test", tmp_path / "test.npz", labels="y", fetched=fetched))
    row = f"| <{ADDRESS}> | `{HASH}` | `inner/test.npz` in it | `data/areas/test.npz` |"
    assert row in found["START.md"].decode()
    assert not [name for name in found if name.startswith("data/")]


def test_data_that_keras_fetches_are_left_to_it(
    with_data: Callable[..., Files], tmp_path: Path
) -> None:
    found = with_data(KerasData("mnist", tmp_path / "mnist.npz"))
    assert "Keras fetches mnist when the notebook first loads it." in found["START.md"].decode()
    assert not [name for name in found if name.startswith("keras/")]


def test_the_authors_own_data_for_keras_are_copied_by_students(tmp_path: Path) -> None:
    found = files(bundle(load(WRITTEN["fashion"](tmp_path / "fashion")), tmp_path))
    assert "Copy `keras/datasets/fashion-mnist` to `.keras/" in found["START.md"].decode()
    assert len([name for name in found if name.startswith("keras/datasets/fashion-mnist/")]) == 4


def wheel(path: Path, **contents: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, text in contents.items():
            made.writestr(name.replace("__", "/").replace("_py", ".py"), text)
    return path


def test_students_are_told_how_to_check_where_a_wheel_can(
    areas: Assignment, tmp_path: Path
) -> None:
    made = tmp_path / "grader-1-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr(
            "a-1.dist-info/entry_points.txt", "[grader.assignments]\nareas = a.assignment\n"
        )
    found = files(bundle(areas, tmp_path, made))
    assert "grader check notebooks/areas.ipynb" in found["START.md"].decode()
    assert found[made.name] == made.read_bytes()
    assert f"./{made.name}\n" in found["requirements.txt"].decode()


def test_students_are_told_nothing_of_it_where_none_can(areas: Assignment, tmp_path: Path) -> None:
    found = files(bundle(areas, tmp_path, wheel(tmp_path / "a-1-py3-none-any.whl", a_py="1")))
    assert "grader check" not in found["START.md"].decode()


HOLDING = {
    "module.py": f"def solve(width, height, border):\n    return {SECRET_CODE}\n",
    "text.md": f"Write `{SECRET_CODE}`.",
    "string.py": f"ANSWER = '''{SECRET_CODE}'''",
    "cells.ipynb": json.dumps(notebook(code(f"area = {SECRET_CODE}"))),
    "broken.ipynb": f"area = {SECRET_CODE}",
}


@pytest.mark.parametrize(("name", "text"), HOLDING.items(), ids=HOLDING)
def test_a_wheel_that_holds_the_solution_is_refused(tmp_path: Path, name: str, text: str) -> None:
    folder = write_areas(tmp_path / "areas")
    solution = notebook(code(framed(f"return {SECRET_CODE}")), *_others(folder / "areas.ipynb"))
    (folder / "areas.ipynb").write_text(json.dumps(solution), "utf-8")
    made = tmp_path / "course-1-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr(f"course/{name}", text)
    with pytest.raises(UsageError, match=f"course/{name} has 10 tokens in a row of the solution"):
        bundle(load(folder), tmp_path, made)


def _others(path: Path) -> Iterator[dict[str, object]]:
    yield from json.loads(path.read_text("utf-8"))["cells"][1:]


@pytest.mark.parametrize(
    ("name", "found"), [("none.whl", "found nothing"), ("areas/areas.ipynb", "something else")]
)
def test_what_is_no_wheel_is_refused(
    areas: Assignment, tmp_path: Path, name: str, found: str
) -> None:
    with pytest.raises(UsageError, match=rf"{name}: expected a wheel.*{found}.*`pip wheel \."):
        bundle(areas, tmp_path, tmp_path / name)


def requirements(archive: Path) -> list[str]:
    lines = files(archive)["requirements.txt"].decode().splitlines()
    return [line.partition("==")[0] for line in lines if not line.startswith("#")]


def test_the_requirements_are_what_the_notebook_imports(own: Path) -> None:
    assert requirements(own) == [
        "jupyterlab", "ipykernel", "matplotlib", "numpy", "pillow", "scipy", "tensorflow",
    ]  # fmt: skip


def test_a_notebook_that_imports_keras_alone_needs_what_that_computes_with() -> None:
    listed = required(["from keras.layers import Dense"], "Dense").splitlines()
    names = [line.partition("==")[0] for line in listed if "==" in line]
    assert names == ["ipykernel", "keras", "pillow", "scipy", "tensorflow"]


def test_a_notebook_with_the_callback_tensorboard_needs_what_that_writes_with() -> None:
    cell = "from keras.callbacks import TensorBoard"
    assert "\ntensorboard==" in required([cell], "Board")


def test_a_package_that_lies_beside_it_is_no_further_requirement(tmp_path: Path) -> None:
    made = wheel(tmp_path / "numpy-0-py3-none-any.whl", a_py="1")
    listed = requirements(bundle(happy_or_sad, tmp_path, made))
    assert [each for each in listed if "numpy" in each] == [f"./{made.name}"]


def test_a_notebook_that_imports_nothing_needs_jupyter(areas: Assignment, tmp_path: Path) -> None:
    assert requirements(bundle(areas, tmp_path)) == ["jupyterlab", "ipykernel"]


def test_the_bundle_has_one_folder(own: Path) -> None:
    with zipfile.ZipFile(own) as opened:
        assert {PurePosixPath(name).parts[0] for name in opened.namelist()} == {"happy-or-sad"}
