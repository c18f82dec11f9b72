"""The command line: ``grader`` and ``python -m grader``.

Commands import what they need when they run, so that ``--help`` answers at once.
"""

import sys
import traceback

import typer

from grader.cli.check import check
from grader.cli.data import data
from grader.cli.doctor import doctor
from grader.cli.grade import grade
from grader.cli.run import run
from grader.errors import GraderError, KernelFault

USAGE, FAULT, INTERRUPTED = 2, 3, 130

app = typer.Typer(
    name="grader",
    help="Grades deep-learning notebooks and explains the grade.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (check, grade, run, doctor):
    app.command()(command)
app.add_typer(data, name="data")


def main() -> None:
    """Run the command line; turn ordinary mistakes into one line and an exit code."""
    try:
        app()
    except GraderError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(FAULT if isinstance(error, KernelFault) else USAGE)
    except KeyboardInterrupt:
        print("interrupted; what was finished is kept", file=sys.stderr)  # noqa: T201
        sys.exit(INTERRUPTED)
    except Exception:  # noqa: BLE001 - exit code 3 tells scripts that the fault is the grader's
        traceback.print_exc()
        print("This is a fault of the grader, please report it.", file=sys.stderr)  # noqa: T201
        sys.exit(FAULT)
