"""What stands for values that Python itself has no plain type for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from numpy import ndarray

_AXES, _CHANNELS = 2, 3


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value of another kind than can be compared, in words such as "a generator"."""

    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column with labels, as a pandas Series is.

    Args:
        name: Its name, None where it has none.
        index: Label of each row: a list, a range or an array.
        values: The rows, an array or a list.
    """

    name: Any
    index: Any
    values: Any


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of equal length, as a pandas DataFrame is.

    Args:
        columns: Names of the columns.
        index: Label of each row: a list, a range or an array.
        data: Each column's rows, an array or a list.
    """

    columns: list[Any]
    index: Any
    data: list[Any]


@dataclass(init=False, slots=True, eq=False)
class History:
    """A History as Keras' ``fit`` returns it, made up: an argument for functions that take one.

    In a notebook that uses Keras it is Keras' own, whose ``params`` and ``model`` are None.

    Args:
        history: What each epoch logged, by metric, such as ``{"accuracy": [0.5, 0.9]}``; all lists
            are of the same length.
        epoch: Number of each epoch, from 0; None to count them.

    Raises:
        ValueError: That is no history.
    """

    history: dict[Any, Any]
    epoch: Any
    params: None
    model: None

    def __init__(
        self, history: Mapping[str, Iterable[float]], epoch: Iterable[int] | None = None
    ) -> None:
        if not isinstance(history, Mapping) or not all(isinstance(key, str) for key in history):
            raise ValueError(f"a History is of lists of numbers by metric, found {history!r:.80}")
        logged = {name: _numbers(name, series) for name, series in history.items()}
        epochs = max(map(len, logged.values()), default=0)
        counted = list(range(epochs)) if epoch is None else list(epoch)
        if any(len(series) != len(counted) for series in logged.values()):
            lengths = ", ".join(f"{len(series)} of {name}" for name, series in logged.items())
            raise ValueError(f"a History has a number an epoch, found {lengths}")
        self.history, self.epoch, self.params, self.model = logged, counted, None, None

    @classmethod
    def as_written(cls, history: object, epoch: object) -> "History":
        """Return one as a student's code may have left it: any dictionary, and anything beside.

        Args:
            history: Of a History.
            epoch: Likewise.

        Raises:
            TypeError: It is no dictionary.
        """
        if not isinstance(history, dict):
            raise TypeError("no dictionary")
        made = cls({})
        made.history, made.epoch = history, epoch
        return made


def _numbers(name: str, series: Iterable[float]) -> list[float]:
    try:
        return [float(number) for number in series]
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} of a History is a list of numbers, found {series!r:.80}"
        ) from None


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link in a ``MadeFolder``.

    Args:
        to: Where it leads, from the folder that it lies in, such as ``../dogs/1.png``.
    """

    to: str


@dataclass(frozen=True, slots=True)
class MadeFolder:
    """A folder that is made for one call: an argument for functions that take a path.

    What is called gets the path as a text. The folder is gone when the call has ended.

    Args:
        files: What each file holds, by its path below the folder, such as ``cats/1.png``; a
            ``Link``, or None for an empty folder.
        path: Of which file or folder below it the path is passed; by default, of itself.

    Raises:
        TypeError: A file holds something else.
        ValueError: No such folder can be made.
    """

    files: Mapping[str, bytes | Link | None]
    path: str = ""

    def __post_init__(self) -> None:
        for path, held in self.files.items():
            if not _is_below(path):
                raise ValueError(f"a path below a folder is like cats/1.png, found {path!r}")
            if not isinstance(held, bytes | Link | None):
                raise TypeError(f"{path} holds bytes, a Link or None, found {held!r:.80}")
            for above in map(str, PurePosixPath(path).parents):
                if self.files.get(above) is not None:
                    raise ValueError(f"{path} lies below {above}, which is no folder")
        folders = {str(each) for path in self.files for each in PurePosixPath(path).parents}
        if self.path and self.path not in {*self.files, *folders}:
            raise ValueError(f"there is no {self.path} in a folder of {', '.join(self.files)}")


def _is_below(path: object) -> bool:
    if not isinstance(path, str) or not path or "\0" in path:
        return False
    parts = PurePosixPath(path)
    return str(parts) == path and not parts.is_absolute() and ".." not in parts.parts


@dataclass(frozen=True, slots=True)
class ColourModel:
    """A model that tells pictures by their mean colour: an argument for functions that predict.

    It puts out the sigmoid of the mean of each channel times its weight, all added up, and a bias:
    one number a picture. In a notebook that uses Keras it is a model of Keras, not compiled.

    Args:
        size: Height and width of the pictures that it takes, in pixels.
        weights: Of red, green and blue, in this order.
        bias: What is added.

    Raises:
        ValueError: That is no such model.
    """

    size: tuple[int, int]
    weights: tuple[float, float, float]
    bias: float = 0.0

    def __post_init__(self) -> None:
        whole = isinstance(self.size, tuple) and all(type(n) is int and n > 0 for n in self.size)
        if not whole or len(self.size) != _AXES:
            raise ValueError(f"pictures have a height and a width, found {self.size!r:.80}")
        numbers = (*self.weights, self.bias) if isinstance(self.weights, tuple) else ()
        if len(numbers) != _CHANNELS + 1 or not all(isinstance(n, int | float) for n in numbers):
            found = f"{self.weights!r:.80} and {self.bias!r:.80}"
            raise ValueError(
                f"a model has a weight for each of three colours and a bias, found {found}"
            )


def can_change(value: object) -> bool:
    """Whether something that has items can be changed in its place: it, or what it holds."""
    if isinstance(value, Table | Column | History):
        return True
    if isinstance(value, MadeFolder):
        return bool(value.files)
    if isinstance(value, ndarray):
        return value.size > 0
    if isinstance(value, tuple):
        return any(map(can_change, value))
    return isinstance(value, list | set | dict) and bool(value)
