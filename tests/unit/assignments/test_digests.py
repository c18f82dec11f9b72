"""What an author's function is made of: whatever of it changes, what is observed has changed."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import changing
import pytest
import shapes
from made_parts import trained

from grader.assignments.digests import Digests, digests
from grader.assignments.digests.code import Code
from grader.assignments.digests.settings import Settings
from grader.assignments.digests.sources import Sources
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.loading import load
from grader.authoring import ImageLoader, StoppingCallback
from grader.kinds.kind import GradedPart
from grader.processes.limits import Limits

DEFINED = changing.MODULE[changing.MODULE.index("def multiplied") :].split("\n\narea = ")[0]


@dataclass(frozen=True)
class Form:
    """A way to write a reference.

    Args:
        id: Names it.
        code: Defines ``multiplied``.
        edits: What stands in the code, and what stands there instead; each changes what it does.
        files: Other files, by name; the edits are in these, too.
    """

    id: str
    code: str
    edits: Mapping[str, str]
    files: Mapping[str, str]

    def __str__(self) -> str:
        return self.id


def form(id_: str, code: str, *edits: str, **files: str) -> Form:
    named = {name.replace("_", "."): text for name, text in files.items()}
    return Form(id_, code, dict(zip(edits[::2], edits[1::2], strict=True)), named)


FORMS = (
    form("a lambda", "multiplied = lambda a, b: a * b", "a * b", "b * a"),
    form("a default", "F = 1\ndef multiplied(a, b, c=F):\n    return a * b * c", "F = 1", "F = 2"),
    form("a constant", "F = 1\ndef multiplied(a, b):\n    return a * b * F", "F = 1", "F = 2"),
    form("a table", "T = {}\nT['f'] = 1\ndef multiplied(a, b):\n    return a * b * T['f']",
         "= 1", "= 2"),
    form("an array", "import numpy as np\nF = np.ones(3)\ndef multiplied(a, b):\n"
         "    return a * b * F[0]", "ones(3)", "zeros(3)"),
    form("a closure", "def by(f):\n    def inner(a, b):\n        return a * b * f\n"
         "    return inner\nmultiplied = by(1)", "by(1)", "by(2)", "a * b", "b * a"),
    form("a partial function", "import functools\ndef scaled(f, a, b):\n    return f * a * b\n"
         "multiplied = functools.partial(scaled, 1)", "scaled, 1", "scaled, 2", "f * a", "a * f"),
    form("a method", "class Scale:\n    f = 1\n    def by(self, a, b):\n"
         "        return a * b * self.f\nmultiplied = Scale().by",
         "f = 1", "f = 2", "a * b", "b * a"),
    form("an object", "class Scale:\n    f = 1\n    def __call__(self, a, b):\n"
         "        return a * b\nmultiplied = Scale()", "f = 1", "f = 2", "a * b", "b * a"),
    form("a data class", "from dataclasses import dataclass\n@dataclass\nclass Scale:\n    f: int\n"
         "    def __call__(self, a, b):\n        return a * b * self.f\nmultiplied = Scale(1)",
         "Scale(1)", "Scale(2)", "a * b", "b * a"),
    form("a decorated function", "import functools\ndef cached(f):\n    @functools.wraps(f)\n"
         "    def inner(*x):\n        return f(*x)\n    return inner\n@cached\n"
         "def multiplied(a, b):\n    return a * b", "a * b", "b * a", "f(*x)", "f(*x[:])"),
    form("a cached function", "import functools\n@functools.cache\n"
         "def multiplied(a, b):\n    return a * b", "a * b", "b * a"),
    form("an inner function", "def multiplied(a, b):\n    def inner():\n"
         "        return help(a) * b\n    return inner()\ndef help(a):\n    return a",
         "return a\n", "return +a\n"),
    form("a function by name", "def multiplied(a, b):\n    return globals()['help'](a) * b\n"
         "def help(a):\n    return a", "return a\n", "return +a\n"),
    form("functions that call each other", "def multiplied(a, b):\n"
         "    return b and a + help(a, b)\ndef help(a, b):\n    return multiplied(a, b - 1)",
         "b - 1", "-1 + b"),
    form("a module", "from . import more\ndef multiplied(a, b):\n    return more.help(a) * b",
         "return a\n", "return +a\n", more_py="def help(a):\n    return a\n"),
    form("a module, imported late", "def multiplied(a, b):\n    from .more import help\n"
         "    return help(a) * b", "return a\n", "return +a\n",
         more_py="def help(a):\n    return a\n"),
    form("a module of a module", "from .more import help\ndef multiplied(a, b):\n"
         "    return help(a) * b", "FACTOR = 1", "FACTOR = 2",
         more_py="from .most import FACTOR\ndef help(a):\n    return a * FACTOR\n",
         most_py="FACTOR = 1\n"),
    form("a file", "def multiplied(a, b):\n    return a * b * int((HERE / 'f.txt').read_text())",
         "one", "other", f_txt="one"),
    form("a path", "F = HERE / 'f.txt'\ndef multiplied(a, b):\n"
         "    return a * b * len(F.read_text())",
         "one", "other", f_txt="one"),
    form("a file that is looked for", "def multiplied(a, b):\n"
         "    return a * b * len(next(HERE.glob('*.txt')).read_text())",
         "one", "other", f_txt="one"),
    form("a file with a made-up name", "N = 'f'\ndef multiplied(a, b):\n"
         "    return a * b * len((HERE / f'{N}.txt').read_text())", "one", "other", f_txt="one"),
    form("a file that has the module's name", "def multiplied(a, b):\n"
         "    return a * b * len(Path(__file__).with_suffix('.txt').read_text())",
         "one", "other", assignment_txt="one"),
    form("a file with a joined name", "import os\nN = 'f'\ndef multiplied(a, b):\n"
         "    with open(os.path.join(HERE, N + '.txt')) as file:\n"
         "        return a * b * len(file.read())", "one", "other", f_txt="one"),
    form("an enumeration", "from enum import Enum\nclass Size(Enum):\n    BIG = 1\nF = Size.BIG\n"
         "def multiplied(a, b):\n    return a * b * F.value", "BIG = 1", "BIG = 2"),
    form("a function that NumPy wraps", "import numpy as np\ndef help(a, b):\n    return a * b\n"
         "multiplied = np.vectorize(help)", "a * b", "b * a"),
    form("a function made while running", "made = {}\nexec('def f(a, b): return a * b', made)\n"
         "multiplied = made['f']", "a * b", "b * a"),
    form("a function of another package", "import operator\nmultiplied = operator.mul",
         "operator.mul", "operator.add"),
)  # fmt: skip
EDITED = [(each, old) for each in FORMS for old in each.edits]


def made(folder: Path, code: str, files: Mapping[str, str]) -> Digests:
    changing.write(folder)
    module = changing.MODULE.replace(DEFINED, f"{code}\n")
    assert code in module
    for name, text in {**files, "assignment.py": module}.items():
        (folder / name).write_text(text, "utf-8")
    return digests(load(folder))


@pytest.mark.parametrize(("form", "old"), EDITED, ids=str)
def test_what_a_reference_is_made_of_is_in_what_is_observed(
    tmp_path: Path, form: Form, old: str
) -> None:
    texts = {"assignment.py": form.code + "\n", **form.files}
    other = {name: text.replace(old, form.edits[old]) for name, text in texts.items()}
    assert texts != other
    pair = [
        made(tmp_path / name, each.pop("assignment.py"), each)
        for name, each in (("one", texts), ("other", other))
    ]
    assert pair[0].observation != pair[1].observation


@pytest.mark.parametrize("id_", ["a path", "a function by name", "a module"])
def test_digests_are_the_same_wherever_the_assignment_lies(tmp_path: Path, id_: str) -> None:
    form = next(each for each in FORMS if each.id == id_)
    one, other = (made(tmp_path / name, form.code, form.files) for name in ("one", "a/b/other"))
    assert one == other


# Of these it cannot be told what they use.
_ANYTHING = {
    "a method",
    "an object",
    "a data class",
    "a function by name",
    "a function that NumPy wraps",
    "a function made while running",
}
PRECISE = [each for each in FORMS if each.id not in _ANYTHING]


@pytest.mark.parametrize("form", PRECISE[1::2], ids=str)
def test_what_only_checks_use_is_not_in_what_is_observed(tmp_path: Path, form: Form) -> None:
    one = made(tmp_path / "one", form.code, form.files)
    rules = changing.RULES.replace("min(size, MOST)", "size")
    other = made(tmp_path / "other", form.code, {**form.files, "rules.py": rules})
    assert (one.observation, one.wording) == (other.observation, other.wording)
    assert one.rubric != other.rubric


def test_a_case_whose_result_the_reference_knows_depends_on_no_check(tmp_path: Path) -> None:
    pair = []
    for hint in ("How many come", "How many images come"):
        folder = changing.write(tmp_path / hint)
        module = changing.MODULE.replace("((2, 3),)", "(Case((2, 3)),)").replace(
            "How many come", hint
        )
        module = module.replace("    Function,", "    Case, Function,")
        (folder / "assignment.py").write_text(module, "utf-8")
        pair.append(digests(load(folder)))
    assert pair[0].observation == pair[1].observation
    assert pair[0].wording != pair[1].wording


@pytest.mark.parametrize("name", ["f.txt", "..", ".f.txt", "a.py"])
def test_what_a_reference_does_not_open_is_not_in_what_is_observed(
    tmp_path: Path, name: str
) -> None:
    code = "N = 'f'\ndef multiplied(a, b):\n    return a * b / len(N)"
    folder = tmp_path / "mine"
    before = made(folder, code, {})
    (folder / (name if name != ".." else "../beside.txt")).write_text("new", "utf-8")
    assert made(folder, code, {}).observation == before.observation


def test_a_file_above_the_folder_that_a_check_names_is_in_the_rubric(tmp_path: Path) -> None:
    code = "def multiplied(a, b):\n    return a * b * len((HERE.parent / 'f.txt').read_text())"
    found = set()
    for text in ("one", "other"):
        (tmp_path / "f.txt").write_text(text, "utf-8")
        found.add(made(tmp_path / "mine", code, {}).rubric)
    assert len(found) == 2


def test_digests_do_not_depend_on_the_process() -> None:
    code = (
        "from dataclasses import asdict\n"
        "from grader.assignments.digests import digests\n"
        "from grader.assignments.happy_or_sad.assignment import happy_or_sad\n"
        "print(asdict(digests(happy_or_sad)))"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": seed},
    )
    assert ended.stdout.strip() == str(asdict(digests(happy_or_sad)))


def test_an_edition_that_gives_more_changes_what_is_observed() -> None:
    layouts = happy_or_sad.layouts()
    fewer = replace(happy_or_sad, editions=lambda: layouts[:1])
    assert digests(fewer).observation != digests(happy_or_sad).observation


def test_a_split_that_lies_elsewhere_changes_what_is_observed(tmp_path: Path) -> None:
    made = load(shapes.write(tmp_path / "shapes"))
    assert made.data is not None
    train, validation, test = made.data.splits
    moved = (train, replace(validation, path="../data/valid"), test)
    elsewhere = replace(made, data=replace(made.data, splits=moved))
    assert digests(elsewhere).observation != digests(made).observation


def test_where_an_author_keeps_a_split_is_not_in_what_is_observed(tmp_path: Path) -> None:
    made = load(shapes.write(tmp_path / "shapes"))
    assert made.data is not None
    kept = tuple(replace(each, place=tmp_path / each.file_name) for each in made.data.splits)
    elsewhere = replace(made, data=replace(made.data, splits=kept))
    assert digests(elsewhere).observation == digests(made).observation


MOVED = (
    (
        StoppingCallback("Stop", threshold=0.9, accuracies=(0.5, 1.0)),
        {"name": "Stop", "threshold": 0.9, "accuracies": ["tuple", [0.5, 1.0]]},
    ),
    (ImageLoader("load", variable="gen"), {"name": "load", "variable": "gen"}),
    (
        trained(),
        {
            "name": "train",
            "variable": "hist",
            "loader": [
                ["grader.assignments.parts", "ImageLoader"],
                {"name": "load", "variable": "gen"},
            ],
            "goals": ["tuple", []],
            "most_epochs": 20,
        },
    ),
)


@pytest.mark.parametrize(("part", "fields"), MOVED)
def test_who_moves_the_class_of_a_part_within_the_kit_has_no_class_graded_anew(
    part: GradedPart, fields: object
) -> None:
    settings = Settings(Sources.of(happy_or_sad)).of(part)
    assert settings == [["grader.assignments.parts", type(part).__name__], fields]


def test_who_moves_the_limits_within_the_kit_has_no_class_graded_anew() -> None:
    module, _ = Settings(Sources.of(happy_or_sad)).of(Limits())[0]  # type: ignore[index]
    assert module == "grader.kernel.limits"


def test_threads_may_read_modules_at_a_time() -> None:
    """Python 3.11 counts the depth of the trees that threads parse in one place."""
    content = Path(__file__).read_bytes()

    def yield_to_others(*_: object) -> None:
        time.sleep(0)

    # Python code that garbage collection runs may be where another thread goes on.
    gc.callbacks.append(yield_to_others)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = {code.judging for code in pool.map(Code.parse, [content] * 12)}
    finally:
        gc.callbacks.remove(yield_to_others)
    assert len(found) == 1
