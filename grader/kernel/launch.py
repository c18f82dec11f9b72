"""Starts a fresh kernel: as ``python -m ipykernel_launcher`` does, but confined."""

import os
import sys
from pathlib import Path

from grader.isolation.confinement import Confinement, confine


def main() -> None:
    """Confine this process and become a kernel."""
    # Put there by -m; ipykernel puts it where a notebook's own modules are to be found.
    if Path(sys.path[0] or ".").resolve() == Path.cwd():
        del sys.path[0]
    confinement = Confinement.taken_from(os.environ)
    if confinement is not None:
        confine(confinement)
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()


if __name__ == "__main__":
    main()
