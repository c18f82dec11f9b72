"""Samples that a loader of a file, or of images without labels, is tried with.

They are drawn anew for each run, with the names, shapes and types of the split's own, and lie in
its place while the loader is looked at. They are known by their levels, which stay what they are
when samples are scaled, shifted, cast, reshaped, turned, resized or put into another order.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

from grader.inspection.shown import ENOUGH
from grader.kinds.batches import Loader
from grader.kinds.challenge import OtherImagesError, OtherSamplesError, SampleLevels, SplitCopy
from grader.kinds.loader.matching import expected
from grader.kinds.loader.places import SHOWN, ShownPlace

# A level is drawn farther than twice that from any other one.
TOLERANCE = 0.012
# Augmented, a sample may show another level, or none.
LEAST = 0.5
_OF_A_CLASS = 0.75
Shown = Sequence[tuple[float | None, float | None]]


class DrawnSplit:
    """The drawn samples of one split in one run.

    Args:
        split: The split.
        folder: Where they wait; no kernel can reach it.
        levels: Theirs.
    """

    def __init__(self, split: SplitCopy, folder: Path, levels: SampleLevels) -> None:
        self._place = ShownPlace(folder, split.copy)
        self._error = OtherImagesError if split.source.is_dir() else OtherSamplesError
        self._shown = False
        self.levels = levels

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Put them in the place of the split meanwhile; if that is gone, they are not shown."""
        with suppress(OSError):
            self._place.show()
            self._shown = True
        try:
            yield
        finally:
            self._place.hide()

    def close(self) -> None:
        """Show them no more."""
        self._place.close()

    def require_shown(self, loader: Loader) -> None:
        """Make sure that a loader shows these samples.

        Raises:
            OtherImagesError: It yields others.
        """
        told = [(each.level, each.label) for each in loader.shown]
        turned = [(None if level is None else 1 - level, label) for level, label in told]
        if not self._shown or _is_judged_elsewhere(loader):
            return
        few = len(told) < expected(loader, ENOUGH)
        if few or not (self._shows(told) or self._shows(turned)):
            raise self._error

    def _shows(self, told: Shown) -> bool:
        """Whether enough samples have drawn levels, and those of each label always the same."""
        near = [(self._nearest(level), label) for level, label in told]
        known = [(level, label) for level, label in near if level is not None]
        if len(known) < max(1.0, LEAST * len(told)):
            return False
        return not self.levels.labelled or _one_each(known)

    def _nearest(self, level: float | None) -> float | None:
        if level is None:
            return None
        near = min(self.levels.values, key=lambda each: abs(each - level))
        return near if abs(near - level) <= TOLERANCE else None


def _is_judged_elsewhere(loader: Loader) -> bool:
    """Whether it gives no images at all, as is said of it then."""
    return loader.returned is not None or (not loader.batch_shape and not loader.images)


def _one_each(known: Sequence[tuple[float, float | None]]) -> bool:
    """Whether samples of a label have one level, and others than those of another label."""
    of: dict[float, Counter[float]] = {}
    for level, label in known:
        if label is not None:
            of.setdefault(label, Counter())[level] += 1
    commonest = [found.most_common(1)[0] for found in of.values()]
    if len(commonest) <= 1:
        # One label for all is no class of any sample.
        return True
    told = {level for level, _ in commonest}
    most = sum(count for _, count in commonest)
    return len(told) == len(commonest) and most >= _OF_A_CLASS * sum(
        map(Counter.total, of.values())
    )


@contextmanager
def drawn_splits(
    splits: Sequence[SplitCopy], make_folder: Callable[[], AbstractContextManager[Path]]
) -> Iterator[Mapping[str | None, DrawnSplit | None]]:
    """Draw samples for one run, by the name of the split; None of what cannot be drawn.

    Args:
        splits: Those that are not class folders, each with the copy that the kernel sees.
        make_folder: Makes a folder in which they wait.
    """
    with ExitStack() as stack:
        yield {each.name: _drawn(each, stack, make_folder) for each in splits}


def _drawn(
    split: SplitCopy, stack: ExitStack, make_folder: Callable[[], AbstractContextManager[Path]]
) -> DrawnSplit | None:
    if os.rename not in os.supports_dir_fd:
        return None
    folder = stack.enter_context(make_folder())
    # What writes a file goes by the end of its name.
    waiting = folder / f"{SHOWN}{split.source.suffix}"
    levels = split.redraw(split.source, waiting)
    if levels is None:
        return None
    waiting.rename(folder / SHOWN)
    made = DrawnSplit(split, folder, levels)
    stack.callback(made.close)
    return made
