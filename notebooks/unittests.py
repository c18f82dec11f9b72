"""What notebooks of the edition of 2024 import: it says what grades them, and grades nothing.

The course's own notebook calls tests of this module after each exercise. Here the grader looks at
all of that, so each such call says no more than that.
"""

from collections.abc import Callable
from typing import Any

MOST_PARAMETERS = 21_000_000
CHECKED = "Nothing is tested here: `grader check` says what is right, and what to do if not."


def parameter_count(model: Any) -> None:  # noqa: ANN401 - whatever a notebook has made
    """Say how many parameters a model has, and how many are allowed.

    Args:
        model: A model of Keras; of anything else it is said that it is none.
    """
    try:
        count = model.count_params()
    except (AttributeError, TypeError, ValueError):
        print("There is no model whose parameters could be counted yet.")  # noqa: T201
        return
    allowed = f"at most {MOST_PARAMETERS:,} are allowed"
    print(f"Your model has {count:,} parameters, {allowed}.")  # noqa: T201 - for students


def __getattr__(name: str) -> Callable[..., None]:
    """Return for each test that a notebook may call one that says what does test it.

    Raises:
        AttributeError: It is not called like a test.
    """
    if name.startswith("test_"):
        return _says_what_tests
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _says_what_tests(*_: object, **__: object) -> None:
    print(CHECKED)  # noqa: T201 - for whoever runs the notebook
