"""Words that set off advice elsewhere get none where they mean something else."""

from typing import Any

import pytest

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks.advice import Scene, advise
from grader.evidence import Raised
from grader.records import Plan, PlannedCell, Role

LAYOUT = happy_or_sad.layouts()[0]
IN_KERAS: dict[str, Any] = {"direct": False, "module": "keras.src.layers.layer"}
NAMES = {"bases": ("Exception",), "module": "__main__", "direct": True}


def scene(name: str, message: str, source: str = "", line: int | None = None, **said: Any) -> Scene:
    """Build what checks see of an exception on a line of the training cell."""
    cell = PlannedCell(source, Role.GRADED, "train", origin=3)
    raised = Raised(name=name, message=message, cell="train" if source else None,
                    line=line or (1 if source else None), **{**NAMES, **said})  # fmt: skip
    return Scene(raised, Plan(LAYOUT, (cell,)))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        # None, in a message of something else
        ("ValueError", "Input 0 with name 'None' of layer 'mine' has no such thing"),
        ("ValueError", "name 'None' is taken"),
        ("KeyError", "None"),
        ("KeyError", "'NoneType'"),
        ("AssertionError", "'NoneType' object has no attribute 'fit'"),
        ("TypeError", "Object of type NoneType is not JSON serializable"),
        ("TypeError", "expected 'NoneType' object, got 'int'"),
        ("ValueError", "shape (None, 3) and shape (None, 4) are not aligned"),
        ("AttributeError", "'NoneType' object has no attribute 'apply_gradients_of'"),
        # legacy
        ("ValueError", "no such loader: <keras.src.legacy.preprocessing.image.DirectoryIterator>"),
        ("KeyError", "'legacy'"),
        ("RuntimeError", "legacy format is not supported"),
        ("ImportError", "numpy.core.legacy could not be loaded"),
        ("AttributeError", "'Sequential' object has no attribute 'legacy'"),
        # lr, fit_generator, names of arguments
        ("ValueError", "lr must be positive"),
        ("ValueError", "'lr' is not in list"),
        ("RuntimeError", "got an unexpected keyword argument 'lr'"),
        ("KeyError", "'lr'"),
        ("NotImplementedError", "fit_generator is not implemented"),
        ("ValueError", "fit_generator"),
        ("TypeError", "missing 1 required positional argument: 'self'"),
        ("TypeError", "f() missing 1 required positional argument: 'self'"),
        ("TypeError", "mix() missing 1 required positional argument: 'model'"),
        ("TypeError", "mix() takes 0 positional arguments but 1 was given"),
        # shape, name, loss, labels
        ("ValueError", "shape mismatch: objects cannot be broadcast to a single shape"),
        ("ValueError", "incompatible with the layer of paint"),
        ("ValueError", "Input shape is fine, output shape is not"),
        ("ValueError", "No loss of generality"),
        ("ValueError", "y_true and y_pred have the same name"),
        ("ValueError", "logits and labels must have the same first dimension, they have not"),
        ("RuntimeError", "expected axis -1 of input shape to have value 3"),
        ("AttributeError", "can't set attribute 'name'"),
        ("AttributeError", "property 'name' of 'Sequential' object has no setter"),
        ("AttributeError", "'Point' object has no attribute 'next'"),
        ("AttributeError", "'tuple' object has no attribute 'compile'"),
        ("AttributeError", "'Sequential' object has no attribute 'wings'"),
        ("AttributeError", "module 'json' has no attribute 'layers'"),
        ("AttributeError", "module 'numpy' has no attribute 'Flatten'"),
        ("ImportError", "cannot import name 'lays' from 'collections' (collections/__init__.py)"),
        # files, endings
        ("OSError", "[Errno 28] No space left on device"),
        ("RuntimeError", "No such file or directory: '/content/x'"),
        ("ValueError", "SystemExit"),
        ("TimeoutError", "timed out"),
        ("KeyboardInterrupt", ""),
        ("ValueError", "SyntaxError: '(' was never closed"),
        ("ZeroDivisionError", "division by zero"),
        ("IndexError", "list index out of range"),
        ("StopIteration", ""),
        ("AssertionError", "name 'model' is not defined"),
    ],
)  # fmt: skip
def test_a_word_is_not_enough(name: str, message: str) -> None:
    assert advise(scene(name, message)) == ""


@pytest.mark.parametrize(
    ("name", "message", "source"),
    [
        ("ValueError", "No loss to compute. Provide a `loss` argument in `compile()`.",
         "raise ValueError('No loss to compute. Provide a `loss` argument in `compile()`.')"),
        ("NameError", "name 'units' is not defined",
         "raise NameError(\"name 'units' is not defined\")"),
        ("FileNotFoundError", "[Errno 2] No such file or directory: '/content'",
         "raise FileNotFoundError(2, 'No such file or directory', '/content')"),
        # lr, None and shape on the line, and not what is wrong with it
        ("ZeroDivisionError", "division by zero", "rate = dict(lr=0.1 / 0)"),
        ("IndexError", "list index out of range", "model = None or [][1].fit_generator"),
        ("KeyError", "'b'", "shape = {'a': None}['b']"),
        ("TypeError", "'NoneType' object is not subscriptable", "x = weights[0]"),
        ("AttributeError", "'NoneType' object has no attribute 'fit'", "models[0].fit(x)"),
        ("AttributeError", "'tuple' object has no attribute 'fit'", "pair = (a, b)"),
        ("AttributeError", "'DirectoryIterator' object has no attribute 'nextt'", "gen.nextt()"),
        ("TypeError", "'int' object is not callable", "(lambda: f)()(1)"),
        ("TypeError", "'int' object is not iterable", "a, b = 3"),
    ],
)  # fmt: skip
def test_nor_is_a_word_on_the_line(name: str, message: str, source: str) -> None:
    assert advise(scene(name, message, source)) == ""


@pytest.mark.parametrize(
    ("name", "message", "source"),
    [
        ("AttributeError", "'NoneType' object has no attribute 'fit'", "m = None\nm.fit(x)"),
        ("TypeError", "'dict' object is not callable", "table = {}\ntable('x')"),
        ("KeyError", "'val_accuracy'", "def on_end(logs):\n    logs['val_accuracy']"),
        ("TypeError", "'float' object cannot be interpreted as an integer",
         "x = None\nrange_of(x)"),
    ],
)  # fmt: skip
def test_what_something_else_raised_is_not_looked_up_on_the_line(
    name: str, message: str, source: str
) -> None:
    inside = advise(scene(name, message, source, line=2, **IN_KERAS))
    assert "None" not in inside
    assert "brackets" not in inside
    assert "validation" not in inside


def test_a_class_of_the_student_s_may_be_called_as_one_of_python_s() -> None:
    said = scene("NameError", "the name of the model is not defined", "f()")
    assert advise(said) == ""


def test_the_text_of_an_exception_that_has_bases_is_still_read_as_a_whole() -> None:
    said = scene("ShapeError", "expected min_ndim=4, found ndim=3", bases=("ValueError",))
    assert advise(said) == ""
