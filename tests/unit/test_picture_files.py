"""Files as scraped folders have them are drawn anew, and the same by the same generator."""

import numpy as np

from grader.assignments.happy_sad_pipeline.files import KINDS, drawn


def test_there_are_20_kinds() -> None:
    assert len({kind.words for kind in KINDS}) == len(KINDS) == 20


def test_names_say_nothing_of_kinds() -> None:
    one, other = (list(drawn(np.random.default_rng(seed), 3)) for seed in (1, 2))
    assert len(set(one)) == len(set(other)) == 60
    assert one != other


def test_the_same_generator_draws_the_same() -> None:
    one, other = (dict(drawn(np.random.default_rng(5), 1, "cats/")) for _ in range(2))
    assert one == other
    assert all(path.startswith("cats/") for path in one)
