"""Calls a loader function inside the kernel and looks at what it returns."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from grader.inspection import augmenting, loaders, preprocessing, returned
from grader.inspection.counting import begun, count
from grader.inspection.passes import never_changed
from grader.inspection.shown import first_images
from grader.probe.describing import pipelines
from grader.probe.describing.values import Undescribable
from grader.probe.downloads import taken_as_they_are
from grader.probe.notebook import Notebook

_IMAGE_AXES = 4
_BEFORE = ", and something else before"


def look(asked: Mapping[str, Any], notebook: Notebook) -> None:
    """Call the function once more and write down what it returns.

    Args:
        asked: Its ``name``, the ``variable`` in which the notebook keeps what it returned, and
            which ``item`` of that it is, if the function returns several.
        notebook: Where it is.
    """
    name, function = asked["name"], notebook.namespace.get(asked["name"])
    if not callable(function):
        return
    with notebook.students(name), taken_as_they_are():
        returns = function()
        loader = _item(returns, asked.get("item"))
        seen = _settings(loader)
        try:
            seen |= (
                _not_several(returns, asked.get("item"))
                or _instead(asked["variable"], loader, seen, notebook)
                or _contents(loader, seen, asked, notebook)
            )
        finally:
            notebook.send("loader", name=name, **seen)


def _settings(loader: Any) -> dict[str, Any]:
    """Return what a loader is set to; of a dataset, what its calls change at random as well."""
    seen = loaders.settings(loader, preprocessing.generator_of(loader))
    if pipelines.is_known(loader):
        with suppress(Undescribable):
            seen["augmentation"] = augmenting.of_layers(pipelines.image_steps(loader))
    return seen


def _item(returns: Any, item: int | None) -> Any:
    """Return one of what a function returns; what is not several is looked at as it is."""
    return returns if item is None or _not_several(returns, item) else returns[item]


def _not_several(returns: Any, item: int | None) -> dict[str, Any]:
    if item is None or (type(returns) in (tuple, list) and len(returns) > item):
        return {}
    return {"returned": returned.describe(returns)}


def _instead(
    variable: str, loader: Any, seen: dict[str, Any], notebook: Notebook
) -> dict[str, Any]:
    """Describe what the notebook got where that is not like what the function returns now."""
    held = notebook.namespace.get(variable, loader)
    if not returned.gives_batches(held):
        return {"returned": returned.describe(held)}
    like = seen == _settings(held)
    return {} if like else {"returned": returned.describe(loader, _BEFORE)}


def _contents(
    loader: Any, seen: dict[str, Any], asked: Mapping[str, Any], notebook: Notebook
) -> dict[str, Any]:
    if not returned.gives_batches(loader):
        return {"returned": returned.describe(loader)}
    trained_on = notebook.namespace.get(asked["variable"])
    if loader is trained_on and not hasattr(type(loader), "__getitem__"):
        # Looking would use it up.
        return {"returned": returned.describe(loader, ", one and the same at every call")}
    tally = begun(loader)
    batches = tally.through(loaders.batches(loader))
    first = next(batches, None)
    if first is None and seen["images"] == 0:
        return {}
    images, labels = loaders.arrays(first)
    if images is None:
        return {"returned": returned.describe(loader, loaders.other(first, loader))}
    notebook.batches[asked["name"]] = images
    found = loaders.contents(images, labels) | loaders.lengths(first)
    found["shown"] = first_images((images, labels), batches, tally)
    if seen["images"] is None:
        found["images"] = count(tally, batches, loader)
    if seen["batch_size"] is None and images.ndim == _IMAGE_AXES:
        found["batch_size"] = found["batch_shape"][0]
    ends = (seen | found)["images"] is not None
    if seen["augmentation"] is None and ends and never_changed(loader):
        found["augmentation"] = {}
    return found
