"""What all loaders of a run find around them while they are looked at: drawn images."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from grader.checked import PartEvidence
from grader.kinds.batches import Loader
from grader.kinds.challenge import SplitCopy
from grader.kinds.loader.colours import Colours, colours
from grader.kinds.loader.levels import DrawnSplit, drawn_splits


class DrawnImages:
    """The drawn images of one run.

    Args:
        coloured: Those of class folders; None where there are none.
        splits: Those of other splits, by name; None of one that cannot be drawn.
    """

    def __init__(
        self, coloured: Colours | None, splits: Mapping[str | None, DrawnSplit | None]
    ) -> None:
        self._coloured = coloured
        self._splits = splits

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Put them in the places of the splits meanwhile."""
        with ExitStack() as stack:
            for each in (self._coloured, *self._splits.values()):
                if each is not None:
                    stack.enter_context(each.shown())
            yield

    def compare(self, record: PartEvidence, split: str | None) -> Loader:
        """Return what was observed of a loader, without what its images hold.

        Args:
            record: What a kernel said.
            split: The split that the loader is of; None for what models are trained on.

        Raises:
            OtherImagesError: It yields other images than those of its split.
        """
        loader = Loader.model_validate(record)
        drawn = self._splits.get(split, self._coloured)
        if drawn is not None:
            drawn.require_shown(loader)
        return loader.model_copy(update={"shown": ()})


@contextmanager
def drawn_images(
    dataset: Path | None,
    copies: Sequence[Path],
    others: Sequence[SplitCopy],
    make_folder: Callable[[], AbstractContextManager[Path]],
) -> Iterator[DrawnImages]:
    """Draw images for one run.

    Args:
        dataset: The images that models are trained on, in class folders; None where there are none.
        copies: The copies of them that the kernel sees.
        others: Other splits, each with the copy that the kernel sees.
        make_folder: Makes a folder in which images wait; no kernel can reach it.
    """
    labelled = [(each.source, each.copy) for each in others if each.labelled]
    unlabelled = [each for each in others if not each.labelled]
    with (
        colours(dataset, copies, labelled, make_folder) as coloured,
        drawn_splits(unlabelled, make_folder) as splits,
    ):
        yield DrawnImages(coloured, splits)
