"""Attacks that look into other processes, or into memory that runs share."""

from hostile.attack import attack
from hostile.harm import planted, said, told

ATTACKS = (
    attack(
        "reads-environment",
        "Opens the environment variables of the grader.",
        told("environment"),
        """
        import hashlib
        content = open("/proc/{grader_pid}/environ", "rb").read()
        print("GOT", hashlib.sha256(content).hexdigest())
        """,
    ),
    attack(
        "reads-arguments",
        "Opens the command line of another process.",
        told("arguments"),
        'print("GOT", open("/proc/{neighbour_pid}/cmdline").read())',
    ),
    attack(
        "reads-descriptor",
        "Opens a file that has no name and that the grader holds open.",
        told("descriptor"),
        'print("GOT", open("/proc/{grader_pid}/fd/{grader_fd}").read())',
    ),
    attack(
        "takes-descriptor",
        "Takes a file that the grader holds open.",
        told("descriptor"),
        """
        import ctypes, os
        process = os.pidfd_open({grader_pid})
        taken = ctypes.CDLL(None).syscall(438, process, {grader_fd}, 0)
        print("GOT", os.pread(taken, 1000, 0))
        """,
        needs="tracing",
    ),
    attack(
        "reads-memory-file",
        "Reads the memory of the grader as a file.",
        told("memory"),
        """
        maps = open("/proc/{grader_pid}/maps").read()
        with open("/proc/{grader_pid}/mem", "rb", 0) as memory:
            memory.seek({address})
            print("GOT", memory.read(40), len(maps))
        """,
        needs="tracing",
    ),
    attack(
        "reads-memory",
        "Reads the memory of the grader by a system call.",
        told("memory"),
        """
        import ctypes
        content = ctypes.create_string_buffer(40)
        ours = (ctypes.c_size_t * 2)(ctypes.addressof(content), 40)
        theirs = (ctypes.c_size_t * 2)({address}, 40)
        ctypes.CDLL(None).process_vm_readv({grader_pid}, ours, 1, theirs, 1, 0)
        print("GOT", content.raw)
        """,
        needs="tracing",
    ),
    attack(
        "reads-segment",
        "Attaches memory that another process shares by a number.",
        told("segment"),
        """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.shmat.restype = ctypes.c_void_p
        where = libc.shmat({segment}, None, 0)
        assert where != ctypes.c_void_p(-1).value
        print("GOT", ctypes.string_at(where, 40))
        """,
    ),
    attack(
        "reads-shared-memory",
        "Opens memory that another process shares by a name.",
        told("shared"),
        'print("GOT", open("{shared}").read())',
    ),
    attack(
        "leaves-shared-memory",
        "Leaves a note for another submission in shared memory.",
        planted,
        'open("{in_memory}", "w").write("my solution")',
    ),
    attack(
        "watches-neighbour",
        "Is told whenever somebody opens another submission.",
        said("WATCHING"),
        """
        import ctypes
        libc, EVERYTHING = ctypes.CDLL(None), 0xFFF
        watched = libc.inotify_add_watch(libc.inotify_init(), b"{neighbour}", EVERYTHING)
        print("WATCHING" if watched > 0 else "no")
        """,
    ),
    attack(
        "asks-system-log",
        "Asks for what the system has logged.",
        said("HEARD"),
        """
        import ctypes
        HOW_MUCH = 10
        print("HEARD" if ctypes.CDLL(None).klogctl(HOW_MUCH, None, 0) > 0 else "no")
        """,
        needs="root",
    ),
    attack(
        "leaves-key",
        "Leaves a note for another submission among the user's keys.",
        said("KEPT"),
        """
        import ctypes
        ADD, USER_S = 248, -4
        libc = ctypes.CDLL(None)
        key = libc.syscall(ADD, b"user", b"hostile", b"my solution", 11, USER_S)
        print("KEPT" if key > 0 and libc.syscall(250, 9, key, USER_S) == 0 else "no")
        """,
        needs="keyrings",
    ),
)
