"""``notebooks/unittests.py`` says what tests a notebook, and how many parameters a model has."""

import importlib.util
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from grader.assignments.happy_or_sad_2024.assignment import MOST_PARAMETERS

FILE = Path(__file__).parents[2] / "notebooks" / "unittests.py"
CALLED = (
    "test_train_data", "test_create_and_compile_model", "test_training_history", "test_of_any_name",
)  # fmt: skip


@pytest.fixture
def unittests() -> ModuleType:
    spec = importlib.util.spec_from_file_location("unittests", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", CALLED)
def test_each_test_of_the_course_says_what_tests(
    unittests: ModuleType, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    getattr(unittests, name)(object())
    assert "`grader check` says what is right" in capsys.readouterr().out


def test_what_is_no_test_is_not_there(unittests: ModuleType) -> None:
    with pytest.raises(AttributeError, match="'unittests' has no attribute 'train'"):
        unittests.train  # noqa: B018 - looking it up is what is tested


def test_the_parameters_of_a_model_are_counted(
    unittests: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    unittests.parameter_count(SimpleNamespace(count_params=lambda: 1_198_337))
    told = "Your model has 1,198,337 parameters, at most 21,000,000 are allowed.\n"
    assert capsys.readouterr().out == told


@pytest.mark.parametrize("found", [None, 3, SimpleNamespace(count_params=lambda: int("none"))])
def test_what_has_no_parameters_is_told_so(
    unittests: ModuleType, found: object, capsys: pytest.CaptureFixture[str]
) -> None:
    unittests.parameter_count(found)
    assert capsys.readouterr().out.startswith("There is no model whose parameters")


def test_as_many_are_allowed_as_are_graded(unittests: ModuleType) -> None:
    assert unittests.MOST_PARAMETERS == MOST_PARAMETERS
