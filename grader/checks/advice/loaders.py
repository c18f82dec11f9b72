"""What a loader's own settings are called, so that advice names those that a student has."""

from collections.abc import Iterator
from dataclasses import dataclass

from grader.checks.advice.scene import Scene, is_none


@dataclass(frozen=True, slots=True)
class _Settings:
    """What a function that loads images calls the size of images, and the form of labels."""

    size: str
    labels: str


_FLOW = _Settings("target_size", "class_mode")
# keras/src/legacy/preprocessing/image.py, keras/src/utils/image_dataset_utils.py
_LOADERS = {
    "flow_from_directory": _FLOW,
    "flow_from_dataframe": _FLOW,
    "image_dataset_from_directory": _Settings("image_size", "label_mode"),
}


def size(scene: Scene) -> str:
    """Return what sets the size of the images; empty where no known loader is called."""
    return " or ".join(dict.fromkeys(settings.size for settings in _called(scene)))


def labels(scene: Scene) -> str:
    """Return what sets the form of the labels; empty where no known loader is called."""
    return " or ".join(dict.fromkeys(settings.labels for settings in _called(scene)))


def unlabelled(scene: Scene) -> str:
    """Return the setting that a loader was given None for, so that it yields no labels."""
    for name, settings in _LOADERS.items():
        if any(is_none(given.get(settings.labels)) for given in scene.arguments(name)):
            return settings.labels
    return ""


def _called(scene: Scene) -> Iterator[_Settings]:
    return (settings for name, settings in _LOADERS.items() if any(scene.given(name)))
