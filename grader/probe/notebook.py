"""What a kind of graded part may use of the notebook, inside the kernel."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from grader.inspection.loaders import undisturbed
from grader.probe import exceptions, shell
from grader.probe.channel import Channel
from grader.probe.fits import Observer
from grader.probe.silence import silenced

Describe = Callable[[BaseException], dict[str, Any]]


class Notebook:
    """The notebook whose cell has just ended.

    Args:
        channel: Where observations go.
        observer: Watches trainings.
        describe: Describes an exception of the student's code.
    """

    def __init__(self, channel: Channel, observer: Observer, describe: Describe) -> None:
        self.send = channel.send
        # What was seen of models and trainings.
        self.observer = observer
        # The first batch of images that each loader gave, by graded name.
        self.batches: dict[str, Any] = {}
        self.describe = describe
        self.aside: Callable[[], AbstractContextManager[None]] = observer.aside
        self._since = time.monotonic()
        self._memories: defaultdict[tuple[str, str], dict[str, Any]] = defaultdict(dict)

    def begin_look(self) -> None:
        """Let the time of a look at all parts run from now on."""
        self._since = time.monotonic()

    @property
    def looking_s(self) -> float:
        """For how many seconds parts have been looked at since the cell ended."""
        return time.monotonic() - self._since

    @property
    def namespace(self) -> dict[str, Any]:
        """The names that its cells have defined."""
        return shell.namespace()

    def memory(self, kind: str, name: str) -> dict[str, Any]:
        """Return what is remembered of a part from one look to the next, to be changed.

        Args:
            kind: Of the part.
            name: The graded name.
        """
        return self._memories[kind, name]

    @contextmanager
    def students(self, name: str) -> Iterator[None]:
        """Call the student's code: whatever it raises is the student's, ``sys.exit`` as well.

        Args:
            name: Graded name of the part that could not be observed then.
        """
        try:
            yield
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001
            self.unprobed(name, error)

    def unprobed(self, name: str, error: BaseException) -> None:
        """Write down that a part could not be observed because the student's code raised.

        Args:
            name: Graded name of the part.
            error: What it raised.
        """
        described = self.describe(error)
        if isinstance(error, KeyboardInterrupt):
            message = "it did not end when it was called"
            described |= {"name": "TimeoutError", "message": message}
        self.send("unprobed", name=name, error=described)

    def models_in(self, error: BaseException) -> None:
        """Describe the models that were at hand in the student's functions when they failed.

        Args:
            error: What the functions raised.
        """
        import keras

        frames = [frame for frame, _ in exceptions.frames(error.__traceback__)]
        for frame in frames:
            if exceptions.is_cell(frame.f_code.co_filename):
                for value in list(frame.f_locals.values()):
                    if isinstance(value, keras.Model):
                        self.observer.model(value, reversed(frames))
                        self._follow(value)

    def _follow(self, model: Any) -> None:
        """Have a model that was to be trained described by its calls."""
        with undisturbed(), silenced():
            for batch in self.batches.values():
                self.observer.follow(model, batch)
