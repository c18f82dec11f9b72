"""What holds for all kinds of graded parts: found by their folder, asked, heard and kept alike."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import looking
import pytest
from pydantic import TypeAdapter

from grader.checked import PartEvidence
from grader.checks import Absent, ProbeFault
from grader.checks.absence import Seen
from grader.checks.parts import view
from grader.evidence import CellEnd, Evidence, Fault, Raised, parse
from grader.inspection.plain import Whole, plain
from grader.kernel.challenges import Challenges
from grader.kernel.job import Job
from grader.kinds.folders import folders, modules_inside
from grader.kinds.function.part import Function
from grader.kinds.kind import Part
from grader.kinds.observing import observed_as
from grader.kinds.registry import kinds
from grader.kinds.value.part import Value
from grader.records import (
    CellRun,
    CellStatus,
    Execution,
    ExecutionStatus,
    Layout,
    Plan,
    PlannedCell,
    Role,
)

EVIDENCE = TypeAdapter(Evidence)
PART = Function("f", cases=[(1,)], reference=abs)
CELLS = (
    PlannedCell("import numpy", Role.REQUIRED),
    PlannedCell("def f(n): ...", Role.GRADED, "f"),
    PlannedCell("x = f(3)", Role.REQUIRED, calls=frozenset({"f"})),
    PlannedCell("offset = 2", Role.OPTIONAL),
    PlannedCell("f = cached(f)", Role.OPTIONAL),
    PlannedCell("done = True", Role.OPTIONAL),
)
# A kind as its author writes it, without another line anywhere.
NEW_KIND = {
    "__init__": '"""A kind of the test\'s."""\n',
    "part": """
from dataclasses import dataclass
from typing import ClassVar, Literal
from grader.checked import PartEvidence
from grader.kinds.kind import Part
from grader.kinds.observing import observed_as

class EchoEvidence(PartEvidence):
    kind: Literal["echo"]
    said: int

@dataclass(frozen=True)
class Echo(Part):
    kind: ClassVar[str] = "echo"
    record: ClassVar[type[PartEvidence]] = EchoEvidence
    def challenge(self, random): return self
    sent = {"number": 3}
    def compare(self, record, read): return record.model_copy(update={"said": record.said + 1})
    def view(self, record, explain): return record.said
""",
    "inside": "def look(asked, notebook): notebook.send('echo', name='f', said=asked['number'])\n",
}
USE = """
import sys
from grader import kinds
kinds.__path__.append(sys.argv[1])
import looking
from grader.kinds.echo.part import Echo
evidence = looking.look(Echo("f"), {})
print(Echo("f").view(evidence.parts["echo", "f"], None))
"""


def asked_after(part: Part[Any]) -> list[int]:
    made = Challenges(Job(CELLS, {"f": part}, Path("d"), "d", 1))
    return [place for place in range(len(CELLS)) if made.requests(place, CellStatus.DONE)]


def test_each_kind_is_named_as_its_folder_and_its_evidence_are() -> None:
    names = [folder.rpartition(".")[2] for folder in folders()]
    assert [part.kind for part in kinds()] == names == sorted(names)
    # What a training function returned has always been called a result.
    observed = [observed_as(part.record) for part in kinds()]
    assert [{"result": "training"}.get(kind, kind) for kind in observed] == names
    assert modules_inside() == [f"grader.kinds.{name}.inside" for name in names]


def test_a_new_kind_is_one_new_folder(tmp_path: Path) -> None:
    (tmp_path / "echo").mkdir()
    for name, text in NEW_KIND.items():
        (tmp_path / "echo" / f"{name}.py").write_text(text, "utf-8")
    shared = Path(looking.__file__).parent
    command = [sys.executable, "-c", USE, str(tmp_path)]
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(shared)}
    )
    assert (ended.stdout, ended.stderr) == ("4\n", "")


def test_a_part_is_looked_at_after_what_defines_or_calls_it_and_at_the_end() -> None:
    assert asked_after(PART) == [1, 2, 4, 5]


def test_a_part_may_be_looked_at_only_after_what_calls_it() -> None:
    part = Function("f", cases=[(1,)], reference=abs, after_call=True)
    assert asked_after(part) == [2, 5]


@pytest.mark.parametrize("ended", [CellStatus.TIMED_OUT, CellStatus.FLOODED, CellStatus.DIED])
def test_nothing_is_looked_at_after_a_cell_that_did_not_end(ended: CellStatus) -> None:
    assert not looking.challenges(PART).requests(0, ended)


def test_nothing_is_called_when_the_time_of_a_look_is_up() -> None:
    asked: list[int] = []
    stage, made = looking.Stage({"f": asked.append}), looking.challenges(PART)
    stage.looking_s = 50.0
    found = looking.seen(PART, looking.look_at(stage, made)).agrees()
    assert (asked, found.actual) == ([], "f(1) did not return in time")


