"""Calls that take a command, or that name a process: what a submission may ask of them, by list.

What is not listed is refused, so that what a later Linux adds is refused as well. Sources: the
headers ``asm-generic/{fcntl,ioctls,socket,mman-common}.h`` and ``linux/{fcntl,prctl,membarrier}.h``
of Linux 6.18, its ``kernel/time/posix-cpu-timers.c`` for clocks of processes, and a graded run of
the solution under strace for what a kernel needs.
"""

import errno
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from grader.isolation.bpf import ALLOW, ANY_BIT, AT_LEAST, ERRNO, ArgumentCase, Condition, case
from grader.isolation.syscalls import Numbers

DONE, REFUSED, NO_TERMINAL, NO_CLOCK = (
    ERRNO | error for error in (0, errno.EPERM, errno.ENOTTY, errno.EINVAL)
)
# A call, the cases that are told apart, and the answer to all else.
Judgement = tuple[Numbers, Sequence[ArgumentCase], int]

# F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_GETLK, F_OFD_GETLK, F_GETPIPE_SZ and
# F_GET_SEALS: about a descriptor of the caller's, or a question. Not: leases, watches, owners and
# numbers of signals, sizes of pipes, which others pay for.
FCNTL: Final = (0, 1030, 1, 2, 3, 5, 36, 1032, 1034)
SET_FLAGS, ASYNC = 4, 0x2000
# F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW
LOCKS: Final = (6, 7, 37, 38)
# TCGETS, TCGETS2, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
IOCTL: Final = (0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# PR_SET_NAME, PR_SET_VMA, PR_SET_THP_DISABLE, PR_SET_NO_NEW_PRIVS, and questions: PDEATHSIG,
# DUMPABLE, KEEPCAPS, TIMING, NAME, SECCOMP, CAPBSET_READ, TSC, TIMERSLACK, CHILD_SUBREAPER,
# NO_NEW_PRIVS, THP_DISABLE, SVE_VL, SPECULATION_CTRL, TAGGED_ADDR_CTRL, SME_VL, MDWE, AUXV
PRCTL: Final = (
    15, 0x53564D41, 41, 38,
    2, 3, 7, 13, 16, 21, 23, 25, 30, 37, 39, 42, 51, 52, 56, 64, 66, 0x41555856,
)  # fmt: skip
# All but what shares pages with other processes (12, 13), drops them for all (20, 21) or breaks
# them (100, 101).
MADVISE: Final = (0, 1, 2, 3, 4, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 22, 23, 24, 25, 102, 103)
# The question, and barriers among the caller's own threads.
MEMBARRIER: Final = (0, 8, 16, 32, 64, 128, 256)
# SO_TYPE, SO_ERROR, SO_SNDBUF, SO_RCVBUF, SO_ACCEPTCONN, SO_PROTOCOL, SO_DOMAIN of SOL_SOCKET;
# not SO_PEERCRED and SO_PEERPIDFD, which tell who is at the other end.
GETSOCKOPT: Final = (3, 4, 7, 8, 30, 38, 39)
SOL_SOCKET, AF_UNIX = 1, 1
# Both ends of a pair of streams are the caller's; with datagrams, each may have another address.
NO_STREAM: Final = 0xE
# One limit that Linux does not heed any more tells to which run a process belongs.
MARK: Final = 10
# Clocks of the system; each clock of a process's own threads has this bit, and Linux answers for
# no other's.
SYSTEM_CLOCKS, OF_A_THREAD = 12, 4
# Memory that is shared, and in no file, stays when a process lets go of it, and is none's then.
MAP_SHARED, MAP_ANONYMOUS = 0x01, 0x20
CLONE_THREAD, CLONE_NEW = 0x00010000, 0x7E020080

# Which clock it is, by their first argument.
CLOCKS: Final[dict[str, Numbers]] = {
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "timer_create": (222, 107),
}
# Meant for the caller itself when their first argument is 0 or its own number.
SIGNALS: Final[dict[str, Numbers]] = {
    "kill": (62, 129),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
}
ITS_OWN: Final[dict[str, Numbers]] = {
    "getpgid": (121, 155),
    "getsid": (124, 156),
    "get_robust_list": (274, 100),
    "sched_getaffinity": (204, 123),
    "sched_getattr": (315, 275),
    "sched_rr_get_interval": (148, 127),
}
# Likewise, and told that it worked: ZeroMQ asks for the priority of its threads, by numbers that
# are not known beforehand, sets it, and dies if refused. The answer 0 is the usual scheduling.
SCHEDULING: Final[dict[str, Numbers]] = {
    "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120),
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
}
CALLS: Final[dict[str, Numbers]] = {
    "clone": (56, 220),
    "fcntl": (72, 25),
    "getpriority": (140, 141),
    "getsockopt": (55, 209),
    "ioctl": (16, 29),
    "madvise": (28, 233),
    "membarrier": (324, 283),
    "mmap": (9, 222),
    "prctl": (157, 167),
    "prlimit64": (302, 261),
    "setrlimit": (160, 164),
    "socketpair": (53, 199),
}


def judgements(own: int, *, processes: bool, signals: bool) -> Iterator[Judgement]:
    """Yield all calls that are judged by their arguments.

    Args:
        own: Number of the process itself.
        processes: Whether it may make processes, which then are judged alike.
        signals: Whether it may signal others, because something else sees to it whom.
    """
    itself = Condition(0, (0, own))
    yield from _clocks(own)
    yield from _listed()
    yield CALLS["clone"], _clone(processes=processes), REFUSED
    yield CALLS["fcntl"], _fcntl(processes=processes), REFUSED
    yield CALLS["setrlimit"], [case(REFUSED, Condition(0, [MARK]))], ALLOW
    yield CALLS["prlimit64"], [case(REFUSED, Condition(1, [MARK])), case(ALLOW, itself)], REFUSED
    yield CALLS["getpriority"], [case(ALLOW, Condition(0, [0]), Condition(1, (0, own)))], REFUSED
    if not processes:
        yield CALLS["mmap"], [case(REFUSED, *_SHARED_BY_NOBODY)], ALLOW
    if not signals:
        yield from _all(SIGNALS, [case(ALLOW, itself)], REFUSED)
    yield from _all(ITS_OWN, [case(ALLOW, itself)], REFUSED)
    yield from _all(SCHEDULING, [case(ALLOW, itself)], DONE)


_SHARED_BY_NOBODY = (
    Condition(3, [MAP_SHARED], ANY_BIT),
    Condition(3, [MAP_ANONYMOUS], ANY_BIT),
)


def _all(
    calls: dict[str, Numbers], cases: Sequence[ArgumentCase], otherwise: int
) -> Iterable[Judgement]:
    return ((numbers, cases, otherwise) for numbers in calls.values())


def _listed() -> Iterator[Judgement]:
    yield CALLS["madvise"], [case(ALLOW, Condition(2, MADVISE))], REFUSED
    yield CALLS["ioctl"], [case(ALLOW, Condition(1, IOCTL))], NO_TERMINAL
    yield CALLS["prctl"], [case(ALLOW, Condition(0, PRCTL))], REFUSED
    yield CALLS["membarrier"], [case(ALLOW, Condition(0, MEMBARRIER))], REFUSED
    asked = (Condition(1, [SOL_SOCKET]), Condition(2, GETSOCKOPT))
    yield CALLS["getsockopt"], [case(ALLOW, *asked)], REFUSED
    stream = Condition(1, [NO_STREAM], ANY_BIT, holds=False)
    yield CALLS["socketpair"], [case(ALLOW, Condition(0, [AF_UNIX]), stream)], REFUSED


def _clocks(own: int) -> Iterable[Judgement]:
    # (~pid << 3) | kind, where the kind is 0 to 2, and pid 0 is the caller.
    itself = [~pid << 3 | kind for pid in (0, own) for kind in range(3)]
    known = (
        Condition(0, [SYSTEM_CLOCKS], AT_LEAST, holds=False),
        Condition(0, [OF_A_THREAD], ANY_BIT),
        Condition(0, itself),
    )
    return _all(CLOCKS, [case(ALLOW, condition) for condition in known], NO_CLOCK)


def _clone(*, processes: bool) -> Sequence[ArgumentCase]:
    namespaces = case(REFUSED, Condition(0, [CLONE_NEW], ANY_BIT))
    threads = () if processes else (Condition(0, [CLONE_THREAD], ANY_BIT),)
    return namespaces, case(ALLOW, *threads)


def _fcntl(*, processes: bool) -> Sequence[ArgumentCase]:
    # Whoever is alone has every lock that it asks for; among several, locks must be real.
    locked = ALLOW if processes else DONE
    quiet = Condition(2, [ASYNC], ANY_BIT, holds=False)
    return (
        case(ALLOW, Condition(1, FCNTL)),
        case(ALLOW, Condition(1, [SET_FLAGS]), quiet),
        case(locked, Condition(1, LOCKS)),
    )
