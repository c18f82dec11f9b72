"""The kit as it is handed out: its wheel, installed where only it is new."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "HOME", "GRADER_CACHE", "GRADER_KEYS")


def files() -> list[str]:
    """List the files of the checkout, without those that git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def copy(names: Iterable[str], checkout: Path) -> None:
    """Copy files of the checkout."""
    for name in names:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)


def commands(checkout: Path) -> list[str]:
    """Return what the README of a checkout says of what to hand out: first, how to make a wheel."""
    readme = (checkout / "README.md").read_text("utf-8")
    [block] = re.findall(r"```sh\n(pip wheel .*?)```", readme, re.DOTALL)
    return [line for line in block.splitlines() if line]


def hand_out(checkout: Path, lines: Sequence[str]) -> Path:
    """Make what is handed out as the README of a checkout says; return the folder.

    Args:
        checkout: Where.
        lines: Commands of its README.
    """
    paths = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    # The grader of that checkout, whichever is installed.
    own = {"PATH": paths, "PYTHONPATH": str(checkout)}
    command = ["/bin/sh", "-ec", "\n".join(lines)]
    subprocess.run(command, check=True, cwd=checkout, env=os.environ | own)
    return checkout / "course"


def build(folder: Path) -> Path:
    """Build the wheel as the README says; return it."""
    checkout = folder / "checkout"
    copy(files(), checkout)
    [built] = hand_out(checkout, commands(checkout)[:1]).glob("*.whl")
    return built


@dataclass(frozen=True)
class Installed:
    """The installed kit.

    Args:
        folder: Where it is, in an environment of its own.
    """

    folder: Path

    @property
    def site(self) -> Path:
        """Where packages are installed."""
        [site] = (self.folder / "venv").glob("lib/python*/site-packages")
        return site

    def __call__(
        self, program: str, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a program of its environment."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return subprocess.run(
            [self.folder / "venv" / "bin" / program, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env=kept | environment,
        )


def install(wheel: Path, folder: Path) -> Installed:
    """Install a wheel; what it needs is borrowed from this environment."""
    venv.create(folder / "venv", symlinks=True)
    made = Installed(folder)
    pip("--python", str(folder / "venv" / "bin" / "python"),
        "install", "--no-deps", "--no-index", str(wheel))  # fmt: skip
    # A path alone: the .pth file of the editable installation, which it holds, is not read.
    (made.site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return made


def pip(*arguments: str) -> None:
    """Run pip."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"pip failed: {ended.stderr}"