def test_what_was_observed_is_kept_and_brought_back() -> None:
    evidence = looking.look(PART, {"f": abs})
    kept = EVIDENCE.dump_python(evidence, mode="json", exclude_defaults=True)
    assert EVIDENCE.validate_json(EVIDENCE.dump_json(evidence)) == evidence
    assert EVIDENCE.validate_python(kept) == evidence
    assert looking.seen(PART, EVIDENCE.validate_python(kept)).agrees().met


def test_evidence_of_before_has_no_such_parts() -> None:
    assert EVIDENCE.validate_python({}).parts == {}


LINE = '{"kind": "function", "name": "f", "found": "%s", "place": %d}\n'
CELL = '{"kind": "cell", "index": %d, "place": %d}\n'


def found(*lines: str) -> PartEvidence | None:
    return parse("".join(lines).encode()).parts.get(("function", "f"))


def test_a_part_is_observed_once_a_cell() -> None:
    lines = (CELL % (0, 0), LINE % ("first", 1), LINE % ("second", 2))
    evidence = parse("".join(lines).encode())
    assert getattr(found(*lines), "found", None) == "first"
    assert evidence.tampered.keys() == {"evidence"}


def test_what_was_observed_after_a_later_cell_counts() -> None:
    lines = (CELL % (0, 0), LINE % ("first", 1), CELL % (1, 2), LINE % ("second", 3))
    assert getattr(found(*lines), "found", None) == "second"
    assert not parse("".join(lines).encode()).tampered


@pytest.mark.parametrize("part", [Function("g", cases=[(1,)], reference=abs)])
def test_of_what_nobody_asked_for_nothing_is_kept(part: Function) -> None:
    stage = looking.Stage({})
    stage.send("function", name="f", found="a text")
    assert not looking.compared(stage, looking.challenges(part)).parts


def test_a_text_of_the_probes_own_is_written_down_whole() -> None:
    assert plain({"text": Whole("x" * 100_000), "other": "x" * 100_000}) == {
        "text": "x" * 100_000,
        "other": "x" * 1_999 + "…",
    }


def test_a_value_of_half_a_megabyte_crosses() -> None:
    part = Function("f", cases=[(1,)], reference=lambda _: "ä" * 80_000)
    assert looking.seen(part, looking.look(part, {"f": lambda _: "ä" * 80_000})).agrees().met


def seen(evidence: Evidence, *, defined: bool = True, source: str = CELLS[1].source) -> Seen:
    cells = (PlannedCell(source, Role.GRADED, "f", origin=3),) if defined else ()
    plan = Plan(Layout("kit", "", ()), cells, frozenset() if defined else frozenset({"f"}))
    runs = (CellRun(CellStatus.DONE),) * len(cells)
    execution = Execution(ExecutionStatus.DONE, runs, 1, 0.0, 0.0, 0)
    return Seen(plan, execution, evidence, {"f": PART}, 0, 0)


def test_a_check_gets_the_view_of_a_part() -> None:
    evidence = looking.look(PART, {"f": abs})
    assert view(seen(evidence), PART).agrees().met


@pytest.mark.parametrize(
    ("defined", "reason"),
    [
        (True, "f is not defined once its cell has run."),
        (False, "The notebook has no cell that defines f."),
    ],
)
def test_what_is_not_there_is_absent(defined: bool, reason: str) -> None:  # noqa: FBT001
    with pytest.raises(Absent) as absent:
        view(seen(Evidence(), defined=defined), PART)
    assert (absent.value.cause, absent.value.reason) == ("f", reason)


def test_what_the_grader_failed_to_observe_is_its_fault() -> None:
    evidence = Evidence(faults=[Fault(kind="fault", name="f", message="ours")])
    with pytest.raises(ProbeFault, match="ours"):
        view(seen(evidence), PART)


def test_what_a_part_raised_is_told_with_its_cell_and_what_to_try() -> None:
    error = {"name": "NameError", "message": "name 'maht' is not defined", "line": 3, "cell": "f"}
    stage = looking.Stage({})
    stage.send("function", name="f", answers=[{"outcome": "raised", "error": error}])
    evidence = looking.compared(stage, looking.challenges(PART))
    source = "import math\ndef f(n):\n    return maht.sqrt(n)"
    found = view(seen(evidence, source=source), PART).agrees()
    assert found.actual == "f(1) raised NameError: name 'maht' is not defined (cell 4, line 3)"
    assert "math" in found.hint


def test_of_several_parts_in_one_cell_each_is_absent_for_what_it_raised() -> None:
    raised = Raised(name="ZeroDivisionError", message="division by zero", line=2, cell="a")
    cell = PlannedCell("a = 1\nb = 1 / 0\nc = 3", Role.GRADED, "a", origin=1)
    evidence = Evidence(cells={0: CellEnd(kind="cell", index=0, error=raised)})
    runs = (CellRun(CellStatus.RAISED),)
    execution = Execution(ExecutionStatus.DONE, runs, 1, 0.0, 0.0, 0)
    part = Value("c")
    run = Seen(Plan(Layout("kit", "", ()), (cell,)), execution, evidence, {"c": part}, 0, 0)
    with pytest.raises(Absent, match=r"a raised ZeroDivisionError: .* \(cell 2, line 2\)"):
        view(run, part)
