"""What a student reads first: ``START.md`` of the bundle."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.release.data import KERAS, Elsewhere

NAME = "START.md"
_NOTEBOOKS = "notebooks/"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in the bundle.

    Args:
        title: The assignment's.
        notebook: Name of the notebook.
        data: Names of the files of its data.
        elsewhere: Data that students fetch.
        checks: Whether a package that lies beside it can check the notebook.
        modules: Names of the Python files that the notebook imports.
    """

    title: str
    notebook: str
    data: Sequence[str]
    elsewhere: Sequence[Elsewhere]
    checks: bool
    modules: Sequence[str] = ()


def start(contents: Contents) -> str:
    """Return the text."""
    parts = [_head(contents), *_data(contents), *_check(contents)]
    return "\n\n".join(parts) + "\n"


def _head(contents: Contents) -> str:
    notebook, python = contents.notebook, f"{sys.version_info.major}.{sys.version_info.minor}"
    tops = {f"{name.partition('/')[0]}/" for name in contents.data} - {KERAS, _NOTEBOOKS}
    lines = [f"| `notebooks/{name}` | what it imports; leave it so |" for name in contents.modules]
    lines += [f"| `{top}` | the data that it reads |" for top in sorted(tops)]
    return "\n".join(
        [
            f"# {contents.title}\n",
            "| here is | for |",
            "|---|---|",
            f"| `notebooks/{notebook}` | the notebook that you work in |",
            *lines,
            "| `requirements.txt` | the packages that it needs |",
            "| `add_metadata.py` | putting back what the grader knows the notebook by |",
            f"\n## Begin\n\nWith Python {python}, in a terminal in this folder:\n",
            "```sh",
            "python -m venv .venv",
            "source .venv/bin/activate            # on Windows: .venv\\Scripts\\activate",
            "pip install -r requirements.txt",
            f"jupyter lab {_quoted(f'notebooks/{notebook}')}",
            "```",
        ]
    )


def _data(contents: Contents) -> Iterator[str]:
    inside = sorted(
        {name.split("/")[2] for name in contents.data if name.startswith(f"{KERAS}datasets/")}
    )
    fetched = [each for each in contents.elsewhere if each.url]
    by_keras = [each.name for each in contents.elsewhere if each.name]
    if inside or fetched or by_keras:
        yield "## Data"
    for name in inside:
        yield (
            f"Copy `{KERAS}datasets/{name}` to `.keras/datasets/{name}` in your home folder, where "
            "Keras looks for it. Where there is another one already, keep that elsewhere meanwhile."
        )
    if by_keras:
        yield f"Keras fetches {', '.join(by_keras)} when the notebook first loads it."
    if fetched:
        yield "\n".join(_table(fetched))


def _table(fetched: Sequence[Elsewhere]) -> Iterator[str]:
    yield "Fetch these, and compare their hashes (`sha256sum FILE`, on Windows `certutil -hashfile"
    yield "FILE SHA256`):\n"
    yield "| from | SHA-256 | what of it | is to be |"
    yield "|---|---|---|---|"
    for each in fetched:
        inside = f"`{each.inside}` in it" if each.inside else "all of it"
        yield f"| <{each.url}> | `{each.sha256}` | {inside} | `{each.at}` |"


def _check(contents: Contents) -> Iterator[str]:
    if contents.checks:
        notebook = _quoted(f"notebooks/{contents.notebook}")
        yield (
            "## Check your work\n\nAs often as you like; it says what is wrong, why, and what to "
            f"try:\n\n```sh\ngrader check {notebook}\n```"
        )


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
