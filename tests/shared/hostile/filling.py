"""Attacks that fill the disk, also where what they write is hard to see."""

from grader.processes.limits import MIB
from hostile.attack import Ending, attack
from hostile.harm import none, said

LONG = 20.0
ATTACKS = (
    attack(
        "floods-disk",
        "Writes 300 MB to its own folder.",
        said("WROTE"),
        """
        for number in range(30):
            open(f"flood{number}", "wb").write(bytes(10 * 2**20))
        import time
        time.sleep(1)
        print("WROTE it")
        """,
        ends=Ending.DISK,
        cell_s=LONG,
        disk_bytes=100 * MIB,
    ),
    attack(
        "floods-disk-unseen",
        "Writes 300 MB to files that it removes while they are open.",
        said("WROTE"),
        """
        import tempfile, time
        hoard = [tempfile.TemporaryFile() for _ in range(30)]
        for file in hoard:
            file.write(bytes(10 * 2**20))
        time.sleep(1)
        print("WROTE it")
        """,
        ends=Ending.DISK,
        cell_s=LONG,
        disk_bytes=100 * MIB,
    ),
    attack(
        "floods-folder",
        "Makes 10,000 files.",
        said("MADE"),
        """
        for number in range(10_000):
            open(f"flood{number}", "w").close()
        import time
        time.sleep(1)
        print("MADE them")
        """,
        ends=Ending.DISK,
        cell_s=LONG,
        files=3_000,
    ),
    attack(
        "floods-depth",
        "Makes folders in folders, 1,500 deep.",
        none,
        """
        import os, time
        for _ in range(1_500):
            os.mkdir("d")
            os.chdir("d")
        time.sleep(1)
        """,
        ends=Ending.DISK,
        cell_s=LONG,
    ),
    attack(
        "floods-disk-deep",
        "Writes 300 MB into a folder that no path leads to, as it would be too long.",
        said("WROTE"),
        """
        import os, time
        here = os.open(".", os.O_RDONLY)
        for _ in range(40):
            os.mkdir("d" * 200)
            os.chdir("d" * 200)
        for number in range(30):
            open(f"flood{number}", "wb").write(bytes(10 * 2**20))
        time.sleep(1)
        os.fchdir(here)
        print("WROTE it")
        """,
        ends=Ending.DISK,
        cell_s=LONG,
        disk_bytes=100 * MIB,
    ),
    attack(
        "floods-disk-mapped",
        "Writes 300 MB to files that it removes and closes, and has mapped.",
        said("WROTE"),
        """
        import ctypes, os, time
        libc = ctypes.CDLL(None)
        libc.mmap.restype = ctypes.c_void_p
        for number in range(30):
            file = os.open(f"flood{number}", os.O_RDWR | os.O_CREAT)
            os.write(file, bytes(10 * 2**20))
            libc.mmap(None, 4096, 1, 1, file, 0)
            os.close(file)
            os.unlink(f"flood{number}")
        time.sleep(1)
        print("WROTE it")
        """,
        ends=Ending.DISK,
        cell_s=LONG,
        disk_bytes=100 * MIB,
    ),
    attack(
        "floods-disk-closed",
        "Writes 300 MB into a folder that nobody may look into.",
        said("WROTE"),
        """
        import os, time
        os.mkdir("closed", 0o300)
        for number in range(30):
            open(f"closed/flood{number}", "wb").write(bytes(10 * 2**20))
        time.sleep(1)
        print("WROTE it")
        """,
        ends=Ending.DISK,
        cell_s=LONG,
        disk_bytes=100 * MIB,
    ),
    attack(
        "floods-disk-set-aside",
        "Has 300 MB of the disk set aside for files in which nothing is written.",
        said("WROTE"),
        """
        import os, time
        for number in range(30):
            with open(f"flood{number}", "wb") as file:
                os.posix_fallocate(file.fileno(), 0, 10 * 2**20)
        time.sleep(1)
        print("WROTE it")
        """,
        ends=Ending.DISK,
        cell_s=LONG,
        disk_bytes=100 * MIB,
    ),
)
