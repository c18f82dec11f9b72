"""What the filter answers to calls that are judged by their number alone."""

import errno
import re
import struct
from pathlib import Path

import pytest
from filtering import MACHINES, OTHER, OWN, decided, interpreted, looked_at_arguments

from grader.isolation import arguments, syscalls
from grader.isolation.seccomp import program
from grader.isolation.syscalls import Numbers

ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
REFUSED = ERRNO | errno.EPERM
# What training does most, with the numbers of both machines.
FREQUENT: dict[str, Numbers] = {
    "read": (0, 63),
    "write": (1, 64),
    "futex": (202, 98),
    "munmap": (11, 215),
    "sched_yield": (24, 124),
    "epoll_pwait": (281, 22),
    "sendto": (44, 206),
    "recvfrom": (45, 207),
}
GROUPS = ("SOCKETS", "TRACING", "KERNEL", "SHARED", "PROCESSES", "METADATA", "FLUSHES")
TABLES = (
    *(getattr(syscalls, name) for name in GROUPS),
    arguments.CALLS, arguments.CLOCKS, arguments.SIGNALS, arguments.ITS_OWN, arguments.SCHEDULING,
)  # fmt: skip
# The most that a filter may have: BPF_MAXINSNS of linux/bpf_common.h.
MOST_STEPS = 4096
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", FREQUENT)
def test_a_frequent_call_is_allowed_by_its_number_alone(machine: str, name: str) -> None:
    call = FREQUENT[name][MACHINES.index(machine)]
    assert decided(call, machine=machine) == ALLOW
    assert not looked_at_arguments(call, machine)


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("group", ["SOCKETS", "TRACING", "KERNEL", "SHARED", "PROCESSES"])
def test_a_denied_call_is_refused(machine: str, group: str) -> None:
    calls = syscalls.numbers(getattr(syscalls, group), machine)
    assert {decided(call, machine=machine) for call in calls} == {REFUSED}


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("group", ["METADATA", "FLUSHES"])
def test_what_nobody_needs_is_said_to_have_worked(machine: str, group: str) -> None:
    calls = syscalls.numbers(getattr(syscalls, group), machine)
    assert {decided(call, machine=machine) for call in calls} == {ERRNO}


def test_a_process_may_be_made_where_that_is_allowed() -> None:
    calls = syscalls.numbers(syscalls.PROCESSES, "x86_64")
    assert {decided(call, processes=True) for call in calls} == {ALLOW}


@pytest.mark.parametrize("name", ["sendmsg", "recvmsg", "sendmmsg", "recvmmsg"])
def test_no_open_file_travels_by_message_even_among_own_processes(name: str) -> None:
    assert decided(syscalls.SOCKETS[name][0], processes=True) == REFUSED


@pytest.mark.parametrize("call", [syscalls.CLONE3[0], 463, 5000, 0x40000000])
def test_what_cannot_be_judged_is_said_not_to_exist(call: int) -> None:
    assert decided(call, OTHER) == ERRNO | errno.ENOSYS


def test_calls_of_another_architecture_end_the_process() -> None:
    data = struct.pack("=iIQ6Q", 0, 0x40000003, 0, *[0] * 6)
    *_, (_, answer) = interpreted(program("x86_64", OWN, processes=False), data)
    assert answer == KILL


@pytest.mark.parametrize("machine", MACHINES)
def test_a_filter_is_no_longer_than_linux_takes(machine: str) -> None:
    assert len(program(machine, OWN, processes=False)) <= MOST_STEPS * 8


@pytest.mark.parametrize("machine", MACHINES)
def test_no_number_stands_for_two_calls(machine: str) -> None:
    calls = [number for table in TABLES for number in syscalls.numbers(table, machine)]
    assert len(calls) == len(set(calls))


@pytest.mark.parametrize("machine", MACHINES)
def test_numbers_are_those_of_the_system_s_headers(machine: str) -> None:
    if not HEADERS[machine].is_file():
        pytest.skip("this system has no such headers")
    lines = HEADERS[machine].read_text("utf-8")
    known = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", lines))
    column = MACHINES.index(machine)
    wrong = {
        name: call[column]
        for table in TABLES
        for name, call in table.items()
        if name in known and str(call[column]) != known[name]
    }
    assert wrong == {}
