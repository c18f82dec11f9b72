"""Shifts the class folders of a run by chance, so that nothing learnt beforehand helps."""

import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LabelShift:
    """By how many classes labels are shifted; the run's kernel must not know.

    Args:
        turned: By how many classes its class folders are shifted.
    """

    turned: int

    @classmethod
    def drawn(cls, classes: int) -> "LabelShift":
        """Draw one by chance.

        Args:
            classes: How many class folders there are.
        """
        return cls(secrets.randbelow(classes))

    def apply(self, dataset: Path) -> None:
        """Shift the class folders of a copy of a dataset: each gets the images of another.

        Names of files stay where they were, as far as there are enough of them: a model that looks
        at names learns nothing of what is shown.

        Args:
            dataset: The copy, with one sub-folder for each class.
        """
        folders = sorted(folder for folder in dataset.iterdir() if folder.is_dir())
        names = [sorted(path.name for path in folder.iterdir()) for folder in folders]
        aside = [folder.rename(dataset / f".{folder.name}") for folder in folders]
        for place, folder in enumerate(folders):
            folder.mkdir()
            # Label ``place`` is now that of the images that had ``place - turned``.
            source = aside[(place - self.turned) % len(folders)]
            for number, path in enumerate(sorted(source.iterdir())):
                known = names[place]
                stem, suffix = Path(known[0]).stem, path.suffix
                name = known[number] if number < len(known) else f"{stem}-{number}{suffix}"
                path.rename(folder / name)
        for each in aside:
            each.rmdir()
