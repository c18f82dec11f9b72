"""Looks at graded parts in this process, as a kernel does: what comes of it crosses as evidence."""

import importlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar, cast

from grader.evidence import Evidence, parse
from grader.inspection.plain import plain
from grader.kernel.challenges import Challenges
from grader.kernel.job import Job, Request
from grader.kinds.kind import GradedPart, Part
from grader.probe import exceptions
from grader.probe.notebook import Notebook
from grader.processes.limits import Limits
from grader.records import CellStatus, PlannedCell, Role

View = TypeVar("View")


class Stage:
    """Stands in for a notebook inside a kernel.

    Args:
        namespace: What its cells have defined.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.aside = nullcontext
        self.looking_s = 0.0
        self.batches: dict[str, Any] = {}
        self.lines: list[bytes] = []
        self._memories: dict[tuple[str, str], dict[str, Any]] = {}

    def send(self, kind: str, **fields: object) -> None:
        line = json.dumps(plain({"kind": kind, **fields}), allow_nan=False)
        self.lines.append(f'{line[:-1]}, "place": {len(self.lines)}}}\n'.encode())

    def describe(self, error: BaseException) -> dict[str, Any]:
        return exceptions.describe(error, {})

    def memory(self, kind: str, name: str) -> dict[str, Any]:
        return self._memories.setdefault((kind, name), {})

    @contextmanager
    def students(self, name: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # noqa: BLE001 - as the probe does
            self.send("unprobed", name=name, error=self.describe(error))


def challenges(*parts: GradedPart, source: str = "", random: bytes = bytes(32)) -> Challenges:
    """Make what a notebook of one cell is asked of some parts."""
    cell = PlannedCell(source or parts[0].name, Role.GRADED, parts[0].name)
    job = Job(
        (cell,),
        {part.name: part for part in parts},
        Path("data"),
        "data",
        1,
        Limits(probe_s=60.0),
        random=random,
    )
    return Challenges(job)


def look(part: GradedPart, namespace: dict[str, Any], random: bytes = bytes(32)) -> Evidence:
    """Have a part looked at, and return what is known of it."""
    return look_at(Stage(namespace), challenges(part, random=random))


def look_at(stage: Stage, made: Challenges) -> Evidence:
    """Have parts looked at on a stage, and return what is known of them by then."""
    for request in requests(made):
        importlib.import_module(str(request["inside"])).look(request, cast("Notebook", stage))
    return compared(stage, made)


def requests(made: Challenges) -> list[Request]:
    """Return what a kernel is asked after the one cell."""
    return made.requests(0, CellStatus.DONE)


def compared(stage: Stage, made: Challenges, folder: Path | None = None) -> Evidence:
    """Return what is known by what was written down so far, and lies in a folder."""
    evidence = parse(b"".join(stage.lines))
    made.compare(evidence, lambda path, most: (folder or Path()).joinpath(path).read_bytes()[:most])
    return evidence


def seen(part: Part[View], evidence: Evidence) -> View:
    """Return what checks get of a part."""
    return part.view(evidence.parts[part.kind, part.name])
