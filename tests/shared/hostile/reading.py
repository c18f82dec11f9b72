"""Attacks that read files of others, by every way that leads to a file."""

from hostile.attack import attack
from hostile.harm import told

OPENED = 'print("GOT", open("{%s}").read())'
DIGESTED = """
import hashlib
print("GOT", hashlib.sha256(open("%s", "rb").read()).hexdigest())
"""

PLAINLY = (
    attack(
        "reads-neighbour",
        "Opens another student's submission.",
        told("neighbour"),
        OPENED % "neighbour",
    ),
    attack(
        "reads-solution",
        "Opens a solution.",
        told("solution"),
        OPENED % "solution",
    ),
    attack(
        "reads-own-solution",
        "Opens the solution that comes with the grader.",
        told("own"),
        DIGESTED % "{own}",
    ),
    attack(
        "reads-report",
        "Opens another student's report.",
        told("report"),
        OPENED % "report",
    ),
    attack(
        "reads-gradebook",
        "Opens the table of grades.",
        told("gradebook"),
        OPENED % "gradebook",
    ),
    attack(
        "reads-home",
        "Opens a private key in the home folder.",
        told("private"),
        OPENED % "private",
    ),
    attack(
        "reads-shadow",
        "Opens the system's passwords.",
        told("shadow"),
        DIGESTED % "{shadow}",
    ),
    attack(
        "lists-submissions",
        "Lists who else has submitted.",
        told("name"),
        'import os\nprint("GOT", os.listdir("{submissions}"))',
    ),
)
BY_ANOTHER_NAME = (
    attack(
        "reads-by-symlink",
        "Opens another submission by a symbolic link in its own folder.",
        told("neighbour"),
        """
        import os
        os.symlink("{neighbour}", "mine")
        print("GOT", open("mine").read())
        """,
    ),
    attack(
        "reads-by-hard-link",
        "Opens another submission by a hard link in its own folder.",
        told("neighbour"),
        """
        import os
        os.link("{neighbour}", "mine")
        print("GOT", open("mine").read())
        """,
    ),
    attack(
        "reads-by-dots",
        "Climbs to another submission from its own folder.",
        told("neighbour"),
        """
        import os
        print("GOT", open(os.path.relpath("{neighbour}")).read())
        """,
    ),
    attack(
        "reads-by-root-of-grader",
        "Opens another submission below /proc/PID/root of the grader.",
        told("neighbour"),
        'print("GOT", open("/proc/{grader_pid}/root{neighbour}").read())',
    ),
    attack(
        "reads-by-own-root",
        "Opens another submission below /proc/self/root.",
        told("neighbour"),
        'print("GOT", open("/proc/self/root{neighbour}").read())',
    ),
    attack(
        "reads-by-folder-of-neighbour",
        "Opens a file in the folder that another process works in.",
        told("notes"),
        'print("GOT", open("/proc/{neighbour_pid}/cwd/notes").read())',
    ),
    attack(
        "reads-by-path-descriptor",
        "Opens another submission from a folder that was opened as a mere place (O_PATH).",
        told("neighbour"),
        """
        import os
        folder = os.open(os.path.dirname("{neighbour}"), os.O_PATH)
        file = os.open(os.path.basename("{neighbour}"), os.O_RDONLY, dir_fd=folder)
        print("GOT", os.read(file, 1000))
        """,
    ),
    attack(
        "reads-by-reopening",
        "Opens another submission as a mere place and then again by /proc/self/fd.",
        told("neighbour"),
        """
        import os
        place = os.open("{neighbour}", os.O_PATH)
        print("GOT", open(f"/proc/self/fd/{place}").read())
        """,
    ),
)
IN_ANOTHER_VIEW = (
    attack(
        "reads-by-bind-mount",
        "Mounts the others' folder into its own, in a name space of its own.",
        told("neighbour"),
        """
        import os, subprocess
        os.mkdir("view")
        script = 'mount --bind "$1" view && cat view/*/*.ipynb'
        command = ["unshare", "--mount", "sh", "-c", script, "sh", "{submissions}"]
        print("GOT", subprocess.run(command, capture_output=True, text=True))
        """,
        needs="unshare",
    ),
    attack(
        "reads-by-mount",
        "The same by system calls of its own.",
        told("neighbour"),
        """
        import ctypes, glob, os
        libc = ctypes.CDLL(None)
        os.mkdir("view")
        NEW_MOUNTS, BIND, PRIVATE = 0x20000, 0x1000, 0x44000
        assert libc.unshare(NEW_MOUNTS) == 0
        assert libc.mount(b"none", b"/", None, PRIVATE, None) == 0
        assert libc.mount(b"{submissions}", b"view", None, BIND, None) == 0
        print("GOT", [open(path).read() for path in glob.glob("view/*/*.ipynb")])
        """,
        needs="root",
    ),
    attack(
        "reads-by-chroot",
        "Makes the others' folder its root.",
        told("neighbour"),
        """
        import glob, os
        os.chroot("{submissions}")
        print("GOT", [open(path).read() for path in glob.glob("/*/*.ipynb")])
        """,
        needs="root",
    ),
    attack(
        "reads-by-handle",
        "Opens another submission by its number in the file system.",
        told("neighbour"),
        """
        import ctypes, os
        libc = ctypes.CDLL(None)
        handle = ctypes.create_string_buffer(b"\\x80" + bytes(3), 136)
        mounted, HERE = ctypes.c_int(), -100
        assert libc.name_to_handle_at(HERE, b"{neighbour}", handle, ctypes.byref(mounted), 0) == 0
        file = libc.open_by_handle_at(os.open(".", os.O_RDONLY), handle, os.O_RDONLY)
        print("GOT", os.read(file, 1000))
        """,
        needs="root",
    ),
)
ATTACKS = (*PLAINLY, *BY_ANOTHER_NAME, *IN_ANOTHER_VIEW)
