"""What the tables of a page show: the cells that ran, and what a grade depends on."""

from collections.abc import Iterator
from dataclasses import dataclass

from grader.records import CellStatus
from grader.report.document import CellRow, ExecutionRow, LayerRow, Report

# What was worse than that is what became of a cell that ran in parts.
_HARMLESS = (CellStatus.DONE, CellStatus.NOT_RUN)
_IN_NOTEBOOK = "your notebook"


def cells(execution: ExecutionRow) -> list[CellRow]:
    """Return the cells that ran, each cell of the notebook once.

    One with imports that several graded cells need runs in parts, each before such a cell.
    """
    found: dict[tuple[str, int], CellRow] = {}
    for number, cell in enumerate(execution.cells):
        key = ("added", number) if cell.origin is None else ("own", cell.origin)
        found[key] = _joined(found[key], cell) if key in found else cell
    return [*found.values()]


def _joined(one: CellRow, other: CellRow) -> CellRow:
    ended = [each for each in (one, other) if each.status not in _HARMLESS]
    unfinished = [each for each in (one, other) if each.status is not CellStatus.DONE]
    told = next(iter([*ended, *unfinished]), one)
    name, took = one.name or other.name, round(one.wall_s + other.wall_s, 3)
    return told.model_copy(update={"name": name, "wall_s": took})


def said_of(execution: ExecutionRow) -> str:
    """Return why a run did not end well; empty where its status says as much."""
    return "" if execution.status is execution.status.CELL_FAILED else execution.message


def dependencies(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what a grade depends on, each with its name.

    Seed, threads and who trained are of trainings alone: of none, they say nothing.
    """
    origin = report.provenance
    yield "Grader", origin.kit
    yield "Python", origin.python
    yield "TensorFlow", origin.tensorflow or ""
    yield "Keras", origin.keras or ""
    if report.trainings:
        yield "Seed", _number(origin.seed)
        yield "Threads", _number(origin.threads)
    yield "Processor", origin.cpu
    yield "Kernel", origin.kernel
    yield "Trained by", _trained_by(report)
    yield "Isolation", origin.isolation


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _trained_by(report: Report) -> str:
    by = (training.source == "grader" for training in report.trainings)
    named = {report.provenance.training if each else _IN_NOTEBOOK for each in by}
    return " and ".join(sorted(named))


@dataclass(frozen=True, slots=True)
class LayerTable:
    """The layers of one model, with the function that has trained it; empty where one did alone."""

    name: str
    layers: tuple[LayerRow, ...]


def layer_tables(report: Report) -> tuple[LayerTable, ...]:
    """Put layers together that are of one model, in the order in which functions train."""
    found: dict[str, list[LayerRow]] = {}
    for layer in report.layers:
        found.setdefault(layer.part, []).append(layer)
    several = len(found) > 1
    return tuple(LayerTable(name if several else "", tuple(rows)) for name, rows in found.items())
