"""Random and mutated notebooks through all that reads them: results or clear errors, no more.

``pytest tests/prove/test_fuzz_notebooks.py --fuzz 20000`` proves it; without the option a few
hundred are tried. ``--fuzz-seed`` tries others.
"""

import contextlib
import importlib.util
import io
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest
from at_hand import ASSIGNMENTS
from handed_in import NAME, RELEASED, ROOT, SOLUTION, course
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory import resident

from grader.assignments.recognise import recognise
from grader.errors import RejectedError
from grader.notebook.read import read, sha256_of
from grader.notebook.restore import restore
from grader.records import Issue, Plan

MOST_SECONDS = 5.0
MOST_GROWTH = 2**30
OLD = str(nbformat.writes(nbformat.convert(nbformat.reads(SOLUTION.decode(), 4), 3), 3)).encode()
FILES = (SOLUTION, RELEASED, json.dumps(course(), indent=1).encode(), OLD)
DICTIONARY = (
    b"def image_generator(", b"class myCallback(", b"# GRADED FUNCTION: ", b"%%time\\n", b"!ls\\n",
    b"# grade-up-to-here\\n", b"### START CODE HERE\\n", b"### END CODE HERE\\n", b"async ", b"@",
    b"import *", b"\\ud800", b"\\u0000", b"\\n", b"\\t", b"\xff", b"\xef\xbb\xbf", b"\r\n", b"'''",
    b"(((((((((", b"-" * 300, b"f'{", b"[" * 50, b'"tags": 1,', b'"cells": [', b'"metadata": [],',
    b"null", b"1e999", b"NaN", b"{}", b"<<<<<<< HEAD\n", "é😀".encode(), b'"worksheets": [',
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def resident_at_first() -> int:
    """Memory in bytes before; how much other tests of this process took at most is forgotten."""
    # Documentation/filesystems/proc.rst of Linux: 5 resets the peak.
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    return resident("VmRSS")


@pytest.fixture(scope="session")
def count(request: pytest.FixtureRequest) -> int:
    chosen: int = request.config.getoption("--fuzz")
    return chosen


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    chosen: int = request.config.getoption("--fuzz-seed")
    return chosen


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("add_metadata", ROOT / "add_metadata.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    path = [*sys.path]
    spec.loader.exec_module(module)
    sys.path[:] = path
    return module


Survives = Callable[[bytes], None]


@pytest.fixture
def survives(tmp_path: Path, script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Survives:
    # As a student has it: the notebook where it was released, the script one folder up.
    folder = tmp_path / "notebooks"
    (folder / "solutions").mkdir(parents=True)
    (folder / "solutions" / NAME).write_bytes(SOLUTION)
    monkeypatch.setattr(script, "HOME", tmp_path)

    def check(content: bytes) -> None:
        path = folder / NAME
        path.write_bytes(content)
        start = time.perf_counter()
        try:
            _grade(path)
            _stamp(path, script)
        except Exception as error:
            kept = ROOT / ".hypothesis" / "fuzz.ipynb"
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(content)
            error.add_note(f"The notebook is kept as {kept}")
            raise
        assert time.perf_counter() - start < MOST_SECONDS
        for left in folder.glob("*.ipynb"):
            left.unlink()

    return check


def test_mutated_notebooks_are_read_or_refused(survives: Survives, count: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(count * 6 // 10):
        survives(mutated(chance))


def test_notebooks_of_any_content_are_read_or_refused(
    survives: Survives, count: int, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(count * 3 // 10):
        survives(json.dumps(_rearranged(chance)).encode())


def test_any_json_is_read_or_refused(survives: Survives, count: int) -> None:
    @settings(
        max_examples=max(1, count // 10), database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(notebooks)
    def any_json(content: Any) -> None:
        survives(json.dumps(content).encode())

    any_json()


def test_memory_stays_bounded(resident_at_first: int) -> None:
    assert resident("VmHWM") - resident_at_first < MOST_GROWTH


def _grade(path: Path) -> None:
    try:
        submission = read(path)
        _, layout = recognise(submission, ASSIGNMENTS)
        plan = restore(submission, layout)
    except RejectedError as error:
        refused = error
    else:
        _check_plan(plan)
        return
    assert refused.code
    assert refused.fix
    _check_text(refused.reason)
    assert sha256_of(path)


def _check_plan(plan: Plan) -> None:
    names = set(plan.layout.graded)
    assert {cell.name for cell in plan.cells if cell.name} <= names
    assert plan.missing <= names
    assert plan.untouched <= names
    assert sum(bool(cell.calls) for cell in plan.cells) == len(names - {"myCallback"})
    for cell in plan.cells:
        cell.source.encode()
    for issue in plan.issues:
        _check_issue(issue)


def _check_issue(issue: Issue) -> None:
    assert issue.code
    _check_text(issue.message)
    issue.fix.encode()


def _check_text(text: str) -> None:
    text.encode()
    assert len(text) < 1000
    assert text.isprintable()


def _stamp(path: Path, script: ModuleType) -> None:
    before = path.read_bytes()
    code = _main(path, script)
    assert code in {0, 2}
    if code == 2:
        assert path.read_bytes() == before
        return
    after = path.read_bytes()
    assert _main(path, script) == 0
    assert path.read_bytes() == after


def _main(path: Path, script: ModuleType) -> int:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code: int = script.main(["--filename", str(path)])
    return code


def mutated(chance: random.Random) -> bytes:
    """Return the bytes of a notebook that has been damaged in up to six places."""
    content = bytearray(chance.choice(FILES))
    for _ in range(chance.randint(1, 6)):
        _CHANGES[chance.randrange(len(_CHANGES))](content, chance)
    return bytes(content)


def _flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 10, 200))):
        if content:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _cut(content: bytearray, chance: random.Random) -> None:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    if chance.random() < 0.7:
        end = min(end, start + 200)
    del content[start:end]


def _end(content: bytearray, chance: random.Random) -> None:
    if chance.random() < 0.2:
        del content[chance.randrange(len(content) + 1) :]


def _splice(content: bytearray, chance: random.Random) -> None:
    other = chance.choice(FILES)
    start, end = sorted(chance.randrange(len(other) + 1) for _ in range(2))
    place = chance.randrange(len(content) + 1)
    content[place:place] = other[start : min(end, start + 2000)]


def _word(content: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(content) + 1)
    content[place:place] = chance.choice(DICTIONARY)


_CHANGES = (_flip, _cut, _end, _splice, _word, _word, _word)


def _rearranged(chance: random.Random) -> dict[str, Any]:
    """Valid JSON: cells moved, merged, cut in two, emptied and mixed with those of others."""
    content: dict[str, Any] = json.loads(chance.choice(FILES[:3]))
    others = json.loads(chance.choice(FILES[:3]))["cells"]
    cells = content["cells"]
    for _ in range(chance.randint(1, 12)):
        _rearrange(cells, others, chance)
    if chance.random() < 0.2:
        content["metadata"] = chance.choice(({}, None, {"grader_assignment": chance.choice(ODD)}))
    return content


ODD: tuple[Any, ...] = (None, 1, 1.5, True, "", [], {}, [None], "happy-or-sad", "x" * 5000)

RENAMED = (
    ("myCallback", "MyCallback"), ("image_generator", "imageGenerator"), ("# GRADED", "# "),
    ("train_generator", "gen"), ("../data", "/content/drive/data"), ("START", "BEGIN"),
    ("def ", "async def "), ("(", "(("), ("tf.keras.layers.", ""), ("1 / 255", "scaled(1)"),
)  # fmt: skip


def _rearrange(cells: list[Any], others: list[Any], chance: random.Random) -> None:
    if not cells:
        return
    place, action = chance.randrange(len(cells)), chance.randrange(9)
    one = cells[place] if isinstance(cells[place], dict) else {}
    parts = one.get("source", "")
    source = "".join(map(str, parts)) if isinstance(parts, str | list) else ""
    cut = chance.randrange(len(source) + 1)
    if action == 0:
        del cells[place]
    elif action == 1:
        cells.insert(chance.randrange(len(cells) + 1), chance.choice(others))
    elif action == 2:
        chance.shuffle(cells)
    elif action == 3:
        word = chance.choice(DICTIONARY).decode("latin-1").replace("\\n", "\n")
        cells[place] = one | {"source": source[:cut] + word + source[cut:]}
    elif action == 4:
        cells[place : place + 1] = [one | {"source": source[:cut]}, one | {"source": source[cut:]}]
    elif action == 5:
        key = chance.choice(("cell_type", "source", "metadata", "outputs", "id"))
        cells[place] = one | {key: chance.choice(ODD)}
    elif action == 6:
        cells[place] = one | {"source": source.replace("    ", chance.choice(("\t", " ", "")))}
    elif action == 7:
        old, new = chance.choice(RENAMED)
        cells[place] = one | {"source": source.replace(old, new)}
    else:
        cells[place] = chance.choice((chance.choice(ODD), one | {"cell_type": "code"}))


texts = st.text(max_size=80) | st.sampled_from([
    "def image_generator():\n    return 1", "class myCallback:\n    pass", "# grade-up-to-here",
    "def train_happy_sad_model(g):\n    return gen", "gen = image_generator()", "%%time\nx = 1",
    "# GRADED FUNCTION: myCallback", "import os", "x = (", "    ### START CODE HERE\n\ud800",
])  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
sources = texts | st.lists(texts, max_size=5) | anything
odd_cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | anything,
        "source": sources, "input": sources, "outputs": anything, "id": anything,
        "metadata": anything | st.fixed_dictionaries({"tags": anything | st.just(["graded"])}),
    },
)  # fmt: skip
code_cells = st.fixed_dictionaries({
    "cell_type": st.just("code"), "source": texts, "metadata": st.just({}),
})  # fmt: skip
cells_of_any_kind = st.lists(code_cells | odd_cells | anything, max_size=12)
worksheets = st.lists(st.fixed_dictionaries({"cells": cells_of_any_kind}) | anything, max_size=3)
notebooks = anything | st.fixed_dictionaries(
    {"nbformat": st.sampled_from([4, 3, 2, 5, True, "4"]) | anything},
    optional={"cells": cells_of_any_kind | st.lists(code_cells, max_size=12) | anything,
              "worksheets": worksheets, "metadata": anything, "nbformat_minor": anything},
)  # fmt: skip
