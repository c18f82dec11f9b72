"""requirements.txt can be installed by every Python that the kit promises to run on."""

import re
import tomllib
from importlib.metadata import metadata, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# A bound without a patch release means its first one: 3.11 is 3.11.0.
[OLDEST] = (Version(f"{spec.version}.0") for spec in SpecifierSet(PROJECT["requires-python"]))


def pins() -> dict[str, Requirement]:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    found = [Requirement(line) for line in lines if not line.startswith("#")]
    return {canonicalize_name(pin.name): pin for pin in found}


def runs_on(python: Version, requires: list[str]) -> bool:
    return python in SpecifierSet(",".join(requires))


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ([">=3.11.5"], False),
        ([">=3.12"], False),
        (["<3.11"], False),
        (["!=3.11.0,>=3.9"], False),
        ([">=3.11"], True),
        ([">=3.9,<4"], True),
        ([], True),
    ],
)
def test_a_package_runs_on_the_oldest_python_as_it_says(
    requires: list[str], *, expected: bool
) -> None:
    assert runs_on(Version("3.11.0"), requires) is expected


def test_what_is_installed_is_what_is_locked() -> None:
    other = {
        name: version(name) for name, pin in pins().items() if version(name) not in pin.specifier
    }
    assert other == {}, "run make: these are installed in other versions"


def test_every_pin_runs_on_the_oldest_python() -> None:
    requires = {name: metadata(name).get_all("Requires-Python", []) for name in pins()}
    assert {name: text for name, text in requires.items() if not runs_on(OLDEST, text)} == {}


def test_every_dependency_is_locked() -> None:
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    names = {canonicalize_name(Requirement(text).name) for text in wanted}
    assert names - pins().keys() == set()


def test_the_lock_is_made_for_the_oldest_python() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.findall(r"^OLDEST := (.+)$", makefile, re.MULTILINE) == [
        PROJECT["requires-python"].removeprefix(">=")
    ]


def test_the_readme_names_the_oldest_python() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"Python {OLDEST.major}.{OLDEST.minor} (any {OLDEST.major}.{OLDEST.minor})" in readme
