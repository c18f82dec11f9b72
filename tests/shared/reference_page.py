"""docs/reference.md, made from the signatures and docstrings of ``grader.authoring``."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import docstrings
from pydantic import BaseModel

from grader import authoring
from grader.checks import Expectation, Need, expect
from grader.kinds.kind import GradedPart

HEAD = """\
# Reference

All that an author imports from `grader.authoring`, made from its signatures and docstrings;
`pytest tests/unit --update-docs` refreshes it. [The tutorial](tutorial.md) shows it in use,
[Write an assignment](authoring.md) explains it.
"""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "An assignment": ("Assignment", "Group", "Variant", "Profile", "Limits", "DeclarationError"),
    "Parts": (
        "ImageLoader", "StoppingCallback", "TrainedModel", "Function", "Case", "History",
        "histories", "ColourModel", "MadeFolder", "Link", "Tolerance", "Figure", "File", "Value",
        "GradedCell",
    ),
    "What checks get": (
        "Loader", "Callback", "InTraining", "Model", "Compilation", "Result", "Training",
        "Division", "ClaimedTraining", "FunctionView", "FigureView", "FileView", "ValueView",
    ),
    "What checks return": (
        "Expectation", "expect", "loaders", "callbacks", "models", "compilations", "targets",
        "divisions", "returned", "evaluated", "arithmetic", "asked", "together", "Absent",
        "ProbeFault",
    ),
    "Goals": ("Goal", "Quantity"),
    "Data": (
        "Dataset", "ClassFolders", "ImageFolder", "Arrays", "KerasData", "Fetched", "Pixels",
        "recorded",
    ),
    "Editions of a notebook": (
        "Layout", "LayoutCell", "Role", "Retired", "layout_of", "checkout", "data_folder",
        "reference",
    ),
    "Evidence of one's own": ("Need", "Observed", "Claim"),
}  # fmt: skip
# What of these is for authors; the kit uses the rest.
CALLED: Mapping[str, tuple[str, ...]] = {
    "Assignment": ("part", "group", "constant"),
    "Group": ("check", "check_claim"),
}
# Whose methods and properties are there for checks.
ASKED = {*GROUPS["What checks get"], "Observed"}
# The kit gives them.
INTERNAL = {
    "Assignment": ("place", "whole", "constants"),
    "Loader": ("kind",), "Callback": ("kind",), "Model": ("kind", "key"),
    "InTraining": ("_fit", "_others"),
}  # fmt: skip
# No author makes one.
MADE_BY_THE_KIT = {
    "Group", "DeclarationError", "Observed", "FunctionView", "FigureView", "FileView", "ValueView",
}  # fmt: skip
STARS: Mapping[Any, str] = {
    inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**",
}  # fmt: skip
PREFIX = re.compile(r"\b(?:[a-z_]\w*\.)+(?=[A-Za-z_])")


def page() -> str:
    """Return the page."""
    return "\n".join([HEAD, *(line for title in GROUPS for line in _group(title))])


def names() -> list[str]:
    """Return all names that the page has a section of."""
    return [name for group in GROUPS.values() for name in group]


def silent() -> list[str]:
    """Return what stands on the page without a word of what it is."""
    told = {name: getattr(authoring, name) for name in names()} | {
        f"{name}.{member}": thing
        for name in names()
        for member, thing in _members(name, getattr(authoring, name))
    }
    return [name for name, thing in told.items() if not docstrings.read(thing).summary]


def _group(title: str) -> Iterator[str]:
    yield f"## {title}\n"
    for name in GROUPS[title]:
        yield from _section(name, getattr(authoring, name))


def _section(name: str, thing: Any) -> Iterator[str]:
    yield f"### {name}\n"
    yield from (f"{paragraph}\n" for paragraph in docstrings.read(thing).paragraphs)
    if name in MADE_BY_THE_KIT:
        yield from _table("name", docstrings.inherited(thing, "Attributes").items())
    elif isinstance(thing, type):
        yield from _table("argument", _arguments(name, thing))
    elif inspect.isfunction(thing):
        yield f"`{name}{_signature(thing)}`\n"
        yield from _table("argument", docstrings.read(thing).section("Args").items())
    yield from _table(
        "name", ((_shown(*each), _summary(each[1])) for each in _members(name, thing))
    )


def _table(head: str, rows: Any) -> Iterator[str]:
    lines = [f"| {each} | {said.replace('|', '&#124;')} |" for each, said in _coded(rows)]
    if lines:
        yield "\n".join([f"| {head} | |", "| --- | --- |", *lines, ""])


def _coded(rows: Any) -> Iterator[tuple[str, str]]:
    for name, said in rows:
        yield f"`{name}`".replace("|", "\\|"), said


def _arguments(name: str, kind: type) -> Iterator[tuple[str, str]]:
    """Yield each argument of a class, or field of evidence, with its type and what it is."""
    told = docstrings.inherited(kind, "Args") | docstrings.inherited(kind, "Attributes")
    if issubclass(kind, BaseModel):
        fields = {each: field.annotation for each, field in kind.model_fields.items()}
        arguments = {each: f"{each}: {_type(made)}" for each, made in fields.items()}
    else:
        parameters = [each for each in _parameters(kind) if each.name in told]
        arguments = {each.name: _parameter(each) for each in parameters}
    for each, said in arguments.items():
        if each not in INTERNAL.get(name, ()):
            yield said, told.get(each, "")


def _parameters(kind: type) -> list[inspect.Parameter]:
    try:
        return [*inspect.signature(kind).parameters.values()]
    except ValueError:  # such as of an enumeration
        return []


def _members(name: str, thing: Any) -> Iterator[tuple[str, Any]]:
    """Yield what an author calls of a thing."""
    if isinstance(thing, ModuleType):
        functions = inspect.getmembers(thing, inspect.isfunction)
        yield from (each for each in functions if _is_for_authors(thing, *each))
    elif isinstance(thing, type):
        for member, value in inspect.getmembers(thing, _is_public):
            asked = name in ASKED and member in _written(thing)
            if member in CALLED.get(name, ()) or asked or _is_evidence(thing, member):
                yield member, value


def _written(kind: type) -> set[str]:
    """Return the names that the kit's own classes give a class."""
    return {
        name
        for each in kind.__mro__
        if each.__module__.startswith("grader.")
        for name in vars(each)
        if not name.startswith("_")
    }


