"""Finds the submissions of a class and gives each a name that is safe and unique."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.batch.folders import NOTEBOOK, Results, look_into
from grader.batch.hand_ins import HandIn, hand_ins, whole
from grader.errors import UsageError
from grader.pipeline import Entry

# Names a folder, together with the number of a namesake: file systems take 255 bytes.
MAX_ID_BYTES = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in files and folders.

    Args:
        entries: What was handed in, in a stable order.
        beside: What lies beside it and is not graded, as it is shown.
    """

    entries: list[Entry]
    beside: list[str]


def find(paths: Sequence[Path], out: Path | None = None) -> list[Entry]:
    """Find what was handed in, in a stable order, as ``search`` does."""
    return search(paths, out).entries


def search(paths: Sequence[Path], out: Path | None = None) -> Found:
    """Find what was handed in, and what lies beside it.

    Folders are searched, and nothing in them stays without a word but what is hidden, what
    systems leave there, backups, the output folder, and results of earlier gradings.

    Args:
        paths: What was named on the command line.
        out: Where results go.

    Raises:
        UsageError: A path does not exist, a folder cannot be read, or nothing was handed in.
    """
    found = [*_unique(_hand_ins(paths, out))]
    handed_in = [(shown, each) for shown, each in found if not each.beside]
    if not handed_in:
        names = ", ".join(map(str, paths))
        raise UsageError(f"No notebook (*.ipynb) was found in {names}. Name a file or its folder.")
    ids = _ids([shown for shown, _ in handed_in])
    return Found(
        [
            Entry(each.path, ids[place], shown.as_posix(), each.root)
            for place, (shown, each) in enumerate(handed_in)
        ],
        [_shown(shown, each) for shown, each in found if each.beside],
    )


def safe(path: Path) -> str:
    """Turn a relative path into one name: letters, digits, dots, dashes and underscores."""
    joined = "__".join(part for part in path.parts if part not in ("/", "..", "."))
    name = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in joined)
    return name.encode()[:MAX_ID_BYTES].decode(errors="ignore").strip(".") or "submission"


def _hand_ins(paths: Sequence[Path], out: Path | None) -> Iterator[tuple[Path, HandIn]]:
    several = len({path for path in paths if path.is_dir()}) > 1
    for path in paths:
        # What is named may be a link: whoever grades has made it, or knows it.
        if path.is_dir():
            # Two folders may hold files of the same name; with the folder's they differ.
            above = Path(path.resolve().name if several else "")
            for each in sorted(_below(path, out, several=several), key=lambda one: one.path):
                yield above / each.path.relative_to(path), replace(each, root=path)
        elif path.is_file():
            yield Path(path.name), HandIn(path)
        else:
            raise UsageError(f"{path}: expected a notebook or a folder, found nothing there.")


def _below(path: Path, out: Path | None, *, several: bool) -> Iterator[HandIn]:
    folder = look_into(path, out)
    if several and not folder.has_notebook:
        ours = folder.is_empty and folder.results is Results.OUTPUT
        return iter(() if ours else [HandIn(whole(folder))])
    # Of several folders, each may be a student's.
    return hand_ins(folder, is_class=not several or len(folder.notebooks) != 1)


def _unique(found: Iterable[tuple[Path, HandIn]]) -> Iterator[tuple[Path, HandIn]]:
    # By the names, not by what links lead to: a student's link must not take another's place.
    seen: set[Path] = set()
    for shown, each in found:
        if (named := each.path.absolute()) not in seen:
            seen.add(named)
            yield shown, each


def _ids(handed_in: Sequence[Path]) -> dict[int, str]:
    """Name what was handed in, by its place; what is called a notebook has the first choice."""
    ids: dict[int, str] = {}
    taken: set[str] = set()
    chosen = sorted(enumerate(handed_in), key=lambda one: not _is_called_notebook(one[1]))
    for place, shown in chosen:
        name = shown.with_suffix("") if _is_called_notebook(shown) else shown
        ids[place] = _free(safe(name), taken)
        taken.add(ids[place].casefold())
    return ids


def _is_called_notebook(path: Path) -> bool:
    return path.suffix.casefold() == NOTEBOOK


def _shown(shown: Path, each: HandIn) -> str:
    name = "".join(letter if letter.isprintable() else "?" for letter in shown.as_posix())
    return f"{name}/" if each.path.is_dir() else name


def _free(name: str, taken: set[str]) -> str:
    number, candidate = 1, name
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate
