"""Takes the picture of an audit's page that docs/audit.md shows.

Run it with the page that ``grader audit happy-or-sad --out DIR`` has written:
``PYTHONPATH=tests/shared python -m tests.prove.audit_picture DIR/audit.html docs/audit.png``.
"""

import argparse
import shutil
from io import BytesIO
from pathlib import Path

from browsing import QUIET
from PIL import Image
from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1280, 760
# The page has few colours, and fewer still make a small file.
_COLOURS = 96


def picture(page: Path) -> Image.Image:
    """Return what is seen in a window, in light, of the mutants that lose points."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        size = {"width": WIDTH, "height": HEIGHT}
        window = browser.new_page(viewport=size, color_scheme="light")  # type: ignore[arg-type]
        window.goto(page.resolve().as_uri())
        window.locator("#only-killed").check()
        window.locator("#matrix").evaluate("title => title.scrollIntoView()")
        seen = Image.open(BytesIO(window.screenshot()))
        browser.close()
    return seen.convert("RGB").quantize(_COLOURS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("page", type=Path, help="the page of an audit")
    parser.add_argument("target", type=Path, help="where the picture is written, as PNG")
    chosen = parser.parse_args()
    picture(chosen.page).save(chosen.target, optimize=True)
    print(f"{chosen.target}: {chosen.target.stat().st_size} bytes")
