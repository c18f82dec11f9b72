import pytest

from grader.notebook.markers import Region, blank, regions

CELL = (
    "def f():\n    ### START CODE HERE\n    x = 1\n    y = 2\n    ### END CODE HERE\n    return x"
)


def test_a_region_is_what_lies_between_the_markers() -> None:
    assert regions(CELL) == (Region(2, 4, "    x = 1\n    y = 2"),)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("# START CODE HERE", "# END CODE HERE"),
        ("### start code here ###", "### end code here ###"),
        ("###START  CODE   HERE### (~ 2 lines)", "####  End Code Here"),
        ("\t### START CODE", "\t### END CODE\r"),
    ],
)
def test_spacing_case_and_hashes_do_not_matter(start: str, end: str) -> None:
    assert [region.text for region in regions(f"{start}\nx = 1\n{end}")] == ["x = 1"]


def test_a_cell_may_have_several_regions() -> None:
    assert [region.text for region in regions(f"{CELL}\n{CELL.replace('x = 1', 'x = 3')}")] == [
        "    x = 1\n    y = 2",
        "    x = 3\n    y = 2",
    ]


def test_a_region_may_be_empty() -> None:
    assert regions("# START CODE HERE\n# END CODE HERE") == (Region(1, 1, ""),)


def test_a_start_without_an_end_is_no_region() -> None:
    assert regions("### START CODE HERE\nx = 1") == ()


def test_an_end_without_a_start_is_no_region() -> None:
    assert regions("x = 1\n### END CODE HERE") == ()


def test_the_last_of_two_starts_counts() -> None:
    source = "# START CODE HERE\nx = 1\n# START CODE HERE\ny = 2\n# END CODE HERE"
    assert [region.text for region in regions(source)] == ["y = 2"]


def test_words_within_code_are_no_marker() -> None:
    assert regions('print("### START CODE HERE")\nx = 1\n### END CODE HERE') == ()


@pytest.mark.parametrize(
    "string",
    [
        '"""Text\n    ### END CODE HERE\n    """',
        "'''\n    # START CODE HERE'''",
        "'one \\\n    ### END CODE HERE'",
        'f"""{1}\n    ### END CODE HERE\n    """',
    ],
)
def test_a_line_within_a_string_is_no_marker(string: str) -> None:
    source = CELL.replace("x = 1", f"x = {string}")
    assert [region.text.strip() for region in regions(source)] == [f"x = {string}\n    y = 2"]


def test_markers_are_found_where_a_string_has_no_end() -> None:
    assert len(regions(f'{CELL}\nx = """')) == 1


def test_blank_keeps_the_markers_and_what_is_around_them() -> None:
    assert blank(CELL) == ("def f():\n    ### START CODE HERE\n    ### END CODE HERE\n    return x")


def test_blank_empties_every_region() -> None:
    assert blank(f"{CELL}\n{CELL}") == f"{blank(CELL)}\n{blank(CELL)}"


def test_blank_leaves_a_cell_without_regions_alone() -> None:
    assert blank("x = 1\n\ny = 2\n") == "x = 1\n\ny = 2\n"
