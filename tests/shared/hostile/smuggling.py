"""Attacks that read files of others, by other hands: programs, threads, native code."""

from hostile.attack import attack
from hostile.harm import said, told

URING = """
import ctypes, mmap, os, struct
libc = ctypes.CDLL(None, use_errno=True)
path = ctypes.create_string_buffer(b"{neighbour}")
SETUP, ENTER, REQUESTS = 425, 426, 0x10000000
given = ctypes.create_string_buffer(120)
ring = libc.syscall(SETUP, 4, given)
assert ring >= 0, os.strerror(ctypes.get_errno())
fields = struct.unpack("30I", given)
tail, array, results = fields[11], fields[16], fields[25]
queues, requests = mmap.mmap(ring, 4096), mmap.mmap(ring, 4096, offset=REQUESTS)
request = struct.pack("BBHiQQII", *%s)
requests[: len(request)] = request
queues[tail : tail + 4], queues[array : array + 4] = struct.pack("I", 1), bytes(4)
libc.syscall(ENTER, ring, 1, 1, 1, None, 0)
made = struct.unpack_from("i", queues, results + 8)[0]
"""
OPENAT, SOCKET = "(18, 0, 0, -100, 0, ctypes.addressof(path), 0, 0)", "(45, 0, 0, 2, 2, 0, 0, 0)"
ATTACKS = (
    attack(
        "reads-by-shell",
        "Has a shell print another submission.",
        told("neighbour"),
        'import os\nprint("GOT", os.popen("cat {neighbour}").read())',
    ),
    attack(
        "reads-by-program",
        "Has a program print another submission.",
        told("neighbour"),
        """
        import subprocess
        print("GOT", subprocess.run(["cat", "{neighbour}"], capture_output=True, text=True))
        """,
    ),
    attack(
        "reads-by-fork",
        "Has a forked process read another submission.",
        told("neighbour"),
        """
        import os
        ours, theirs = os.pipe()
        if os.fork() == 0:
            try:
                os.write(theirs, open("{neighbour}", "rb").read())
            finally:
                os._exit(0)
        os.close(theirs)
        print("GOT", os.read(ours, 1000))
        """,
    ),
    attack(
        "reads-by-unnamed-program",
        "Has a program that is in no folder print another submission.",
        told("neighbour"),
        """
        import os, subprocess
        program = os.memfd_create("cat", 0)
        os.write(program, open("/bin/cat", "rb").read())
        command = [f"/proc/self/fd/{program}", "{neighbour}"]
        ended = subprocess.run(command, pass_fds=[program], capture_output=True, text=True)
        print("GOT", ended)
        """,
    ),
    attack(
        "reads-by-early-thread",
        "Has a thread that was started by the first cell read another submission later.",
        told("neighbour"),
        """
        import threading
        later, found = threading.Event(), []
        def read():
            later.wait()
            found.append(open("{neighbour}").read())
        thread = threading.Thread(target=read)
        thread.start()
        """,
        'later.set()\nthread.join()\nprint("GOT", found)',
    ),
    attack(
        "reads-by-library",
        "Calls the C library's open and read.",
        told("neighbour"),
        """
        import ctypes
        libc, content = ctypes.CDLL(None), ctypes.create_string_buffer(1000)
        libc.read(libc.open(b"{neighbour}", 0), content, 1000)
        print("GOT", content.value)
        """,
    ),
    attack(
        "reads-by-system-call",
        "Calls openat2 by its number.",
        told("neighbour"),
        """
        import ctypes, os
        OPENAT2, HERE = 437, -100
        how = (ctypes.c_uint64 * 3)(os.O_RDONLY, 0, 0)
        file = ctypes.CDLL(None).syscall(OPENAT2, HERE, b"{neighbour}", how, 24)
        print("GOT", os.read(file, 1000))
        """,
    ),
    attack(
        "reads-by-tensorflow",
        "Has TensorFlow read another submission.",
        told("neighbour"),
        'import tensorflow as tf\nprint("GOT", tf.io.read_file("{neighbour}"))',
    ),
    attack(
        "reads-by-io-uring",
        "Has the system read another submission by a queue of requests.",
        told("neighbour"),
        URING % OPENAT,
        'print("GOT", os.read(made, 1000))',
        needs="io_uring",
    ),
    attack(
        "makes-a-device",
        "Makes a device of its own, as it could one of the disk, and opens it.",
        said("OPENED"),
        """
        import os, stat
        os.mknod("random", stat.S_IFCHR | 0o600, os.makedev(1, 9))
        print("OPENED", os.read(os.open("random", os.O_RDONLY), 1) and "it")
        """,
        needs="root",
    ),
)
