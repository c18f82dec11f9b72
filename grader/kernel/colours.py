"""Images that a loader is tried with: each class has one colour, drawn anew for each run.

They have the names of the dataset's own and lie in their place while the loader is looked at, so
that whoever wants to show them must load them.
"""

import io
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from PIL import Image

from grader.evidence import Evidence, Loader
from grader.kernel.workspace import own_folder

Colour = tuple[int, ...]
Pixel = tuple[Colour, float | None]
# Which channels are bright survives scaling, flips, turns, and another brightness.
_COLOURS: tuple[Colour, ...] = (
    (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255),
)  # fmt: skip
_CHANNELS = 3
# Resized by every loader; the smaller, the sooner they are read.
_SIZE = (8, 8)
# Shifted far enough, the middle of an image is outside.
LEAST = 0.5
FOREIGN = "its images are not those that lie in the folder when it is called"
_HERE, _KEPT = "here", "kept"


class Colours:
    """The coloured images of one run.

    Args:
        folder: Where they wait; no kernel can reach it.
        dataset: The images whose names they have, with one sub-folder for each class.
        place: The copy of the dataset that the kernel sees.
    """

    def __init__(self, folder: Path, dataset: Path, place: Path) -> None:
        self._name = place.name
        self._shown = False
        classes = sorted(each for each in dataset.iterdir() if each.is_dir())
        self.drawn = _drawn(len(classes))
        for each, colour in zip(classes, self.drawn, strict=True):
            _draw(folder / _HERE / each.name, sorted(path.name for path in each.iterdir()), colour)
        # By descriptors, as a kernel may put a link in the place of any folder that it can write.
        self._outside, self._inside = _opened(folder), _opened(place.parent)

    def close(self) -> None:
        """Show them no more."""
        os.close(self._outside)
        os.close(self._inside)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Put them in the place of the dataset meanwhile; if it is gone, they are not shown."""
        # Whatever a notebook has done to its folder is its own affair.
        with suppress(OSError):
            self._take(_KEPT)
            self._put(_HERE)
            self._shown = True
        try:
            yield
        finally:
            with suppress(OSError):
                self._take(_HERE)
                self._put(_KEPT)

    def _take(self, name: str) -> None:
        os.rename(self._name, name, src_dir_fd=self._inside, dst_dir_fd=self._outside)

    def _put(self, name: str) -> None:
        os.rename(name, self._name, src_dir_fd=self._outside, dst_dir_fd=self._inside)

    def compare(self, evidence: Evidence) -> None:
        """Take out loaders that yield other images than these.

        Args:
            evidence: What a kernel said; it is changed.
        """
        for name, loader in list(evidence.loaders.items()):
            if self._shown and not self._answered(loader):
                del evidence.loaders[name]
                evidence.tampered[name] = FOREIGN
            else:
                evidence.loaders[name] = loader.model_copy(update={"middles": ()})

    def _answered(self, loader: Loader) -> bool:
        if not loader.batch_shape or loader.batch_shape[-1] != _CHANNELS:
            # It has no images, or none in colour, which is judged elsewhere.
            return True
        pixels = [(_bright(each.values), each.label) for each in loader.middles]
        turned = [(colour[::-1], label) for colour, label in pixels]
        return self._shows(pixels) or self._shows(turned)

    def _shows(self, pixels: Sequence[Pixel]) -> bool:
        """Whether enough pixels have drawn colours, and those with one label the same one."""
        known = [pixel for pixel in pixels if pixel[0] in self.drawn]
        labelled = {pixel for pixel in known if pixel[1] is not None}
        colours, labels = ({pixel[column] for pixel in labelled} for column in (0, 1))
        fitting = len(colours) if len(self.drawn) <= len(_COLOURS) else len(labelled)
        enough = len(known) >= max(1.0, LEAST * len(pixels))
        return enough and len(labels) == len(labelled) == fitting


def _drawn(classes: int) -> list[Colour]:
    order = secrets.SystemRandom().sample(_COLOURS, len(_COLOURS))
    return [order[number % len(order)] for number in range(classes)]


def _draw(folder: Path, names: Sequence[str], colour: Colour) -> None:
    folder.mkdir(parents=True)
    written: dict[str, bytes] = {}
    for path in map(folder.joinpath, names):
        if path.suffix not in written:
            image = io.BytesIO()
            Image.new("RGB", _SIZE, colour).save(image, _format(path))
            written[path.suffix] = image.getvalue()
        path.write_bytes(written[path.suffix])


def _format(path: Path) -> str:
    return Image.registered_extensions().get(path.suffix.lower(), "PNG")


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)


def _bright(values: Sequence[float | None]) -> Colour:
    """Say of each channel whether it is nearer to the brightest of them or to the darkest."""
    known = [0.0 if value is None else value for value in values]
    middle = (min(known, default=0.0) + max(known, default=0.0)) / 2
    return tuple(255 if value > middle else 0 for value in known)


@contextmanager
def colours(dataset: Path, place: Path) -> Iterator[Colours | None]:
    """Draw images for one run; None where a system cannot show them safely.

    Args:
        dataset: The images whose names they have.
        place: The copy of the dataset that the kernel sees.
    """
    if os.rename not in os.supports_dir_fd:
        yield None
        return
    with own_folder() as folder:
        made = Colours(folder, dataset, place)
        try:
            yield made
        finally:
            made.close()
