from collections.abc import Callable
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture
def keep_true(pytestconfig: pytest.Config) -> Callable[[str, str], None]:
    """Compare a page with what it should be, or write it with ``--update-docs``."""

    def keep_true(name: str, page: str) -> None:
        path = DOCS / name
        if pytestconfig.getoption("--update-docs"):
            path.write_text(page, "utf-8")
        written = path.read_text("utf-8") if path.exists() else ""
        assert written == page, f"docs/{name} is out of date: pytest tests/unit --update-docs"

    return keep_true


@pytest.fixture
def reports_page() -> str:
    return (DOCS / "reports.md").read_text("utf-8")
