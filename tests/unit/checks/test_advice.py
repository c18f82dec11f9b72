import pytest

from grader.checks.advice import RERUN, advise
from grader.evidence import Raised

KERAS_LR = (
    "Argument(s) not recognized: {'lr': 0.001}. For optimizer classes, please check the arguments."
)


@pytest.mark.parametrize(
    ("name", "message", "said"),
    [
        ("SyntaxError", "'[' was never closed", "cannot read this cell"),
        ("ValueError", KERAS_LR, "learning_rate"),
        ("TypeError", "__init__() got an unexpected keyword argument 'lr'", "learning_rate"),
        ("AttributeError", "'Sequential' object has no attribute 'fit_generator'", "fit takes"),
        ("AttributeError", "module 'keras.optimizers' has no attribute 'legacy'", "legacy is gone"),
        ("AttributeError", "module 'keras.layers' has no attribute 'Conv2d'", "mean Conv2D?"),
        ("AttributeError", "module 'x' has no attribute 'MaxPoling2D'", "mean MaxPooling2D?"),
        ("NameError", "name 'Sequental' is not defined", "mean Sequential?"),
        ("NameError", "name 'units_of_mine' is not defined", "units_of_mine is not known"),
        ("TypeError", "got an unexpected keyword argument 'batchsize'", "mean batch_size?"),
        (
            "ValueError",
            "Unrecognized keyword arguments passed to Dense: {'actvation': 'sigmoid'}",
            "mean activation?",
        ),
        ("TypeError", "f() takes 0 positional arguments but 1 was given", "first line changed"),
        ("TypeError", "set_model() missing 1 required positional argument: 'model'", "instance"),
        ("FileNotFoundError", "[Errno 2] No such file or directory: '/content'", "path"),
        ("AttributeError", "'NoneType' object has no attribute 'fit'", "still None"),
        ("Exception", "There is no network while grading: fetch failure", "can be fetched"),
        ("PermissionError", "Commands are not run while grading: [Errno 1]", "Leave it out"),
        ("PermissionError", "No other processes are started while grading: x", "Leave it out"),
        ("PermissionError", "That is not permitted while grading: [Errno 1]", "Leave it out"),
        ("ZeroDivisionError", "division by zero", RERUN),
    ],
)
def test_an_exception_is_answered_in_the_words_of_the_assignment(
    name: str, message: str, said: str
) -> None:
    assert said in advise(Raised(name=name, message=message))
