"""What else is measured: functions that each return a section of the page, heading included."""

from collections.abc import Callable
from pathlib import Path

# Called in this order, each with a folder of its own to work in, which is not there yet.
SECTIONS: tuple[Callable[[Path], str], ...] = ()
