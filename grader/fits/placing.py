"""Says of described loaders which place in the layout of a run they are of, instead of a path."""

import os
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from grader.training.description import Description, LoaderSpec, Source
from grader.training.hidden import is_hidden
from grader.training.pipeline_specs import DatasetNode, DirectorySpec, PipelineSpec


def placed(description: Description, root: Path, places: Collection[str]) -> Description:
    """Return a description whose loaders have the places of splits, and no paths.

    Args:
        description: As it was accepted; its loaders have the paths that their kernel told.
        root: The folder of the run.
        places: Those of the splits, below that folder, with ``/``.
    """
    found = (each for each in places if not is_hidden(each))
    known = {str(Path(os.path.realpath(root), *each.split("/"))): each for each in found}
    loader, validation = description.loader, description.validation
    return replace(
        description,
        loader=_placed(loader, known),
        validation=None if validation is None else _placed(validation, known),
    )


def _placed(loader: Source, known: dict[str, str]) -> Source:
    if isinstance(loader, PipelineSpec):
        return PipelineSpec(tuple(_node_placed(node, known) for node in loader.nodes))
    if not isinstance(loader, LoaderSpec):
        return loader
    return replace(loader, folder=known.get(loader.folder, ""))


def _node_placed(node: DatasetNode, known: dict[str, str]) -> DatasetNode:
    made = node.made
    if not isinstance(made, DirectorySpec):
        return node
    return replace(node, made=replace(made, folder=known.get(made.folder, "")))
