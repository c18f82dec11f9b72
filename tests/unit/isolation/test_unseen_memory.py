"""Memory that no process is seen to have cannot be taken; copying and mapping files goes on."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.isolation import seccomp
from grader.isolation.layers import LINUX
from grader.isolation.readable import SYSTEM

pytestmark = pytest.mark.skipif(
    not (LINUX and seccomp.available()), reason="this system filters no calls"
)
SEALED = """
import ctypes, mmap, os, shutil, threading
from grader.isolation import privileges, seccomp
libc = ctypes.CDLL(None, use_errno=True)
privileges.no_new()
seccomp.deny(processes=False, signals=False)

def refused(call):
    try:
        return call() == -1 and ctypes.get_errno() in (1, 38)
    except OSError as error:
        return error.errno in (1, 38)
"""
REFUSED = {
    "shared memory of no file": "mmap.mmap(-1, 4096)",
    "shared memory by its newer flag": "mmap.mmap(-1, 4096, flags=0x23)",
    "pages of files in pipes": "os.sendfile(os.pipe()[1], os.open('file', os.O_RDONLY), 0, 4096)",
    "rules of Landlock": "libc.syscall(444, None, 0, 0)",
    "more rules of Landlock": "libc.syscall(445, 0, 2, None, 0)",
}
WORKS = {
    "private memory": "mmap.mmap(-1, 4096, flags=0x22)",
    "a file that is mapped": "mmap.mmap(os.open('file', os.O_RDWR), 4096)",
    "a file that is copied": "shutil.copyfile('file', 'copy')",
    "a thread": "threading.Thread(target=print).start()",
}


def run(code: str, folder: Path) -> str:
    (folder / "file").write_bytes(bytes(4096))
    ended = subprocess.run(
        [sys.executable, "-c", SEALED + code], cwd=folder, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return ended.stdout.strip() + ended.stderr.strip()


@pytest.mark.parametrize("call", REFUSED.values(), ids=REFUSED)
def test_it_is_refused(call: str, tmp_path: Path) -> None:
    assert run(f"print(refused(lambda: {call}))", tmp_path) == "True"


@pytest.mark.parametrize("call", WORKS.values(), ids=WORKS)
def test_what_notebooks_do_works(call: str, tmp_path: Path) -> None:
    assert run(f"{call}; print('right')", tmp_path).endswith("right")


def test_zeros_of_a_device_that_may_be_shared_cannot_be_opened() -> None:
    assert "/dev/zero" not in SYSTEM
