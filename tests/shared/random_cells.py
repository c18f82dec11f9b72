"""Cells of solutions, drawn at random: all that Python has, in whatever spacing."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

NAMES = [f"{letter}{number}" for letter in "pqrsuvw" for number in range(3)]
WORDS = ["Which", "layer", "comes", "first", "scale", "it", "don't", "(see above)", "150x150", "→"]
STRINGS = [
    '"text"', "'other'", 'b"\\x00"', 'r"\\d"', '"it\'s # no comment"', '"### END CODE HERE"',
    '"""one\n### END CODE HERE\ntwo"""', "'''\n    ### START CODE HERE\n'''",
    '"a\\\n# END CODE HERE"', "'''# release: keep'''",
]  # fmt: skip
NUMBERS = ["1", "0.5", "1e-3", "150", "0x1f", "2j", "True"]
OPERATORS = [
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "**",
    "@",
    "==",
    "!=",
    "<=",
    "and",
    "or",
    "in",
    "is not",
]


@dataclass
class Drawn:
    """A cell of a solution.

    Args:
        source: The cell.
        comments: Lines that are written for students.
        kept: Lines of code that they get as they are.
        written: Lines of code that they get in the place of others.
    """

    source: str = ""
    comments: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


class Author:
    """Writes one cell.

    Args:
        draw: Decides.
    """

    def __init__(self, draw: random.Random) -> None:
        self.draw, self.drawn = draw, Drawn()
        self.indent = draw.choice(["    ", "\t", "  "])

    def chance(self, one_in: int) -> bool:
        return self.draw.randint(1, one_in) == 1

    def pick(self, several: Sequence[str]) -> str:
        return self.draw.choice(several)

    def name(self) -> str:
        return self.pick(NAMES)

    def atom(self) -> str:
        return self.pick([*NAMES, *NUMBERS, *STRINGS])

    def expression(self, depth: int = 2) -> str:
        if depth == 0 or self.chance(3):
            return self.atom()
        inner: list[Callable[[], str]] = [
            lambda: f"{self.name()}.{self.name()}{self.arguments(depth - 1)}",
            lambda: f"{self.name()}{self.arguments(depth - 1)}",
            lambda: f"({self.expression(depth - 1)} {self.pick(OPERATORS)} {self.atom()})",
            lambda: f"[{self.atom()} for {self.name()} in {self.name()} if {self.name()}]",
            lambda: f"{{{self.name()}: {self.expression(depth - 1)}, **{self.name()}}}",
            lambda: f"(lambda {self.name()}=1: {self.expression(depth - 1)})",
            lambda: f"({self.name()} if {self.name()} else {self.expression(depth - 1)})",
            lambda: f"{self.name()}[{self.expression(depth - 1)}:]",
            lambda: f'f"{{{self.name()}:>3}} and {{{self.name()}.{self.name()}}}"',
            lambda: f"({self.name()} := {self.atom()})",
        ]
        return self.draw.choice(inner)()

    def arguments(self, depth: int) -> str:
        """Write what is between the brackets of a call, over several lines or in one."""
        positional = [self.expression(depth) for _ in range(self.draw.randint(0, 2))]
        named = [f"k{at}={self.expression(depth)}" for at in range(self.draw.randint(0, 2))]
        given = [*positional, *named]
        if not given or self.chance(2):
            return f"({', '.join(given)})"
        note = "  # release nothing" if self.chance(4) else ""
        lines = ",\n".join(f"\t  {each}" for each in given)
        return f"({note}\n{lines},\n)"

    def simple(self) -> str:
        """Write a statement without a block, over several lines or in one."""
        made: list[Callable[[], str]] = [
            lambda: f"{self.name()} = {self.expression()}",
            lambda: f"{self.name()} = {self.name()} = {self.expression()}",
            lambda: f"{self.name()}, ({self.name()}, *{self.name()}) = {self.expression()}",
            lambda: f"{self.name()}.{self.name()} = {self.expression()}",
            lambda: f"{self.name()}[{self.expression(1)}] = {self.expression()}",
            lambda: f"{self.name()}: {self.name()}[{self.name()}] = {self.expression()}",
            lambda: f"{self.name()} {self.pick(['+', '-', '@', '//'])}= {self.expression()}",
            lambda: f"{self.name()}.{self.name()}{self.arguments(2)}",
            lambda: f"{self.name()} = {self.name()} + \\\n   {self.expression(1)}",
            lambda: f"{self.name()} = {self.atom()}; {self.name()}{self.arguments(1)}",
            lambda: f"return {self.expression()}",
            lambda: f"if {self.expression(1)}: {self.name()}{self.arguments(1)}",
            lambda: f"from {self.name()} import {self.name()} as {self.name()}, {self.name()}",
            lambda: f"assert {self.expression(1)}, {self.atom()}",
            lambda: f"del {self.name()}[{self.atom()}], {self.name()}.{self.name()}",
            lambda: f"{self.name()} = yield {self.expression(1)}",
            lambda: f"raise {self.name()}{self.arguments(1)} from {self.name()}",
            lambda: "pass",
        ]
        return self.draw.choice(made)()

    def heads(self) -> list[str]:
        """Write the first lines of the blocks of one statement."""
        made: list[Callable[[], list[str]]] = [
            lambda: [f"if {self.expression(1)}:", f"elif {self.name()}:", "else:"],
            lambda: [f"for {self.name()}, {self.name()} in {self.expression(1)}:", "else:"],
            lambda: [f"while {self.expression(1)}:"],
            lambda: [f"with {self.expression(1)} as {self.name()}, {self.name()}:"],
            lambda: [
                "try:",
                f"except ({self.name()}, {self.name()}) as {self.name()}:",
                "finally:",
            ],
            lambda: [f"@{self.name()}{self.arguments(1)}\ndef {self.name()}({self.name()}=1):"],
            lambda: [f"async def {self.name()}():"],
            lambda: [f"class {self.name()}({self.name()}.{self.name()}):"],
        ]
        return self.draw.choice(made)()

    def match(self, depth: int) -> list[str]:
        patterns = ["case 1 | 2:", "case [x, *rest]:", 'case {"k": y}:', "case p0.q0(z=3):"]
        lines = f"match {self.expression(1)}:".split("\n")
        for pattern in [*patterns[: self.draw.randint(1, 4)], "case _:"]:
            lines += self.indented([pattern, *self.indented(self.block(depth - 1))])
        return lines

    def compound(self, depth: int) -> list[str]:
        if self.chance(6):
            return self.match(depth)
        lines = []
        for head in self.heads():
            lines += [*head.split("\n"), *self.indented(self.block(depth - 1))]
        return lines

    def block(self, depth: int) -> list[str]:
        """Write a block of which students get nothing."""
        lines: list[str] = []
        for _ in range(self.draw.randint(1, 3)):
            if self.chance(3):
                lines.append(f"# {self.pick(WORDS)} {self.name()}({self.name()}, {self.name()})")
            lines += self.statement(depth)
            if self.chance(6):
                lines.append("# and so on")
        return lines

    def statement(self, depth: int) -> list[str]:
        if depth and self.chance(2):
            return self.compound(depth)
        return self.simple().split("\n")

    def indented(self, lines: list[str]) -> list[str]:
        """Indent a block; what is in strings stays where it is, or strings would change."""
        return [self.indent + line for line in lines]

    def region(self) -> list[str]:
        """Write what stands between two markers, with comments that are for students."""
        # There is something to be hidden, whatever else there is.
        lines = self.simple_secret()
        for _ in range(self.draw.randint(0, 5)):
            if self.chance(3):
                lines.append("")
            if self.chance(3):
                words = [self.pick(WORDS) for _ in range(3)]
                lines.append(f"# {' '.join(words)}")
                self.drawn.comments.append(lines[-1])
            lines += self.steered() if self.chance(4) else self.statement(2)
        return lines

    def bracketed(self) -> list[str]:
        """Write a call with its arguments between the markers."""
        given = [self.expression() for _ in range(self.draw.randint(1, 3))]
        given += [f"k{at}={self.expression()}" for at in range(self.draw.randint(0, 3))]
        given += self.draw.choice([[], [f"*{self.name()}"], [f"**{self.name()}"]])
        lines = ["f(hidden, p0, q0),"]
        for each in given:
            if self.chance(3):
                lines.append(f"# {self.pick(WORDS)} {self.pick(WORDS)} first")
                self.drawn.comments.append(lines[-1])
            lines += f"{each},".split("\n")
        return ["given = call(", "### START CODE HERE", *lines, "### END CODE HERE", ")"]

    def simple_secret(self) -> list[str]:
        return [f"{self.name()}({self.name()}, {self.name()}, hidden)"]

    def steered(self) -> list[str]:
        """Write a line of which the author says what students get."""
        code = f"{self.name()} = {self.name()}({self.name()}, {self.name()})"
        way = self.pick(["keep", "above", "drop", "as"])
        if way == "keep":
            self.drawn.kept.append(code)
            return [f"{code}  # release: keep"]
        if way == "above":
            block = self.statement(1)
            if any("# release" in line for line in block):
                return [f"{code}  # release: drop"]
            self.drawn.kept += block
            return ["# release: keep", *block]
        if way == "drop":
            return ["# release: drop", *self.statement(1)]
        self.drawn.written.append("stated = own(1, 2, 3)")
        return [f"{code}  # release as: {self.drawn.written[-1]}"]


def drawn(seed: int) -> Drawn:
    """Draw a cell with one region, in a function or on its own."""
    author = Author(random.Random(seed))  # noqa: S311 - nothing is kept secret with it
    if author.chance(4):
        region = author.bracketed()
    else:
        region = ["### START CODE HERE", *author.region(), "### END CODE HERE"]
    head = ["# GRADED FUNCTION: area"]
    if author.chance(2):
        body = author.indented(["given(1)", *region, f"return {author.name()}"])
        lines = [*head, "def area(width):", *body]
    else:
        lines = [*head, *region, "given = 1"]
    author.drawn.source = "\n".join(lines)
    return author.drawn


# Hypothesis draws the seed alone: to draw each name by itself takes it a hundred times as long.
cells = st.integers(0, 2**32).map(drawn)
