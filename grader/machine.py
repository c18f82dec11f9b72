"""What this machine is, as far as a grade depends on it."""

import platform
import sys
from pathlib import Path

KERNEL_PACKAGES = ("tensorflow", "keras", "numpy", "ipykernel", "nbclient")


def processor() -> str:
    """Return the processor's name; training's last digits depend on it."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def python() -> str:
    """Return the version of this Python."""
    return ".".join(map(str, sys.version_info[:3]))
