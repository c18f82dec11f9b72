"""What holds for all tests, whichever tier they are of."""

from hypothesis import HealthCheck, settings


def test_no_example_fails_for_how_long_it_takes() -> None:
    assert settings().deadline is None


def test_examples_may_be_slow_to_draw() -> None:
    assert HealthCheck.too_slow in settings().suppress_health_check


def test_a_test_that_sets_something_keeps_the_rest() -> None:
    assert settings(max_examples=2).deadline is None
