"""The kit as it is handed out: its wheel, installed where only it is new."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable
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


def hand_out(checkout: Path) -> Path:
    """Make what is handed out as the README of a checkout says; return the folder."""
    readme = (checkout / "README.md").read_text("utf-8")
    [commands] = re.findall(r"```sh\n(pip wheel .*?)```", readme, re.DOTALL)
    paths = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    subprocess.run(
        ["/bin/sh", "-ec", commands], check=True, cwd=checkout, env=os.environ | {"PATH": paths}
    )
    return checkout / "course"


def build(folder: Path) -> Path:
    """Build the wheel as the README says; return it."""
    copy(files(), folder / "checkout")
    [built] = hand_out(folder / "checkout").glob("*.whl")
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
