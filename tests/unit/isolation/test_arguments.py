"""What the filter answers to calls that take a command, or that name a process."""

import errno

import pytest
from filtering import MACHINES, OTHER, OWN, decided

from grader.isolation import arguments
from grader.isolation.arguments import CALLS, CLOCKS, ITS_OWN, SCHEDULING, SIGNALS

ALLOW, DONE = 0x7FFF0000, 0x00050000
REFUSED, NO_TERMINAL, NO_CLOCK = (DONE | n for n in (errno.EPERM, errno.ENOTTY, errno.EINVAL))
ANSWERS = {"allowed": ALLOW, "done": DONE, "refused": REFUSED, "no terminal": NO_TERMINAL}
FILE, ADDRESS = 9, 0x7FFF_1234_0000
UNIX, IPV4, STREAM, DATAGRAM, RAW, SEQUENCED, NOT_INHERITED = 1, 2, 1, 2, 3, 5, 0o2000000
OPEN_FILES, LOCKS = 7, 10
THREAD, PROCESS, NAMESPACE = 0x3D0F00, 0x1200011, 0x10000000 | 0x10000
SCHED, THREAD_CLOCK = 2, 6

# By call, what is asked of it: its arguments, and what it is answered.
ASKED: dict[str, dict[str, tuple[tuple[int, ...], str]]] = {
    "mmap": {
        "private and of no file": ((0, 4096, 3, 0x22), "allowed"),
        "private and of a file": ((0, 4096, 3, 0x02), "allowed"),
        "shared and of a file": ((0, 4096, 3, 0x01), "allowed"),
        "shared and of no file": ((0, 4096, 3, 0x21), "refused"),
        "shared and of no file, by the newer flag": ((0, 4096, 3, 0x23), "refused"),
    },
    "fcntl": {
        "F_DUPFD": ((FILE, 0), "allowed"),
        "F_DUPFD_CLOEXEC": ((FILE, 1030), "allowed"),
        "F_GETFD": ((FILE, 1), "allowed"),
        "F_SETFD": ((FILE, 2), "allowed"),
        "F_GETFL": ((FILE, 3), "allowed"),
        "F_SETFL of O_NONBLOCK": ((FILE, 4, 0x802), "allowed"),
        "F_SETFL of O_ASYNC": ((FILE, 4, 0x2002), "refused"),
        "F_GETLK": ((FILE, 5, ADDRESS), "allowed"),
        "F_SETLK": ((FILE, 6, ADDRESS), "done"),
        "F_SETLKW": ((FILE, 7, ADDRESS), "done"),
        "F_OFD_GETLK": ((FILE, 36, ADDRESS), "allowed"),
        "F_OFD_SETLK": ((FILE, 37, ADDRESS), "done"),
        "F_OFD_SETLKW": ((FILE, 38, ADDRESS), "done"),
        "F_GETPIPE_SZ": ((FILE, 1032), "allowed"),
        "F_GET_SEALS": ((FILE, 1034), "allowed"),
        "F_SETOWN": ((FILE, 8, OTHER), "refused"),
        "F_GETOWN": ((FILE, 9), "refused"),
        "F_SETSIG": ((FILE, 10, 9), "refused"),
        "F_SETOWN_EX": ((FILE, 15, ADDRESS), "refused"),
        "F_SETLEASE": ((FILE, 1024, 1), "refused"),
        "F_GETLEASE": ((FILE, 1025), "refused"),
        "F_NOTIFY": ((FILE, 1026, 1), "refused"),
        "F_SETPIPE_SZ": ((FILE, 1031, 2**20), "refused"),
        "F_SET_FILE_RW_HINT": ((FILE, 1038, ADDRESS), "refused"),
        "a command of the future": ((FILE, 1099), "refused"),
        "F_SETLEASE with more bits": ((FILE, 2**32 | 1024, 1), "refused"),
    },
    "ioctl": {
        "TCGETS": ((FILE, 0x5401), "allowed"),
        "TIOCGWINSZ": ((FILE, 0x5413), "allowed"),
        "FIONREAD": ((FILE, 0x541B), "allowed"),
        "FIONBIO": ((FILE, 0x5421), "allowed"),
        "FIONCLEX": ((FILE, 0x5450), "allowed"),
        "FIOCLEX": ((FILE, 0x5451), "allowed"),
        "FIOASYNC": ((FILE, 0x5452), "no terminal"),
        "FIOSETOWN": ((FILE, 0x8901), "no terminal"),
        "SIOCSPGRP": ((FILE, 0x8902), "no terminal"),
        "TIOCSTI": ((FILE, 0x5412), "no terminal"),
        "FS_IOC_SETFLAGS": ((FILE, 0x40086602), "no terminal"),
        "FS_IOC_FSSETXATTR": ((FILE, 0x401C5820), "no terminal"),
        "FS_IOC_ENABLE_VERITY": ((FILE, 0x40806685), "no terminal"),
        "FS_IOC_SETVERSION": ((FILE, 0x40087602), "no terminal"),
        "SIOCGIFCONF": ((FILE, 0x8912), "no terminal"),
    },
    "prctl": {
        "PR_SET_NAME": ((15,), "allowed"),
        "PR_SET_VMA": ((0x53564D41,), "allowed"),
        "PR_GET_DUMPABLE": ((3,), "allowed"),
        "PR_SET_PDEATHSIG": ((1, 9), "refused"),
        "PR_SET_DUMPABLE": ((4, 0), "refused"),
        "PR_SET_SECCOMP": ((22, 2), "refused"),
        "PR_SET_MM": ((35,), "refused"),
        "PR_SET_CHILD_SUBREAPER": ((36, 1), "refused"),
        "PR_SCHED_CORE": ((62, 0, OTHER), "refused"),
        "PR_SET_PTRACER": ((0x59616D61, OTHER), "refused"),
        "PR_SET_MEMORY_MERGE": ((67, 1), "refused"),
    },
    "madvise": {
        "MADV_DONTNEED": ((ADDRESS, 4096, 4), "allowed"),
        "MADV_FREE": ((ADDRESS, 4096, 8), "allowed"),
        "MADV_HUGEPAGE": ((ADDRESS, 4096, 14), "allowed"),
        "MADV_MERGEABLE": ((ADDRESS, 4096, 12), "refused"),
        "MADV_PAGEOUT": ((ADDRESS, 4096, 21), "refused"),
        "MADV_HWPOISON": ((ADDRESS, 4096, 100), "refused"),
    },
    "membarrier": {
        "QUERY": ((0,), "allowed"),
        "PRIVATE_EXPEDITED": ((8,), "allowed"),
        "GLOBAL": ((1,), "refused"),
        "GLOBAL_EXPEDITED": ((2,), "refused"),
    },
    "getsockopt": {
        "SO_TYPE": ((FILE, 1, 3), "allowed"),
        "SO_ERROR": ((FILE, 1, 4), "allowed"),
        "SO_PEERCRED": ((FILE, 1, 17), "refused"),
        "SO_PEERPIDFD": ((FILE, 1, 77), "refused"),
        "TCP_INFO": ((FILE, 6, 11), "refused"),
        "the number of SO_TYPE elsewhere": ((FILE, 6, 3), "refused"),
    },
    "socketpair": {
        "streams": ((UNIX, STREAM | NOT_INHERITED), "allowed"),
        "datagrams": ((UNIX, DATAGRAM), "refused"),
        "raw": ((UNIX, RAW | NOT_INHERITED), "refused"),
        "sequenced": ((UNIX, SEQUENCED), "refused"),
        "of another family": ((IPV4, STREAM), "refused"),
    },
    "setrlimit": {
        "open files": ((OPEN_FILES,), "allowed"),
        "the mark": ((LOCKS,), "refused"),
    },
    "prlimit64": {
        "its own": ((0, OPEN_FILES), "allowed"),
        "its own, by number": ((OWN, OPEN_FILES), "allowed"),
        "the mark": ((0, LOCKS), "refused"),
        "another's": ((OTHER, OPEN_FILES), "refused"),
    },
    "getpriority": {
        "its own": ((0, 0), "allowed"),
        "its own, by number": ((0, OWN), "allowed"),
        "another's": ((0, OTHER), "refused"),
        "a group's": ((1, 0), "refused"),
        "a user's": ((2, 0), "refused"),
    },
    "clone": {
        "a thread": ((THREAD,), "allowed"),
        "a process": ((PROCESS,), "refused"),
        "a namespace": ((NAMESPACE,), "refused"),
    },
}  # fmt: skip
ROWS = [
    pytest.param(call, *row, id=f"{call}: {what}")
    for call, rows in ASKED.items()
    for what, row in rows.items()
]
NAMING_A_PROCESS = SIGNALS | ITS_OWN | SCHEDULING


