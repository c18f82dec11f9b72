"""One call of ``fit``, as it is sent to the trainer."""

import contextlib
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.probe.describing import asked, compiled, given, networks
from grader.probe.describing.arrays import NO_ARRAYS, OwnArrays
from grader.probe.describing.creation import CreationOrder, set_by_hand
from grader.probe.describing.data import FitData
from grader.probe.describing.values import Undescribable
from grader.probe.naming import names_kept


@dataclass(frozen=True, slots=True)
class DescribedFit:
    """What is asked of the trainer, and what stays.

    Args:
        description: Plain data, to be sent as JSON.
        own: The callbacks that are called here: the student's, and those of Keras that print, write
            files or hold a function.
        data: What is trained on and validated with.
    """

    description: dict[str, Any]
    own: list[Any]
    data: FitData


def describe(
    model: Any,
    arguments: Mapping[str, Any],
    watch: CreationOrder,
    arrays: OwnArrays = NO_ARRAYS,
    *,
    trained: bool = False,
) -> DescribedFit:
    """Describe a call of ``fit``; nothing is changed by it.

    Args:
        model: The model, compiled.
        arguments: What ``fit`` was given, by name, the model left out.
        watch: What is known of how its layers were made.
        arrays: The dataset's own.
        trained: Whether the model's weights are known to come from the trainer; otherwise they must
            be as they were made.

    Raises:
        Undescribable: It cannot be put into plain data, and why.
    """
    if not trained and set_by_hand(model):
        raise Undescribable("the model's weights were set or trained before")
    found = given.describe(model, arguments, arrays)
    with unnoticed():
        compilation = compiled.describe(model)
        metrics = [metric["arguments"]["name"] for metric in compilation["metrics"]]
        callbacks, own = asked.split(arguments.get("callbacks"), metrics)
        description = {
            "loader": found.loader,
            "validation": found.validation,
            "architecture": networks.describe(
                model, found.data.training.sample_shape, watch.numbered
            ),
            "compile": compilation,
            "fit": asked.describe(arguments) | found.asked,
            "callbacks": callbacks,
        }
    return DescribedFit(description, own, found.data)


@contextlib.contextmanager
def unnoticed() -> Iterator[None]:
    """Let nothing be warned of, and no names be used up: Keras numbers objects of a kind."""
    with warnings.catch_warnings(action="ignore"), names_kept():
        yield
