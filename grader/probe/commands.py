"""Lines that would run commands do nothing while grading, and say so; the code goes on.

They do in every kernel that grades, confined or not: in Jupyter, too, a command that fails does not
end its cell.
"""

from typing import Any

from grader.probe.notes import Notes

# Magics that run a command, beside those of the modules below; %shell is Colab's.
_LINES = frozenset({"sx", "system", "sc", "tensorboard", "shell", "man", "qtconsole"})
_CELLS = frozenset({"!", "sx", "system", "shell"})
_MODULES = ("IPython.core.magics.packaging", "IPython.core.magics.script")
_LOADING = frozenset({"load_ext", "reload_ext"})
# What it starts is a program.
_EXTENSIONS = frozenset({"tensorboard"})


class Commands:
    """Stands in for those methods of the notebook's shell that run commands.

    Args:
        shell: IPython's.
        notes: Of what does nothing.
    """

    def __init__(self, shell: Any, notes: Notes) -> None:
        self._shell = shell
        self._notes = notes
        self._line_magic = shell.run_line_magic
        self._cell_magic = shell.run_cell_magic

    def install(self) -> None:
        """Put them in place."""
        for name in ("system", "system_piped", "system_raw"):
            setattr(self._shell, name, self.system)
        self._shell.getoutput = self.getoutput
        self._shell.run_line_magic = self.run_line_magic
        self._shell.run_cell_magic = self.run_cell_magic

    def system(self, command: str) -> None:
        """Stand in for what ``!command`` calls."""
        self._notes.leave_out(f"!{command}")

    def getoutput(self, command: str, split: bool = True, depth: int = 0) -> Any:  # noqa: ARG002, FBT001, FBT002 - as IPython's
        """Stand in for what ``x = !command`` calls: there is no output."""
        self._notes.leave_out(f"!{command}")
        return _no_output(split=split)

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a line magic, unless it is a command or is not known here."""
        magic = self._shell.find_line_magic(magic_name)
        words = f"%{magic_name} {line}"
        if magic_name in _LINES or _is_command(magic):
            self._notes.leave_out(words)
            return _no_output()
        if magic is None:
            return self._notes.leave_out(words, "magic")
        if magic_name in _LOADING and line.strip() in _EXTENSIONS:
            return self._notes.leave_out(words)
        try:
            return self._line_magic(magic_name, line, _stack_depth + 1)
        except ImportError:
            if magic_name not in _LOADING:
                raise
            return self._notes.leave_out(words, "extension")

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """Run a cell magic, unless it is a command; one that is not known raises, as in Jupyter."""
        if magic_name in _CELLS or _is_command(self._shell.find_cell_magic(magic_name)):
            self._notes.leave_out(f"%%{magic_name} {line}")
            return _no_output()
        return self._cell_magic(magic_name, line, cell)


def _is_command(magic: Any) -> bool:
    """Whether a magic, or an alias such as %ls, would run a program."""
    from IPython.core.alias import Alias

    return isinstance(magic, Alias) or getattr(magic, "__module__", "") in _MODULES


def _no_output(*, split: bool = True) -> Any:
    from IPython.utils.text import LSString, SList

    return SList() if split else LSString("")
