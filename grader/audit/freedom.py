"""What students are free to choose, as right specimens show it.

The solution and the variants that are right differ in some of their settings: in these, students
are free, within what was shown. Of a number that differs, that is all from the least to the
greatest; of anything else, the values that were seen. What none of them does is not free. So an
author says what is free by writing a variant, and not by naming mutants.

What a training came to is no setting, nor is what follows from it: digests of saved weights, and a
number that is another one in each of several right specimens. How a part answered to trials is a
setting, as a whole.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from grader.audit.behaviour import Tree

Leaf = str | float | bool | None
Settings = Mapping[str, frozenset[Leaf]]
# Tables of evidence whose rows have settings; all else that was observed is one as a whole.
_TABLES = frozenset({"models", "fits", "convolution_inputs", "loaders", "results"})
# What follows from settings, or from luck: how a training went, what shapes layers come to.
_OUTCOMES = frozenset({
    "curves", "trained", "examined", "finished", "stopped", "epochs_before", "parameters",
    "output_shape", "fit", "index", "key", "model", "cell", "number", "given",
})  # fmt: skip
_APART = frozenset({"seed", "environments", "weights"})
_FROM_WEIGHTS = frozenset({"replays", "arrays"})
_PARTS = "parts"
# So many different numbers, none of them whole, are no answers that are right in several ways.
_SEVERAL = 3


@dataclass(frozen=True)
class Freedom:
    """What right specimens show.

    Args:
        shown: The settings of each.
    """

    shown: Sequence[Settings]

    @classmethod
    def of(cls, trees: Iterable[Tree]) -> "Freedom":
        """Learn it from what was observed of right specimens."""
        return cls([settings(tree) for tree in trees])

    def beyond(self, tree: Tree) -> list[str]:
        """Return the settings in which something goes beyond what was shown; none if it is free.

        Args:
            tree: What was observed of it.
        """
        found = settings(tree)
        paths = sorted({*found, *(path for each in self.shown for path in each)})
        return [path for path in paths if not self._is_shown(path, _at(found, path))]

    def _is_shown(self, path: str, values: frozenset[Leaf]) -> bool:
        known = [_at(each, path) for each in self.shown]
        if values in known:
            return True
        seen = frozenset[Leaf]().union(*known)
        if path.startswith(_PARTS) and _follow(seen):
            return all(map(_is_number, values))
        numbers = sorted(value for value in seen if _is_number(value))
        within = (value in seen or _is_within(value, numbers) for value in values)
        return bool(values) and all(within)


def settings(tree: Tree) -> Settings:
    """Return the settings that are in what was observed: values by what they are of."""
    found = defaultdict[str, set[Leaf]](set)
    for name, value in tree.items():
        for path, leaf in _of_table(name, value):
            found[path].add(leaf)
    return {path: frozenset(values) for path, values in found.items()}


def _of_table(name: str, value: Any) -> Iterator[tuple[str, Leaf]]:  # noqa: ANN401 - plain data
    if name in _TABLES:
        for row in value.values():
            yield from _leaves(row, name)
            yield from _as_trained(row.get("trained") or {})
    elif name == _PARTS:
        for row in value:
            yield from _of_part(row)
    elif name not in _APART:
        yield name, json.dumps(_without_outcomes(value), sort_keys=True)


def _of_part(row: Tree) -> Iterator[tuple[str, Leaf]]:
    """Yield how a part answered, and apart from that the numbers that it has."""
    path, answered = f"{_PARTS}.{row['name']}", dict(row)
    kind, numbers = _numbers(row.get("value"))
    if numbers:
        yield from ((f"{path}.value{place}", number) for place, number in numbers.items())
        answered["value"] = kind
    if reloaded := row.get("reloaded"):
        answered["reloaded"] = {key: reloaded[key] for key in reloaded if key != "value"}
    yield path, json.dumps(_without_outcomes(answered), sort_keys=True)


def _numbers(encoded: object) -> tuple[str, dict[str, float]]:
    """Return what holds numbers that were written down, and each by its place.

    There are none where one of them is whole, or where anything else was written down.
    """
    try:
        found = json.loads(encoded) if isinstance(encoded, str) else None
    except ValueError:
        return "", {}
    kind = ""
    rows: dict[str, Any] = {"": found}
    match found:
        case ["list" | "tuple" as kind, list(items)]:
            rows = {f"[{place}]": item for place, item in enumerate(items)}
    whole = (not isinstance(row, float) or row.is_integer() for row in rows.values())
    return ("", {}) if any(whole) else (kind, rows)


def _as_trained(made: Tree) -> Iterator[tuple[str, Leaf]]:
    """Yield the settings in what the grader knows of a training: all else is what it came to."""
    if made.get("model"):
        yield from _leaves(made["model"], "models")
    yield from (("fits.at_convolution", value) for value in made.get("at_convolution") or ())


def _without_outcomes(value: Any) -> Any:  # noqa: ANN401 - likewise
    if isinstance(value, Mapping):
        return {
            key: _without_outcomes(each) for key, each in value.items() if key not in _FROM_WEIGHTS
        }
    return value


def _at(found: Settings, path: str) -> frozenset[Leaf]:
    # What is counted and never comes is there no times.
    return found.get(path, frozenset([0]) if path.endswith("#") else frozenset())


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Leaf]]:  # noqa: ANN401 - likewise
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name == "layers":
                yield from _of_layers(each, f"{path}.layers")
            elif name not in _OUTCOMES:
                yield from _leaves(each, f"{path}.{name}")
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        yield f"{path}#", len(value)
        for each in value:
            yield from _leaves(each, path)
    else:
        yield path, json.dumps(value) if isinstance(value, list) else value


def _of_layers(layers: Sequence[Tree], path: str) -> Iterator[tuple[str, Leaf]]:
    """Yield how many layers there are of each kind, and their settings; the last one's apart."""
    kinds = [str(layer["type"]) for layer in layers]
    for kind in {*kinds}:
        yield f"{path}.{kind}#", kinds.count(kind)
    for place, layer in enumerate(layers):
        last = ".last" if place == len(layers) - 1 else ""
        yield from _leaves(layer["settings"], f"{path}.{kinds[place]}{last}")


def _follow(seen: frozenset[Leaf]) -> bool:
    """Whether numbers of several right specimens follow from how each has trained."""
    return len(seen) >= _SEVERAL and all(map(_is_number, seen))


def _is_number(value: Leaf) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_within(value: Leaf, numbers: Sequence[float]) -> bool:
    """Whether a number lies between the least and the greatest of several, in order."""
    return len(numbers) > 1 and _is_number(value) and numbers[0] <= value <= numbers[-1]
