"""Evidence is kept in the form in which it was first recorded, whatever its records have become."""

import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from grader.evidence import Evidence

EVIDENCE = TypeAdapter(Evidence)
RECORDED = sorted((Path(__file__).parents[2] / "evidence").glob("*.json"))
CALLBACK = {"kind": "callback", "name": "Stop", "is_callback": True, "trials": []}


def test_what_was_recorded_is_kept_as_it_was() -> None:
    recorded = [entry["evidence"] for path in RECORDED for entry in json.loads(path.read_text())]
    for evidence in recorded:
        for fit in evidence.get("fits", {}).values():
            # It was measured, and no time is what there is by default.
            fit.pop("wall_s", None)
    kept = [
        EVIDENCE.dump_python(EVIDENCE.validate_python(each), mode="json", exclude_defaults=True)
        for each in recorded
    ]
    assert kept == recorded


def test_a_kind_has_a_table_of_its_own_also_where_there_is_none_of_it() -> None:
    kept = EVIDENCE.dump_python(Evidence(), mode="json")
    assert (kept["callbacks"], kept["parts"]) == ({}, [])


def test_parts_of_a_kind_with_a_table_are_in_that_alone() -> None:
    evidence = EVIDENCE.validate_python({"callbacks": {"Stop": CALLBACK}})
    kept = EVIDENCE.dump_python(evidence, mode="json")
    assert evidence.parts.keys() == {("callback", "Stop")}
    assert (kept["callbacks"].keys(), kept["parts"]) == ({"Stop"}, [])
    assert EVIDENCE.validate_json(json.dumps(kept)) == evidence


def test_a_table_and_the_list_of_all_others_are_read_together() -> None:
    value = {"kind": "value", "name": "answer", "outcome": "value"}
    evidence = EVIDENCE.validate_python({"callbacks": {"Stop": CALLBACK}, "parts": [value]})
    assert evidence.parts.keys() == {("callback", "Stop"), ("value", "answer")}


@pytest.mark.parametrize(
    "damaged",
    [
        {"callbacks": []},
        {"callbacks": {"Stop": {}}},
        {"callbacks": {"Stop": CALLBACK | {"trials": 3}}},
        {"callbacks": {"Stop": CALLBACK}, "parts": {}},
        {"callbacks": None},
    ],
)
def test_what_is_damaged_is_not_read(damaged: object) -> None:
    with pytest.raises(ValidationError):
        EVIDENCE.validate_python(damaged)
