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


def test_one_that_is_given_up_holds_no_socket() -> None:
    here, there = socket.socketpair()
    with there:
        ForkedProcess(2**22 + 1, here).close()
    assert here.fileno() == -1
