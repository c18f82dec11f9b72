"""What the functions of "Warm-up" return where they are right."""

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray


def to_celsius(fahrenheit: float) -> float:
    """Return a temperature in degrees Celsius."""
    return (fahrenheit - 32) * 5 / 9


def initials(name: str) -> str:
    """Return the first letter of each name as a capital with a dot."""
    return "".join(f"{word[0].upper()}." for word in name.split())


def count_words(words: list[str]) -> dict[str, int]:
    """Return how often each word occurs."""
    return dict(Counter(words))


def scale_image(image: NDArray[Any]) -> NDArray[np.float64]:
    """Return an image with values from 0 to 1."""
    return np.asarray(image / 255)


def mean_prices(table: NDArray[Any]) -> dict[str, float]:
    """Return the mean price of each kind."""
    kinds = sorted({*table["kind"].tolist()})
    return {kind: float(table["price"][table["kind"] == kind].mean()) for kind in kinds}
