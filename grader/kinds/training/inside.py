"""Looks at what a training function returned, and at the model that it trained."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from grader.inspection import models, returned
from grader.probe.calls import curves
from grader.probe.fits import RehearsalEndedError
from grader.probe.notebook import Notebook


def look(asked: Mapping[str, Any], notebook: Notebook) -> None:
    """Write down what the function returned; where its call never ended, have it build its model.

    Args:
        asked: Its ``name``, and the ``variable`` in which the notebook keeps what it returned.
        notebook: Where it is.
    """
    name, variable = asked["name"], asked["variable"]
    trainers = notebook.memory("training", "").setdefault("names", set())
    # A call on a variable, that is.
    if "." in name:
        _trained_by_cell(name, variable, notebook)
    elif variable in notebook.namespace:
        _result(name, notebook.namespace[variable], notebook)
    else:
        _rehearse(name, trainers - {name}, notebook)
    trainers.add(name)


def _trained_by_cell(name: str, variable: str, notebook: Notebook) -> None:
    """Write down which model a variable is, once its own cell has run; later it may be another."""
    memory = notebook.memory("training", name)
    if variable in notebook.namespace and "told" not in memory:
        memory["told"] = True
        _result(name, notebook.namespace[variable], notebook)


def _result(name: str, result: Any, notebook: Notebook) -> None:
    import keras

    observer = notebook.observer
    is_history = isinstance(result, keras.callbacks.History)
    model = getattr(result, "model", None) if is_history else result
    known = isinstance(model, keras.Model)
    notebook.send(
        "result",
        name=name,
        type=returned.type_name(result),
        returned=returned.describe(result),
        is_history=is_history,
        fit=observer.fit_of(result),
        model=observer.model(model) if known else None,
        curves=curves(result),
    )
    # A function that forgot to return its History has trained a model all the same.
    trained = model if known else observer.trained
    if trained is not None:
        _shown(trained, notebook)


def _shown(model: Any, notebook: Notebook) -> None:
    """Look at what a model does when it is shown what each loader yields."""
    for loader, batch in notebook.batches.items():
        notebook.observer.follow(model, batch)
        seen = models.before_first_convolution(model, batch)
        if seen is not None:
            notebook.send(
                "convolution_input",
                model=notebook.observer.model(model),
                loader=loader,
                minimum=seen[0],
                maximum=seen[1],
            )


def _rehearse(name: str, others: set[str], notebook: Notebook) -> None:
    """Have the model built and compiled where its data is missing, so that it can be judged.

    Models of other functions that train are no reason not to.
    """
    function, observer = notebook.namespace.get(name), notebook.observer
    own = [each for each in observer.seen_in.values() if not {*each} & others]
    if own or not callable(function):
        return
    observer.rehearsing = True
    try:
        with notebook.students(name):
            _play(function, notebook)
    finally:
        observer.rehearsing = False


def _play(function: Callable[..., Any], notebook: Notebook) -> None:
    try:
        function(*_nothings(function))
    except RehearsalEndedError:
        return
    except BaseException as error:
        notebook.models_in(error)
        raise


def _nothings(function: Callable[..., Any]) -> list[None]:
    """Return as many arguments of None as a function must be given; it may have been changed."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return [None]
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [None for each in parameters if each.kind in positional and each.default is each.empty]
