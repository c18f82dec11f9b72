"""Throwaway files around a run: those of others, each with a secret in it."""

import hashlib
import os
import secrets
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import grader
from hostile import census

ROOT = Path(__file__).resolve().parents[3]
OWN_SOLUTION = ROOT / "notebooks" / "solutions" / "C1W4_Assignment.ipynb"
SHADOW = Path("/etc/shadow")
SHARED = Path("/dev/shm")  # noqa: S108 - that it is shared is what it is about
FILES = {
    "neighbour": "submissions/neighbour/C1W4_Assignment.ipynb",
    "solution": "solutions/C1W4_Assignment.ipynb",
    "report": "reports/neighbour/report.json",
    "gradebook": "reports/grades.csv",
    "private": "home/.ssh/id",
    "notes": "outside/notes",
}
WORK = ("notebooks", "probe", "data")
FOLDERS = {"outside": "outside", "submissions": "submissions", "reports": "reports", "home": "home"}


def secret() -> str:
    """Return what nobody guesses."""
    return f"secret-{secrets.token_hex(12)}"


def digest(path: Path) -> str:
    """Return the digest of a file, which may be shown where its content may not."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Places:
    """Files around a run.

    Args:
        folder: Where to make them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secrets = {name: secret() for name in (*FILES, "name")}
        self.paths = {name: folder / path for name, path in FILES.items()}
        for name, path in self.paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.secrets[name], "utf-8")
            path.chmod(0o600)
        (folder / "submissions" / self.secrets["name"]).mkdir()
        shadow = SHADOW if os.access(SHADOW, os.R_OK) else self.paths["private"]
        self.paths |= {"shadow": shadow, "own": OWN_SOLUTION}
        self.secrets |= {name: digest(self.paths[name]) for name in ("shadow", "own")}
        self.paths |= {name: folder / path for name, path in FOLDERS.items()}
        self.secrets["shared"] = secret()
        self.paths["shared"] = SHARED / self.secrets["name"]
        self.paths["shared"].write_text(self.secrets["shared"], "utf-8")
        self.secrets["beside"] = secret()
        self.paths["beside"] = _beside_python(folder) / self.secrets["name"]
        self.paths["beside"].write_text(self.secrets["beside"], "utf-8")
        self.plants = _plants(secret())
        self._before = self._seen()

    def _seen(self) -> dict[str, tuple[object, ...]]:
        return {str(path): _look(path) for path in census.below([self.folder])}

    @property
    def changed(self) -> bool:
        """Whether any file, or what is said of it, is not as it was."""
        return self._seen() != self._before

    @property
    def planted(self) -> bool:
        """Whether a file was left in a place that everybody shares."""
        return any(path.exists() for path in self.plants.values())

    def close(self) -> None:
        """Remove what is in places that everybody shares."""
        for path in (*self.plants.values(), self.paths["shared"], self.paths["beside"]):
            path.unlink(missing_ok=True)


def _beside_python(otherwise: Path) -> Path:
    """Return the folder that Python is installed in, where people may keep what is theirs."""
    folder = Path(sys.prefix)
    return folder if os.access(folder, os.W_OK) else otherwise


def _plants(name: str) -> dict[str, Path]:
    """Return where files may be planted: a name that nobody imports is harmless there."""
    packages = Path(sysconfig.get_paths()["purelib"])
    folders = {
        "in_grader": Path(grader.__file__).parent,
        "in_packages": packages,
        "in_prefix": Path(sys.prefix),
        "in_temp": Path(tempfile.gettempdir()),
        "in_memory": SHARED,
    }
    return {key: folder / name for key, folder in folders.items()}


def _look(path: Path) -> tuple[object, ...]:
    content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    return path.lstat().st_ino, content, *census.state(path)


def leftovers() -> set[Path]:
    """Return the work folders of this process; its template has a folder, too, of another kind."""
    found = Path(tempfile.gettempdir()).glob(f"grader-{os.getpid()}-*")
    return {path for path in found if any((path / name).exists() for name in WORK)}


def remove(folders: set[Path]) -> None:
    """Remove work folders that a run has left, by a program that no depth of them troubles."""
    for folder in folders:
        subprocess.run(["/bin/rm", "-rf", str(folder)], check=False)
