"""What everyday code needs of the system goes on under the filter."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.isolation import seccomp
from grader.isolation.layers import LINUX

pytestmark = pytest.mark.skipif(
    not (LINUX and seccomp.available()), reason="this system filters no calls"
)
SEALED = """
from grader.isolation import privileges, seccomp
privileges.no_new()
seccomp.deny(processes=False, signals=False)
"""
# Each prints "right".
EVERYDAY = {
    "saves HDF5, and adds to it": """
        import h5py
        for name in "ab":
            with h5py.File("saved.h5", "a") as file:
                file[name] = [1, 2]
        with h5py.File("saved.h5") as file:
            print("right" if list(file) == ["a", "b"] else list(file))
        """,
    "keeps a database": """
        import sqlite3
        database = sqlite3.connect("history.sqlite")
        database.execute("pragma journal_mode=wal")
        database.execute("create table words (word)")
        database.execute("insert into words values ('right')")
        database.commit()
        print(sqlite3.connect("history.sqlite").execute("select word from words").fetchone()[0])
        """,
    "locks a file of its own": """
        import fcntl
        with open("lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        print("right")
        """,
    "maps an array": """
        import numpy as np
        array = np.memmap("array", mode="w+", shape=3)
        array[:] = 7
        array.flush()
        print("right" if np.memmap("array", mode="r").sum() == 21 else "wrong")
        """,
    "runs coroutines": """
        import asyncio
        print(asyncio.run(asyncio.sleep(0, "right")))
        """,
    "talks between threads by ZeroMQ": """
        import zmq
        context = zmq.Context()
        one, other = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
        one.bind("inproc://pair")
        other.connect("inproc://pair")
        one.send_string("right")
        print(other.recv_string())
        """,
    "has threads and their clocks": """
        import threading, time
        thread = threading.Thread(target=time.sleep, args=(0.01,))
        thread.start()
        clock = time.pthread_getcpuclockid(thread.ident)
        print("right" if time.clock_gettime(clock) < time.monotonic() else "wrong")
        thread.join()
        """,
    "measures itself": """
        import os, psutil, resource, time
        process = psutil.Process()
        process.memory_full_info(), process.cpu_times(), process.nice(), process.cpu_affinity()
        os.getpgid(0), os.getsid(0), os.getpriority(os.PRIO_PROCESS, 0), os.sched_getaffinity(0)
        resource.getrusage(resource.RUSAGE_SELF), resource.getrlimit(resource.RLIMIT_AS)
        print("right" if time.process_time() > 0 else "wrong")
        """,
    "asks for the size of a terminal that is none": """
        import os, shutil, sys
        print("right" if shutil.get_terminal_size() and not os.isatty(0) else "wrong")
        """,
    "copies and flushes": """
        import os, shutil
        with open("written", "w") as file:
            file.write("right")
            file.flush()
            os.fsync(file.fileno())
        shutil.copy2("written", "copied")
        print(open("copied").read())
        """,
}


@pytest.mark.parametrize("what", EVERYDAY)
def test_everyday_code_goes_on(what: str, tmp_path: Path) -> None:
    lines = EVERYDAY[what].replace("\n        ", "\n")
    ended = subprocess.run(
        [sys.executable, "-c", SEALED + lines],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert (ended.stdout, ended.stderr) == ("right\n", "")
