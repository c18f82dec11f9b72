"""Runs a hostile class where it can harm nobody, and tells what it has changed there.

In name spaces of its own, it has all processes, sockets, shared memory, queues, mounts and
temporary files to itself, so that a list of them before and after is whole; the project and its
virtual environment lie below a file system that keeps what is written apart; and root can have an
ordinary user there who owns both, as a user does who has cloned and installed the project.
"""

import fcntl
import json
import os
import pwd
import shutil
import signal
import socket
import struct
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from hostile import census
from hostile.batch import Setting
from hostile.places import ROOT

APART = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--ipc", "--net",
         "--uts")  # fmt: skip
COPIED = ("grader", "notebooks", "data", "tests")
MOST_BYTES = 3 * 1024**3
ROOT_USER, ORDINARY = "root", "nobody"
_SET_FLAGS, _UP = 0x8914, 1
PYTHON = (sys.prefix, sys.base_prefix)
# A stride by which only the first is run.
ONE = 10**6


def possible() -> bool:
    """Whether this process may make name spaces."""
    if sys.platform != "linux" or os.getuid() != 0 or shutil.which(APART[0]) is None:
        return False
    return subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0


def run(setting: Setting) -> Iterator[dict[str, Any]]:
    """Run a class apart, and yield what became of each attack, and last what differs.

    Raises:
        subprocess.CalledProcessError: It did not come to its end.
    """
    with _started({"setting": asdict(setting)}) as process:
        yield from map(json.loads, process.stdout or ())
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, process.args)


def ran(user: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run Python apart, as a user and with arguments."""
    with _started({"user": user, "arguments": arguments}) as process:
        said, _ = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, said)


@contextmanager
def _started(what: dict[str, Any]) -> Iterator["subprocess.Popen[str]"]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        command = [*APART, sys.executable, "-m", __name__, folder, json.dumps(what)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "shared")}
        started = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )
        with started as process:
            try:
                yield process
            finally:
                # Whatever is in there ends with it.
                process.kill()


def main() -> None:
    """Be the first process of a machine of its own: furnish it, and do there what is asked."""
    folder, what = Path(sys.argv[1]), json.loads(sys.argv[2])
    setting = Setting(**what.get("setting", {"user": what.get("user"), "layers": ""}))
    user = pwd.getpwnam(ROOT_USER if setting.user == ROOT_USER else ORDINARY)
    _furnish(folder, user)
    if "arguments" in what:
        sys.exit(_run(what["arguments"], user))
    # Whatever is made once, such as a cache, is there afterwards.
    _batch(replace(setting, stride=ONE), user)
    before = _census(folder)
    _batch(setting, user)
    differences = census.differences(before, _census(folder))
    print(json.dumps({"differences": differences}))  # noqa: T201 - what is asked for


def _census(folder: Path) -> census.Census:
    own = [folder / name for name in ("home", "others", "temp")]
    places = [*(ROOT / name for name in COPIED), *map(Path, sorted(set(PYTHON)))]
    # In these, the surroundings of each attack have something of others.
    busy = (folder / "temp", Path(sys.prefix), Path(census.SHARED))
    return census.take([*own, *places], busy, folder)


def _furnish(folder: Path, user: pwd.struct_passwd) -> None:
    """Put everything where only this machine has it."""
    _uncover(folder, {*PYTHON, str(ROOT)})
    _mount("tmpfs", folder, f"size={MOST_BYTES},mode=755")
    _mount("tmpfs", Path(census.SHARED), "mode=1777")
    for name in ("home", "others", "temp"):
        (folder / name).mkdir()
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    _keep_writes_apart(folder, user)
    _loop_back()
    os.environ.update(
        HOME=str(folder / "home"), TMPDIR=str(folder / "temp"), PYTHONDONTWRITEBYTECODE="1",
        GRADER_CACHE=str(folder / "home" / "cache"), GRADER_KEYS=str(folder / "home" / "keys"),
        USER=user.pw_name, LOGNAME=user.pw_name,
    )  # fmt: skip
    tempfile.tempdir = None
    other = folder / "others" / "submission.ipynb"
    other.write_text("somebody else's", "utf-8")
    os.chown(other, user.pw_uid, user.pw_gid)


def _mount(kind: str, where: Path, options: str) -> None:
    _call_mount("-t", kind, "-o", options, kind, where)


def _call_mount(*arguments: str | Path) -> None:
    subprocess.run([shutil.which("mount") or "mount", *arguments], check=True)


def _keep_writes_apart(folder: Path, user: pwd.struct_passwd) -> None:
    """Let this user own a copy of the project, and the folders of Python that others write to."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / "project" / name, symlinks=True)
        _give(folder / "project" / name, user)
        _call_mount("--bind", folder / "project" / name, ROOT / name)
    for name in ("above", "work"):
        (folder / name).mkdir()
    above, work = folder / "above", folder / "work"
    _mount("overlay", Path(sys.prefix), f"lowerdir={sys.prefix},upperdir={above},workdir={work}")
    os.chdir(ROOT)
    for path in (sys.prefix, sysconfig.get_path("purelib")):
        os.chown(path, user.pw_uid, user.pw_gid)


def _give(folder: Path, user: pwd.struct_passwd) -> None:
    for path in census.below([folder]):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def _uncover(folder: Path, places: Iterable[str]) -> None:
    """Let others come to places that are in folders of one user's, and to nothing else there."""
    closed = {
        next(reversed(shut))
        for place in places
        if (shut := [each for each in Path(place).parents if not each.stat().st_mode & 0o001])
    }
    for cover in closed:
        inside = [place for place in places if Path(place).is_relative_to(cover)]
        for number, place in enumerate(inside):
            (folder / str(number)).mkdir()
            _call_mount("--rbind", place, folder / str(number))
        _mount("tmpfs", cover, "mode=755")
        for number, place in enumerate(inside):
            Path(place).mkdir(parents=True, exist_ok=True)
            _call_mount("--move", folder / str(number), place)


def _loop_back() -> None:
    """Let this machine reach itself."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        fcntl.ioctl(one, _SET_FLAGS, struct.pack("=16sH22x", b"lo", _UP))


def _batch(setting: Setting, user: pwd.struct_passwd) -> None:
    if _run(["-m", "hostile.batch", json.dumps(asdict(setting))], user):
        raise SystemExit(1)


def _run(arguments: Sequence[str], user: pwd.struct_passwd) -> int:
    """Run Python, be who orphans come to, and return how it ended."""
    started = subprocess.Popen(
        [sys.executable, *arguments], user=user.pw_uid, group=user.pw_gid, extra_groups=[],
        cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    while (ended := os.wait())[0] != started.pid:
        continue
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue
    return os.waitstatus_to_exitcode(ended[1])


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    main()
