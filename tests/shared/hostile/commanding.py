"""Attacks by what a system call can be told to do, besides what everybody uses it for."""

from hostile.attack import attack
from hostile.harm import disturbed, said, told

OWN_FILE = """
import fcntl, os, signal, socket, struct
open("notes", "w").write("mine")
file = os.open("notes", os.O_RDONLY | os.O_NONBLOCK)
signal.signal(signal.SIGIO, signal.SIG_IGN)
"""
OWNED = """
import fcntl, os, socket, struct, time
ours, theirs = socket.socketpair()
fcntl.ioctl(ours, %s, struct.pack("i", {neighbour_pid}))
fcntl.fcntl(ours, 10, 9)
fcntl.fcntl(ours, fcntl.F_SETFL, fcntl.fcntl(ours, fcntl.F_GETFL) | os.O_NONBLOCK | 0x2000)
theirs.send(b"now")
time.sleep(0.2)
"""
SOCKETS = 'print("SEEN" if "{socket}" in open(%s).read() else "no")'
FILES = (
    attack(
        "takes-lease",
        "Has everybody wait who opens a file that it may only read.",
        said("HELD"),
        OWN_FILE,
        """
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        print("HELD" if fcntl.fcntl(file, fcntl.F_GETLEASE) == fcntl.F_WRLCK else "no")
        """,
    ),
    attack(
        "locks-file",
        "Locks a file that it may only read.",
        said("HELD"),
        OWN_FILE,
        """
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            fcntl.flock(os.open("notes", os.O_RDONLY), fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            print("HELD")
        """,
    ),
    attack(
        "locks-part-of-file",
        "Locks part of a file against others who have it open.",
        said("HELD"),
        OWN_FILE,
        """
        lock = struct.pack("hhqqi4x", fcntl.F_RDLCK, os.SEEK_SET, 0, 1, 0)
        fcntl.fcntl(file, 37, lock)
        other = os.open("notes", os.O_RDWR)
        try:
            fcntl.fcntl(other, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0))
        except BlockingIOError:
            print("HELD")
        """,
    ),
    attack(
        "marks-file",
        "Changes what the file system notes of a file that it may only read.",
        said("MARKED"),
        OWN_FILE,
        """
        [flags] = struct.unpack("q", fcntl.ioctl(file, 0x80086601, bytes(8)))
        fcntl.ioctl(file, 0x40086602, struct.pack("q", flags | 0x40))
        print("MARKED")
        """,
        needs="marks on files",
    ),
    attack(
        "watches-folder",
        "Is signalled whenever somebody opens a file of a folder.",
        said("WATCHING"),
        OWN_FILE,
        """
        fcntl.fcntl(os.open(".", os.O_RDONLY), fcntl.F_NOTIFY, fcntl.DN_ACCESS)
        print("WATCHING")
        """,
    ),
    attack(
        "reads-beside-python",
        "Opens what somebody keeps in the folder that Python is installed in.",
        told("beside"),
        'print("GOT", open("{beside}").read())',
    ),
    attack(
        "sends-open-file",
        "Puts an open file into a message, where no process is seen to have it.",
        said("SENT"),
        OWN_FILE,
        """
        ours, theirs = socket.socketpair()
        print("SENT", socket.send_fds(ours, [b"x"], [file]))
        """,
    ),
)
PROCESSES = (
    attack(
        "kills-by-socket",
        "Has the system kill another process, as the owner of a socket.",
        disturbed,
        OWNED % "0x8901",
    ),
    attack(
        "kills-by-socket-s-group",
        "The same by the name that the call had before.",
        disturbed,
        OWNED % "0x8902",
    ),
    attack(
        "reads-clock",
        "Sees how much processor time another process has used.",
        said("SEEN"),
        'import time\nprint("SEEN", time.clock_gettime(~{neighbour_pid} << 3 | 2))',
    ),
    attack(
        "asks-for-session",
        "Asks whether there is a process, and whose it is.",
        said("SEEN"),
        'import os\nprint("SEEN", os.getsid({neighbour_pid}), os.getpgid({neighbour_pid}))',
    ),
    attack(
        "sees-sockets",
        "Lists the sockets of all processes.",
        said("SEEN"),
        SOCKETS % '"/proc/self/net/unix"',
    ),
    attack(
        "sees-sockets-as-thread",
        "The same by the number of a thread.",
        said("SEEN"),
        "import threading\n" + SOCKETS % 'f"/proc/self/task/{threading.get_native_id()}/net/unix"',
    ),
    attack(
        "sees-mounts",
        "Sees which folders are mounted.",
        said("SEEN"),
        'print("SEEN", len(open("/proc/self/mountinfo").read()))',
    ),
    attack(
        "asks-who-is-there",
        "Asks which process is at the other end of a socket.",
        said("SEEN"),
        """
        import socket
        print("SEEN", socket.socketpair()[0].getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        """,
    ),
)
MEMORY = (
    attack(
        "maps-without-end",
        "Maps so much that the tables of it alone would fill the memory.",
        said("MAPPED"),
        """
        import mmap
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000
        mapped = mmap.mmap(-1, 1 << 40, flags, mmap.PROT_READ)
        print("MAPPED", mapped[1 << 39])
        """,
    ),
    attack(
        "enlarges-pipe",
        "Has a pipe hold sixteen times as much as it usually does.",
        said("HOLDS"),
        """
        import fcntl, os
        fcntl.fcntl(os.pipe()[1], 1031, 1 << 20)
        print("HOLDS")
        """,
    ),
    attack(
        "hides-from-grader",
        "Keeps the grader from counting what it has open.",
        said("HIDDEN"),
        """
        import ctypes
        print("HIDDEN" if ctypes.CDLL(None).prctl(4, 0, 0, 0, 0) == 0 else "no")
        """,
    ),
)
ATTACKS = (*FILES, *PROCESSES, *MEMORY)
