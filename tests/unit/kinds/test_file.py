"""A file that a notebook left is read by the grader itself."""

import math
import shutil
from pathlib import Path
from typing import Any, cast

import looking
import numpy as np
import pytest

from grader.checks import Expectation, ProbeFault
from grader.checks.trusted import Training
from grader.evidence import Evidence, parse
from grader.kernel.workspace import workspace
from grader.kinds.file import inside
from grader.kinds.file.challenge import MAX_BYTES
from grader.kinds.file.evidence import FileEvidence
from grader.kinds.file.part import File
from grader.kinds.file.view import AGAIN, FileView
from grader.kinds.kind import PartError
from grader.values.encode import encode

LOG = File("log", path="results/log.csv")
MODEL = File("save", path="model.keras", model="model")
LOADING = File("save", path="model.keras", model="model", loaded="again")
CSV = "epoch,loss,name\n1,0.5,a\n2,,b\n3,0.125,c\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(inside, "_folder", [tmp_path])
    (tmp_path / "results").mkdir()
    return tmp_path


def left(folder: Path, content: str | bytes) -> Evidence:
    """Leave a file, and return what is known of it."""
    data = content.encode() if isinstance(content, str) else content
    (folder / "results" / "log.csv").write_bytes(data)
    stage, made = looking.Stage({}), looking.challenges(LOG)
    looking.look_at(stage, made)
    return looking.compared(stage, made, folder)


def view(folder: Path, content: str | bytes) -> FileView:
    return looking.seen(LOG, left(folder, content))


def test_a_table_is_what_the_file_holds(folder: Path) -> None:
    found = view(folder, CSV)
    assert found.exists().met
    assert found.has_columns("epoch", "loss", rows=3).met
    assert found.has_lines(4).met
    assert found.has_lines(1, r"0\.125").met
    assert found.holds({"epoch": [1, 2, 3], "loss": [0.5, math.nan, 0.125], "name": "abc"}).met


@pytest.mark.parametrize(
    ("content", "actual"),
    [
        ("epoch\n1\n2\n3\n", "columns epoch and 3 rows"),
        ("epoch,loss\n1,2\n", "columns epoch, loss and 1 rows"),
        ("epoch,loss\n1\n", "results/log.csv is no CSV: line 2 has 1 places, the first has 2"),
        ('epoch,"loss\n1,2\n', "results/log.csv is no CSV: unexpected end of data"),
        ("\n\n", "results/log.csv is no CSV: it is empty"),
        ("", "results/log.csv: it is empty"),
        ("x" * (MAX_BYTES + 1), "results/log.csv: it has more than 1,000,000 bytes"),
        (b"\x00\xff" * 50, "columns … and 0 rows"),
        (",".join(["a"] * 999), f"columns {', '.join(['a'] * 10)}, … and 0 rows"),
        ("a," * 9_999, "results/log.csv is no CSV: it is too large"),
    ],
)
def test_another_table_is_told(folder: Path, content: str | bytes, actual: str) -> None:
    found = view(folder, content).has_columns("epoch", "loss", rows=3)
    assert (found.met, found.expected) == (False, "columns epoch, loss and 3 rows")
    assert found.actual == actual


@pytest.mark.parametrize(
    ("columns", "actual"),
    [
        ({"epoch": [1, 2, 4]}, "in column epoch: 3, not 4 at [2]"),
        ({"epoch": [1, 2]}, "in column epoch: a list of 3, not a list of 2"),
        ({"accuracy": [1]}, "no column accuracy"),
        ({"name": [1, 2, 3]}, "in column name: 'a' (a text), not 1 (a whole number) at [0]"),
    ],
)
def test_other_values_are_told(folder: Path, columns: dict[str, Any], actual: str) -> None:
    found = view(folder, CSV).holds(columns)
    assert (found.met, found.actual) == (False, actual)


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("a;b\r\n1;2\r\n", ";"),
        ("\ufeffa,b\n1,2\n", ","),
        ('"a","b"\n"1","2"\n', ","),
        ("a\tb\n1\t2", "\t"),
    ],
    ids=["semicolons", "byte order mark", "quotes", "tabs"],
)  # fmt: skip
def test_csv_may_be_written_in_several_ways(folder: Path, content: str, delimiter: str) -> None:
    assert view(folder, content).holds({"a": [1], "b": [2]}, delimiter=delimiter).met


