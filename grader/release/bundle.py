"""What a student gets, as one bundle: it has nothing of the solution, and no rubric."""

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from configparser import ConfigParser
from contextlib import suppress
from pathlib import Path, PurePosixPath

from grader.assignments.assignment import Assignment
from grader.errors import UsageError
from grader.notebook.keys import text_of
from grader.release import archive, data, script
from grader.release.leaks import Solution
from grader.release.modules import given
from grader.release.requirements import requirements
from grader.release.start import NAME, Contents, start
from grader.release.student import Student

# What may hold code, or words about it.
_TEXTS = frozenset({".cfg", ".html", ".ini", ".ipynb", ".json", ".md", ".py", ".pyi", ".rst",
                    ".toml", ".txt", ".yaml", ".yml"})  # fmt: skip
_POINTS = "grader.assignments"
Files = Mapping[str, bytes | Path]


def write_bundle(
    assignment: Assignment, student: Student, wheels: Sequence[Path], target: Path
) -> tuple[int, int]:
    """Write the bundle; return how many files it has, and its size in bytes.

    Args:
        assignment: The assignment.
        student: What students get of its notebook.
        wheels: Packages that students install.
        target: The file.

    Raises:
        UsageError: A file has something of the solution, is no wheel, or cannot be written.
        DatasetError: The data are not there.
        GraderError: The installation is incomplete.
    """
    archive.refuse_others(target, assignment.id)
    for wheel in wheels:
        _refuse_solution(wheel, _packed(wheel), student)
    with tempfile.TemporaryDirectory(prefix="grader-release-") as folder:
        files = _files(assignment, student, wheels, Path(folder))
        texts = [(name, content) for name, content in files.items() if _is_text(name)]
        _refuse_solution(target, ((name, archive.read(each)) for name, each in texts), student)
        return len(files), archive.write(target, assignment.id, files)


def _files(
    assignment: Assignment, student: Student, wheels: Sequence[Path], folder: Path
) -> dict[str, bytes | Path]:
    notebook = assignment.notebook.name
    dataset = assignment.data
    found = dict(data.copied(dataset, folder)) if dataset else {}
    elsewhere = data.elsewhere(dataset) if dataset else ()
    checks = any(assignment.id in _assignments(wheel) for wheel in wheels)
    modules = given(assignment.modules, student.secret)
    contents = Contents(assignment.title, notebook, [*found], elsewhere, checks, [*modules])
    cells = [text_of(cell) for cell in json.loads(student.content)["cells"] if _is_code(cell)]
    cells += [content.decode("utf-8", "replace") for content in modules.values()]
    return {
        f"notebooks/{notebook}": student.content,
        f"notebooks/.released/{notebook}": student.content,
        **{f"notebooks/{name}": content for name, content in modules.items()},
        NAME: start(contents).encode(),
        "requirements.txt": requirements(cells, assignment.title, wheels).encode(),
        **{wheel.name: wheel for wheel in wheels},
        **dict(script.files()),
        **found,
    }


def _refuse_solution(place: Path, files: Iterable[tuple[str, bytes]], student: Student) -> None:
    for name, content in files:
        # What the notebook itself has was looked at when it was made.
        run = None if content == student.content else _found(name, content, student.secret)
        if run is not None:
            raise UsageError(
                f"{place}: {name} has {len(run)} tokens in a row of the solution: "
                f"`{' '.join(run)}`. Leave that file out of what students get."
            )


def _found(name: str, content: bytes, secret: Solution) -> tuple[str, ...] | None:
    text = content.decode("utf-8", "replace")
    suffix = PurePosixPath(name).suffix
    parts = [(text, suffix in {".py", ".pyi"})]
    if suffix == ".ipynb":
        # What is no notebook is searched as a text alone.
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            parts += [(text_of(cell), _is_code(cell)) for cell in json.loads(text)["cells"]]
    hits = (secret.given_away(part, code=code) for part, code in parts)
    return next((hit for hit in hits if hit), None)


def _packed(wheel: Path) -> Iterator[tuple[str, bytes]]:
    with _opened(wheel) as opened:
        for name in opened.namelist():
            if _is_text(name):
                yield name, opened.read(name)


def _assignments(wheel: Path) -> frozenset[str]:
    """Return the names of the assignments that a wheel brings."""
    with _opened(wheel) as opened:
        for name in opened.namelist():
            if name.endswith(".dist-info/entry_points.txt"):
                points = ConfigParser(delimiters=("=",))
                points.read_string(opened.read(name).decode())
                return frozenset(points[_POINTS] if points.has_section(_POINTS) else ())
    return frozenset()


def _opened(wheel: Path) -> zipfile.ZipFile:
    if wheel.suffix == ".whl" and zipfile.is_zipfile(wheel):
        return zipfile.ZipFile(wheel)
    found = "found nothing" if not wheel.exists() else "found something else"
    raise UsageError(
        f"{wheel}: expected a wheel, a file that ends in .whl; {found}. `pip wheel . --no-deps` "
        "makes one."
    )


def _is_text(name: str) -> bool:
    return PurePosixPath(name).suffix in _TEXTS


def _is_code(cell: Mapping[str, object]) -> bool:
    return cell.get("cell_type") == "code"
