import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from browsing import FAINT_TEXTS
from playwright.sync_api import Browser, Page

from grader.report import html

NAMES = ("full_marks", "three_mistakes", "rejected", "needs_review", "hostile")
HONEST = NAMES[:-1]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def reports() -> ModuleType:
    path = Path(__file__).parents[1] / "unit" / "report" / "reports.py"
    spec = importlib.util.spec_from_file_location("report_samples", path)
    if spec is None or spec.loader is None:
        pytest.fail(f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def show(visit: Open, reports: ModuleType) -> Open:
    """Open the page of a sample report."""

    def shown(name: str, **how: object) -> Page:
        report = reports.saying(reports.HOSTILE) if name == "hostile" else getattr(reports, name)()
        return visit(html.render(report), **how)

    return shown


@pytest.mark.parametrize("width", [1280, 400, 320])
@pytest.mark.parametrize("name", NAMES)
def test_no_page_scrolls_sideways(show: Open, name: str, width: int) -> None:
    page = show(name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("name", HONEST)
def test_no_table_needs_scrolling(show: Open, name: str, width: int) -> None:
    page = show(name, width=width)
    wide = "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{wide}.length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", HONEST)
def test_every_text_stands_out_from_its_background(show: Open, name: str, scheme: str) -> None:
    found = show(name, scheme=scheme).evaluate(FAINT_TEXTS)
    assert found["seen"] > 10
    assert found["faint"] == []


def test_dark_mode_is_dark(show: Open) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    assert show("full_marks", scheme="dark").evaluate(background) == "rgb(19, 23, 28)"


def test_what_a_student_wrote_shows_literally(show: Open) -> None:
    page = show("hostile")
    assert page.get_by_text("<script>alert(1)</script> [bold red]x[/]").first.is_visible()
    assert page.locator("script, img").count() == 0


def test_the_style_sheet_gets_past_the_policy(show: Open) -> None:
    width = show("full_marks").locator(".wrap").evaluate("e => getComputedStyle(e).maxWidth")
    assert width == "992px"


def test_no_script_would_get_past_the_policy(
    browser: Browser, reports: ModuleType, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    source = html.render(reports.full_marks())
    path.write_text(f"{source}<script>document.title = 'owned'</script>", encoding="utf-8")
    with browser.new_page() as page:
        page.goto(path.as_uri())
        assert page.title().startswith("amara")


def test_a_passed_check_unfolds_what_was_found(show: Open) -> None:
    page = show("full_marks")
    found = page.locator(".facts").first
    assert not found.is_visible()
    page.get_by_text("The loader finds all 80 images").click()
    assert found.is_visible()


def test_on_paper_what_was_folded_is_shown(show: Open) -> None:
    page = show("full_marks")
    page.emulate_media(media="print")
    height = page.locator(".facts").first.evaluate("e => e.getBoundingClientRect().height")
    assert height > 0


def test_text_in_charts_is_legible_on_a_phone(show: Open) -> None:
    page = show("full_marks", width=400)
    heights = page.locator(".chart text").evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect().height)"
    )
    assert min(heights) >= 11


def test_no_label_of_a_chart_leaves_its_frame(show: Open) -> None:
    outside = (
        "texts => texts.filter(text => {"
        " const [t, f] = [text, text.closest('svg')].map(e => e.getBoundingClientRect());"
        " return t.left < f.left || t.right > f.right || t.bottom > f.bottom || t.top < f.top;"
        "}).map(text => text.textContent)"
    )
    for width in (1280, 400):
        page = show("three_mistakes", width=width)
        assert page.locator(".chart text").evaluate_all(outside) == []
