"""Finds code of the solutions in files, whatever their spacing, comments and names of files are."""

import ast
import io
import json
import textwrap
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.notebook.markers import regions

# What the grader and the released notebook have in common with a solution by chance is shorter.
LENGTH = 10
_SPACING = frozenset({
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENDMARKER,
})  # fmt: skip
Run = tuple[str, ...]


def secret(solution: str) -> set[Run]:
    """Return the runs of tokens that a solution has between its markers.

    Args:
        solution: Text of the notebook.
    """
    cells = [source for source in _cells(solution) if regions(source)]
    texts = [textwrap.dedent(region.text) for cell in cells for region in regions(cell)]
    return {run for text in texts for run in _runs(text)}


def found(files: Iterable[tuple[str, bytes]], runs: set[Run]) -> dict[str, Run]:
    """Return the files that have one of the runs: code, cells, and code in strings."""
    hits = {name: runs.intersection(_all_runs(name, content)) for name, content in files}
    return {name: min(hit) for name, hit in hits.items() if hit}


def below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder, to any depth."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def _all_runs(name: str, content: bytes) -> Iterator[Run]:
    suffix = Path(name).suffix
    if suffix not in {".py", ".ipynb"}:
        return
    text = content.decode()
    for source in _cells(text) if suffix == ".ipynb" else [text]:
        yield from _runs(source)
        for string in _strings(source):
            yield from _runs(string)


def _cells(notebook: str) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(notebook)["cells"]]


def _strings(source: str) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _runs(text: str) -> Iterator[Run]:
    tokens = list(_tokens(text))
    yield from (tuple(tokens[at : at + LENGTH]) for at in range(len(tokens) - LENGTH + 1))


def _tokens(text: str) -> Iterator[str]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type not in _SPACING:
                yield token.string
    except (tokenize.TokenError, SyntaxError):
        return  # prose; what could be read of it counts
