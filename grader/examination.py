"""Examines the machine for what grading needs, without importing TensorFlow."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from grader import datasets, machine
from grader.assignments.catalog import Catalog, catalog
from grader.assignments.relations import originals
from grader.batch.workers import MEMORY_BYTES, workers
from grader.datasets import Dataset, Split
from grader.datasets.places import again, expected_at, found_at
from grader.errors import GraderError
from grader.isolation.exposure import around, exposed
from grader.isolation.layers import layers
from grader.processes.backend import Backend

PACKAGES = ("tensorflow", "keras", "numpy", "scipy", "nbclient", "ipykernel")
_KERNELS = {
    Backend.FORKED: "forked from a template that has TensorFlow imported",
    Backend.FRESH: "fresh, each imports TensorFlow anew: this system cannot fork them",
}
INSTALL = "Install the kit's locked packages: pip install -r requirements.txt"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        name: What it is.
        found: What was found.
        good: Whether that is enough.
        remedy: How to get it when it is not.
    """

    name: str
    found: str
    good: bool = True
    remedy: str = ""


def examine(folders: Sequence[Path] = ()) -> list[Finding]:
    """Look at everything.

    Args:
        folders: Folders of assignments, beside the installed ones.

    Raises:
        GraderError: An assignment of a named folder cannot be used.
    """
    known = catalog(folders)
    return [
        Finding("python", machine.python()),
        *_packages(),
        *_machine(),
        _temporary_folder(),
        *_notebooks(known),
        *_datasets(known, folders),
        *_isolation(),
    ]


def _isolation() -> Iterator[Finding]:
    for layer in layers():
        optional = "" if layer.floor else f"not there. {layer.remedy}"
        found = f"stops {layer.stops}" if layer.there else optional or "not there"
        good = layer.there or not layer.floor
        yield Finding(f"isolation: {layer.name}", found, good=good, remedy=layer.remedy)
    reasons = list(exposed((("this folder", Path.cwd()), *around())))
    yield Finding(
        "isolation: places",
        "; ".join(reasons) or "submissions can read neither this folder nor your home folder",
        good=not reasons,
        remedy="Submissions may read what Python is installed in: move yours elsewhere.",
    )


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "not installed", good=False, remedy=INSTALL)


def _machine() -> Iterator[Finding]:
    available = machine.available_memory()
    yield Finding("processor", f"{machine.processor()}, {machine.cores()} cores")
    yield Finding(
        "memory",
        f"{available / 1e9:.1f} GB available",
        good=available >= MEMORY_BYTES,
        remedy=f"Grading needs {MEMORY_BYTES / 1e9:.1f} GB: close other programs.",
    )
    room = workers(None, machine.cores())[0]
    yield Finding("workers", f"{room} submissions at a time")
    yield Finding("kernels", _KERNELS[Backend.best()])


def _temporary_folder() -> Finding:
    try:
        with tempfile.TemporaryDirectory(prefix="grader-") as folder:
            return Finding("work folder", f"{os.path.dirname(folder)} is writable")  # noqa: PTH120
    except OSError as error:
        remedy = "Set TMPDIR to a folder that you may write to."
        return Finding("work folder", str(error), good=False, remedy=remedy)


def _notebooks(known: Catalog) -> Iterator[Finding]:
    for assignment in known.assignments.values():
        try:
            found = f"{assignment.title}, {assignment.points} points: {assignment.notebook}"
            assignment.layouts()
            yield Finding(f"assignment {assignment.id}", found)
        except GraderError as error:
            yield Finding(f"assignment {assignment.id}", str(error), good=False, remedy=INSTALL)
    for name, reason in known.broken.items():
        remedy = "Install its package again, or uninstall it."
        yield Finding(f"assignment {name}", reason, good=False, remedy=remedy)


def _datasets(known: Catalog, folders: Sequence[Path]) -> Iterator[Finding]:
    # Editions of an assignment have its data.
    own = originals(known.assignments.values())
    for dataset in (each.data for each in own if each.data):
        for split in dataset.all_splits:
            if dataset.splits and split.drawn and not expected_at(dataset, split).exists():
                told = "not drawn yet; it is when it is first needed"
                yield Finding(f"dataset {split.id}", told)
                continue
            problems, where = _problems(dataset, split, folders)
            found = f"{len(problems)} problems, first: {problems[0]}" if problems else where
            remedy = again(split, folders)
            yield Finding(f"dataset {split.id}", found, good=not problems, remedy=remedy)


def _problems(dataset: Dataset, split: Split, folders: Sequence[Path]) -> tuple[list[str], str]:
    """Say what is wrong with a split, and where it is."""
    try:
        place = found_at(dataset, split, folders=folders)
        by_split = dataset.splits or dataset.record
        problems = split.verify(place) if by_split else datasets.verify(dataset, place)
    except GraderError as error:
        return [str(error)], ""
    return problems, str(place)
