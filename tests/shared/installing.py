"""Assignments that are installed, as package managers leave them."""

from pathlib import Path


def add_entry_point(site: Path, name: str, module: str) -> None:
    """Have an assignment be found beside the package that it is in.

    Args:
        site: Where packages are.
        name: Of the entry point.
        module: Makes the assignment.
    """
    package = module.partition(".")[0]
    about = site / f"{package}-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n")
    (about / "entry_points.txt").write_text(f"[grader.assignments]\n{name} = {module}\n")
