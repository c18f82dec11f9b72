import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.evidence import Fault, load, parse
from grader.evidence.reading import MAX_BYTES, MAX_LINES
from grader.kinds.batches import Loader

LOADER = {"kind": "loader", "name": "load", "type": "DirectoryIterator", "images": 80}


def lines(*records: dict[str, Any], first: int = 0) -> bytes:
    """Write records as the probe does, numbered from ``first``."""
    places = enumerate(records, start=first)
    return b"".join(json.dumps({**record, "place": n}).encode() + b"\n" for n, record in places)


def only_fault(content: bytes) -> str:
    evidence = parse(content)
    assert [fault.name for fault in evidence.faults] == ["evidence"]
    assert not any((evidence.cells, evidence.parts))
    return evidence.faults[0].message


def test_a_well_formed_line_becomes_evidence() -> None:
    loader = parse(lines(LOADER)).find(Loader, "load")
    assert loader is not None
    assert loader.images == 80


def test_no_bytes_are_evidence_of_nothing() -> None:
    assert not parse(b"").faults


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "JSON: Invalid JSON"),
        (b"", "JSON: Invalid JSON"),
        (b"\xff\xfe", "JSON: Invalid JSON"),
        (b'"a string"', "JSON: Input should be an object"),
        (b"[1, 2]", "JSON: Input should be an object"),
        (b"{}", "JSON: Unable to extract tag using discriminator 'kind'"),
        (b'{"kind": "grade", "points": 100}', "does not match any of the expected tags"),
        (b'{"kind": "cell", "index": 0, "points": 9}', "cell.points: Extra inputs"),
        (b'{"kind": "cell"}', "cell.index: Field required"),
        (b'{"kind": "cell", "index": -1}', "cell.index: Input should be greater than"),
        (b'{"kind": "cell", "index": 1e300}', "cell.index"),
        (b'{"kind": "cell", "index": ' + b"9" * 400 + b"}", "cell.index"),
        (b'{"kind": "cell", "index": ' + b"9" * 5000 + b"}", "line 1 of the evidence"),
        (b'{"kind": "loader", "name": "l", "type": "t", "maximum": NaN}', "loader.maximum"),
        (b'{"kind": "loader", "name": "l", "type": "t", "maximum": Infinity}', "loader.maximum"),
        (b'{"kind": "loader", "name": "l", "type": "t", "maximum": 1e999}', "loader.maximum"),
        (b'{"kind": "loader", "name": "\\ud800", "type": "t"}', "JSON: Invalid JSON"),
        (b'{"kind": "loader", "name": "' + b"n" * 201 + b'", "type": "t"}', "loader.name: String"),
        (b'{"kind":"cell","index":0,"error":' + b'{"a":' * 5000, "recursion limit"),
        (b"[" * 100_000, "recursion limit"),
    ],
)  # fmt: skip
def test_a_line_that_does_not_fit_is_refused_with_its_reason(line: bytes, reason: str) -> None:
    message = only_fault(line + b"\n")
    assert message.startswith("line 1 of the evidence: ")
    assert reason in message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("directory", "d" * 4_001),
        ("labels", list(range(11))),
        ("batch_shape", [1] * 9),
        ("images", 2**63),
        ("images", "eighty"),
    ],
)
def test_a_field_that_is_too_large_is_refused_by_name(field: str, value: object) -> None:
    assert f"loader.{field}" in only_fault(lines(LOADER | {field: value}))


def test_settings_of_a_layer_are_bounded_in_number() -> None:
    layer = {"name": "l", "type": "t", "settings": {f"s{n}": n for n in range(51)}}
    model = {"kind": "model", "key": "m", "type": "Sequential", "layers": [layer]}
    assert "model.layers.0.settings" in only_fault(lines(model))


def test_a_refused_line_does_not_hide_the_others() -> None:
    evidence = parse(lines(LOADER) + b"junk\n" + lines({"kind": "cell", "index": 3}, first=1))
    assert ("loader", "load") in evidence.parts
    assert 3 in evidence.cells
    assert [fault.message[:7] for fault in evidence.faults] == ["line 2 "]


