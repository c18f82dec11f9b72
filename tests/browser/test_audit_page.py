"""The page of an audit in a browser: read in light and dark, large and small, by mouse and keys."""

from collections.abc import Callable

import audits
import pytest
from browsing import FAINT_TEXTS
from playwright.sync_api import Page, expect

from grader.audit import page as audit_page

Open = Callable[..., Page]
ROWS = "[...document.querySelectorAll('.row')].filter(row => row.offsetParent).length"


@pytest.fixture
def show(visit: Open) -> Open:
    """Open the page of an audit."""

    def shown(*, said: str = "", **how: object) -> Page:
        return visit(audit_page.render(audits.audit(said=said)), **how)

    return shown


@pytest.mark.parametrize("width", [1280, 400])
def test_the_page_does_not_scroll_sideways(show: Open, width: int) -> None:
    page = show(width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_200_mutants_by_30_checks_fit_the_width_of_a_screen(show: Open) -> None:
    fits = "e => e.scrollWidth <= e.clientWidth"
    assert show().locator(".matrix").evaluate(fits)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_background(show: Open, scheme: str) -> None:
    found = show(scheme=scheme).evaluate(FAINT_TEXTS)
    assert found["seen"] > 5000
    assert found["faint"] == []


def test_names_of_checks_stay_in_sight_while_the_matrix_scrolls(show: Open) -> None:
    page = show()
    matrix = page.locator(".matrix")
    matrix.evaluate("e => { e.scrollIntoView(); e.scrollTop = 2000; }")
    box, frame = page.locator("thead .name").first.bounding_box(), matrix.bounding_box()
    assert box
    assert frame
    assert abs(box["y"] - frame["y"]) < 50


def test_a_row_opens_by_key_to_what_was_changed(show: Open) -> None:
    page = show()
    summary = page.locator(".matrix summary").first
    diff = page.locator(".matrix .diff").first
    assert not diff.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert diff.is_visible()


def test_the_matrix_scrolls_by_key(show: Open) -> None:
    page = show(width=400)
    matrix = page.locator(".matrix")
    matrix.focus()
    page.keyboard.press("ArrowRight")
    # Waits, as a browser scrolls smoothly; the page's own policy forbids to ask in a script.
    expect(matrix).not_to_have_js_property("scrollLeft", 0)


def test_rows_are_chosen_by_key(show: Open) -> None:
    page = show()
    page.locator("#all").focus()
    page.keyboard.press("ArrowRight")
    living = [row for row in audits.audit().specimens if row.fate.value in {"alive", "wrong"}]
    assert page.evaluate(ROWS) == len(living)


@pytest.mark.parametrize("which", ["only-killed", "only-alike", "only-written"])
def test_rows_are_chosen_by_what_they_came_to(show: Open, which: str) -> None:
    page = show()
    every = page.evaluate(ROWS)
    page.locator(f"#{which}").check()
    assert 0 < page.evaluate(ROWS) < every


def test_a_group_of_which_no_row_is_chosen_is_not_shown(show: Open) -> None:
    page = show()
    page.locator("#only-written").check()
    shown = [each for each in page.locator(".band").all() if each.is_visible()]
    assert len(shown) == len({"what is right, and what is empty", "mistakes"})


def test_what_an_author_wrote_shows_literally(show: Open) -> None:
    page = show(said=audits.HOSTILE)
    assert page.get_by_text(audits.HOSTILE).first.is_visible()
    assert page.locator("script, img").count() == 0


def test_the_name_of_a_check_leads_to_its_title(show: Open) -> None:
    page = show()
    page.locator("thead .name").nth(3).click()
    assert page.locator("#check-check_of_something_3").is_visible()
