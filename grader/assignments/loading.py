"""Reads an assignment from its folder; what is wrong with it is told with file and line."""

import importlib
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stdout
from dataclasses import fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from grader.assignments import variants
from grader.assignments.assignment import Assignment
from grader.assignments.declaring import DeclarationError, Place, did_you_mean
from grader.assignments.variants import Variant
from grader.errors import GraderError, RejectedError

MODULE = "assignment"
_UNKNOWN_ARGUMENT = re.compile(r"(\w+)\.__init__\(\) got an unexpected keyword argument '(\w+)'")
_KINDS = Path(__file__).parents[1] / "kinds"
_LOOK_UP = "See docs/authoring.md."
_ENDED = "It ended the program while it was read."
# What an author does not give: an assignment or the kit fills it in.
_FILLED_IN = frozenset({"parts", "checks", "place", "whole", "constants"})
_NO_END = "Take out exit() and sys.exit(); raise what is wrong instead."


def load(folder: Path) -> Assignment:
    """Read the assignment of a folder.

    Args:
        folder: Holds ``assignment.py``, which may import modules beside it relatively.

    Raises:
        DeclarationError: It is not declared as it must be; names the file and the line.
    """
    folder = folder.resolve()
    return read(f"{_package_of(folder)}.{MODULE}", folder)


def load_variants(assignment: Assignment) -> tuple[Variant, ...]:
    """Read the variants of an assignment's solution; none where it has no module of them.

    Raises:
        DeclarationError: They are not declared as they must be; names the file and the line.
    """
    path = variants.file_of(assignment)
    if not path.is_file():
        return ()
    package = variants.package_of(assignment, path) or _package_of(path.resolve().parent)
    module = f"{package}.{path.stem}"
    with _telling(module, path.parent):
        made = _imported(module)
    return variants.checked(assignment, path, getattr(made, variants.NAME, None))


def _package_of(folder: Path) -> str:
    """Return a package of its own, so that two folders may both have a module called drawing."""
    name = f"_assignment_{sha256(str(folder).encode()).hexdigest()[:16]}"
    if name not in sys.modules:
        sys.modules[name] = _package(name, folder)
    return name


def read(module: str, folder: Path | None = None) -> Assignment:
    """Read the assignment that a module makes.

    Args:
        module: Name of the module.
        folder: Where it is; None to find out.

    Raises:
        DeclarationError: It is not declared as it must be; names the file and the line.
        ModuleNotFoundError: There is no such module.
    """
    with _telling(module, folder):
        return _only(_imported(module))


def _imported(module: str) -> ModuleType:
    # What a command prints is its own, such as one JSON document, and so is where it works.
    with chdir("."), redirect_stdout(sys.stderr):
        return importlib.import_module(module)


@contextmanager
def _telling(module: str, folder: Path | None) -> Iterator[None]:
    """Tell what the author's code of a module raises."""
    try:
        yield
    except DeclarationError:
        sys.modules.pop(module, None)
        raise
    except SystemExit as ended:
        raise DeclarationError(_place(ended, folder), _ENDED, _NO_END) from ended
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and error.name == module:
            raise
        raise _told(error, folder) from error


def _package(name: str, folder: Path) -> ModuleType:
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    return package


def _only(module: ModuleType) -> Assignment:
    found = list({id(each): each for each in _made(module)}.values())
    place = Place(str(module.__file__), 1)
    if len(found) != 1:
        ids = ", ".join(each.id for each in found) or "none"
        raise DeclarationError(
            place, f"One Assignment was expected; found {ids}.",
            "Make one, at the top level of the module; each has a folder of its own.",
        )  # fmt: skip
    try:
        found[0].complete()
    except RejectedError as error:
        told = f"{found[0].notebook.name} cannot be read. {error.reason}"
        fix = "Save it once more in Jupyter."
        raise DeclarationError(found[0].place, told, fix) from error
    return found[0]


def _made(module: ModuleType) -> Iterator[Assignment]:
    return (each for each in vars(module).values() if isinstance(each, Assignment))


def _told(error: Exception, folder: Path | None) -> DeclarationError:
    """Tell an exception of the author's code: where, what, and what may have been meant."""
    if isinstance(error, SyntaxError) and error.filename:
        place = Place(error.filename, error.lineno or 1)
        return DeclarationError(place, f"{type(error).__name__}: {error.msg}.", "Mend that line.")
    place = _place(error, folder)
    if isinstance(error, GraderError):
        return DeclarationError(place, str(error), "")
    found = f"{type(error).__name__}: {error}".rstrip(".")
    return DeclarationError(place, f"{found}.", _meant(error) or _LOOK_UP)


def _place(error: BaseException, folder: Path | None) -> Place:
    """Return the line of the author's that raised, as far as it can be told."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if folder and Path(frame.filename).is_relative_to(folder)]
    if folder and not own:
        return Place(str(folder / f"{MODULE}.py"), 1)
    # Of an assignment that is installed: what raised of ours, an author's line has called.
    outside = [frame for frame in frames if not _is_of_kinds(frame.filename)]
    last = (own or outside or frames)[-1]
    return Place(last.filename, last.lineno or 1)


def _is_of_kinds(file: str) -> bool:
    return file.startswith("<") or Path(file).is_relative_to(_KINDS)


def _meant(error: Exception) -> str:
    if isinstance(error, AttributeError) and error.name and error.obj is not None:
        return did_you_mean(error.name, (n for n in dir(error.obj) if not n.startswith("_")))
    if isinstance(error, ImportError) and error.name and error.name.startswith("grader"):
        wanted = re.search(r"cannot import name '(\w+)'", str(error))
        module = sys.modules.get(error.name)
        return did_you_mean(wanted[1], dir(module)) if wanted and module else ""
    if isinstance(error, NameError) and error.name and error.__traceback__:
        frame = list(traceback.walk_tb(error.__traceback__))[-1][0]
        return did_you_mean(error.name, [*frame.f_locals, *frame.f_globals])
    if (unknown := _UNKNOWN_ARGUMENT.search(str(error))) is not None:
        known = _arguments(error, unknown[1])
        meant = did_you_mean(unknown[2], known)
        return meant or (f"It takes {', '.join(known)}." if known else "")
    return ""


def _arguments(error: Exception, name: str) -> list[str]:
    """Return what a class takes that the author's code has called."""
    frame = list(traceback.walk_tb(error.__traceback__))[-1][0]
    made = frame.f_globals.get(name)
    known = [each.name for each in fields(made)] if is_dataclass(made) else []
    return [each for each in known if each not in _FILLED_IN]
