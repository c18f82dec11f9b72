"""Classic BPF: the few instructions that a filter of system calls is made of.

Source: the kernel's ``include/uapi/linux/{bpf_common,filter,seccomp}.h``. A filter sees the number
of a call and its six arguments, not what they point to. All that is compared here are numbers of 32
bits, which is what the kernel itself looks at of a command, a flag word or a process number.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
# struct seccomp_data: int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6]
NUMBER, ARCHITECTURE = 0, 4
_FIRST, _ARGUMENT_BYTES, _WORD = 16, 8, 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Instruction:
    """A step of the filter, with where it goes when it holds and when it does not, in steps."""

    code: int
    value: int
    then: int = 0
    otherwise: int = 0

    def packed(self) -> bytes:
        """Return it as struct sock_filter."""
        return struct.pack("=HBBI", self.code, self.then, self.otherwise, self.value)


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of one argument.

    Args:
        place: Which argument, the first being 0.
        values: What it is compared with; any of them will do.
        code: How it is compared.
        holds: Whether the comparison must hold, or must not.
    """

    place: int
    values: Sequence[int]
    code: int = EQUAL
    holds: bool = True

    def instructions(self, missed: int) -> list[Instruction]:
        """Return steps that go on when it is passed, else skip ``missed`` steps more."""
        last = len(self.values) - 1
        compared = [
            Instruction(
                self.code,
                value & _WORD,
                last - place if self.holds else missed + last - place,
                (missed if self.holds else 0) if place == last else 0,
            )
            for place, value in enumerate(self.values)
        ]
        return [Instruction(LOAD, _FIRST + self.place * _ARGUMENT_BYTES), *compared]


@dataclass(frozen=True, slots=True)
class ArgumentCase:
    """An answer, and all that must be so for it to be given."""

    answer: int
    conditions: tuple[Condition, ...]

    def instructions(self) -> list[Instruction]:
        """Return steps that give the answer, or go on."""
        made = [Instruction(RETURN, self.answer)]
        for condition in reversed(self.conditions):
            made = condition.instructions(len(made)) + made
        return made


def case(answer: int, *conditions: Condition) -> ArgumentCase:
    """Write one case."""
    return ArgumentCase(answer, conditions)


def answered(call: int, answer: int) -> list[Instruction]:
    """Give a call an answer, whatever its arguments."""
    return [Instruction(EQUAL, call, 0, 1), Instruction(RETURN, answer)]


def judged(call: int, cases: Sequence[ArgumentCase], otherwise: int) -> list[Instruction]:
    """Give a call the answer of the first case that fits, else another."""
    body = [step for each in cases for step in each.instructions()]
    return [Instruction(EQUAL, call, 0, len(body) + 1), *body, Instruction(RETURN, otherwise)]
