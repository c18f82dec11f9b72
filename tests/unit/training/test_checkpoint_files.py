import json

import descriptions
import pytest

from grader.training.accept import accept
from grader.training.checkpoint_files import apart, needed
from grader.training.results import PriorFit, Reply

DESCRIPTION = accept(json.dumps(descriptions.description()).encode())


@pytest.mark.parametrize(
    ("others", "begun", "counts"),
    [
        ([], 0, ()),
        ([False], 0, (1,)),
        ([True], 1, (1,)),
        ([True, False], 1, (1, 2)),
        ([False, True, False, False], 2, (2, 4)),
    ],
)
def test_a_model_is_needed_where_its_function_began_and_where_all_trainings_have_left_it(
    others: list[bool], begun: int, counts: tuple[int, ...]
) -> None:
    turns = [PriorFit(DESCRIPTION, (Reply(),), other) for other in others]
    assert (apart(turns), needed(turns)) == (begun, counts)