def _is_public(value: Any) -> bool:
    return isinstance(value, property) or inspect.isfunction(value)


def _is_for_authors(module: ModuleType, name: str, function: Callable[..., Any]) -> bool:
    """Whether it is an expectation, but for those that others are built with."""
    if name.startswith("_") or function.__module__ == expect.__module__:
        return False
    made = inspect.signature(function).return_annotation
    return made is Expectation or function.__module__ == module.__name__


def _is_evidence(kind: type, member: str) -> bool:
    """Whether it is evidence of a part; that of trainings, of a part that trains."""
    value = inspect.getattr_static(kind, member)
    if not isinstance(value, property) or value is vars(GradedPart).get(member):
        return False
    return Need.__name__ in _type(inspect.signature(value.fget).return_annotation)  # type: ignore[arg-type]


def _shown(name: str, value: Any) -> str:
    if isinstance(value, property):
        made = inspect.signature(value.fget).return_annotation  # type: ignore[arg-type]
        return f"{name}: {_type(made)}"
    return f"{name}{_signature(value)}"


def _summary(value: Any) -> str:
    return docstrings.read(value).summary


def _signature(function: Callable[..., Any]) -> str:
    signature = inspect.signature(function)
    given = [each for each in signature.parameters.values() if each.name != "self"]
    short = ", ".join(_parameter(each) for each in given)
    return f"({short}) -> {_type(signature.return_annotation)}"


def _parameter(parameter: inspect.Parameter) -> str:
    default = parameter.default
    stars = STARS.get(parameter.kind, "")
    said = f"{stars}{parameter.name}"
    if parameter.annotation is not parameter.empty:
        said += f": {_type(parameter.annotation)}"
    if isinstance(default, str | int | float | bool | tuple | None):
        said += f" = {default!r}"
    elif default is not parameter.empty:
        said += " = ..."
    return said


def _type(annotation: Any) -> str:
    """Write a type as an author would, without limits and the modules that it comes from."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, str | TypeVar):
        said = str(annotation).lstrip("~")
    elif origin is Annotated:
        said = _type(inner[0])
    elif origin in {Union, UnionType}:
        said = " | ".join(map(_type, inner))
    elif inner and origin not in {Literal, Callable}:
        said = f"{_type(origin)}[{', '.join(map(_type, inner))}]"
    else:
        said = inspect.formatannotation(annotation)
    return PREFIX.sub("", said.replace("NoneType", "None").replace("Ellipsis", "..."))
