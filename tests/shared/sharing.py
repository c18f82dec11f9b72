"""Submissions that are slow, or hold or fill what a class shares; their neighbours get it all."""

import textwrap
from collections.abc import Mapping

from happy_or_sad.submission import (
    BODY,
    CALLBACK,
    FLAT,
    INPUT,
    LOADER,
    OUT,
    TRAINER,
    Edit,
    Variant,
    model,
)
from hostile.swelling import TELLING

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
    told = textwrap.indent(textwrap.dedent(source).strip(), " " * 8)
    return CALLBACK, EPOCH_END, f"{EPOCH_END}{told}\n"


# Before the training that is graded, twelve others, of which no two are alike.
TRAIN = "    history = model.fit("
MANY: Edit = (
    TRAINER,
    TRAIN,
    f"    for n in range(1, 13): model.fit(train_generator, epochs=1, steps_per_epoch=n)\n{TRAIN}",
)


def way(name: str, why: str, *edits: Edit, cells: Mapping[str, str] = TRAINED) -> Variant:
    return Variant(name, why, edits, cells=cells)


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
    way(
        "waits-without-end",
        "The same, in a call that waits.",
        first("import time\ntime.sleep(10**6)"),
    ),
    way(
        "answers-in-pieces",
        "Whoever waits for a reply: it comes a byte at a time, and then makes no sense.",
        each_epoch(
            """
            import gc, socket, time
            for each in gc.get_objects():
                if isinstance(each, socket.socket) and each.family == socket.AF_UNIX:
                    for _ in range(3):
                        each.send(bytes(1))
                        time.sleep(5)
            """
        ),
    ),
    way(
        "trains-often",
        "The cache of trainings: more of them than a notebook may have made.",
        MANY,
    ),
    way(
        "trains-with-many-replies",
        "The same, and of each description there are as many as there are replies.",
        each_epoch("self.model.optimizer.learning_rate = __import__('random').random() / 1000"),
        MANY,
    ),
    way(
        "trains-large",
        "The memory of the grader and of whoever trains, by 35 million weights.",
        cells=model(
            INPUT,
            FLAT,
            'Dense(512, activation="relu")',
            OUT,
            fit="train_generator, epochs=2, callbacks=[callbacks]",
        ),
    ),
    way(
        "shows-too-much-at-once",
        "The channel: a message that is longer than any may be.",
        first("from IPython.display import display\ndisplay('x' * 9_000_000)"),
    ),
    way(
        "raises-too-much-at-once",
        "The same on both channels, as a kernel answers with the exception.",
        first("raise ValueError('x' * 9_000_000)"),
    ),
    way(
        "writes-unseen",
        "The disk and the folder of temporary files, by files that are open and in no folder.",
        first(
            """
            import tempfile, time
            hoard = [tempfile.TemporaryFile() for _ in range(30)]
            for file in hoard:
                file.write(bytes(10 * 2**20))
            time.sleep(2)
            """
        ),
    ),
    way(
        "sets-disk-aside",
        "The disk, by room in which nothing is written.",
        first(
            """
            import os, time
            for number in range(30):
                with open(f"aside{number}", "wb") as file:
                    os.posix_fallocate(file.fileno(), 0, 10 * 2**20)
            time.sleep(2)
            """
        ),
    ),
    way(
        "closes-folders",
        "The disk, by files in a folder that nobody may look into, and whoever removes that.",
        first(
            """
            import os, time
            os.mkdir("closed", 0o300)
            for number in range(30):
                open(f"closed/{number}", "wb").write(bytes(10 * 2**20))
            os.chmod("closed", 0)
            time.sleep(2)
            """
        ),
    ),
    way(
        "fills-pipes",
        "Memory that belongs to no process: what is in pipes.",
        first(
            """
            import os
            for _ in range(400):
                _, end = os.pipe()
                os.set_blocking(end, False)
                try:
                    while True:
                        os.write(end, bytes(2**16))
                except BlockingIOError:
                    pass
            """
        ),
    ),
    way(
        "kills-the-template",
        "The template that kernels are forked from, by a signal.",
        first("import os\nos.kill(os.getppid(), 9)"),
    ),
)
# What stands for the others, where there is no time for all: none of these waits.
EVERYDAY = tuple(
    each
    for each in WAYS
    if each.id in {"kills-itself", "fills-the-disk", "swells-the-grader", "raises-too-much-at-once"}
)
