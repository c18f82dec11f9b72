"""What the two kinds of package are made of; tests/kernel/test_wheel.py builds one of them."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGETS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"][
    "targets"
]
WHEEL, SDIST = TARGETS["wheel"], TARGETS["sdist"]


def test_both_packages_are_made_of_the_same() -> None:
    assert sorted(SDIST["only-include"]) == sorted(
        [*WHEEL["only-include"], *WHEEL["force-include"]]
    )


@pytest.mark.parametrize("part", ["notebooks/solutions", "data/sample_submissions", "tests"])
def test_what_holds_solutions_is_in_no_package(part: str) -> None:
    listed = [Path(name) for name in SDIST["only-include"]]
    assert not [
        name for name in listed if name.is_relative_to(part) or Path(part).is_relative_to(name)
    ]
