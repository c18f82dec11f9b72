"""Whatever test a page names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMED = sorted(
    {
        (page.name, path)
        for page in PAGES
        for path in re.findall(r"tests/[\w/]+\.py", page.read_text("utf-8"))
    }
)


@pytest.mark.parametrize(("page", "path"), NAMED)
def test_a_test_that_a_page_names_is_there(page: str, path: str) -> None:
    assert (ROOT / path).is_file(), page


def test_the_ways_to_points_have_tests() -> None:
    assert sum(page == "training.md" for page, _ in NAMED) > 20
