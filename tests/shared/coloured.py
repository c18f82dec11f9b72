"""A dataset of two classes in two colours, small and easy to tell apart."""

from pathlib import Path

from PIL import Image

from grader.training.description import digest

COLOURS = {"happy": (250, 220, 40), "sad": (20, 40, 160)}
IMAGES = 10


def paint(folder: Path) -> Path:
    """Write the images into an empty folder; return it."""
    for name, colour in COLOURS.items():
        (folder / name).mkdir()
        for number in range(IMAGES):
            Image.new("RGB", (24, 24), colour).save(folder / name / f"{number}.png")
    return folder


def files(dataset: Path) -> str:
    """Return the digest that a description names these images by."""
    names = sorted(path.relative_to(dataset).as_posix() for path in dataset.glob("*/*.png"))
    return digest((name, int(name.startswith("sad"))) for name in names)
