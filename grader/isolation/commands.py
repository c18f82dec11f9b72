"""Trials of what can be asked of a system call that in itself is harmless."""

import ctypes
import fcntl
import mmap
import os
import platform
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.isolation import libc
from grader.isolation.arguments import CLOCKS
from grader.isolation.surroundings import SIGNAL, Surroundings, Trial
from grader.isolation.syscalls import ARCHITECTURES, SHARED, TRACING, Numbers

# As asm-generic/{fcntl,sockios}.h and linux/{fcntl,fs,prctl}.h name them.
_SET_OWNER, _SET_SIGNAL, _ASYNC, _SIGNALLED_WITHIN_S = 0x8901, 10, 0x2000, 0.5
_GET_FLAGS, _SET_FLAGS, _NO_DUMP = 0x80086601, 0x40086602, 0x40
_PIPE_SIZE, _SET_DUMPABLE = 1031, 4
# Linux's number of the clock of another process: (~pid << 3) | CPUCLOCK_SCHED.
_SCHED = 2
_CAPABILITIES_3 = 0x20080522
# Reserving it takes no memory, but what maps it may be as large as all that the machine has.
_ADDRESSES, _NO_RESERVE = 1 << 40, 0x4000


def take_a_lease(around: Surroundings) -> None:
    """Have everybody wait who opens a file."""
    with _file(around) as file:
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)


def lock_a_file(around: Surroundings) -> None:
    """Lock a file that may only be read."""
    with _file(around) as one, _file(around) as other:
        fcntl.flock(one, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
    raise OSError("it is said to be locked, and is not")


def watch_a_folder(around: Surroundings) -> None:
    """Be signalled when somebody opens a file of a folder."""
    folder = os.open(around.own, os.O_RDONLY)
    try:
        fcntl.fcntl(folder, fcntl.F_NOTIFY, 0)
    finally:
        os.close(folder)


def mark_a_file(around: Surroundings) -> None:
    """Change what the file system notes of a file, which needs no right to write to it."""
    with _file(around) as file:
        flags = fcntl.ioctl(file, _GET_FLAGS, bytes(8))
        [number] = struct.unpack("=q", flags)
        fcntl.ioctl(file, _SET_FLAGS, struct.pack("=q", number | _NO_DUMP))


def signal_by_a_socket(around: Surroundings) -> None:
    """Have the system signal another process, as the owner of a socket."""
    around.signalled.unlink(missing_ok=True)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        fcntl.ioctl(ours, _SET_OWNER, struct.pack("=i", around.neighbour))
        fcntl.fcntl(ours, _SET_SIGNAL, SIGNAL)
        fcntl.fcntl(ours, fcntl.F_SETFL, fcntl.fcntl(ours, fcntl.F_GETFL) | _ASYNC)
        theirs.send(b"x")
        end = time.monotonic() + _SIGNALLED_WITHIN_S
        while not around.signalled.exists():
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(0.01)


def read_a_clock(around: Surroundings) -> None:
    """See how much processor time another process has used."""
    time.clock_gettime(~around.neighbour << 3 | _SCHED)


def set_an_alarm(around: Surroundings) -> None:
    """Be told when another process has used some."""
    _call(
        CLOCKS["timer_create"],
        ~around.neighbour << 3 | _SCHED,
        None,
        ctypes.create_string_buffer(8),
    )


def ask_for_a_session(around: Surroundings) -> None:
    """Ask for another process's session."""
    os.getsid(around.neighbour)


def ask_for_a_group(around: Surroundings) -> None:
    """Ask for another process's group."""
    os.getpgid(around.neighbour)


def ask_for_a_priority(around: Surroundings) -> None:
    """Ask for another process's priority."""
    os.getpriority(os.PRIO_PROCESS, around.neighbour)


def ask_for_processors(around: Surroundings) -> None:
    """Ask which processors another process may use."""
    os.sched_getaffinity(around.neighbour)


def ask_for_capabilities(around: Surroundings) -> None:
    """Ask what another process may do."""
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITIES_3, around.neighbour), 8)
    _call(TRACING["capget"], header, ctypes.create_string_buffer(24))


