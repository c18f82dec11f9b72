"""What a fork does to be the kernel that was asked for."""

import ctypes
import os
import signal
import sys

from grader.inspection import decoding
from grader.isolation.confinement import Confinement, confine
from grader.processes.template.protocol import ForkRequest

_PR_SET_PDEATHSIG = 1


def become(request: ForkRequest, template: int) -> None:
    """Run a Jupyter kernel, or a training, in this process until its end.

    Args:
        request: What to run.
        template: Process number of the template; the process does not outlive it.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != template:
        return
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _silence()
    os.environ.clear()
    os.environ.update(request.environment)
    os.chdir(request.folder)
    _draw_where_asked()
    confinement = Confinement.taken_from(os.environ)
    if confinement is not None:
        confine(confinement)
    if request.task == "training":
        from grader.training import process

        process.main(request.arguments[0], confinement)
        return
    decoding.forget()
    _launch(list(request.arguments))


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _draw_where_asked() -> None:
    import matplotlib as mpl

    # matplotlib read this when the template imported it.
    if "MPLBACKEND" in os.environ:
        mpl.rcParams["backend"] = os.environ["MPLBACKEND"]


def _launch(arguments: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    sys.argv[:] = ["ipykernel_launcher", *arguments]
    IPKernelApp.launch_instance(arguments)
