"""The trust boundary: bytes that a student's kernel left behind become evidence, or are refused.

The kernel appends JSON lines to a file. Nothing in them is believed to be well formed: the file is
capped, every line is checked against the schema, and what does not fit is a fault with a reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import (
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
    model_validator,
)

from grader import beneath
from grader.checked import PartEvidence
from grader.evidence.kinds import RECORD, PartsByName, gathered, spread
from grader.evidence.order import AnyRecord, Line, believed, numbered
from grader.evidence.schema import (
    CellEnd,
    ConvolutionInput,
    Environment,
    Fault,
    Fit,
    Model,
    NotRun,
    Patched,
    Record,
    Unprobed,
    WeightsSet,
)

Kind = TypeVar("Kind", bound=PartEvidence)
MAX_BYTES = 16 * 1024 * 1024
MAX_LINES = 2_000
# A line is read as a whole, and each of its parts takes far more memory than its characters.
MAX_LINE = 1_100_000
MAX_PARTS = 100_000
# Of more faults than these, not even the first is looked for.
MAX_FAULTS = 1_000
FOREIGN = "what the grader's probe writes down was changed by something else"

_PLACES: dict[type[Record], tuple[str, str]] = {
    CellEnd: ("cells", "index"),
    Model: ("models", "key"),
    Fit: ("fits", "index"),
    ConvolutionInput: ("convolution_inputs", "key"),
    Unprobed: ("unprobed", "name"),
}
_OWN = "grader."


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was observed in one run, the last word on each thing winning.

    Tables are keyed by what names the thing: a cell's place in the plan, a fit's number, a model's
    key, that and a loader's name, else the graded name. ``tampered`` says of which thing, a graded
    name or ``evidence``, what was said is not what the probe can have said, and why; ``changed``
    names images of the run's own copy that are no longer those of the dataset, ``changed_modules``
    files beside the notebook that it was given and that are others now, ``foreign`` loaders that
    show other images than those in their folder, ``foreign_samples`` others than those in their
    file, ``not_run`` lines of cells that did nothing while grading. ``parts`` are those of
    ``grader.kinds``, by kind and graded name.
    """

    cells: dict[int, CellEnd] = field(default_factory=dict)
    models: dict[str, Model] = field(default_factory=dict)
    fits: dict[int, Fit] = field(default_factory=dict)
    convolution_inputs: dict[str, ConvolutionInput] = field(default_factory=dict)
    unprobed: dict[str, Unprobed] = field(default_factory=dict)
    parts: PartsByName = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    environments: list[Environment] = field(default_factory=list)
    weights: list[WeightsSet] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    patched: list[str] = field(default_factory=list)
    tampered: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    changed_modules: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    foreign_samples: list[str] = field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _brought_back(cls, kept: Any) -> Any:  # noqa: ANN401 - not yet looked at
        return gathered(kept)

    @model_serializer(mode="wrap")
    def _kept(
        self, handler: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> dict[str, Any]:
        return spread(handler(self), self.parts, info)

    @property
    def observer_replaced(self) -> list[str]:
        """Names of the grader's own parts that watch a notebook and that it has replaced."""
        return [name for name in self.patched if name.startswith(_OWN)]

    @property
    def environment(self) -> Environment | None:
        """Versions inside the kernel, when it got far enough to say."""
        return self.environments[-1] if self.environments else None

    def find(self, kind: type[Kind], name: str) -> Kind | None:
        """Return what was observed of a part; None for nothing.

        Args:
            kind: Its record.
            name: The graded name.
        """
        records = (each for each in self.parts.values() if each.name == name)
        return next((each for each in records if isinstance(each, kind)), None)

    def add(self, record: AnyRecord) -> None:
        """Take one record; a later record of the same thing replaces the earlier one."""
        if isinstance(record, PartEvidence):
            self.parts[record.kind, record.name] = record
        elif isinstance(record, Fault):
            self.faults.append(record)
        elif isinstance(record, Environment):
            self.environments.append(record)
        elif isinstance(record, WeightsSet):
            self.weights.append(record)
        elif isinstance(record, NotRun):
            self.not_run.append(record)
        elif isinstance(record, Patched):
            self.patched.extend(name for name in record.names if name not in self.patched)
        else:
            table, key = _PLACES[type(record)]
            entries: dict[object, Record] = getattr(self, table)
            entries.pop(getattr(record, key), None)
            entries[getattr(record, key)] = record


def collect(records: Iterable[AnyRecord]) -> Evidence:
    """Gather records into one body of evidence."""
    evidence = Evidence()
    for record in records:
        evidence.add(record)
    return evidence


def load(path: Path, root: Path | None = None) -> bytes:
    """Read at most a little more than is allowed; a missing file is evidence of nothing.

    So is what is no file: a link, a folder, or a pipe that would never end.

    Args:
        path: The file.
        root: A folder above it, below which a kernel may have put links in the place of folders;
            None for the folder that it is in.
    """
    above = path.parent if root is None else root
    try:
        return beneath.read(above, path.relative_to(above).parts, MAX_BYTES + 1)
    except OSError:
        return b""


def parse(content: bytes) -> Evidence:
    """Check bytes against the schema, line by line; a last line without its end is dropped."""
    if len(content) > MAX_BYTES:
        return _stuffed(f"more than {MAX_BYTES} bytes of evidence")
    *lines, _unfinished = content.split(b"\n")
    if len(lines) > MAX_LINES:
        return _stuffed(f"{len(lines)} lines of evidence, at most {MAX_LINES} expected")
    parsed = [_parse_line(number, line) for number, line in enumerate(lines, start=1)]
    refused = [line.record for line in parsed if line.place is None and not line.readable]
    records, intact = believed(parsed)
    evidence = collect([*records, *refused])
    if not intact:
        evidence.tampered["evidence"] = FOREIGN
    return evidence


def _parse_line(number: int, line: bytes) -> Line:
    content, place = numbered(line)
    if len(line) > MAX_LINE or content.count(b"[") + content.count(b"{") > MAX_PARTS:
        return Line(_fault(f"line {number} of the evidence is too long"), place, readable=False)
    try:
        return Line(RECORD.validate_json(content), place)
    except ValidationError as error:
        if error.error_count() > MAX_FAULTS:
            told = f"line {number} of the evidence has {error.error_count()} faults"
            return Line(_fault(told), place, readable=False)
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        fault = _fault(f"line {number} of the evidence: {where or 'JSON'}: {first['msg']}")
        return Line(fault, place, readable=False)


def _stuffed(message: str) -> Evidence:
    evidence = collect([_fault(message)])
    evidence.tampered["evidence"] = FOREIGN
    return evidence


def _fault(message: str) -> Fault:
    return Fault(kind="fault", name="evidence", message=message[:4_000])