def hold_a_process(around: Surroundings) -> None:
    """Keep hold of another process, to be told when it ends."""
    os.close(os.pidfd_open(around.neighbour))


def ask_who_is_there(_: Surroundings) -> None:
    """Ask which process is at the other end of a socket."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)


def send_an_open_file(around: Surroundings) -> None:
    """Put an open file into a message, where no process is seen to have it."""
    ours, theirs = socket.socketpair()
    with ours, theirs, _file(around) as file:
        socket.send_fds(ours, [b"x"], [file])


def enlarge_a_pipe(_: Surroundings) -> None:
    """Have a pipe hold more than it usually does, in memory that no process is seen to have."""
    reads, writes = os.pipe()
    try:
        fcntl.fcntl(writes, _PIPE_SIZE, 1 << 20)
    finally:
        os.close(reads)
        os.close(writes)


def keep_pages_in_a_pipe(_: Surroundings) -> None:
    """Leave memory in a pipe."""
    reads, writes = os.pipe()
    page = ctypes.create_string_buffer(mmap.PAGESIZE)
    vector = ctypes.create_string_buffer(struct.pack("@PN", ctypes.addressof(page), len(page)), 16)
    try:
        _call(SHARED["vmsplice"], writes, vector, 1, 0)
    finally:
        os.close(reads)
        os.close(writes)


def see_what_is_cached(around: Surroundings) -> None:
    """See which parts of a file have been read."""
    with _file(around) as file, mmap.mmap(file, 0, mmap.MAP_PRIVATE) as mapped:
        start = ctypes.addressof(ctypes.c_char.from_buffer(mapped))
        _call(TRACING["mincore"], start, mmap.PAGESIZE, ctypes.create_string_buffer(1))


def lock_memory(_: Surroundings) -> None:
    """Keep memory from being lent to others."""
    page = ctypes.create_string_buffer(mmap.PAGESIZE)
    _call(SHARED["mlock"], ctypes.addressof(page), 1)


def hide_from_the_grader(_: Surroundings) -> None:
    """Keep whoever grades from counting what it has open."""
    libc.checked(libc.prctl(_SET_DUMPABLE, 0), "prctl")
    libc.checked(libc.prctl(_SET_DUMPABLE, 1), "prctl")


def see_sockets(_: Surroundings) -> None:
    """See the sockets of all processes."""
    Path("/proc/self/net/unix").read_bytes()


def see_mounts(_: Surroundings) -> None:
    """See which folders are mounted where."""
    Path("/proc/self/mountinfo").read_bytes()


def see_processes(_: Surroundings) -> None:
    """List all processes."""
    list(Path("/proc").iterdir())


def reserve_addresses(_: Surroundings) -> None:
    """Map far more than the memory of any machine, whose page tables alone would fill it."""
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _NO_RESERVE
    mmap.mmap(-1, _ADDRESSES, flags, mmap.PROT_READ).close()


COMMANDS: tuple[Trial, ...] = (
    take_a_lease,
    lock_a_file,
    watch_a_folder,
    mark_a_file,
    signal_by_a_socket,
    read_a_clock,
    set_an_alarm,
    ask_for_a_session,
    ask_for_a_group,
    ask_for_a_priority,
    ask_for_processors,
    ask_for_capabilities,
    hold_a_process,
    ask_who_is_there,
    send_an_open_file,
    enlarge_a_pipe,
    keep_pages_in_a_pipe,
    see_what_is_cached,
    lock_memory,
    hide_from_the_grader,
    see_sockets,
    see_mounts,
    see_processes,
    reserve_addresses,
)


@contextmanager
def _file(around: Surroundings) -> Iterator[int]:
    """Open a file for reading alone, as anybody can who may read it."""
    path = around.own / "notes"
    path.write_bytes(b"notes")
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        yield file
    finally:
        os.close(file)


def _call(numbers: Numbers, *arguments: libc.Argument) -> None:
    number = numbers[ARCHITECTURES[platform.machine()][1]]
    libc.checked(libc.syscall(-1 if number is None else number, *arguments), "system call")
