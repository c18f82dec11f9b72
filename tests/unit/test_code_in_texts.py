"""Code that tests run as text imports what there is: an attack that cannot start proves nothing."""

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
IMPORT = re.compile(r"from (grader(?:\.\w+)*) import (\w+(?:, \w+)*)")
# A kind that a test makes.
MADE = "grader.kinds.echo.part"


def imports() -> Iterator[tuple[str, str]]:
    for path in sorted(TESTS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for module, names in IMPORT.findall(node.value):
                    if module != MADE:
                        yield from ((module, name) for name in names.split(", "))


@pytest.mark.parametrize(("module", "name"), sorted({*imports()}))
def test_what_it_imports_is_there(module: str, name: str) -> None:
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    code = Path(spec.origin).read_text("utf-8")
    place = Path(spec.origin).parent / name
    known = re.search(rf"\b{name}\b", code) or place.is_dir() or place.with_suffix(".py").is_file()
    assert known, f"{module} has no {name}"
