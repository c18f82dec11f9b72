"""What a run is asked of graded parts, and when."""

import hmac
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from grader.checked import PartEvidence
from grader.evidence import Evidence, Fault
from grader.kernel.job import OBSERVABLE, Job, Request
from grader.kinds.challenge import (
    Challenge,
    Fixture,
    ForgedError,
    OtherImagesError,
    OtherSamplesError,
    Read,
    SplitCopy,
)
from grader.kinds.kind import PartError
from grader.processes.folders import own_folder
from grader.records import CellStatus, PlannedCell
from grader.values.encode import MAX_ASKED_CHARS

# Of the time for all that is looked at after a cell, one part takes so much at most, and all
# together so much: what is left is for what calls nothing of the student's.
_ONE, _ALL = 0.5, 0.8


class Challenges:
    """The challenges of one run.

    Args:
        job: What is run.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._parts = job.probes
        self._faults: dict[str, str] = {}
        self._fixtures: dict[str, Fixture] = {}
        self._made = dict(self._make())

    def _make(self) -> Iterator[tuple[str, Challenge]]:
        for name, part in self._parts.items():
            random = hmac.digest(self._job.random, f"{part.kind} {name}".encode(), "sha256")
            made = self._by_author(name, partial(part.challenge, random))
            if made is not None and len(repr(made.sent)) > MAX_ASKED_CHARS:
                self._faults[name] = f"what {name} is asked with is too long"
            elif made is not None:
                yield name, made

    def _by_author(self, name: str, run: Callable[[], Any]) -> Any:  # noqa: ANN401 - what it returns
        """Run code of an author's; whatever it raises is no student's fault."""
        try:
            return run()
        except ForgedError:
            raise
        except PartError as error:
            self._faults[name] = str(error)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - likewise
            self._faults[name] = f"{name}: {type(error).__name__}: {error}"
        return None

    @contextmanager
    def set_up(self, copies: Sequence[Path], others: Sequence[SplitCopy] = ()) -> Iterator[None]:
        """Have what kinds of parts are to find around them.

        Args:
            copies: The copies of the dataset that the kernel sees.
            others: Other splits, each with the copy that the kernel sees.
        """
        with ExitStack() as stack:
            for part in {each.kind: each for each in self._parts.values()}.values():
                same = [each for each in self._parts.values() if each.kind == part.kind]
                # What no part is of, is not drawn; but all class folders are of the same colours.
                asked = {each.split for each in same}
                drawn = [each for each in others if each.labelled or each.name in asked]
                made = part.fixture(self._job.dataset, copies, drawn, own_folder)
                if (fixture := stack.enter_context(made)) is not None:
                    self._fixtures[part.kind] = fixture
            yield

    @contextmanager
    def shown(self, requests: Sequence[Request]) -> Iterator[None]:
        """Have there meanwhile what the parts that are asked for are to find.

        Args:
            requests: What is to be observed.
        """
        kinds = dict.fromkeys(str(request["kind"]) for request in requests)
        with ExitStack() as stack:
            for kind in kinds:
                if kind in self._fixtures:
                    stack.enter_context(self._fixtures[kind].shown())
            yield

    @property
    def modules(self) -> list[str]:
        """Names of the modules that look at the parts inside the kernel."""
        return sorted({self._parts[name].inside for name in self._made})

    def requests(self, place: int, ended: CellStatus) -> list[Request]:
        """Return what is to be observed after a cell that ended so, as plain data.

        Args:
            place: Of the cell in the plan.
            ended: How it ended.
        """
        if ended not in OBSERVABLE:
            return []
        cell, last = self._job.cells[place], place == len(self._job.cells) - 1
        trains = self._job.trains(cell)
        due = [n for n in self._made if self._parts[n].is_due(cell, trains=trains, last=last)]
        return [self._request(name, cell) for name in due]

    def _request(self, name: str, cell: PlannedCell) -> Request:
        part = self._parts[name]
        return {
            "kind": part.kind,
            "inside": part.inside,
            "name": name,
            "variable": part.variable,
            "again": name != cell.name,
            "seconds": self._job.limits.probe_s * _ONE,
            "within": self._job.limits.probe_s * _ALL,
            **self._made[name].sent,
        }

    def compare(self, evidence: Evidence, read: Read) -> None:
        """Put what the grader knows in the place of what the kernel claims.

        Args:
            evidence: What a kernel said; it is changed.
            read: Reads a file that the notebook left.
        """
        known = {part.key for part in self._parts.values()}
        for key in [key for key in evidence.parts if key not in known]:
            del evidence.parts[key]
        for name, part in self._parts.items():
            record = evidence.parts.pop(part.key, None)
            if record is not None and name in self._made:
                self._compare(record, evidence, read)
        for name, message in self._faults.items():
            told = f"code of the assignment failed: {message}"[:4_000]
            evidence.add(Fault(kind="fault", name=name, message=told, of_assignment=True))

    def _compare(self, record: PartEvidence, evidence: Evidence, read: Read) -> None:
        name = record.name
        try:
            if (fixture := self._fixtures.get(self._parts[name].kind)) is not None:
                record = fixture.compare(record, self._parts[name].split)
            compared = self._by_author(name, partial(self._made[name].compare, record, read))
        except OtherSamplesError:
            evidence.foreign_samples.append(name)
        except OtherImagesError:
            evidence.foreign.append(name)
        except ForgedError as error:
            evidence.tampered[name] = str(error)
        else:
            if compared is not None:
                evidence.add(compared)
