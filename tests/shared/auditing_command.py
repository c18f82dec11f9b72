"""``grader audit`` as a command, for tests of what it comes to."""

import subprocess
import sys


def audit(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it, and keep what it prints."""
    program = [sys.executable, "-m", "grader", "audit", *arguments]
    return subprocess.run(program, capture_output=True, text=True, check=False)
