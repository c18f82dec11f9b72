"""A forked process, with somebody else in the template's place."""

import socket
import subprocess
import sys

from grader.processes.template.forked import ForkedProcess


def test_a_process_of_whose_end_nobody_has_told_yet_can_be_killed() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    here, there = socket.socketpair()
    with here, there:
        process = ForkedProcess(ended.pid, here)
        process.kill()
        assert process.poll() is None
