"""Looks at a file inside the kernel; only a model is loaded here."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from grader.kinds.calling import Caller
from grader.probe.notebook import Notebook

_ROWS, _ANY_LENGTH = 4, 8
# A notebook may go to another folder.
_folder = [Path()]


def prepare(_: Callable[[Callable[[Any], None]], None]) -> None:
    """Note the folder in which the notebook begins."""
    _folder[0] = Path.cwd()


def look(asked: Mapping[str, Any], notebook: Notebook) -> None:
    """Write down that there is the file, and what the model in it predicts.

    Args:
        asked: Its graded ``name``, its ``path``, the variable of the ``model`` that it should be,
            that of the one that is ``loaded``, a ``seed``, and how much time there is.
        notebook: Where it is.
    """
    name, memory = asked["name"], notebook.memory("file", asked["name"])
    path = _named(_folder[0] / asked["path"])
    if not path.is_file():
        return
    found = path.stat()
    state = (found.st_mtime_ns, found.st_size) if asked["model"] else ()
    loaded = notebook.namespace.get(asked["loaded"])
    # What a student has put there may not be fit to be compared.
    if memory.get("state") == state and memory["loaded"] is loaded:
        return
    memory |= {"state": state, "loaded": loaded}
    if not asked["model"]:
        notebook.send("file", name=name)
        return
    caller = Caller(asked, notebook)
    with notebook.aside():
        reloaded = caller.answer(lambda: _predictions(path, asked, notebook.namespace))
    notebook.send("file", name=name, reloaded=reloaded)


def _named(path: Path) -> Path:
    """Return the first file whose name fits; the path itself where there is none, or no pattern."""
    if "*" not in path.name:
        return path
    return min((each for each in path.parent.glob(path.name) if each.is_file()), default=path)


def _predictions(path: Path, asked: Mapping[str, Any], namespace: Mapping[str, Any]) -> list[Any]:
    """Have the notebook's model, and all that were loaded, predict the same."""
    import keras

    model = namespace.get(asked["model"])
    if not isinstance(model, keras.Model):
        raise TypeError(f"{asked['model']} is no Keras model")
    own = {
        name: each
        for name, each in namespace.items()
        if isinstance(each, type) and each.__module__ == "__main__"
    }
    # It is the student's own, in the student's own kernel.
    loaded = keras.saving.load_model(path, custom_objects=own, compile=False, safe_mode=False)
    inputs = _inputs(model.inputs, asked["seed"])
    models = [model, loaded, *([namespace.get(asked["loaded"])] if asked["loaded"] else [])]
    return [_outputs(each, inputs) if isinstance(each, keras.Model) else None for each in models]


def _inputs(tensors: list[Any], seed: int) -> list[Any]:
    import numpy as np

    generator = np.random.default_rng(seed)
    shapes = [
        [_ANY_LENGTH if axis is None else axis for axis in each.shape[1:]] for each in tensors
    ]
    arrays = [generator.uniform(size=(_ROWS, *shape)) for shape in shapes]
    return [array.astype(each.dtype) for array, each in zip(arrays, tensors, strict=True)]


def _outputs(model: Any, inputs: list[Any]) -> list[Any]:
    import keras

    outputs = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    flat = outputs if isinstance(outputs, list | tuple) else [outputs]
    return [keras.ops.convert_to_numpy(each) for each in flat]
