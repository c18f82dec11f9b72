"""Runs the filter of system calls, call by call, as the kernel would run it."""

import struct
from collections.abc import Iterator
from functools import cache, partial

from grader.isolation import syscalls
from grader.isolation.seccomp import program

OWN, OTHER = 4711, 4712
MACHINES = tuple(syscalls.ARCHITECTURES)
_FIRST_ARGUMENT = 16
_program = partial(cache(program), own=OWN)


def decided(call: int | None, *arguments: int, machine: str = "x86_64", **allowed: bool) -> int:
    """Run the filter on one call, and return what it decides."""
    *_, (_, answer) = stepped(call, *arguments, machine=machine, **allowed)
    return answer


def looked_at_arguments(call: int | None, machine: str) -> bool:
    """Whether the filter needs more than the number of a call."""
    return any(code == 0x20 and k >= _FIRST_ARGUMENT for code, k in stepped(call, machine=machine))


def stepped(
    call: int | None, *arguments: int, machine: str = "x86_64", **allowed: bool
) -> Iterator[tuple[int, int]]:
    """Run the filter on one call, and yield the steps that it takes."""
    assert call is not None
    given = [value & 2**64 - 1 for value in (*arguments, 0, 0, 0, 0, 0, 0)[:6]]
    data = struct.pack("=iIQ6Q", call, syscalls.ARCHITECTURES[machine][0], 0, *given)
    return interpreted(_program(machine, **{"processes": False, **allowed}), data)


def interpreted(filters: bytes, data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the steps that a filter takes on what the kernel tells it of a call."""
    steps = list(struct.iter_unpack("=HBBI", filters))
    accumulator = place = 0
    while True:
        code, then, otherwise, value = steps[place]
        yield code, value
        place += 1
        if code == 0x06:
            return
        if code == 0x20:
            accumulator = struct.unpack_from("=I", data, value)[0]
            continue
        holds = {
            0x15: accumulator == value, 0x35: accumulator >= value, 0x45: bool(accumulator & value),
        }[code]  # fmt: skip
        place += then if holds else otherwise
