"""docs/reference.md is made from the module that authors import."""

from collections.abc import Callable

import reference_page

from grader import authoring


def test_the_page_is_what_the_module_says(keep_true: Callable[[str, str], None]) -> None:
    keep_true("reference.md", reference_page.page())


def test_each_name_that_authors_import_has_one_section() -> None:
    assert sorted(reference_page.names()) == sorted(authoring.__all__)


def test_nothing_on_the_page_is_without_a_word_of_what_it_is() -> None:
    assert reference_page.silent() == []
