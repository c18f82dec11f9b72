"""Attacks that leave processes behind, or end their own in a way that confuses whoever waits."""

from dataclasses import replace

from hostile.attack import GIVEN_UP, RAN, Ending, attack, calling, graded
from hostile.harm import escaped, none, survived

UNSEEN = (
    attack(
        "becomes-a-daemon-of-nobody",
        "Leaves a daemon that the kernel does not adopt.",
        survived,
        """
        import ctypes, os
        ctypes.CDLL(None).prctl(36, 0)
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.chdir("/")
                os.execve("/bin/sleep", ["sleep", "600"], {})
            os._exit(0)
        os.wait()
        """,
    ),
    attack(
        "leaves-an-orphan",
        "Leaves a daemon and is gone before anybody has seen it.",
        survived,
        """
        import os
        if os.fork() == 0:
            os.setsid()
            os.chdir("/")
            os.execve("/bin/sleep", ["sleep", "600"], {})
        os._exit(0)
        """,
        ends=frozenset({Ending.DIED, Ending.CELL_FAILED}),
    ),
    attack(
        "keeps-forking",
        "Leaves an orphan that is another process every few milliseconds.",
        escaped,
        """
        import os, time
        if os.fork() == 0:
            os.setsid()
            os.chdir("/")
            for _ in range(50):
                if os.fork():
                    os._exit(0)
            os.execve("/bin/sleep", ["sleep", "600"], {})
        os._exit(0)
        """,
        ends=frozenset({Ending.DIED, Ending.CELL_FAILED}),
    ),
)
# An assignment may allow processes; they are shut off, too, and end with their kernel.
ALLOWED = tuple(
    replace(each, id=f"{each.id}-where-allowed", limits={"processes": 60}) for each in UNSEEN
)
STAYING = (
    attack(
        "leaves-sleepers",
        "Leaves programs that outlive the kernel.",
        none,
        """
        import subprocess
        subprocess.Popen(["sleep", "600"], start_new_session=True)
        subprocess.Popen(["sleep", "600"], env={}, cwd="/")
        """,
    ),
    attack(
        "leaves-deaf-program",
        "Leaves a program that ignores SIGTERM.",
        none,
        """
        import subprocess
        subprocess.Popen(["sh", "-c", "trap '' TERM HUP INT; sleep 600; sleep 600"])
        """,
    ),
    attack(
        "becomes-a-daemon",
        "Forks twice, leaves its session, its environment and its folder.",
        none,
        """
        import os
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.chdir("/")
                os.execve("/bin/sleep", ["sleep", "600"], {})
            os._exit(0)
        """,
    ),
    attack(
        "becomes-a-program",
        "Has its kernel become another program.",
        none,
        'import os\nos.execv("/bin/sleep", ["sleep", "600"])',
        ends=frozenset({Ending.CELL_TIMED_OUT, Ending.CELL_FAILED}),
        cell_s=1.0,
    ),
)
ENDING = (
    attack(
        "exits-in-a-graded-cell",
        "Ends its process, well, in a graded cell.",
        none,
        graded("load", "import os\nos._exit(0)"),
        "print('too late')",
        ends=Ending.DIED,
    ),
    attack(
        "exits-in-a-probe",
        "Ends its process, well, when it is called to be looked at.",
        none,
        graded("load", "def load():\n    import os\n    os._exit(0)"),
        calling("load", "gen = 1"),
        ends=Ending.DIED,
    ),
    attack(
        "exits-at-exit",
        "Waits, and then ends its process, when it is asked to end.",
        none,
        """
        import atexit, os, time
        atexit.register(os._exit, 0)
        atexit.register(time.sleep, 60)
        """,
        ends=Ending.DONE,
    ),
    attack(
        "exits-by-signal",
        "Asks for an alarm that ends its process in a later cell.",
        none,
        "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.3)",
        "import time\ntime.sleep(2)",
        ends=Ending.DIED,
    ),
    attack(
        "crashes",
        "Reads where there is no memory.",
        none,
        "import ctypes\nctypes.string_at(0)",
        ends=Ending.DIED,
    ),
    attack(
        "closes-descriptors",
        "Closes the kernel's sockets and all other descriptors.",
        none,
        "import os\nos.closerange(3, 4096)",
        "print('too late')",
        ends=frozenset({Ending.DIED, Ending.CELL_TIMED_OUT}),
        cell_s=1.0,
    ),
    attack(
        "replaces-descriptors",
        "Puts a file in the place of every descriptor.",
        none,
        """
        import os
        junk = os.open("junk", os.O_RDWR | os.O_CREAT)
        for number in range(3, 64):
            if number != junk:
                os.dup2(junk, number)
        """,
        "print('too late')",
        ends=frozenset({Ending.DIED, Ending.CELL_TIMED_OUT}),
        cell_s=1.0,
    ),
    attack(
        "removes-its-folder",
        "Removes its own work folder, the evidence in it, and all else.",
        none,
        'import shutil\nshutil.rmtree("..", ignore_errors=True)',
        "print('the next cell')",
    ),
    attack(
        "writes-no-file",
        "Lets itself write to no file any more.",
        none,
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))",
        "print('the next cell')",
        ends=RAN | {Ending.DIED},
    ),
    attack(
        "kills-itself",
        "Kills its own process, so that it looks killed from outside.",
        none,
        "import os\nos.kill(os.getpid(), 9)",
        ends=GIVEN_UP,
    ),
    attack(
        "uses-no-time",
        "Lets itself use no processor time any more.",
        none,
        """
        import resource
        resource.setrlimit(resource.RLIMIT_CPU, (1, 9))
        while True: pass
        """,
        ends=Ending.DIED,
        cell_s=20.0,
    ),
)
ATTACKS = (*STAYING, *ENDING)
