import ast
from pathlib import Path

import pytest

from grader import canvas
from grader import drawing as shared
from grader.assignments.cats_and_dogs import drawing as animals
from grader.assignments.happy_house import drawing as door
from grader.assignments.happy_or_sad import drawing
from grader.assignments.happy_sad_pipeline import drawing as wild
from grader.assignments.horses_or_humans import drawing as lecture

FACES, DOOR, ANIMALS, WILD, LECTURE, SHARED = (
    Path(str(each.__file__)).parent for each in (drawing, door, animals, wild, lecture, shared)
)
DRAWING = (
    Path(str(canvas.__file__)),
    *(FACES / f"{name}.py" for name in ("poses", "features", "faces")),
    *(DOOR / f"{name}.py" for name in ("friends", "door")),
    *(ANIMALS / f"{name}.py" for name in ("animals", "build", "pictures", "placement", "scene")),
    *(WILD / f"{name}.py" for name in ("face", "look", "mood", "pictures", "scene")),
    *sorted(LECTURE.glob("*.py")),
    *(SHARED / f"{name}.py" for name in ("brush", "dice", "scenery")),
)

# IEEE 754 prescribes their results, or they only move numbers about.
EXACT = {
    "abs", "arange", "array", "asarray", "ascontiguousarray", "clip", "float64", "full", "int64",
    "maximum", "minimum", "ndarray", "newaxis", "ones", "ones_like", "rint", "sqrt", "stack",
    "uint64", "uint8", "zeros", "zeros_like",
}  # fmt: skip
INEXACT_OPERATORS = (ast.Pow, ast.MatMult)


def _name(module: Path) -> str:
    return module.stem


def _tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", DRAWING, ids=_name)
def test_drawing_calls_only_exact_numpy_functions(module: Path) -> None:
    used = {
        node.attr
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "np"
    }
    assert used <= EXACT


@pytest.mark.parametrize("module", DRAWING, ids=_name)
def test_drawing_uses_no_inexact_operators(module: Path) -> None:
    operators = [
        node.op for node in ast.walk(_tree(module)) if isinstance(node, ast.BinOp | ast.AugAssign)
    ]
    assert not [operator for operator in operators if isinstance(operator, INEXACT_OPERATORS)]


@pytest.mark.parametrize("module", DRAWING, ids=_name)
def test_drawing_imports_no_other_library_than_numpy(module: Path) -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(_tree(module))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert imported <= {
        "collections",
        "dataclasses",
        "functools",
        "grader",
        "itertools",
        "numpy",
        # Of it, Python promises that ``random`` stays the same; nothing else is called.
        "random",
        "typing",
    }
