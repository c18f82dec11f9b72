"""Attacks on other processes: signals, tracing, priorities, limits."""

from hostile.attack import RAN, Ending, attack
from hostile.harm import disturbed, ended_template, signalled

SIGNALS = (
    attack(
        "kills-neighbour",
        "Kills another process.",
        disturbed,
        "import os\nos.kill({neighbour_pid}, 9)",
    ),
    attack(
        "kills-group",
        "Kills another process with its group.",
        disturbed,
        "import os\nos.killpg({neighbour_pid}, 9)",
    ),
    attack(
        "kills-by-program",
        "Has a shell kill another process.",
        disturbed,
        'import os\nos.system("kill -9 {neighbour_pid}")',
    ),
    attack(
        "kills-by-descriptor",
        "Kills another process by a descriptor of it.",
        disturbed,
        "import os, signal\nsignal.pidfd_send_signal(os.pidfd_open({neighbour_pid}), 9)",
    ),
    attack(
        "kills-by-thread",
        "Kills another process by its first thread (tgkill).",
        disturbed,
        "import ctypes\nctypes.CDLL(None).tgkill({neighbour_pid}, {neighbour_pid}, 9)",
    ),
    attack(
        "kills-by-queue",
        "Kills another process by a signal that brings a value.",
        disturbed,
        """
        import ctypes
        ctypes.CDLL(None).sigqueue({neighbour_pid}, 9, ctypes.c_void_p(0))
        """,
    ),
    attack(
        "kills-by-pipe",
        "Has the system kill another process when something arrives in a pipe.",
        disturbed,
        """
        import fcntl, os
        ours, theirs = os.pipe()
        fcntl.fcntl(ours, fcntl.F_SETOWN, {neighbour_pid})
        fcntl.fcntl(ours, 10, 9)
        fcntl.fcntl(ours, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
        os.write(theirs, b"now")
        """,
    ),
    attack(
        "kills-by-old-calls",
        "Kills another process by a system call of 32-bit programs.",
        disturbed,
        """
        import ctypes, mmap, struct
        code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        # push rbx; mov eax, 37; mov ebx, PID; mov ecx, 9; int 0x80; pop rbx; ret
        body = b"\\x53\\xb8%s\\xbb%s\\xb9%s\\xcd\\x80\\x5b\\xc3"
        code.write(body % tuple(struct.pack("I", n) for n in (37, {neighbour_pid}, 9)))
        ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
        """,
        ends=RAN | {Ending.DIED},
        needs="32-bit calls",
    ),
    attack(
        "stops-neighbour",
        "Stops another process.",
        disturbed,
        "import os, signal\nos.kill({neighbour_pid}, signal.SIGSTOP)",
    ),
    attack(
        "signals-grader",
        "Sends the grader a signal.",
        signalled,
        "import os, signal\nos.kill({grader_pid}, signal.SIGUSR2)",
    ),
    attack(
        "kills-template",
        "Kills the template of all kernels.",
        ended_template,
        "import os, time\nos.kill({template_pid}, 9)\ntime.sleep(1)",
    ),
)
CHANGES = (
    attack(
        "traces-neighbour",
        "Traces another process, which is to die with the tracer.",
        disturbed,
        """
        import ctypes, os
        SEIZE, DIES_WITH_TRACER = 0x4206, 0x100000
        libc = ctypes.CDLL(None, use_errno=True)
        traced = libc.ptrace(SEIZE, {neighbour_pid}, None, ctypes.c_void_p(DIES_WITH_TRACER))
        assert traced == 0, os.strerror(ctypes.get_errno())
        """,
        needs="tracing",
    ),
    attack(
        "slows-neighbour",
        "Has another process wait for all others.",
        disturbed,
        "import os\nos.setpriority(os.PRIO_PROCESS, {neighbour_pid}, 19)",
    ),
    attack(
        "binds-neighbour",
        "Binds another process to one processor.",
        disturbed,
        "import os\nos.sched_setaffinity({neighbour_pid}, {min(os.sched_getaffinity(0))})",
        needs="two cores",
    ),
    attack(
        "idles-neighbour",
        "Lets another process run only when nobody else does.",
        disturbed,
        """
        import os
        os.sched_setscheduler({neighbour_pid}, os.SCHED_IDLE, os.sched_param(0))
        """,
    ),
    attack(
        "limits-neighbour",
        "Lets another process open no file.",
        disturbed,
        "import resource\nresource.prlimit({neighbour_pid}, resource.RLIMIT_NOFILE, (8, 8))",
    ),
    attack(
        "offers-neighbour",
        "Has another process killed first when memory runs out.",
        disturbed,
        'open("/proc/{neighbour_pid}/oom_score_adj", "w").write("1000")',
    ),
)
ATTACKS = (*SIGNALS, *CHANGES)