def on(machine: str, name: str) -> int | None:
    """Return the number of a call on a machine."""
    known = CALLS | CLOCKS | NAMING_A_PROCESS
    return known[name][MACHINES.index(machine)]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(("call", "given", "answer"), ROWS)
def test_what_a_command_is_answered(
    machine: str, call: str, given: tuple[int, ...], answer: str
) -> None:
    assert decided(on(machine, call), *given, machine=machine) == ANSWERS[answer]


@pytest.mark.parametrize("command", arguments.LOCKS)
def test_locks_are_real_where_there_are_several_processes(command: int) -> None:
    assert decided(CALLS["fcntl"][0], FILE, command, ADDRESS, processes=True) == ALLOW


@pytest.mark.parametrize(("flags", "answer"), [(PROCESS, ALLOW), (NAMESPACE, REFUSED)])
def test_namespaces_are_not_made_even_where_processes_are(flags: int, answer: int) -> None:
    assert decided(CALLS["clone"][0], flags, processes=True) == answer


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", CLOCKS)
@pytest.mark.parametrize(
    "clock", [0, 1, 4, 11, ~0 << 3 | SCHED, ~OWN << 3 | SCHED, ~OTHER << 3 | THREAD_CLOCK]
)
def test_clocks_of_the_system_and_its_own_are_told(machine: str, name: str, clock: int) -> None:
    assert decided(on(machine, name), clock, machine=machine) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", CLOCKS)
