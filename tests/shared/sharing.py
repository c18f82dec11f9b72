"""Submissions that are slow, or hold or fill what a class shares; their neighbours get it all."""

import textwrap

from hostile.swelling import TELLING
from variants import BODY, CALLBACK, FLAT, INPUT, LOADER, OUT, Edit, Variant, model

HEADER = "def image_generator():\n"
EPOCH_END = "    def on_epoch_end(self, epoch, logs=None):\n"
# Three epochs of a small network: what the neighbours train, and the hostile ones as well.
TRAINED = model(
    INPUT, *BODY, FLAT, 'Dense(16, activation="relu")', OUT,
    fit="train_generator, epochs=3, callbacks=[callbacks]",
)  # fmt: skip
HONEST = Variant("honest", "", cells=TRAINED)


def first(source: str) -> Edit:
    """Do something before images are loaded."""
    return LOADER, HEADER, HEADER + textwrap.indent(textwrap.dedent(source).strip(), "    ") + "\n"


def each_epoch(source: str) -> Edit:
    """Do something after each epoch."""
    return CALLBACK, EPOCH_END, f"{EPOCH_END}        {source}\n"


def way(name: str, why: str, edit: Edit) -> Variant:
    return Variant(name, why, (edit,), cells=TRAINED)


# The first few stand for the others, where there is no time for all.
WAYS = (
    way(
        "answers-late",
        "The cache of trainings: nobody waits while it takes 20 s for each reply.",
        each_epoch("__import__('time').sleep(20)"),
    ),
    way(
        "kills-itself",
        "The turn of a run that is tried again alone: it comes once, and then others go on.",
        first("import os\nos.kill(os.getpid(), 9)"),
    ),
    way(
        "fills-the-disk",
        "The disk, by files that are in no folder and not open.",
        first(
            """
            import ctypes, os, time
            libc = ctypes.CDLL(None)
            libc.mmap.restype = ctypes.c_void_p
            for number in range(30):
                file = os.open(f"fill{number}", os.O_RDWR | os.O_CREAT)
                os.posix_fallocate(file, 0, 10 * 2**20)
                libc.mmap(None, 4096, 1, 1, file, 0)
                os.close(file)
                os.unlink(f"fill{number}")
            time.sleep(2)
            """
        ),
    ),
    way(
        "swells-the-grader",
        "The grader's memory, by one message in many parts.",
        first(TELLING + "say(app.iopub_thread.socket, *[frame] * 100)\ntime.sleep(1)"),
    ),
    way(
        "prints-much",
        "The grader's memory and the folder of results, by what is printed.",
        first("for _ in range(100): print('x' * 200_000)"),
    ),
    way(
        "shows-much",
        "The grader's memory, by 20,000 things that it is shown.",
        first("from IPython.display import display\nfor _ in range(20_000): display('x')"),
    ),
    way(
        "asks-much",
        "The grader's memory, by questions that nobody answers.",
        first(TELLING + "for _ in range(100): say(app.stdin_socket, frame)\ntime.sleep(1)"),
    ),
    way(
        "ends-the-kernel",
        "The template that kernels are forked from.",
        first("import os\nos._exit(3)"),
    ),
    way(
        "nests-folders",
        "Whoever removes its folder, and whoever counts what is in it.",
        first("import os\nfor _ in range(2_000):\n    os.mkdir('d')\n    os.chdir('d')"),
    ),
    way(
        "makes-files",
        "The folder of temporary files.",
        first("for number in range(30_000): open(f'f{number}', 'w').close()"),
    ),
    way(
        "looks-for-neighbours",
        "The folder of temporary files: others' folders in it have names that nobody can list.",
        first(
            """
            import os
            for folder in ("/tmp", os.path.dirname(os.path.dirname(os.getcwd()))):
                for name in os.listdir(folder):
                    open(os.path.join(folder, name, "notebooks", "x"), "w").write("x")
            """
        ),
    ),
    way(
        "takes-memory",
        "The machine's memory.",
        first("import numpy as np\nhoard = [np.ones(2**24) for _ in range(30)]"),
    ),
    way(
        "takes-threads",
        "The machine's threads.",
        first(
            "import threading, time\nfor _ in range(3_000): "
            "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\ntime.sleep(2)"
        ),
    ),
    way(
        "never-ends",
        "A place among those that run at a time, for as long as a cell may take.",
        first("while True:\n    pass"),
    ),
    way(
        "hears-nothing",
        "The same, and it does not stop when it is told to.",
        first(
            """
            def loop():
                while True: pass
            while True:
                try: loop()
                except BaseException: pass
            """
        ),
    ),
)
