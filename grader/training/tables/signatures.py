"""A class in a table: which arguments its constructor takes here; and how an object is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from grader.training.description import Json, ObjectSpec, Value
from grader.training.refusals import Refused, members, shown
from grader.training.tables.kinds import Kind, UnfitError, take


@dataclass(frozen=True, slots=True)
class Signature:
    """What a class is constructed with.

    Args:
        arguments: Keyword arguments and their kinds.
        required: Names of those that have no default.
    """

    arguments: Mapping[str, Kind]
    required: frozenset[str]


Table: TypeAlias = Mapping[str, Signature]


def signature(*required: str, **arguments: Kind) -> Signature:
    """Write down a signature: its arguments, and before them the names of the required ones."""
    return Signature(arguments, frozenset(required))


def read_part(value: Json, table: Table, what: str, where: str) -> ObjectSpec:
    """Read an object of one of the classes of a table.

    Args:
        value: Parsed JSON.
        table: The classes.
        what: What they are, in the plural.
        where: The place, for messages.

    Raises:
        Refused: It is no such object, or one of its arguments is not what it may be.
    """
    found = members(value, where, ("part", "arguments"))
    name = found["part"]
    if not isinstance(name, str) or name not in table:
        raise Refused(f"{where}: {shown(name)} is not among the {what} that the grader knows")
    return ObjectSpec(name, read_arguments(found["arguments"], table[name], f"{where} ({name})"))


def read_arguments(value: Json, of: Signature, where: str) -> dict[str, Value]:
    """Read keyword arguments.

    Raises:
        Refused: One is missing, unknown or not what it may be.
    """
    found = members(value, where, of.required, of.arguments)
    return {
        name: take(of.arguments[name], each, f"{where}: {name}") for name, each in found.items()
    }


def part_of(table: Table, what: str) -> Kind:
    """An object of one of the classes of a table; ``what`` they are, in the plural."""

    def read(value: Json, where: str) -> Value:
        if not isinstance(value, dict) or "part" not in value:
            raise UnfitError
        return read_part(value, table, what, where)

    return Kind(f"an object of one of the {what}", read)
