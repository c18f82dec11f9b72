"""Source code in a form that differs only where the code does something else, or in its words.

Bytecode differs from one Python to the next and ``ast.dump`` from one minor version to the next;
what ``ast.unparse`` writes does not depend on comments, spacing, line ends or quotes.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from grader.notebook.source import syntax_tree

Block = TypeVar("Block", ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Arguments that a student reads.
_WORDS = frozenset({"hint", "title"})


@dataclass(frozen=True)
class Code:
    """A module.

    Args:
        tree: All but its docstrings; the nodes have the lines of the file.
        judging: The same in its normal form, without hints and titles.
        words: These hints and titles, in order.
    """

    tree: ast.Module
    judging: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """All but its docstrings, in its normal form."""
        return ast.unparse(self.tree)

    @cached_property
    def nodes(self) -> Sequence[ast.AST]:
        """All nodes of the tree."""
        return list(ast.walk(self.tree))

    @classmethod
    def parse(cls, content: bytes) -> "Code":
        """Read a module.

        Args:
            content: Of its file.

        Raises:
            SyntaxError: It is none.
            ValueError: Likewise.
        """
        # Parsed twice, as a copy takes longer.
        tree, other = (_WithoutDocstrings().visit(syntax_tree(content)) for _ in range(2))
        apart = _WordsApart()
        judging = ast.unparse(apart.visit(other))
        return cls(tree, judging, tuple(apart.words))


class _WithoutDocstrings(ast.NodeTransformer):
    """Takes out docstrings, also those of variables."""

    def visit_Module(self, node: ast.Module) -> ast.AST:
        return self._block(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._block(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._block(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._block(node)

    def _block(self, node: Block) -> ast.AST:
        node.body = [each for each in node.body if not _is_text(each)]
        if not node.body and not isinstance(node, ast.Module):
            node.body = [ast.Pass()]
        return self.generic_visit(node)


class _WordsApart(ast.NodeTransformer):
    """Takes out hints and titles."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def visit_Call(self, node: ast.Call) -> ast.AST:
        for keyword in node.keywords:
            if keyword.arg in _WORDS:
                keyword.value = self._apart(keyword.value)
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "Assignment" and len(node.args) > 1:
            node.args[1] = self._apart(node.args[1])
        return self.generic_visit(node)

    def _apart(self, value: ast.expr) -> ast.expr:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            self.words.append(value.value)
            return ast.Constant("")
        return value


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
