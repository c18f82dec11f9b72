"""What any terminal needs: lines of bounded length in characters that it can show."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

if TYPE_CHECKING:
    from rich.progress import Progress

LONGEST = 240

_BARS = "▁▂▃▄▅▆▇█"
_MOST_BARS = 24

# One for one, so that what fitted a line still does.
_ASCII = str.maketrans("✓✗○·…\u201c\u201d\u2019" + _BARS, '+xo-~""\'' + "_.-:=+*#")


class Encodable:
    """Keeps a terminal or a log file that is not UTF-8 from ending in an encoding error.

    Args:
        body: What to print; characters that the console cannot encode are replaced.
    """

    def __init__(self, body: RenderableType) -> None:
        self._body = body

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._body, options):
            yield segment._replace(text=_encodable(segment.text, options.encoding))


def progress_bar(console: Console) -> "Progress":
    """Return a bar of what is done and what there is; where there is no terminal, nothing shows."""
    # It takes part of a start, and most commands show no progress.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def short(text: str, longest: int = LONGEST) -> str:
    """Put a text on one line and cut it with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def sparkline(values: Sequence[float | None]) -> str:
    """Draw shares from 0 to 1 as a row of bars; a missing value leaves a gap."""
    step = -(-len(values) // _MOST_BARS) or 1
    # The last value is the one that counts, so it is always among those drawn.
    drawn = list(values[::-1][::step][::-1])
    shares = (None if value is None else min(max(value, 0.0), 1.0) for value in drawn)
    return "".join(" " if s is None else _BARS[int(s * (len(_BARS) - 1))] for s in shares)


def _encodable(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
    return text
