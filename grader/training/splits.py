"""Which split of a dataset a loader shows: two of them may have files of the same names."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from grader.training.description import LoaderSpec
from grader.training.hidden import is_hidden
from grader.training.pipeline_specs import DirectorySpec
from grader.training.refusals import OtherImages, Refused

# What is made of one folder with a folder for each class.
OfFolder: TypeAlias = LoaderSpec | DirectorySpec
Fits = Callable[[OfFolder, Path], bool]


class Splits:
    """The grader's copies of the splits that have class folders.

    Args:
        dataset: The one that models are trained on; None where that are arrays.
        folders: All of them, by their places in the layout of a run; none where the dataset is not
            divided.
        fits: Tells whether a described loader could be one of a folder.
    """

    def __init__(self, dataset: Path | None, folders: Mapping[str, str], fits: Fits) -> None:
        self._dataset = dataset
        self._fits = fits
        found = {place: Path(folder) for place, folder in folders.items()}
        # No loader is of what notebooks do not find.
        self._folders = {place: each for place, each in found.items() if not is_hidden(place)}

    def to_train(self, described: OfFolder) -> Path:
        """Return the folder that a loader must be of to be trained on.

        Args:
            described: As it was accepted; whether it is of that folder is left to ``load``.

        Raises:
            OtherImages: It is of another split.
            Refused: It could be of another one as well.
        """
        folder = self._folders.get(described.folder)
        if folder is None:
            self._refuse_ambiguous(described, self.dataset)
        elif folder != self.dataset:
            raise OtherImages(
                f"the loader shows the images in {_written(described.folder)}; those to train on "
                f"are in {_written(self._place_of(self.dataset))}"
            )
        return self.dataset

    @contextmanager
    def validating(self, *, arrays: bool) -> Iterator[None]:
        """Look for what is validated with; where there are several splits, it may be any of them.

        Args:
            arrays: Whether arrays are trained on.

        Raises:
            Refused: It is of none of them.
        """
        try:
            yield
        except OtherImages as error:
            if not self.others and not arrays:
                raise
            # Nothing is trained on them: there may be something else to validate with.
            raise Refused(
                f"its validation data is of no split that it could be: {error}"
            ) from error

    @property
    def dataset(self) -> Path:
        """The folder that is trained on.

        Raises:
            Refused: There is none.
        """
        if self._dataset is None:
            raise Refused("there are no class folders to train on")
        return self._dataset

    def to_validate(self, described: OfFolder) -> Path:
        """Return the folder of the split that a loader is of; it may be of none.

        Args:
            described: As it was accepted.

        Raises:
            Refused: It could be of several.
        """
        folder = self._folders.get(described.folder)
        if folder is not None:
            return folder
        fitting = (each for each in self.others if self._fits(described, each))
        found = next(fitting, None) or self.dataset
        self._refuse_ambiguous(described, found)
        return found

    def is_trained_on(self, described: OfFolder) -> bool:
        """Whether a loader is of the folder that is trained on; errors as of ``to_validate``."""
        return self.to_validate(described) == self._dataset

    @property
    def others(self) -> list[Path]:
        """The folders of those that models are not trained on."""
        return [each for each in self._folders.values() if each != self._dataset]

    def _refuse_ambiguous(self, described: OfFolder, found: Path) -> None:
        """Refuse copies of images at a place of their own if their names are of several splits."""
        known = [each for each in self._folders.values() if self._fits(described, each)]
        if found in known and len(known) > 1:
            places = " and in ".join(_written(self._place_of(each)) for each in known)
            raise Refused(
                f"the loader shows files in a folder of its own, and such of the same names are in "
                f"{places}"
            )

    def _place_of(self, folder: Path) -> str:
        return next(place for place, known in self._folders.items() if known == folder)


def _written(place: str) -> str:
    """Return a place of the layout as a notebook writes it."""
    return place.removeprefix("notebooks/") if place.startswith("notebooks/") else f"../{place}"
