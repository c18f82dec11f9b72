"""Finds the folders of kinds. A kernel's template imports it, so it needs nothing itself."""

import pkgutil

from grader import kinds


def folders() -> list[str]:
    """Return the full names of the packages that kinds are in, sorted."""
    found = pkgutil.iter_modules(kinds.__path__, f"{kinds.__name__}.")
    return sorted(each.name for each in found if each.ispkg)


def modules_inside() -> list[str]:
    """Return the names of the modules that look at parts inside a kernel."""
    return [f"{folder}.inside" for folder in folders()]