@pytest.mark.parametrize(
    ("lines", "pattern", "met", "actual"),
    [
        (3, "", True, "3 lines"),
        (4, "", False, "3 lines"),
        (2, "^loss", True, "2 such lines"),
        (3, "^loss", False, "2 such lines"),
    ],
)
def test_lines_are_counted(
    folder: Path,
    lines: int,
    pattern: str,
    met: bool,  # noqa: FBT001
    actual: str,
) -> None:
    found = view(folder, "start\n\nloss 1\nloss 2\n").has_lines(lines, pattern)
    assert (found.met, found.actual) == (met, actual)


EVENTS = File("log", path="results/events.*")


def seen_by_name(folder: Path, *names: str) -> Evidence:
    for name in names:
        (folder / "results" / name).write_text(name)
    stage, made = looking.Stage({}), looking.challenges(EVENTS)
    looking.look_at(stage, made)
    evidence = parse(b"".join(stage.lines))
    with workspace(None, "") as place:
        shutil.copytree(folder, place.notebooks, dirs_exist_ok=True)
        made.compare(evidence, place.read)
    return evidence


def test_a_file_that_a_program_names_is_found_by_a_pattern(folder: Path) -> None:
    (folder / "results" / "events.0").mkdir()
    found = looking.seen(EVENTS, seen_by_name(folder, "events.17", "other"))
    assert found.exists() == Expectation(
        met=True, expected="a file results/events.*", actual="it is there"
    )
    assert found.content == b"events.17"


def test_one_that_no_name_fits_is_absent(folder: Path) -> None:
    assert not seen_by_name(folder, "other").parts


@pytest.mark.parametrize(
    ("path", "model"), [("*/log.csv", None), ("a*/log*", None), ("*.keras", "model")]
)
def test_a_pattern_is_of_the_name_of_a_plain_file(path: str, model: str | None) -> None:
    with pytest.raises(PartError, match="in the name of a file alone"):
        File("log", path=path, model=model)


def test_a_file_that_was_never_there_is_absent(folder: Path) -> None:
    stage, made = looking.Stage({}), looking.challenges(LOG)
    looking.look_at(stage, made)
    assert not looking.compared(stage, made, folder).parts
    assert LOG.missing[0] == "There is no file results/log.csv once its cell has run."


def test_a_file_that_is_gone_at_the_end_is_told(folder: Path) -> None:
    evidence = looking.Stage({})
    evidence.send("file", name="log")
    found = looking.seen(LOG, looking.compared(evidence, looking.challenges(LOG), folder))
    assert not found.exists().met
    assert "not there at the end" in found.has_lines(1).actual


def test_what_a_kernel_says_of_the_content_is_not_believed(folder: Path) -> None:
    stage = looking.Stage({})
    stage.send("file", name="log", content=encode(b"epoch\n1\n"), problem="")
    found = looking.seen(LOG, looking.compared(stage, looking.challenges(LOG), folder))
    assert not found.has_columns("epoch").met


def test_a_folder_in_its_place_is_told(folder: Path) -> None:
    (folder / "results" / "log.csv").mkdir()
    stage = looking.Stage({})
    stage.send("file", name="log")
    found = looking.seen(LOG, looking.compared(stage, looking.challenges(LOG), folder))
    assert "it cannot be read" in found.exists().actual


def predicted(folder: Path, content: bytes, part: File = MODEL, **reloaded: Any) -> FileView:
    """Return what is known of a model, of which a kernel says that."""
    (folder / "model.keras").write_bytes(content)
    stage = looking.Stage({})
    stage.send("file", name="save", reloaded=reloaded)
    return looking.seen(part, looking.compared(stage, looking.challenges(part), folder))


def outputs(*values: float) -> str:
    return encode([[np.array([each])] for each in values])


def test_a_model_that_predicts_the_same_is_right(folder: Path) -> None:
    found = predicted(folder, b"PK\x03\x04", outcome="value", value=outputs(0.5, 0.500001))
    assert found.loads_again().met
    assert found.exists().met


@pytest.mark.parametrize(
    ("content", "reloaded", "actual"),
    [
        (b"PK\x03\x04", {"outcome": "value", "value": outputs(0.5, 0.6)}, "0.6, not 0.5 at [0][0]"),
        (b"text", {"outcome": "value", "value": outputs(1, 1)}, "no file that a Keras model"),
        (b"PK\x03\x04", {"outcome": "slow"}, "it did not load in time"),
        (b"PK\x03\x04", {"outcome": "value", "value": "3"}, "predictions cannot be read"),
        (b"\x89HDF\r\n\x1a\n", {"outcome": "value", "value": "["}, "predictions cannot be read"),
        (
            b"PK\x03\x04",
            {"outcome": "raised", "error": {"name": "ValueError", "message": "no such layer"}},
            "loading it raised ValueError: no such layer",
        ),
    ],
)  # fmt: skip
def test_another_model_is_told(
    folder: Path, content: bytes, reloaded: dict[str, Any], actual: str
) -> None:
    found = predicted(folder, content, **reloaded).loads_again()
    assert not found.met
    assert actual in found.actual


