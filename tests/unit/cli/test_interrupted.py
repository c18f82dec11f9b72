"""Ctrl-C before there is a command line ends quietly, too."""

import subprocess
import sys

LOADING = """
import sys

class Pressed:
    def find_spec(self, name, path=None, target=None):
        if name == "grader.cli.audit":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Pressed())
from grader.__main__ import main
main()
"""


def test_an_interruption_while_modules_are_loaded_is_no_traceback() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOADING], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
