"""Finds assignments' notebooks and data: in a checkout, in an installed wheel, or by path."""

from pathlib import Path

from grader.errors import DatasetError, GraderError

PACKAGE = Path(__file__).resolve().parent
# The wheel's own first: beside an installed package, data/ may be anybody's.
HOMES = (PACKAGE / "kit", PACKAGE.parent)


def home() -> Path:
    """Return the folder that holds ``notebooks/`` and ``data/``.

    Raises:
        GraderError: The installation is incomplete.
    """
    for folder in HOMES:
        if (folder / "notebooks").is_dir() and (folder / "data").is_dir():
            return folder
    raise GraderError(
        f"The kit's notebooks/ and data/ were expected in {HOMES[0]} or {HOMES[1]} and are in "
        "neither. Install the package again, or run the grader from a complete checkout."
    )


def reference(filename: str) -> Path:
    """Return the notebook that tells an assignment's layout.

    Students fill in the released notebook in place, so it is the last resort: the solution has
    the same given cells, and a bundle without solutions keeps an untouched copy.

    Raises:
        GraderError: There is none.
    """
    folder = home() / "notebooks"
    for candidate in (folder / "solutions", folder / ".released", folder):
        if (candidate / filename).is_file():
            return candidate / filename
    raise GraderError(f"{folder / filename} is missing. Install the package again.")


def script() -> Path:
    """Return the script with which a notebook adds its metadata.

    Raises:
        GraderError: It is missing.
    """
    path = home() / "add_metadata.py"
    if not path.is_file():
        raise GraderError(f"{path} is missing. Install the package again.")
    return path


def checkout(path: str) -> Path:
    """Return a file of a checkout; in an installed wheel it is not there."""
    return PACKAGE.parent / path


def working_folder(notebook: Path) -> Path:
    """Return the folder that a notebook runs in: its own, so that its relative paths hold.

    A solution has the paths of the notebook that students get, which lies one folder up.
    """
    folder = notebook.resolve().parent
    return folder.parent if folder == home() / "notebooks" / "solutions" else folder


def data_folder(name: str) -> Path:
    """Return where the kit's own dataset of that name is to be, be it there or not."""
    return home() / "data" / name


def dataset(
    folder: str, given: Path | None = None, remedy: str = "Name a folder that has its images."
) -> Path:
    """Return the path of a dataset: the one given, else the kit's own.

    Args:
        folder: Its name.
        given: Where it is; None of the kit's own.
        remedy: What to do where it is not there.

    Raises:
        DatasetError: There is no such folder.
    """
    path = given or data_folder(folder)
    if not path.is_dir():
        raise DatasetError(
            f"{path}: expected the folder of the dataset {folder}, found "
            f"{'a file' if path.exists() else 'nothing'}. {remedy}"
        )
    return path.resolve()
