"""One template process, as the grader holds it, from its start to its end."""

import os
import subprocess
import sys
from contextlib import ExitStack, suppress

from grader import leftovers
from grader.errors import KernelFault
from grader.processes.environment import template_environment
from grader.processes.folders import new_folder
from grader.processes.template import protocol
from grader.processes.template.forked import ForkedProcess
from grader.processes.template.protocol import ForkRequest

# Importing TensorFlow takes 3 s on a free machine, and far longer on a cold or a crowded one.
START_S = 120.0
END_S = 10.0
# Not with -m or -P: modules in the current folder must not be imported by the template, and those
# beside a notebook must be by its kernel.
MAIN = (
    "import sys; sys.path.remove(''); from grader.processes.template import process; process.main()"
)


class RunningTemplate:
    """Starts a template, which imports while the caller does other things."""

    def __init__(self) -> None:
        self._folder = new_folder()
        self._said = self._folder / "said"
        self._control, theirs = protocol.pair()
        with theirs, self._said.open("wb") as said:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-c", MAIN, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                pass_fds=[theirs.fileno()],
                env=template_environment(os.environ, self._folder),
                start_new_session=True,
            )
        self.pid = self._process.pid
        self._has_forked = False

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def fork(self, request: ForkRequest) -> ForkedProcess | None:
        """Have a kernel forked; None when the template has died.

        Raises:
            KernelFault: It lives and does not fork.
        """
        ours, theirs = protocol.pair()
        with theirs, suppress(OSError):
            protocol.ask(self._control, request, theirs)
        ours.settimeout(START_S)
        with ExitStack() as unless_forked:
            unless_forked.enter_context(ours)
            try:
                told = protocol.told(ours)
            except TimeoutError as error:
                raise KernelFault(f"The template did not fork within {START_S:.0f} s.") from error
            if told and "pid" in told:
                self._has_forked = True
                unless_forked.pop_all()
                return ForkedProcess(told["pid"], ours)
        if told:
            raise KernelFault(f"No kernel could be forked: {told['error']}.")
        return None

    def last_words(self) -> str:
        """Return the last line of what it said to its standard error."""
        lines = self._said.read_text("utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "none"

    def end(self) -> None:
        """End it and all that it forked."""
        self._control.close()
        # While it still imports, it would not see for seconds that nobody asks any more.
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(END_S if self._has_forked else 0)
        self._process.kill()
        self._process.wait()
        leftovers.remove(self._folder)
