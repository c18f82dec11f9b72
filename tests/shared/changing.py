"""An assignment that is changed after a class was graded, and kernels that only count runs."""

import functools
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import shirts
from nbformat import NotebookNode

from grader.assignments.assignment import Assignment
from grader.assignments.loading import load
from grader.batch import resume, submissions
from grader.batch.local import Class, Grading, grade_all
from grader.batch.signatures import Signatures
from grader.evidence import Evidence, Fit, Layer, Loader, Model, ReturnedResult, collect
from grader.isolation.choice import Isolation
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.kinds.answer import Answer
from grader.kinds.function.evidence import FunctionEvidence
from grader.kinds.function.part import Function
from grader.pipeline import Choice, Pipeline
from grader.processes.backend import Backend
from grader.records import CellRun, CellStatus, Execution, ExecutionStatus
from grader.values.encode import encode

SIGNED = Signatures(b"k" * 32)
AREA = """\
# GRADED FUNCTION: area
def area(width, height):
    ### START CODE HERE
    return width * height
    ### END CODE HERE
"""
_IMPORTS = "from grader.authoring import (\n"
_CHECKED = "return loaders.batches_of(loader, 4)"
_EDITS = {
    _IMPORTS: f"from .rules import batches, times\n{_IMPORTS}    Function, FunctionView, Limits,\n",
    _CHECKED: "return batches(loader, SIZE)",
    "points=40": "points=30",
    "points=60": "points=50",
    "HERE = ": "SIZE = 4\nHERE = ",
    "pass_mark=0.5,": "pass_mark=0.5,\n    limits=Limits(cell_s=60.0),",
}
MODULE = (
    functools.reduce(lambda text, edit: text.replace(*edit), _EDITS.items(), shirts.MODULE)
    + '''

KNOWN: dict[tuple[int, int], int] = {}


def multiplied(width: int, height: int) -> int:
    """What is right."""
    return KNOWN.setdefault((width, height), times(width, height))


area = shirts.part(
    Function("area", cases=((2, 3),), reference=multiplied,
             draw=lambda generator: (int(generator.integers(9)), 2), draws=1)
)


@shirts.group("area").check(area, points=20, hint="What is the area of a rectangle?")
def right_area(found: FunctionView) -> Expectation:
    """area multiplies.

    It is asked twice.
    """
    return found.agrees()
'''
)
RULES = '''\
"""Rules of this course."""

import json
from pathlib import Path

from grader.authoring import Expectation, Loader, loaders

MOST = json.loads((Path(__file__).parent / "most.json").read_text("utf-8"))


def batches(loader: Loader, size: int) -> Expectation:
    """Batches are of a size."""
    return loaders.batches_of(loader, min(size, MOST))  # of the author's


def times(one: int, other: int) -> int:
    return one * other
'''
FILES = {"assignment.py": MODULE, "rules.py": RULES, "most.json": "100\n"}


def notebook(given: str = "import keras") -> NotebookNode:
    """Build the solution; ``given`` is what its first cell has of that."""
    made = shirts.notebook()
    made.cells[0].source = made.cells[0].source.replace("import keras", given, 1)
    made.cells.append(nbformat.v4.new_code_cell(AREA))
    return made


def write(folder: Path) -> Path:
    """Write the assignment, and return its folder."""
    shirts.write(folder)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    nbformat.write(notebook(), folder / "shirts.ipynb")
    return folder


def evidence_of(names: Mapping[str, str]) -> Evidence:
    """Return what a kernel says of the solution.

    Args:
        names: Of the parts, by kind.
    """
    arguments = encode(((2, 3), {}))
    answer = Answer(outcome="value", value="6", expected="6", arguments=arguments)
    layers = (Layer(name="flat", type="Flatten"), Layer(name="dense", type="Dense"))
    loader, train = names["loader"], names["training"]
    return collect([
        Loader(kind="loader", name=loader, type="DirectoryIterator", images=6, classes=2,
               batch_size=4, batch_shape=(4, 8, 8, 3)),
        Model(kind="model", key="0", type="Sequential", input_shape=(None, 8, 8, 3),
              layers=layers),
        Fit(kind="fit", index=0, model="0", epochs=2, finished=True, loader=loader,
            curves={"loss": (0.5, 0.4)}),
        ReturnedResult(kind="result", name=train, type="History", is_history=True, fit=0,
                       model="0"),
        FunctionEvidence(kind="function", name=names["function"], answers=(answer,)),
    ])  # fmt: skip


@dataclass
class Counting(Kernels):
    """Stands in for kernels; each run is that of the solution.

    Args:
        jobs: What was run.
    """

    jobs: list[Job] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(Backend.best(), Isolation.NONE)

    def run(self, job: Job) -> Run:
        self.jobs.append(job)
        for part in job.probes.values():
            if isinstance(part, Function) and part.reference:
                part.reference(2, 3)
        cells = tuple(CellRun(CellStatus.DONE) for _ in job.cells)
        evidence = evidence_of({part.kind: name for name, part in job.probes.items()})
        done = Execution(ExecutionStatus.DONE, cells, job.seed)
        return Run(done, evidence, nbformat.v4.new_notebook())


@dataclass
class Graded:
    """What came of a class, how often a kernel ran, and what was said before."""

    klass: Class
    runs: int
    remarks: list[str]


def grade(assignments: list[Assignment], klass: Path, out: Path) -> Graded:
    """Grade a class as the command does, with kernels that only count."""
    kernels = Counting()
    made, remarks = grade_with(kernels, assignments, klass, out)
    return Graded(made, len(kernels.jobs), remarks)


def grade_with(
    kernels: Kernels, assignments: list[Assignment], klass: Path, out: Path
) -> tuple[Class, list[str]]:
    """Grade a class as the command does; return what came of it, and what was said before."""
    pipeline, entries = Pipeline(kernels, Choice(assignments)), submissions.find([klass], out)
    before = resume.earlier(out, entries, pipeline, SIGNED)
    grading = Grading(pipeline, out, earlier=before.reports, signatures=SIGNED, again=before.again)
    return grade_all(grading, entries), list(before.remarks)


def change(folder: Path, new: Path, edit: Callable[[Path], None]) -> Assignment:
    """Copy the assignment, change it, and load it."""
    shutil.copytree(folder, new, ignore=shutil.ignore_patterns("__pycache__"))
    edit(new)
    return load(new)
