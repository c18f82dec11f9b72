"""Tries what isolation is to stop: for ``grader doctor --prove``, and for the tests of each layer.

Each trial does one thing that no submission may, in a way that harms nobody, and returns when it
could be done. Whatever stops it is an ``OSError``.
"""

import ctypes
import os
import resource
import signal
import socket
import tempfile
from pathlib import Path

from grader.isolation import libc
from grader.isolation.commands import COMMANDS
from grader.isolation.commons import COMMONS
from grader.isolation.surroundings import Surroundings, Trial

_PTRACE_SEIZE = {"x86_64": (101, 0x4206), "aarch64": (117, 0x4206)}


def read_a_file(around: Surroundings) -> None:
    """Read a file outside the work folder."""
    around.secret.read_bytes()


def read_through_a_link(around: Surroundings) -> None:
    """Read it through a symbolic link."""
    link = around.own / "link"
    link.symlink_to(around.secret)
    link.read_bytes()


def read_through_proc(around: Surroundings) -> None:
    """Read it through another process's root."""
    root = Path(f"/proc/{around.neighbour}/root")
    (root / around.secret.relative_to("/")).read_bytes()


def link_to_a_file(around: Surroundings) -> None:
    """Make a hard link to it in the work folder."""
    os.link(around.secret, around.own / "hard")


def write_a_file(around: Surroundings) -> None:
    """Write beside it."""
    around.secret.with_name("written").write_bytes(b"x")


def truncate_a_file(around: Surroundings) -> None:
    """Cut it off."""
    os.truncate(around.secret, 1)


def remove_a_file(around: Surroundings) -> None:
    """Remove a file outside the work folder."""
    around.secret.with_name("removable").unlink()


def connect_by_tcp(_: Surroundings) -> None:
    """Open a TCP socket and listen."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.listen()


def send_by_udp(_: Surroundings) -> None:
    """Send a datagram."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", ("127.0.0.1", 9))


def listen_on_a_unix_socket(around: Surroundings) -> None:
    """Listen on a Unix socket in the work folder."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(around.own / "socket"))


def start_a_process(_: Surroundings) -> None:
    """Start a process."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def signal_a_process(around: Surroundings) -> None:
    """Send a signal to another process."""
    os.kill(around.neighbour, signal.SIGCONT)


def renice_a_process(around: Surroundings) -> None:
    """Change another process's priority."""
    os.setpriority(os.PRIO_PROCESS, around.neighbour, 5)


def limit_a_process(around: Surroundings) -> None:
    """Change another process's limits."""
    soft, hard = resource.prlimit(around.neighbour, resource.RLIMIT_CORE)
    resource.prlimit(around.neighbour, resource.RLIMIT_CORE, (soft, hard))


def trace_a_process(around: Surroundings) -> None:
    """Look into another process's memory."""
    machine = os.uname().machine
    number, request = _PTRACE_SEIZE.get(machine, (0, 0))
    libc.checked(libc.syscall(number, request, around.neighbour, 0, 0), "ptrace")


def read_an_environment(around: Surroundings) -> None:
    """Read another process's environment."""
    Path(f"/proc/{around.neighbour}/environ").read_bytes()


def read_a_command_line(around: Surroundings) -> None:
    """Read another process's command line."""
    Path(f"/proc/{around.neighbour}/cmdline").read_bytes()


def watch_a_file(around: Surroundings) -> None:
    """Be told when somebody opens a file."""
    library, all_events = ctypes.CDLL(None, use_errno=True), 0xFFF
    watch = library.inotify_add_watch(library.inotify_init(), bytes(around.secret), all_events)
    libc.checked(watch, "inotify")


def send_from_a_pair(_: Surroundings) -> None:
    """Make a pair of sockets that can send elsewhere."""
    for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
        end.close()


def leave_shared_memory(around: Surroundings) -> None:
    """Leave a file in memory that all processes share."""
    path = Path("/dev/shm") / f"grader-{around.neighbour}"  # noqa: S108 - that it is shared is the point
    path.touch()
    path.unlink()


def hide_memory(_: Surroundings) -> None:
    """Take memory that no process is seen to have."""
    os.close(os.memfd_create("hidden"))


def make_a_namespace(_: Surroundings) -> None:
    """Leave the namespaces that it is in."""
    clone_newuser = 0x10000000
    library = ctypes.CDLL(None, use_errno=True)
    libc.checked(library.unshare(clone_newuser), "unshare")


def fill_the_disk(around: Surroundings) -> None:
    """Make a file of a gibibyte; it has a hole, and takes no room."""
    with tempfile.TemporaryFile(dir=around.own) as file:
        file.truncate(1 << 30)


TRIALS: tuple[Trial, ...] = (
    # First, as a neighbour that has been traced no longer answers to signals.
    *COMMANDS,
    *COMMONS,
    read_a_file,
    read_through_a_link,
    read_through_proc,
    link_to_a_file,
    write_a_file,
    truncate_a_file,
    remove_a_file,
    connect_by_tcp,
    send_by_udp,
    listen_on_a_unix_socket,
    start_a_process,
    signal_a_process,
    renice_a_process,
    limit_a_process,
    trace_a_process,
    read_an_environment,
    read_a_command_line,
    watch_a_file,
    send_from_a_pair,
    leave_shared_memory,
    hide_memory,
    make_a_namespace,
    fill_the_disk,
)
