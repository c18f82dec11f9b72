"""Says whether a folder holds a dataset, and if not, what exactly is wrong with it."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.datasets.dataset import Dataset, FileRecord
from grader.datasets.images import class_folders, image_files
from grader.errors import DatasetError
from grader.litter import is_litter

_SHOWN_HEX_DIGITS = 12


def list_files(folder: Path) -> list[str]:
    """The relative POSIX paths of all files below a folder, images or not, sorted."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not is_litter(path.name)
    )


def digest(folder: Path) -> str:
    """Identifies any copy of a dataset by its images' relative names and bytes.

    Args:
        folder: Any folder; its own name and all modification times are irrelevant, and so is what
            is no image.

    Returns:
        A SHA-256 as 64 hexadecimal digits.

    Raises:
        DatasetError: There is no such folder.
    """
    if not folder.is_dir():
        raise DatasetError(f"Expected a folder with a dataset at {folder}, found none.")
    whole = hashlib.sha256()
    for name in image_files(folder):
        # No name can contain the zero byte, so no two listings look alike.
        whole.update(f"{name}\0{_sha256(folder / name)}\n".encode())
    return whole.hexdigest()


def pixels_digest(files: Mapping[str, FileRecord]) -> str:
    """Identifies the pictures of a whole dataset, whatever their encoding."""
    lines = (f"{name} {files[name].pixels_sha256}\n" for name in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def record(path: Path) -> FileRecord:
    """Computes the record of an image file."""
    _, pixels = _decode(path)
    return FileRecord(_sha256(path), hashlib.sha256(pixels).hexdigest())


def verify(dataset: Dataset, folder: Path, *, mention_reencoded: bool = False) -> list[str]:
    """Compares a folder with what the dataset must contain.

    Args:
        dataset: What is expected.
        folder: What is to be checked.
        mention_reencoded: Whether to list files whose bytes differ although their pixels are
            right, which does no harm.

    Returns:
        One line for each problem, empty when all is right: what is no image is none.
    """
    if not folder.is_dir():
        return [f"{folder}: expected a folder with {dataset.described}, found none"]
    if not dataset.files:
        # Nobody has recorded what they must be.
        return list(_obstacles(dataset, folder))
    found = set(image_files(folder))
    problems = [
        f"{name}: expected an image, found no file" for name in dataset.files.keys() - found
    ]
    problems += [_unexpected(name) for name in found - dataset.files.keys()]
    problems += [_unexpected(name) for name in _foreign_folders(dataset, folder)]
    for name in dataset.files.keys() & found:
        problems += _compare(dataset, folder, name, mention_reencoded=mention_reencoded)
    return sorted(problems)


def foreign_entries(dataset: Dataset, folder: Path) -> list[str]:
    """Lists all files and sub-folders that do not belong to the dataset, images or not."""
    names = [name for name in list_files(folder) if name not in dataset.files]
    return [_unexpected(name) for name in (*names, *_foreign_folders(dataset, folder))]


def surplus(dataset: Dataset, folder: Path) -> list[str]:
    """Lists the images that a folder has beside all those of the dataset.

    Returns:
        Relative POSIX paths; none when an image of the dataset is missing, as in a folder of
        altogether other images, or when nobody knows which there are.
    """
    found = set(image_files(folder))
    whole = dataset.files and found >= dataset.files.keys()
    return sorted(found - dataset.files.keys()) if whole else []


def check_usable(dataset: Dataset, folder: Path) -> None:
    """Makes sure that another copy of the images can take the place of the dataset.

    Keras makes a class of every sub-folder and reads every image in it, so neither another
    sub-folder nor a damaged image is tolerable.

    Raises:
        DatasetError: It cannot; says what was expected, what was found and what to do.
    """
    obstacle = next(_obstacles(dataset, folder), None)
    if obstacle:
        *others, last = (f"{name}/" for name in dataset.classes)
        wanted = f"{', '.join(others)} and {last}" if others else last
        raise DatasetError(
            f"{folder} cannot serve as the dataset {dataset.id}: {obstacle}. Choose a folder that "
            f"has exactly the sub-folders {wanted}, each with at least one image."
        )


def _obstacles(dataset: Dataset, folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        yield "expected a folder, found none"
        return
    for name in _foreign_folders(dataset, folder):
        yield f"expected no other sub-folder, found {name}: move it away"
    images = image_files(folder)
    for label in dataset.classes:
        yield from _class_obstacles(folder, label, [n for n in images if n.startswith(f"{label}/")])


def _class_obstacles(folder: Path, label: str, images: list[str]) -> Iterator[str]:
    if not (folder / label).is_dir():
        yield f"expected a sub-folder {label}/, found none"
        return
    if not images:
        yield f"expected at least one image in {label}/, found none"
    for name in images:
        if name.count("/") > 1:
            yield f"expected all images of {label}/ directly in it, found {name}: move it away"
        reason = _unreadable(folder / name)
        if reason:
            yield f"expected a readable image in {name}, found a damaged one ({reason})"


def _foreign_folders(dataset: Dataset, folder: Path) -> list[str]:
    return [f"{name}/" for name in class_folders(folder) if name not in dataset.classes]


def _unexpected(name: str) -> str:
    return f"{name}: expected no such {'folder' if name.endswith('/') else 'file'}, found one"


def _compare(dataset: Dataset, folder: Path, name: str, *, mention_reencoded: bool) -> list[str]:
    expected, path = dataset.files[name], folder / name
    found = _sha256(path)
    if found == expected.sha256:
        return []
    reason = _unreadable(path)
    if reason:
        return [f"{name}: expected an image, found a file that is unreadable ({reason})"]
    return [*_compare_pixels(dataset, name, path)] or (
        [f"{name}: expected bytes {_short(expected.sha256)}, found {_short(found)}; same pixels"]
        if mention_reencoded
        else []
    )


def _compare_pixels(dataset: Dataset, name: str, path: Path) -> Iterator[str]:
    size, pixels = _decode(path)
    expected, found = dataset.files[name].pixels_sha256, hashlib.sha256(pixels).hexdigest()
    if dataset.size is not None and size != dataset.size:
        yield f"{name}: expected {_by(dataset.size)} pixels, found {_by(size)}"
    elif found != expected:
        yield f"{name}: expected pixels {_short(expected)}, found {_short(found)}"


def _decode(path: Path) -> tuple[tuple[int, int], bytes]:
    from PIL import Image

    with Image.open(path) as image:
        return image.size, image.convert("RGBA").tobytes()


def _unreadable(path: Path) -> str | None:
    if not path.is_file():  # a pipe would be waited for
        return "it is no file"
    try:
        _decode(path)
    except Exception as error:  # noqa: BLE001 - decoders raise anything over a damaged file
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return None


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _short(hexadecimal: str) -> str:
    return f"{hexadecimal[:_SHOWN_HEX_DIGITS]}…"


def _by(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"
