"""docs/release.md: its examples are what becomes of them."""

import re
from pathlib import Path

import pytest
from releasing import got

from grader.release.leaks import LONG, SHORT

PAGE = (Path(__file__).parents[3] / "docs" / "release.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)\n```", PAGE, re.DOTALL)
PAIRS = [*zip(EXAMPLES[::2], EXAMPLES[1::2], strict=True)]
NUMBERS = {4: "four", 10: "ten"}


def test_there_are_examples() -> None:
    assert PAIRS


@pytest.mark.parametrize(("solution", "student"), PAIRS)
def test_an_example_becomes_what_the_page_says(solution: str, student: str) -> None:
    assert got(solution) == student


@pytest.mark.parametrize(
    "words",
    [
        f"have {NUMBERS[SHORT]} or more tokens in a row",
        f"has {NUMBERS[LONG]} or more tokens in a row",
    ],
)
def test_the_page_has_the_lengths_of_what_is_searched(words: str) -> None:
    assert words in " ".join(PAGE.split())
