"""The filter is a program; here it is run, call by call, as the kernel would run it."""

import errno
import struct

import pytest

from grader.isolation import syscalls
from grader.isolation.seccomp import program

ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
OWN, OTHER = 4711, 4712
UNIX, STREAM, DATAGRAM, RAW, SEQUENCED, NOT_INHERITED = 1, 1, 2, 3, 5, 0o2000000
OPEN_FILES, LOCKS = 7, 10
NAME, DIES_WITH_PARENT, ADOPTS_ORPHANS = 15, 1, 36
SET_FLAGS, SET_OWNER, SET_OWNER_OF_KIND = 4, 8, 15
REACHING_OTHERS = syscalls.SIGNALS | syscalls.ITS_OWN
MACHINES = tuple(syscalls.ARCHITECTURES)
READ = {"x86_64": 0, "aarch64": 63}
THREAD, PROCESS, NAMESPACE = 0x3D0F00, 0x1200011, 0x10000000 | 0x10000


def decided(call: int | None, *arguments: int, machine: str = "x86_64", **allowed: bool) -> int:
    """Run the filter on one call, and return what it decides."""
    assert call is not None
    architecture = syscalls.ARCHITECTURES[machine][0]
    given = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("=iIQ6Q", call, architecture, 0, *given)
    processes, signals = allowed.get("processes", False), allowed.get("signals", False)
    return interpreted(program(machine, OWN, processes=processes, signals=signals), data)


def interpreted(filters: bytes, data: bytes) -> int:
    steps = list(struct.iter_unpack("=HBBI", filters))
    accumulator = place = 0
    while True:
        code, then, otherwise, value = steps[place]
        place += 1
        if code == 0x06:
            return int(value)
        if code == 0x20:
            accumulator = struct.unpack_from("=I", data, value)[0]
            continue
        holds = {
            0x15: accumulator == value, 0x35: accumulator >= value, 0x45: bool(accumulator & value),
        }[code]  # fmt: skip
        place += then if holds else otherwise


@pytest.mark.parametrize("machine", MACHINES)
def test_a_harmless_call_is_allowed(machine: str) -> None:
    assert decided(READ[machine], machine=machine) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("group", ["SOCKETS", "TRACING", "KERNEL", "SHARED", "PROCESSES"])
def test_a_denied_call_is_refused(machine: str, group: str) -> None:
    calls = syscalls.numbers(getattr(syscalls, group), machine)
    assert {decided(call, machine=machine) for call in calls} == {ERRNO | errno.EPERM}


@pytest.mark.parametrize("machine", MACHINES)
def test_a_change_of_rights_is_said_to_have_worked(machine: str) -> None:
    calls = syscalls.numbers(syscalls.METADATA, machine)
    assert {decided(call, machine=machine) for call in calls} == {ERRNO}


def test_a_process_may_be_made_where_that_is_allowed() -> None:
    calls = syscalls.numbers(syscalls.PROCESSES, "x86_64")
    assert {decided(call, processes=True) for call in calls} == {ALLOW}


@pytest.mark.parametrize("name", [*REACHING_OTHERS, *syscalls.SCHEDULING])
@pytest.mark.parametrize("target", [0, OWN])
def test_a_process_may_do_to_itself_what_it_likes(name: str, target: int) -> None:
    call = (REACHING_OTHERS | syscalls.SCHEDULING)[name][0]
    assert decided(call, target) == ALLOW


@pytest.mark.parametrize("name", REACHING_OTHERS)
@pytest.mark.parametrize("target", [OTHER, 2**32 - 1])
def test_it_may_not_do_it_to_others(name: str, target: int) -> None:
    assert decided(REACHING_OTHERS[name][0], target) == ERRNO | errno.EPERM


def test_it_may_signal_others_where_something_else_sees_to_it_whom() -> None:
    assert decided(syscalls.SIGNALS["kill"][0], OTHER, signals=True) == ALLOW


def test_it_may_not_change_others_limits_even_then() -> None:
    call = syscalls.ITS_OWN["prlimit64"][0]
    assert decided(call, OTHER, signals=True) == ERRNO | errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("call", "arguments", "answer"),
    [
        (syscalls.SOCKETPAIR, (UNIX, STREAM | NOT_INHERITED), ALLOW),
        (syscalls.SOCKETPAIR, (UNIX, DATAGRAM), ERRNO | errno.EPERM),
        (syscalls.SOCKETPAIR, (UNIX, RAW | NOT_INHERITED), ERRNO | errno.EPERM),
        (syscalls.SOCKETPAIR, (UNIX, SEQUENCED), ERRNO | errno.EPERM),
        (syscalls.SETRLIMIT, (OPEN_FILES,), ALLOW),
        (syscalls.SETRLIMIT, (LOCKS,), ERRNO | errno.EPERM),
        (syscalls.PRLIMIT, (0, OPEN_FILES), ALLOW),
        (syscalls.PRLIMIT, (0, LOCKS), ERRNO | errno.EPERM),
        (syscalls.PRCTL, (NAME,), ALLOW),
        (syscalls.PRCTL, (DIES_WITH_PARENT,), ERRNO | errno.EPERM),
        (syscalls.PRCTL, (ADOPTS_ORPHANS,), ERRNO | errno.EPERM),
        (syscalls.FCNTL, (0, SET_FLAGS), ALLOW),
        (syscalls.FCNTL, (0, SET_OWNER), ERRNO | errno.EPERM),
        (syscalls.FCNTL, (0, SET_OWNER_OF_KIND), ERRNO | errno.EPERM),
    ],
)
def test_what_one_argument_tells(
    machine: str, call: syscalls.Numbers, arguments: tuple[int, ...], answer: int
) -> None:
    number = call[syscalls.ARCHITECTURES[machine][1]]
    assert decided(number, *arguments, machine=machine) == answer


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("flags", "answer"),
    [(THREAD, ALLOW), (PROCESS, ERRNO | errno.EPERM), (NAMESPACE, ERRNO | errno.EPERM)],
)
def test_threads_are_made_and_processes_are_not(machine: str, flags: int, answer: int) -> None:
    call = syscalls.CLONE[syscalls.ARCHITECTURES[machine][1]]
    assert decided(call, flags, machine=machine) == answer


def test_namespaces_are_not_made_even_where_processes_are() -> None:
    assert decided(syscalls.CLONE[0], NAMESPACE, processes=True) == ERRNO | errno.EPERM
    assert decided(syscalls.CLONE[0], PROCESS, processes=True) == ALLOW


@pytest.mark.parametrize("call", [syscalls.CLONE3[0], 463, 5000, 0x40000000])
def test_what_cannot_be_judged_is_said_not_to_exist(call: int) -> None:
    assert decided(call) == ERRNO | errno.ENOSYS


def test_calls_of_another_architecture_end_the_process() -> None:
    data = struct.pack("=iIQ6Q", 0, 0x40000003, 0, *[0] * 6)
    assert interpreted(program("x86_64", OWN, processes=False), data) == KILL
