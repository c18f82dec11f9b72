"""Attacks on the kernel's own process and folder: streams, signals, links, permissions."""

from hostile.attack import RAN, Ending, attack
from hostile.deceiving import LOADED, LOST
from hostile.harm import none, remained, told

PROCESS = (
    attack(
        "replaces-streams",
        "Puts objects that raise in the place of stdout and stderr.",
        none,
        """
        import sys
        class Raising:
            def __getattr__(self, name): raise RuntimeError(name)
        sys.stdout = sys.stderr = sys.displayhook = sys.excepthook = Raising()
        """,
        *LOADED,
        ends=LOST | {Ending.CELL_TIMED_OUT},
        cell_s=1.0,
    ),
    attack(
        "allows-no-recursion",
        "Lets functions call no others, almost.",
        none,
        "import sys\nsys.setrecursionlimit(60)",
        *LOADED,
        ends=LOST | {Ending.CELL_TIMED_OUT},
        cell_s=1.0,
    ),
    attack(
        "sets-alarms",
        "Has an alarm raise in whatever runs, a thousand times a second.",
        none,
        """
        import signal
        def ring(*args): raise TimeoutError("alarm")
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
        """,
        *LOADED,
        ends=LOST | {Ending.CELL_TIMED_OUT},
        cell_s=1.0,
    ),
    attack(
        "handles-signals",
        "Has the grader's interrupt start another endless loop.",
        none,
        """
        import signal
        def again(*args):
            while True: pass
        signal.signal(signal.SIGINT, again)
        while True: pass
        """,
        ends=Ending.CELL_TIMED_OUT,
        cell_s=1.0,
    ),
    attack(
        "shows-its-environment",
        "Looks for secrets among its own environment variables.",
        told("variable"),
        'import os\nprint("GOT", dict(os.environ), open("/proc/self/environ").read())',
    ),
    attack(
        "reads-its-descriptors",
        "Reads whatever was open before it began.",
        told("descriptor"),
        """
        import os
        for number in range(3, 256):
            try:
                print("GOT", os.pread(number, 1000, 0))
            except OSError:
                pass
        """,
    ),
)
FOLDER = (
    attack(
        "poisons-files",
        "Leaves a pickle, an array and a model that run code when they are loaded.",
        none,
        """
        import os, pickle
        class Poison:
            def __reduce__(self): return os.mkdir, ("{outside}/poisoned",)
        for name in ("model.keras", "array.npy", "history.pkl", "../probe/x.pkl", "../kernel.json"):
            with open(name, "wb") as file:
                pickle.dump(Poison(), file)
        """,
    ),
    attack(
        "links-to-others",
        "Leaves links to others' files where its own are removed.",
        none,
        """
        import os
        os.symlink("{submissions}", "link")
        os.symlink("{gradebook}", "file")
        os.rename("../data", "../old")
        os.symlink("{submissions}", "../data")
        """,
        ends=Ending.DONE,
    ),
    attack(
        "locks-its-folder",
        "Lets nobody look into its own folders.",
        remained,
        """
        import os
        os.makedirs("locked/inside")
        for name in ("locked/inside", "locked", "..", "../probe"):
            os.chmod(name, 0)
        """,
        # Where chmod is not stopped, nobody but root can count what is in there.
        ends=RAN | {Ending.DISK},
    ),
    attack(
        "changes-its-images",
        "Paints over its own copy of the images.",
        none,
        """
        import glob
        for path in glob.glob("../data/*/*/*"):
            open(path, "w").write("nothing")
        """,
        ends=Ending.DONE,
    ),
)
ATTACKS = (*PROCESS, *FOLDER)
