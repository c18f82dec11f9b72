"""The grader's hold on its template: started when needed, and anew when it has died."""

import atexit
import threading
from functools import cache

from grader.errors import KernelFault
from grader.processes.template.forked import ForkedProcess
from grader.processes.template.protocol import ForkRequest
from grader.processes.template.running import RunningTemplate


class TemplateHandle:
    """One template at a time. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._template: RunningTemplate | None = None

    @property
    def pid(self) -> int | None:
        """Process number of the template, if one was started."""
        return self._template.pid if self._template else None

    def start(self) -> RunningTemplate:
        """Start the template unless it runs, and return it."""
        with self._lock:
            if self._template is not None and not self._template.alive:
                self._end()
            if self._template is None:
                self._template = RunningTemplate()
            return self._template

    def fork(self, request: ForkRequest) -> ForkedProcess:
        """Have a kernel forked.

        Raises:
            KernelFault: The template does not start or does not fork.
        """
        words = ""
        # It may have died since it last forked, and nobody looked: then a new one does it.
        for _ in range(2):
            template = self.start()
            forked = template.fork(request)
            if forked is not None:
                return forked
            words = template.last_words()
            self._give_up(template)
        raise KernelFault(f"The template of the kernels ended twice. Its last words: {words}")

    def _give_up(self, template: RunningTemplate) -> None:
        with self._lock:
            if self._template is template:
                self._end()

    def close(self) -> None:
        """End the template and all that it forked."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._template is not None:
            self._template.end()
            self._template = None


@cache
def shared() -> TemplateHandle:
    """Return the one template of this process, which ends with it."""
    handle = TemplateHandle()
    atexit.register(handle.close)
    return handle
