"""Images that a loader is tried with: each class has two colours, drawn anew for each run.

They have the names of the dataset's own and lie in their place while the loader is looked at, so
that whoever wants to show them must load them.
"""

import io
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from PIL import Image

from grader.kinds.batches import Loader
from grader.kinds.challenge import OtherImagesError
from grader.kinds.loader.matching import PAIRS, Pair, shows
from grader.kinds.loader.places import SHOWN, ShownPlace

# Resized by every loader; the smaller, the sooner they are read.
_SIZE = (8, 8)
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)


class Colours:
    """The coloured images of one run.

    Args:
        folder: Where they wait; no kernel can reach it.
        dataset: The images whose names they have, with one sub-folder for each class.
        copies: The copies of the dataset that the kernel sees.
        others: Other splits of the same classes, each with the copy that the kernel sees.
    """

    def __init__(
        self,
        folder: Path,
        dataset: Path,
        copies: Sequence[Path],
        others: Sequence[tuple[Path, Path]] = (),
    ) -> None:
        self._shown = False
        self.drawn = _drawn(len(_classes(dataset)))
        # A loader may be of any split.
        self._least = min(map(_count, (dataset, *(other for other, _ in others))))
        self._places: list[ShownPlace] = []
        for number, (images, copy) in enumerate([*((dataset, copy) for copy in copies), *others]):
            waiting = folder / str(number)
            for pair, (label, files) in zip(self.drawn, _classes(images).items(), strict=True):
                _draw(waiting / SHOWN / label, files, pair)
            self._places.append(ShownPlace(waiting, copy))

    def close(self) -> None:
        """Show them no more."""
        for place in self._places:
            place.close()

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Put them in the place of the dataset meanwhile; if it is gone, they are not shown."""
        # Whatever a notebook has done to its folder is its own affair.
        with suppress(OSError):
            for place in self._places:
                place.show()
            self._shown = True
        try:
            yield
        finally:
            for place in self._places:
                place.hide()

    def require_shown(self, loader: Loader) -> None:
        """Make sure that a loader shows these images.

        Raises:
            OtherImagesError: It yields other images than these.
        """
        if self._shown and not shows(loader, self.drawn, self._least):
            raise OtherImagesError


def _classes(dataset: Path) -> dict[str, list[str]]:
    """Return the names of the images of each class."""
    folders = sorted(each for each in dataset.iterdir() if each.is_dir())
    return {each.name: sorted(path.name for path in each.iterdir()) for each in folders}


def _count(dataset: Path) -> int:
    return sum(map(len, _classes(dataset).values()))


def _drawn(classes: int) -> list[Pair]:
    order = secrets.SystemRandom().sample(PAIRS, len(PAIRS))
    return [order[number % len(order)] for number in range(classes)]


def _draw(folder: Path, names: Sequence[str], pair: Pair) -> None:
    folder.mkdir(parents=True)
    upper, lower = pair
    written: dict[str, bytes] = {}
    for path in map(folder.joinpath, names):
        if path.suffix not in written:
            image = Image.new("RGB", _SIZE, upper)
            image.paste(lower, (0, _SIZE[1] // 2, *_SIZE))
            # In grey as well, values reach from the least to the greatest.
            image.putpixel((0, 0), _WHITE)
            image.putpixel((_SIZE[0] - 1, 0), _BLACK)
            file = io.BytesIO()
            image.save(file, _format(path))
            written[path.suffix] = file.getvalue()
        path.write_bytes(written[path.suffix])


def _format(path: Path) -> str:
    return Image.registered_extensions().get(path.suffix.lower(), "PNG")


@contextmanager
def colours(
    dataset: Path | None,
    copies: Sequence[Path],
    others: Sequence[tuple[Path, Path]],
    make_folder: Callable[[], AbstractContextManager[Path]],
) -> Iterator[Colours | None]:
    """Draw images for one run; None where a system cannot show them safely, or there are none.

    Args:
        dataset: The images whose names they have; None where there are none.
        copies: The copies of the dataset that the kernel sees.
        others: Other splits of the same classes, each with the copy that the kernel sees.
        make_folder: Makes the folder in which they wait.
    """
    if dataset is None or os.rename not in os.supports_dir_fd:
        yield None
        return
    with make_folder() as folder:
        made = Colours(folder, dataset, copies, others)
        try:
            yield made
        finally:
            made.close()
