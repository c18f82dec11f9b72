"""What gets into a folder of images without being one of them, and what does no harm there."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

IMAGE = "happy/happy1-00.png"


def _write(name: str, content: bytes = b"stray") -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return write


def _copy(*names: str) -> Callable[[Path], None]:
    def copy(folder: Path) -> None:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / IMAGE, folder / name)

    return copy


def _linked_image(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere.png"
    (folder / IMAGE).rename(elsewhere)
    (folder / IMAGE).symlink_to(elsewhere)


def _linked_class(folder: Path) -> None:
    (folder / "sad").rename(folder.parent / "sad")
    (folder / "sad").symlink_to(folder.parent / "sad", target_is_directory=True)


def _link_to_a_folder(folder: Path) -> None:
    (folder / "happy" / "others").symlink_to("../sad", target_is_directory=True)


# Each leaves the images of the dataset what they are.
HARMLESS: dict[str, Callable[[Path], None]] = {
    "Finder's settings": _write("happy/.DS_Store"),
    "Explorer's thumbnails": _write("sad/Thumbs.db"),
    "Explorer's settings": _write("happy/desktop.ini"),
    "a text": _write("happy/README.md"),
    "a text beside the classes": _write("labels.csv"),
    "an image beside the classes": _copy("overview.png"),
    "a Mac's resource fork": _write("happy/._happy1-00.png"),
    "a copy by Jupyter": _copy("happy/.ipynb_checkpoints/happy1-00-checkpoint.png"),
    "copies by Jupyter beside the classes": _copy(".ipynb_checkpoints/happy1-00-checkpoint.png"),
    "what a Mac packs": _write("__MACOSX/happy/._happy1-00.png"),
    "thumbnails of a shared drive": _copy("happy/@eaDir/happy1-00.png/thumbnail.jpg"),
    "an empty sub-folder": lambda folder: (folder / "happy" / "empty").mkdir(),
    "a sub-folder named like an image": lambda folder: (folder / "happy" / "a.png").mkdir(),
    "a sub-folder of texts": _write("happy/notes/1.txt"),
    "a download that was not finished": _write("sad/sad1-00.png.part"),
    "an editor's backup": _copy("sad/sad1-00.png~"),
    "an image that Keras does not load": _copy("happy/moving.gif"),
    "a link to a folder": _link_to_a_folder,
    "an image that is a link": _linked_image,
    "a class that is a link": _linked_class,
}

# Each is refused, by its name.
HARMFUL: dict[str, tuple[Callable[[Path], None], str]] = {
    "an empty image": (_write("happy/zero.png", b""), "happy/zero.png"),
    "a text that is called an image": (_write("sad/text.JPG"), "sad/text.JPG"),
    "a link that leads nowhere": (
        lambda folder: (folder / "happy" / "gone.png").symlink_to("nowhere"), "happy/gone.png",
    ),
    "a pipe": (lambda folder: os.mkfifo(folder / "sad" / "pipe.png"), "sad/pipe.png"),
    "a copy further down": (_copy("happy/old/happy1-00.png"), "happy/old/happy1-00.png"),
    "another class": (_copy("angry/1.png"), "angry/"),
}  # fmt: skip
