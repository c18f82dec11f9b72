"""Pages in a browser: each must stay quiet and at home."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import QUIET
from playwright.sync_api import Browser, Page, sync_playwright


# Not for longer: while it is open, an event loop of Playwright runs, beside which no other can.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium is not installed; `make browser` installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a page; afterwards, it must have said nothing and asked for nothing but itself."""
    complaints: list[str] = []
    requests: list[str] = []
    path = tmp_path / "page.html"
    context = browser.new_context()

    def visited(source: str, *, width: int = 1280, scheme: str = "light") -> Page:
        path.write_text(source, encoding="utf-8")
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        return page

    yield visited
    context.close()
    assert complaints == []
    assert {url for url in requests if not url.startswith("data:")} == {path.as_uri()}
