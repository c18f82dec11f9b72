"""Arrays over a connection: announced by type and shape, then sent as they are in memory."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 10_000
# As NumPy names them; of what else it takes for a type, some raise whatever they like.
_NUMBERS = re.compile(r"bool|u?int(8|16|32|64)|b?float(16|32|64)|complex(64|128)")


def announced(arrays: Iterable["NDArray[Any]"]) -> list[dict[str, Any]]:
    """Return what is to be said of arrays before they are sent, as JSON has it."""
    return [{"dtype": str(array.dtype), "shape": list(array.shape)} for array in arrays]


def content(array: "NDArray[Any]") -> memoryview:
    """Return what an array is in memory, to be sent: without a copy, if it lies there in a row."""
    import numpy as np

    return np.ascontiguousarray(array).reshape(-1).view(np.uint8).data


def take(
    read: Callable[[int], bytes | bytearray], told: Sequence[Mapping[str, Any]], most_bytes: int
) -> list["NDArray[Any]"]:
    """Receive arrays.

    Args:
        read: Returns the next message, of at most so many bytes.
        told: What was announced.
        most_bytes: How long all of them may be together.

    Raises:
        ValueError: They were not announced as arrays are, or are not what was announced.
    """
    if len(told) > MOST:
        raise ValueError(f"{len(told)} arrays are too many")
    left, found = most_bytes, []
    for each in told:
        held = read(left)
        left -= len(held)
        found.append(_array(held, each))
    return found


def _array(held: bytes | bytearray, told: Mapping[str, Any]) -> "NDArray[Any]":
    import numpy as np

    shape = tuple(int(length) for length in told["shape"])
    name = str(told["dtype"])
    if not _NUMBERS.fullmatch(name):
        raise ValueError("an array is announced that is not one of numbers")
    dtype = np.dtype(name)
    if math.prod(shape) * dtype.itemsize != len(held):
        raise ValueError("an array has another size than was announced")
    return np.frombuffer(held, dtype).reshape(shape)
