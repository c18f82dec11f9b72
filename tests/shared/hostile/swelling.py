"""Attacks on the memory of the grader: what it is told, and what it does not read."""

from typing import Any

from grader.processes.limits import MIB
from hostile.attack import RAN, Ending, attack
from hostile.harm import none

LONG = 6.0
SMALL: dict[str, Any] = {
    "cell_s": LONG,
    "output_bytes": MIB,
    "outputs_bytes": 2 * MIB,
    "grace_s": 1.0,
    "probe_s": 2.0,
}
# What a kernel may do with its own sockets: the frame is 1 MB, below the longest of all.
TELLING = """\
import time
import zmq
app = get_ipython().kernel.parent
ident = get_ipython().kernel._parent_ident["shell"][0]
frame = bytes(1_000_000)
def say(socket, *frames):
    zmq.Socket.shadow(socket.underlying).send_multipart([ident, *frames])
"""
ENDS = RAN | {Ending.OUTPUT, Ending.CELL_TIMED_OUT, Ending.DIED}

ATTACKS = (
    attack(
        "swells-by-cells",
        "Prints nearly as much as a cell may, in twelve cells.",
        none,
        *["print('x' * 7_900_000)"] * 12,
        ends=Ending.OUTPUT,
        grace_s=1.0,
        output_bytes=8 * MIB,
    ),
    attack(
        "swells-by-questions",
        "Sends 100 MB as questions, to which nobody listens.",
        none,
        TELLING + "for _ in range(100): say(app.stdin_socket, frame)\ntime.sleep(1)",
        ends=ENDS,
        **SMALL,
    ),
    attack(
        "swells-by-parts",
        "Shows one message of 100 parts and 100 MB.",
        none,
        TELLING + "say(app.iopub_thread.socket, *[frame] * 100)\ntime.sleep(1)",
        ends=ENDS,
        **SMALL,
    ),
    attack(
        "swells-by-answers",
        "Answers what nobody has asked, with 100 MB in one message.",
        none,
        TELLING + "say(app.shell_socket, *[frame] * 100)\ntime.sleep(1)",
        ends=ENDS,
        **SMALL,
    ),
)
