"""docs/authoring.md: its examples run, and its tables are made from the code."""

import inspect
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import nbformat
import pytest
from authoring_page import PAGE, blocks, section, write_areas

from grader import authoring
from grader.assignments.loading import load
from grader.authoring import Assignment, DeclarationError, Expectation, Need
from grader.kinds.kind import GradedPart, Part

PUBLIC = {name: getattr(authoring, name) for name in authoring.__all__}
# A type that stands for another has no docstring of its own.
WITHOUT_DOCSTRING = {"Pixels": "An image as an array of bytes: height, width, and channels if any."}

NO_EVIDENCE = ("none", "", "What it did is evidence of other parts.")


def first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0].replace("``", "`")


def table(*columns: str, rows: Iterator[tuple[str, ...]]) -> str:
    lines = [columns, ("---",) * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def code(text: str) -> str:
    return f"`{text.replace('|', 'or')}`"


def parts() -> Iterator[tuple[str, ...]]:
    """Yield each part with what a check can ask of it."""
    for name, kind in PUBLIC.items():
        if not inspect.isclass(kind) or not issubclass(kind, GradedPart):
            continue
        told = f"`{name}`: {first_line(kind)}"
        own = [view(kind)] if issubclass(kind, Part) else [NO_EVIDENCE]
        evidence = list(needs(kind)) or own
        for place, row in enumerate(evidence):
            yield (told if place == 0 else "", *row)


def needs(kind: type[Any]) -> Iterator[tuple[str, str, str]]:
    for name, value in vars(kind).items():
        hints = get_type_hints(value.fget, localns=PUBLIC) if isinstance(value, property) else {}
        made = hints.get("return")
        if getattr(made, "__origin__", None) is Need:
            [wanted] = get_args(made)
            shown = wanted.__name__ if inspect.isclass(wanted) and not get_args(wanted) else wanted
            yield f"`.{name}`", code(str(shown)), first_line(value)


def view(kind: type[Any]) -> tuple[str, str, str]:
    name = inspect.signature(kind.view).return_annotation
    methods = (
        method
        for method, value in vars(PUBLIC[name]).items()
        if not method.startswith("_") and inspect.isfunction(value) and makes_expectation(value)
    )
    return "the part itself", f"`{name}`", ", ".join(f"`{method}`" for method in methods)


def makes_expectation(function: Callable[..., object]) -> bool:
    return inspect.signature(function).return_annotation is Expectation


def expectations() -> Iterator[tuple[str, str]]:
    """Yield each ready-made expectation with what holds when it is met."""
    for name, module in PUBLIC.items():
        if not isinstance(module, ModuleType):
            continue
        for each, function in vars(module).items():
            own = getattr(function, "__module__", "") == module.__name__
            public = own and not each.startswith("_") and inspect.isfunction(function)
            if public and makes_expectation(function):
                yield f"`{name}.{each}{taken(function)}`", first_line(function)


def taken(function: Callable[..., object]) -> str:
    """Return the parameters as they must be given: which by name, and which have a default."""
    parameters = inspect.signature(function).parameters.values()
    bare = [each.replace(annotation=inspect.Parameter.empty) for each in parameters]
    return str(inspect.Signature(bare))


def names() -> Iterator[tuple[str, str]]:
    for name, thing in PUBLIC.items():
        yield f"`{name}`", WITHOUT_DOCSTRING.get(name) or first_line(thing)


TABLES: Mapping[str, Callable[[], str]] = {
    "parts": lambda: table(
        "part", "evidence", "a check gets", "what it is, or what it can say", rows=parts()
    ),
    "expectations": lambda: table("expectation", "it holds where", rows=expectations()),
    "names": lambda: table("name", "what it is", rows=names()),
}


def test_the_tables_are_what_the_code_says(keep_true: Callable[[str, str], None]) -> None:
    page = PAGE.read_text("utf-8")
    for name, make in TABLES.items():
        head = f"<!-- {name}: made from the code -->\n"
        before, found, rest = page.partition(head)
        _, end, after = rest.partition("<!-- end -->")
        assert found, name
        page = f"{before}{found}\n{make()}\n{end}{after}"
    keep_true("authoring.md", page)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_name_for_authors_is_explained(name: str) -> None:
    assert WITHOUT_DOCSTRING.get(name) or first_line(PUBLIC[name])


def test_the_first_example_is_an_assignment(tmp_path: Path) -> None:
    areas = load(write_areas(tmp_path / "areas"))
    assert (areas.names, areas.points) == (["area", "unit"], 10)


def test_the_example_of_a_further_check_belongs_to_it(tmp_path: Path) -> None:
    folder = write_areas(tmp_path / "areas")
    module = folder / "assignment.py"
    [example] = blocks("Checks")
    module.write_text(f"{module.read_text()}\n\n{example}")
    assert load(folder).points == 15


@pytest.fixture
def clothes(tmp_path: Path) -> Path:
    """Write the example with a training as its author would."""
    module, *sources = blocks("Images and trainings")
    cells = [nbformat.v4.new_code_cell(text.rstrip("\n")) for text in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "clothes.ipynb")
    (tmp_path / "assignment.py").write_text(module, "utf-8")
    return tmp_path


def test_the_example_with_a_training_is_an_assignment(clothes: Path) -> None:
    made: Assignment = load(clothes)
    assert (made.points, [check.id for check in made.checks if check.required]) == (
        100,
        ["goal_reached"],
    )


def test_the_example_with_a_profile_is_graded_by_it(clothes: Path) -> None:
    profile, cell, check = blocks("A grading profile")
    module = clothes / "assignment.py"
    text = module.read_text().replace("clothes = Assignment(", f"{profile}clothes = Assignment(")
    text = text.replace('"images"),\n)', '"images"),\n    profile=QUICK,\n)')
    module.write_text(f"{text}\n\n{textwrap.dedent(check)}")
    notebook = nbformat.read(clothes / "clothes.ipynb", as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(cell))
    nbformat.write(notebook, clothes / "clothes.ipynb")
    reduced = load(clothes).reduced()
    assert (reduced.most_epochs, [goal.last_epoch for goal in reduced.goals]) == (5, [5])


def test_the_example_of_splits_is_a_dataset() -> None:
    [example] = blocks("Data with splits")
    made: dict[str, Any] = {"__file__": "/course/clothes/assignment.py"}
    exec(example, made)  # noqa: S102 - the page's own
    assert {split.name: split.in_run for split in made["CLOTHES"].splits} == {
        "train": "data/clothes/train",
        "validation": "data/valid",
        "test": "data/clothes/test.h5",
        "unseen": "data/clothes/unseen",
    }


def test_a_module_that_is_not_imported_relatively_is_told_as_the_page_says(clothes: Path) -> None:
    module = clothes / "assignment.py"
    (clothes / "drawing.py").write_text("def draw():\n    return iter(())\n")
    text = module.read_text()
    module.write_text(f"from drawing import draw\n{text}")
    with pytest.raises(DeclarationError, match="No module named 'drawing'"):
        load(clothes)
    module.write_text(f"from .drawing import draw\n{text}")
    assert load(clothes).id == "clothes"


def test_the_package_has_an_entry_point_for_a_file_of_its_own() -> None:
    [shared] = re.findall(r"```toml\n(.*?)```", section("Share it"), re.DOTALL)
    project = tomllib.loads(shared)["project"]
    [module] = project["entry-points"]["grader.assignments"].values()
    assert f"{module.replace('.', '/')}.py" in section("Share it")