def test_the_reason_does_not_repeat_what_was_refused() -> None:
    assert "secret" not in only_fault(lines(LOADER | {"images": "secret"}))


def test_too_many_lines_are_refused_as_a_whole() -> None:
    content = lines(LOADER) * (MAX_LINES + 1)
    assert only_fault(content) == f"{MAX_LINES + 1} lines of evidence, at most {MAX_LINES} expected"


def test_as_many_lines_as_are_allowed_are_read() -> None:
    assert not parse(lines(LOADER) * MAX_LINES).faults


def test_too_many_bytes_are_refused_as_a_whole() -> None:
    assert only_fault(b" " * (MAX_BYTES + 1)) == f"more than {MAX_BYTES} bytes of evidence"


def test_a_last_line_without_its_end_is_dropped() -> None:
    evidence = parse(lines(LOADER) + b'{"kind": "cell", "ind')
    assert not evidence.faults
    assert not evidence.cells


def test_the_last_word_on_a_model_wins() -> None:
    model = {"kind": "model", "key": "m", "type": "Sequential"}
    assert parse(lines(model, model | {"type": "Functional"})).models["m"].type == "Functional"


def test_a_later_word_comes_last_in_order() -> None:
    fits = [{"kind": "fit", "index": index, "model": "m"} for index in (0, 1, 0)]
    assert list(parse(lines(*fits)).fits) == [1, 0]


def test_all_faults_are_kept() -> None:
    fault = {"kind": "fault", "name": "cell", "message": "broken"}
    assert len(parse(lines(fault, fault)).faults) == 2


def test_the_environment_is_the_one_said_first() -> None:
    said = {"kind": "environment", "python": "3.11", "tensorflow": "2", "keras": "3", "threads": 1}
    environment = parse(lines(said, said | {"threads": 2})).environment
    assert environment is not None
    assert environment.threads == 1


def test_without_environment_there_is_none() -> None:
    assert parse(b"").environment is None


@given(st.binary(max_size=2_000))
def test_any_bytes_give_records_or_faults_and_never_raise(content: bytes) -> None:
    evidence = parse(content)
    assert all(isinstance(fault, Fault) and fault.message for fault in evidence.faults)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=10,
)
KINDS = ("cell", "loader", "callback", "model", "fit", "result", "unprobed", "fault", "environment")
FIELDS = ("index", "name", "type", "error", "layers", "trials", "curves", "key", "model", "message")


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_any_json_gives_records_or_faults_and_never_raises(
    kind: str, fields: dict[str, Any]
) -> None:
    parse(lines({**fields, "kind": kind}))


def test_a_missing_file_is_evidence_of_nothing(tmp_path: Path) -> None:
    assert load(tmp_path / "none.jsonl") == b""


def test_a_file_is_read_up_to_just_more_than_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "evidence.jsonl"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1_000_000)
    assert len(load(path)) == MAX_BYTES + 1


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(lines(LOADER))
    (tmp_path / "link").symlink_to(tmp_path / "other")
    assert load(tmp_path / "link") == b""


def test_a_folder_that_was_exchanged_for_a_link_is_evidence_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "evidence.jsonl").write_bytes(lines(LOADER))
    (tmp_path / "probe").symlink_to("others")
    assert load(tmp_path / "probe" / "evidence.jsonl", tmp_path) == b""


def test_a_folder_is_evidence_of_nothing(tmp_path: Path) -> None:
    assert load(tmp_path) == b""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert load(tmp_path / "pipe") == b""


@pytest.mark.parametrize(
    "line",
    [
        b'{"kind": "patched", "names": [' + b"[]," * 200_000 + b"[]]",
        b'{"kind": "patched", "names": ["' + b"x" * 2_000_000 + b'"]',
        b'{"kind": "patched", "names": [], ' + b'"a":0,' * 150_000 + b'"b": 1',
    ],
    ids=["parts", "length", "faults"],
)
def test_a_line_that_would_take_much_memory_is_a_fault_and_no_more(line: bytes) -> None:
    evidence = parse(line + b', "place": 0}\n')
    assert len(evidence.faults) == 1
    assert len(evidence.faults[0].message) < 200
