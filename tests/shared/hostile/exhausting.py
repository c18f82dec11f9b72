"""Attacks that use up what all runs share: memory, disk, descriptors, time.

All of them end by themselves before they could hurt a machine.
"""

from grader.processes.limits import MIB
from hostile.attack import RAN, Ending, attack
from hostile.harm import none, said

LONG = 20.0
MEMORY = (
    attack(
        "bombs-memory",
        "Takes 1.5 GB in one process.",
        said("TOOK"),
        """
        import numpy as np
        hoard = [np.ones(2**24 // 8) for _ in range(90)]
        print("TOOK", len(hoard))
        """,
        ends=Ending.MEMORY,
        cell_s=LONG,
        memory_bytes=700 * MIB,
    ),
    attack(
        "bombs-memory-by-many",
        "Takes 1.2 GB in four processes.",
        said("TOOK"),
        """
        import os, time
        import numpy as np
        for _ in range(4):
            if os.fork() == 0:
                hoard = np.ones(300 * 2**20 // 8)
                time.sleep(5)
                os._exit(0)
        time.sleep(2.5)
        print("TOOK it")
        """,
        ends=frozenset({Ending.MEMORY, Ending.CELL_FAILED}),
        cell_s=LONG,
        memory_bytes=700 * MIB,
    ),
    attack(
        "bombs-memory-by-stack",
        "Calls itself until the stack is full.",
        said("TOOK"),
        """
        import sys
        sys.setrecursionlimit(10**9)
        class Deep:
            def __repr__(self):
                return repr(self)
        print("TOOK", repr(Deep()))
        """,
        ends=frozenset({Ending.DIED, Ending.CELL_FAILED, Ending.MEMORY}),
    ),
)
# Without isolation, no process is seen to have it.
UNCOUNTED = (
    attack(
        "bombs-memory-by-files",
        "Takes 800 MB in files that are in no folder, and in no process's memory.",
        said("TOOK"),
        """
        import os
        hoard = [os.memfd_create(f"hoard{number}") for number in range(8)]
        for file in hoard:
            os.write(file, bytes(100 * 2**20))
        print("TOOK", len(hoard))
        """,
        ends=frozenset({Ending.MEMORY, Ending.CELL_FAILED}),
        cell_s=LONG,
        memory_bytes=700 * MIB,
    ),
)
NUMBERS = (
    attack(
        "bombs-processes",
        "Starts thirty processes that wait.",
        none,
        """
        import os, time
        for _ in range(30):
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
        """,
    ),
    attack(
        "bombs-by-forking",
        "Has each process make another one, eleven times, where that is allowed.",
        none,
        """
        import os, time
        for _ in range(11):
            os.fork()
        time.sleep(60)
        """,
        ends=frozenset({Ending.PROCESSES, Ending.MEMORY, Ending.CELL_FAILED}),
        processes=20,
        cell_s=LONG,
    ),
    attack(
        "bombs-threads",
        "Starts three hundred threads that wait.",
        said("STARTED"),
        """
        import threading
        for _ in range(300):
            threading.Thread(target=threading.Event().wait).start()
        import time
        time.sleep(1)
        print("STARTED them")
        """,
        ends=Ending.PROCESSES,
        threads_alive=250,
        cell_s=LONG,
    ),
    attack(
        "floods-descriptors",
        "Opens files until it may open no more.",
        none,
        """
        import resource
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        hoard = []
        try:
            while True:
                hoard.append(open("/dev/null"))
        except OSError:
            pass
        """,
        "print('the next cell')",
        ends=RAN | {Ending.DIED, Ending.CELL_TIMED_OUT},
        cell_s=1.0,
    ),
)
TIME = (
    attack(
        "swallows-interrupts",
        "Loops without end and swallows every interrupt.",
        none,
        """
        # No exception in the jump of a loop is caught beside it.
        def loop():
            while True: pass
        while True:
            try:
                loop()
            except KeyboardInterrupt:
                pass
        """,
        ends=Ending.CELL_TIMED_OUT,
        cell_s=1.0,
    ),
    attack(
        "ignores-signals",
        "Ignores every signal that can be ignored, and loops without end.",
        none,
        """
        import signal
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)
        while True: pass
        """,
        ends=Ending.CELL_TIMED_OUT,
        cell_s=1.0,
    ),
    attack(
        "loops-in-native-code",
        "Loops without end where Python looks for no interrupt.",
        none,
        "import itertools\nmax(itertools.repeat(1))",
        ends=Ending.CELL_TIMED_OUT,
        cell_s=1.0,
    ),
    attack(
        "stops-itself",
        "Stops its own process.",
        none,
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
        ends=Ending.CELL_TIMED_OUT,
        cell_s=1.0,
    ),
)
ATTACKS = (*MEMORY, *NUMBERS, *TIME)
