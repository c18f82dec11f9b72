"""The files that an assignment is made of: its modules, and the data that they name."""

import ast
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.machinery import PathFinder
from pathlib import Path

from grader.assignments.assignment import Assignment
from grader.assignments.digests.code import Code
from grader.assignments.digests.naming import looks_for_files, texts_in

_KIT = Path(__file__).resolve().parents[2]
_INSTALLED = frozenset({"site-packages", "dist-packages"})


@dataclass(frozen=True, slots=True)
class Module:
    """A module of an assignment.

    Args:
        name: As it is imported.
        label: The same wherever the assignment lies.
        path: Its file.
        code: What it does; None where that cannot be read.
    """

    name: str
    label: str
    path: Path
    code: Code | None


@dataclass(frozen=True)
class Sources:
    """The modules of an assignment, sorted by label.

    Args:
        folder: Where the assignment is made.
        modules: Those that its checks and parts are in, and all that they import of their own.
        notebook: The one that students get; what of it is run is in its layout.
        data: Where the dataset lies, which has a digest of its own.
    """

    folder: Path
    modules: tuple[Module, ...]
    notebook: Path
    data: tuple[Path, ...] = ()

    @classmethod
    def of(cls, assignment: Assignment) -> "Sources":
        """Find the modules of an assignment; those of the kit itself are none."""
        folder = Path(assignment.place.file).parent
        start = {assignment.place.module, *(c.function.__module__ for c in assignment.checks)}
        found = _Finder(folder, frozenset(name.partition(".")[0] for name in start))
        modules = sorted(found.modules(start), key=lambda module: module.label)
        splits = assignment.data.all_splits if assignment.data else ()
        data = tuple(split.place.absolute() for split in splits)
        return cls(folder, tuple(modules), assignment.notebook, data)

    def has(self, name: str) -> bool:
        """Whether a module of that name is one of them."""
        return name in self._by_name

    def of_file(self, path: str) -> Module | None:
        """Return the module that is in a file."""
        return next((module for module in self.modules if str(module.path) == path), None)

    @property
    def words(self) -> list[str]:
        """All hints and titles that are written out in them."""
        return [words for module in self.modules if module.code for words in module.code.words]

    @cached_property
    def judging(self) -> list[object]:
        """What they do, hints and titles apart, and the data that they name."""
        texts = [(each.label, each.code.judging if each.code else "") for each in self.modules]
        return [texts, self.named(_nodes(self.modules))]

    @cached_property
    def everything(self) -> list[object]:
        """The same with hints and titles: who knows what is done with them."""
        return self._whole(self.modules)

    def below(self, name: str) -> list[object]:
        """What a module does, with all that it imports of the author's own."""
        due, found = [name], dict[str, Module]()
        while due:
            module = self._by_name.get(due.pop())
            if module is not None and module.name not in found:
                found[module.name] = module
                due += _imported(module)
        return self._whole([module for module in self.modules if module.name in found])

    @cached_property
    def _by_name(self) -> dict[str, Module]:
        return {module.name: module for module in self.modules}

    def _whole(self, modules: Sequence[Module]) -> list[object]:
        texts = [(each.label, each.code.text if each.code else "") for each in modules]
        return [texts, self.named(_nodes(modules))]

    def named(self, nodes: Iterable[ast.AST]) -> list[tuple[str, str]]:
        """Return the files beside the modules that code names as a text, with their digests.

        Code that looks for files, or makes up their names, may mean any of them.

        Args:
            nodes: All nodes of the code.
        """
        known = list(nodes)
        texts = set(texts_in(known))
        within = ["", "..", *(text for text in texts if (self.folder / text).is_dir())]
        names = {f"{above}/{text}".lstrip("/") for above in within for text in texts}
        names.update(self._beside if looks_for_files(known) else ())
        return [
            (name, digest_of(self.folder / name))
            for name in sorted(names)
            if (self.folder / name).is_file() and not self._is_known(self.folder / name)
        ]

    @cached_property
    def _beside(self) -> list[str]:
        """All files below the folder but for hidden ones, and what Python has left."""
        found = (path.relative_to(self.folder) for path in self.folder.rglob("*"))
        return [
            path.as_posix()
            for path in found
            if not any(part.startswith((".", "__pycache__")) for part in path.parts)
        ]

    def _is_known(self, path: Path) -> bool:
        if any(path.is_relative_to(place) for place in self.data):
            return True
        return path.suffix == ".py" or (self.notebook.exists() and path.samefile(self.notebook))


def digest_of(path: Path) -> str:
    """Return the digest of a file, whatever its line ends are; empty where it cannot be read."""
    try:
        return sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    except OSError:
        return ""


def _nodes(modules: Iterable[Module]) -> Iterator[ast.AST]:
    return (node for each in modules if each.code for node in each.code.nodes)


@dataclass(frozen=True)
class _Finder:
    """Follows imports.

    Args:
        folder: Where the assignment is made.
        tops: The top-level packages that its own modules are in.
    """

    folder: Path
    tops: frozenset[str]

    def modules(self, start: set[str]) -> Iterator[Module]:
        due, seen = list(start), set[str]()
        while due:
            name = due.pop()
            path = None if name in seen else _file(name)
            seen.add(name)
            if path is not None and self._is_own(name, path):
                module = Module(name, self._label(name, path), path, _code(path))
                yield module
                due += _imported(module)

    def _is_own(self, name: str, path: Path) -> bool:
        """Whether a module is the author's: not the kit's, Python's, or another package's."""
        if path.resolve().is_relative_to(_KIT):
            return path.is_relative_to(self.folder)
        installed = path.is_relative_to(sysconfig.get_path("stdlib")) or _INSTALLED & {*path.parts}
        return name.partition(".")[0] in self.tops or not installed

    def _label(self, name: str, path: Path) -> str:
        if path.is_relative_to(self.folder):
            return path.relative_to(self.folder).as_posix()
        # The first part may be made of the path.
        return name.partition(".")[2] or name


def _file(name: str) -> Path | None:
    """Return the source file of a module, without importing it."""
    if name in sys.modules:
        file = vars(sys.modules[name]).get("__file__")
    else:
        package, _, _ = name.rpartition(".")
        found = PathFinder.find_spec(name, _places(package) if package else None)
        file = found.origin if found else None
    return Path(file) if file and file.endswith(".py") else None


def _places(package: str) -> list[str]:
    if package in sys.modules:
        return list(vars(sys.modules[package]).get("__path__", ()))
    file = _file(package)
    return [str(file.parent)] if file and file.name == "__init__.py" else []


def _code(path: Path) -> Code | None:
    try:
        return _parsed(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None


_parsed = lru_cache(maxsize=256)(Code.parse)


def _imported(module: Module) -> Iterator[str]:
    """Yield the names of what a module imports, wherever in it; some are no modules."""
    for node in module.code.nodes if module.code else ():
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from imported_from(node, module)


def imported_from(node: ast.ImportFrom, module: Module) -> Iterator[str]:
    """Yield the names that may be meant by a ``from ... import`` in a module."""
    parts = module.name.split(".")
    if module.path.name == "__init__.py":
        parts.append("")
    base = ".".join(filter(None, (*(parts[: -node.level] if node.level else ()), node.module)))
    yield base
    yield from (f"{base}.{alias.name}" for alias in node.names)