def test_how_a_model_comes_to_predict_otherwise_is_hinted_at(folder: Path) -> None:
    found = predicted(folder, b"PK\x03\x04", outcome="value", value=outputs(0.5, 0.6))
    assert found.loads_again().hint == AGAIN


def test_a_model_that_the_notebook_loaded_is_right_as_well(folder: Path) -> None:
    value = outputs(0.5, 0.5, 0.500001)
    assert predicted(folder, b"PK\x03\x04", LOADING, outcome="value", value=value).loads_again().met


@pytest.mark.parametrize(
    ("value", "actual"),
    [
        (outputs(0.5, 0.5, 0.6), "again predicts otherwise: 0.6, not 0.5 at [0][0]"),
        (encode([[np.array([0.5])], [np.array([0.5])], None]), "again holds no Keras model"),
        (outputs(0.5, 0.5), "again holds no Keras model"),
    ],
)
def test_a_model_that_the_notebook_loaded_otherwise_is_told(
    folder: Path, value: str, actual: str
) -> None:
    found = predicted(folder, b"PK\x03\x04", LOADING, outcome="value", value=value).loads_again()
    assert (found.met, found.actual) == (False, actual)


def test_what_is_loaded_is_a_model() -> None:
    with pytest.raises(PartError, match="expected a model that is loaded as again, found none"):
        File("log", path="log.csv", loaded="again")


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../secret", "a/../../b", "a//b", "./a", "a\\b", "a/", 3]
)
def test_a_path_leads_nowhere_else(path: Any) -> None:
    with pytest.raises(PartError, match="expected a path below the notebook's folder"):
        File("log", path=path)


def test_a_file_that_did_not_change_is_not_told_again(folder: Path) -> None:
    (folder / "results" / "log.csv").write_text(CSV, "utf-8")
    stage, made = looking.Stage({}), looking.challenges(LOG)
    for _ in range(3):
        looking.look_at(stage, made)
    assert len(stage.lines) == 1


class Made:
    """Stands in for a training: its weights are known by digests, or not at all."""

    def __init__(self, *weights: str) -> None:
        self.weights = weights


def held(arrays: tuple[str, ...] | None, *trained: str, unread: str = "") -> Expectation:
    record = FileEvidence(kind="file", name="save", arrays=arrays, unread=unread)
    return FileView(MODEL, record).holds_weights(cast("Training", Made(*trained)))


@pytest.mark.parametrize(
    ("arrays", "met", "actual"),
    [
        (("a", "b", "b"), True, "these"),
        (("b", "a", "b"), True, "these"),
        (("a", "b"), False, "2 of their 3 arrays"),
        (("a", "b", "c"), False, "2 of their 3 arrays, and 1 of other numbers"),
        (("a", "b", "b", "c"), False, "3 of their 3 arrays, and 1 of other numbers"),
        (("c", "c"), False, "none of them, and 2 of other numbers"),
        ((), False, "none of them"),
    ],
)
def test_a_saved_model_has_the_trained_arrays_and_no_others(
    arrays: tuple[str, ...],
    met: bool,  # noqa: FBT001
    actual: str,
) -> None:
    found = held(arrays, "a", "b", "b")
    assert (found.met, found.actual) == (met, actual)


def test_why_a_model_could_not_be_read_is_told() -> None:
    found = held(None, "a", unread="it is damaged")
    assert (found.met, found.actual) == (False, "model.keras: it is damaged")


@pytest.mark.parametrize(("arrays", "trained"), [(("a",), ()), (None, ("a",))])
def test_what_is_not_known_gives_no_points_and_costs_none(
    arrays: tuple[str, ...] | None, trained: tuple[str, ...]
) -> None:
    with pytest.raises(ProbeFault, match=r"weights in model\.keras cannot be compared"):
        held(arrays, *trained)


def test_a_kernel_cannot_say_which_arrays_there_are(folder: Path) -> None:
    (folder / "model.keras").write_bytes(b"PK\x03\x04")
    stage, made = looking.Stage({}), looking.challenges(MODEL)
    stage.send("file", name="save", arrays=["a"], unread="")
    record = looking.compared(stage, made, folder).find(FileEvidence, "save")
    assert record is not None
    assert record.arrays is None
