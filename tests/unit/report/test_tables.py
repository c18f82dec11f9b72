import re

import pytest

from grader.records import CellStatus, ExecutionStatus
from grader.report import html
from grader.report.document import CellRow, Report


def _text(report: Report) -> str:
    """Return what a page says, without its tags."""
    return " ".join(re.sub("<[^>]*>", " ", html.render(report)).split())


PARTS = {
    "both ran": ("done", "done", "Cell 2 Ran 0.5 s"),
    "the first failed": ("raised", "done", "Cell 2 Error 0.5 s"),
    "the second failed": ("done", "raised", "Cell 2 Error 0.5 s"),
    "only one was run": ("done", "not_run", "Cell 2 Not run 0.5 s"),
}


@pytest.mark.parametrize(("one", "other", "told"), PARTS.values(), ids=PARTS)
def test_a_cell_that_ran_in_parts_has_one_row(
    full_marks: Report, one: str, other: str, told: str
) -> None:
    parts = [
        CellRow(name=None, origin=1, status=CellStatus(one), wall_s=0.2),
        CellRow(name="load", origin=2, status=CellStatus.DONE, wall_s=0.1),
        CellRow(name=None, origin=1, status=CellStatus(other), wall_s=0.3),
    ]
    shown = _text(_run(full_marks, cells=parts))
    assert told in shown
    assert shown.count("Cell 2") == 1


def test_cells_that_the_grader_added_have_a_row_each(full_marks: Report) -> None:
    added = [CellRow(name=None, origin=None, status=CellStatus.DONE, wall_s=0.1)] * 2
    assert _text(_run(full_marks, cells=added)).count("Added by the grader") == 2


def test_that_a_cell_failed_is_said_once(full_marks: Report) -> None:
    ended = {"status": ExecutionStatus.CELL_FAILED, "message": "A cell raised an exception."}
    shown = _text(_run(full_marks, **ended))
    assert "A cell of your notebook stopped with an error." in shown
    assert "raised an exception" not in shown


def test_how_long_a_cell_may_run_is_said_where_one_ran_longer(full_marks: Report) -> None:
    ended = {"status": ExecutionStatus.CELL_TIMED_OUT, "message": "A cell ran longer than 60 s."}
    assert "A cell ran longer than 60 s." in _text(_run(full_marks, **ended))


def _run(report: Report, **changed: object) -> Report:
    assert report.execution is not None
    return report.model_copy(update={"execution": report.execution.model_copy(update=changed)})


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        (["grader"], "Trained by grader Isolation"),
        (["kernel"], "Trained by your notebook Isolation"),
        (["kernel-remeasured"], "Trained by your notebook Isolation"),
        (["unverified"], "Trained by your notebook Isolation"),
        (["kernel", "grader"], "Trained by grader and your notebook Isolation"),
    ],
)
def test_who_trained_is_who_made_the_trainings(
    full_marks: Report, sources: list[str], told: str
) -> None:
    (training,) = full_marks.trainings
    made = [training.model_copy(update={"source": source}) for source in sources]
    assert told in _text(full_marks.model_copy(update={"trainings": made}))


@pytest.mark.parametrize("name", ["Seed", "Threads", "Trained by"])
def test_what_is_of_trainings_alone_is_left_out_where_there_is_none(
    full_marks: Report, name: str
) -> None:
    depends = " What this grade depends on "
    assert f" {name} " in _text(full_marks).partition(depends)[2]
    untrained = full_marks.model_copy(update={"trainings": []})
    assert f" {name} " not in _text(untrained).partition(depends)[2]
