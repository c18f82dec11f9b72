"""What was observed of a submission, part by part, or why there is nothing to see.

A part that is absent names the part whose failure it is: a model that was never trained because
the loader is broken is the loader's failure, and is told so once.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from grader.checks.advice import advise
from grader.checks.declaration import Absent, ProbeFault
from grader.evidence import Callback, Compilation, Evidence, Fit, Loader, Model, Raised, Result
from grader.notebook import source
from grader.records import (
    CellStatus,
    Execution,
    ExecutionStatus,
    Plan,
    PlannedCell,
    ProbeRequest,
)

RESTORE_CELL = "Copy that cell from the released notebook into yours and fill it in."
STILL_EMPTY = "nothing has been written between START CODE HERE and END CODE HERE."
WRITE_THERE = "Write {} between its two markers, and run its cell to see whether it works."
_ENDINGS = {
    CellStatus.TIMED_OUT: "did not end in time",
    CellStatus.FLOODED: "printed without end and was stopped",
    CellStatus.DIED: "ended the kernel",
}


@dataclass(frozen=True, slots=True)
class Observed:
    """One run of a submission, as checks see it.

    Args:
        plan: What was run.
        execution: How it went.
        evidence: What the probe saw.
        probes: What the probe was asked for, by graded name.
        images: Number of images in the dataset.
        classes: Number of class folders in the dataset.
    """

    plan: Plan
    execution: Execution
    evidence: Evidence
    probes: Mapping[str, ProbeRequest]
    images: int
    classes: int

    def loader(self, name: str) -> Loader:
        """What the loader function ``name`` returned."""
        self.require_touched(name)
        loader = self.evidence.loaders.get(name)
        if loader is None:
            raise self.absent(name)
        if loader.type == "NoneType":
            raise Absent(name, f"{name}() returned None.", "Does it return what it has made?")
        return loader

    def callback(self, name: str) -> Callback:
        """How the callback class ``name`` behaved."""
        self.require_touched(name)
        callback = self.evidence.callbacks.get(name)
        if callback is None:
            raise self.absent(name)
        return callback

    def model(self, name: str) -> Model:
        """The model that the training function ``name`` built, as it was last seen."""
        self.require_touched(name)
        key = self.model_key(name)
        if key is None or self._half_built(name, self.evidence.models[key]):
            raise self.absent(name, f"{name} built no model.")
        return self.evidence.models[key]

    def compilation(self, name: str) -> Compilation:
        """How that model was compiled."""
        compilation = self.model(name).compilation
        if compilation is None:
            raise self.absent(name, "The model was built but not compiled.")
        return compilation

    def _half_built(self, name: str, model: Model) -> bool:
        """Whether the function raised while it was still adding layers."""
        if model.compilation is not None:
            return False
        errors = [run.error for run in self.execution.cells if run.error]
        line = next((error.line for error in errors if error.cell == name and error.line), None)
        cell = next((cell.source for cell in self.plan.cells if cell.name == name), "")
        tree = source.parse(cell)
        if line is None or tree is None:
            return False
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        adds = (c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr == "add")
        return any(call.lineno >= line for call in adds)

    def takes_logits(self, name: str) -> bool:
        """Whether that model's loss takes outputs without activation; False when not compiled."""
        compilation = self.model(name).compilation
        return compilation is not None and compilation.from_logits

    def result(self, name: str) -> Result:
        """What the training function returned."""
        result = self.evidence.results.get(name)
        if result is None:
            raise self.absent(name)
        return result

    def fit(self, name: str) -> Fit:
        """The graded training: the one whose History was returned, else the last."""
        self.require_touched(name)
        result = self.evidence.results.get(name)
        number = result.fit if result else None
        fits = self.evidence.fits
        fit = fits.get(number) if number is not None else next(reversed(fits.values()), None)
        if fit is not None and fit.finished:
            return fit
        raise self.absent(name, "The model was not trained: fit was never called.")

    def require_touched(self, name: str) -> None:
        """Raise Absent when nothing was written into the cell of that name."""
        if name in self.plan.untouched:
            raise Absent(name, f"{name} is still empty: {STILL_EMPTY}", WRITE_THERE.format(name))

    def model_key(self, name: str) -> str | None:
        """Key of the graded model: of the returned History, else the last trained or seen."""
        result = self.evidence.results.get(name)
        fits, models = self.evidence.fits, self.evidence.models
        trained = [fit.model for fit in reversed(fits.values())]
        candidates = [result.model if result else None, *trained, *reversed(models)]
        return next((key for key in candidates if key in models), None)

    def absent(self, name: str, otherwise: str = "") -> Absent:
        """Explain why nothing is known of part ``name``.

        Raises:
            ProbeFault: It is the grader's own failure.
        """
        if self.execution.status is ExecutionStatus.GRADER_FAULT:
            raise ProbeFault(self.execution.message)
        if name in self.plan.missing:
            return Absent(name, f"The notebook has no cell that defines {name}.", RESTORE_CELL)
        for place, cell in enumerate(self.plan.cells):
            if cell.name == name or name in cell.calls:
                found = self._absent_at(name, place)
                if found is not None:
                    return found
        return self._unprobed(name, otherwise)

    def _absent_at(self, name: str, place: int) -> Absent | None:
        cell, run = self.plan.cells[place], self.execution.cells[place]
        if run.status is CellStatus.DONE:
            return None
        end = self.evidence.cells.get(place)
        if end is not None and end.error is not None:
            cause = self._cause(name, cell, end.error)
            if cause not in (name, end.error.cell):
                return self._of_other(cause)
            return self.raised(cause, end.error)
        if run.status is CellStatus.NOT_RUN:
            return Absent(self._ender() or name, self._ending())
        return Absent(
            name,
            f"The cell that {'calls' if cell.calls else 'defines'} {name} {_ENDINGS[run.status]}.",
        )

    def _cause(self, name: str, cell: PlannedCell, raised: Raised) -> str:
        if raised.name == "NameError" and cell.calls:
            for other, probe in self.probes.items():
                if other != name and probe.variable and f"'{probe.variable}'" in raised.message:
                    return other
        return raised.cell or name

    def _of_other(self, other: str) -> Absent:
        found = self.absent(other)
        return Absent(found.cause, found.reason, found.hint)

    def _ender(self) -> str | None:
        for place, run in enumerate(self.execution.cells):
            if run.status in _ENDINGS:
                cell = self.plan.cells[place]
                return cell.name or next(iter(cell.calls), None)
        return None

    def _ending(self) -> str:
        ender = self._ender()
        before = f"An earlier cell ({ender})" if ender else "An earlier cell"
        return f"{before} ended the run: {self.execution.message}"

    def _unprobed(self, name: str, otherwise: str) -> Absent:
        if name in self.evidence.unprobed:
            return self.raised(name, self.evidence.unprobed[name].error)
        for fault in self.evidence.faults:
            if fault.name in (name, "evidence", "cell"):
                raise ProbeFault(fault.message)
        if otherwise:
            return Absent(name, otherwise)
        raise ProbeFault(f"nothing was observed of {name}, and no reason was recorded")

    def raised(self, name: str, raised: Raised) -> Absent:
        """Explain an exception of the student's code: what, in which cell and line, what to try."""
        where = ""
        place = next((c.origin for c in self.plan.cells if c.name == name), None)
        if raised.line and raised.cell == name and place is not None:
            where = f" (cell {place + 1}, line {raised.line})"
        message = f": {raised.message}" if raised.message else ""
        reason = f"{name} raised {raised.name}{message}".rstrip(".")
        return Absent(name, f"{reason}{where}.", advise(raised))