@pytest.mark.parametrize("kind", [0, 1, SCHED, 3])
@pytest.mark.parametrize("pid", [1, 2, OTHER, 4194304])
def test_clocks_of_others_are_not(machine: str, name: str, kind: int, pid: int) -> None:
    assert decided(on(machine, name), ~pid << 3 | kind, machine=machine) == NO_CLOCK


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", NAMING_A_PROCESS)
@pytest.mark.parametrize("target", [0, OWN])
def test_a_process_may_do_to_itself_what_it_likes(machine: str, name: str, target: int) -> None:
    assert decided(on(machine, name), target, machine=machine) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", SIGNALS | ITS_OWN)
@pytest.mark.parametrize("target", [1, OTHER, 2**32 - 1])
def test_it_may_not_do_it_to_others(machine: str, name: str, target: int) -> None:
    assert decided(on(machine, name), target, machine=machine) == REFUSED


@pytest.mark.parametrize("name", SCHEDULING)
def test_scheduling_others_is_said_to_have_worked(name: str) -> None:
    assert decided(SCHEDULING[name][0], OTHER) == DONE


@pytest.mark.parametrize("name", SIGNALS)
def test_it_may_signal_others_where_something_else_sees_to_it_whom(name: str) -> None:
    assert decided(SIGNALS[name][0], OTHER, signals=True) == ALLOW


@pytest.mark.parametrize("name", ITS_OWN)
def test_it_may_not_ask_about_others_even_then(name: str) -> None:
    assert decided(ITS_OWN[name][0], OTHER, signals=True) == REFUSED


def test_every_call_that_takes_a_command_is_asked() -> None:
    assert ASKED.keys() == CALLS.keys()
