"""The command line: ``grader`` and ``python -m grader``.

Commands import what they need when they run, so that ``--help`` answers at once.
"""

import errno
import io
import signal
import sys
import traceback
from typing import Annotated, NoReturn

import typer

from grader import __version__
from grader.cli.audit import audit
from grader.cli.check import check
from grader.cli.data import data
from grader.cli.doctor import doctor
from grader.cli.grade import grade
from grader.cli.memo import memo
from grader.cli.new import new
from grader.cli.release import release
from grader.cli.run import run
from grader.errors import GraderError, KernelFault, UsageError

USAGE, FAULT, INTERRUPTED = 2, 3, 130
# Of a path that was typed, which the system does not take or does not show.
_UNUSABLE = (errno.ENAMETOOLONG, errno.EACCES)
_LONGEST_SHOWN = 200

app = typer.Typer(
    name="grader",
    help="Grades deep-learning notebooks and explains the grade.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - as typer calls it
    if asked:
        typer.echo(f"grader {__version__}")
        raise typer.Exit


@app.callback()
def _every_command(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
) -> None:
    """Take options that stand before any command."""


for command in (check, grade, run, new, release, audit, doctor):
    app.command()(command)
app.add_typer(data, name="data")
app.add_typer(memo, name="memo")


def main() -> None:
    """Run the command line; turn ordinary mistakes into one line and an exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A notebook prints what it likes; a log file that is not UTF-8 still takes it.
        sys.stdout.reconfigure(errors="backslashreplace")
    # Whoever ends a program politely wants the same as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _refuse_empty(sys.argv[1:])
        app()
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            _say("interrupted; what was finished is kept")
        raise
    except GraderError as error:
        _say(f"error: {error}")
        sys.exit(FAULT if isinstance(error, KernelFault) else USAGE)
    except ModuleNotFoundError as error:
        _say(f"error: {error}. Install the kit again: pip install -r requirements.txt")
        sys.exit(FAULT)
    except OSError as error:
        if error.errno not in _UNUSABLE or error.filename is None:
            _report_fault()
        _say(f"error: {_shown(error.filename)} cannot be used: {error.strerror}.")
        sys.exit(USAGE)
    except Exception:  # noqa: BLE001 - exit code 3 tells scripts that the fault is the grader's
        _report_fault()


def _refuse_empty(arguments: list[str]) -> None:
    """Refuse what would stand for the current folder, and comes of a variable that is not set."""
    for place, argument in enumerate(arguments):
        option = argument.startswith("--") and argument.endswith("=")
        if option or not argument:
            before = arguments[place - 1] if place and not option else argument
            raise UsageError(
                f"There is nothing behind {before.rstrip('=')}: expected a name, found an empty "
                "text. Is a variable of the shell not set?"
            )


def _report_fault() -> NoReturn:
    traceback.print_exc()
    _say("This is a fault of the grader, please report it.")
    sys.exit(FAULT)


def _shown(path: object) -> str:
    text = str(path)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201
