"""``grader grade`` as it is, with small limits, that tells how large its own process has been.

Run as a program: the first argument names a file for that, the others are the command's.
"""

import sys
from dataclasses import replace
from pathlib import Path

from memory import resident

from grader import cli
from grader.assignments import chosen
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.processes.limits import MIB, Limits

LIMITS = Limits(
    cell_s=60, notebook_s=180, grace_s=5, probe_s=10, disk_bytes=100 * MIB, files=5_000,
    memory_bytes=2_000 * MIB, output_bytes=MIB, outputs_bytes=2 * MIB,
)  # fmt: skip


def main() -> None:
    """Grade, and write down how large this process was at most."""
    told = Path(sys.argv.pop(1))
    chosen.chosen = lambda *_, **__: [replace(happy_or_sad, limits=LIMITS)]
    try:
        cli.main()
    finally:
        told.write_text(str(resident("VmHWM")), "utf-8")


if __name__ == "__main__":
    main()
