"""Nothing of a solution is in what students get, whatever it is in."""

import pytest
from releasing import SOLUTION, between, cells_of, code, framed, released, text

from grader.errors import UsageError

WRITTEN = "total = (width + 2 * border) * (height + 2 * border)"
CELL = framed(WRITTEN)


@pytest.mark.parametrize(
    "comment",
    [
        "# total = (width + 2 * border)",
        "#total=(width+2*border)",
        "# Try `total = (width + 2 * border)` here",
        '# Try "total = (width + 2 * border)" here',
        "# it's total = (width + 2 * border), isn't it?",
        "# (width\n# + 2 *\n# border)",
    ],
)
def test_a_comment_that_has_the_solution_is_left_out(comment: str) -> None:
    assert between(f"{comment}\n{WRITTEN}") == "total = None"


def test_the_rest_of_such_a_comment_stays() -> None:
    assert between(f"# Add the border.\n# total = (width + 2)\n{WRITTEN}").startswith("# Add")


def test_what_was_left_out_is_said() -> None:
    told = released(code(framed(f"# total = (width + 2)\n{WRITTEN}"))).told
    [line] = [each for each in told if "left out" in each]
    assert line.startswith("cell 1 (area), line 4: left out, as it has `")
    assert line.endswith("` of the solution: # total = (width + 2)")


def test_a_comment_may_have_what_is_given_anyway() -> None:
    source = framed(f"# total = f(width, 2)\ntotal = f(width, 2)\n{WRITTEN}")
    given = code("total = f(width, 2)")
    made = cells_of(released(code(source), given))[0]["source"]
    assert "# total = f(width, 2)" in made


def test_a_comment_may_have_what_is_kept() -> None:
    region = f"# total = f(width, 2)\ntotal = f(width, 2)  # release: keep\n{WRITTEN}"
    assert "# total = f(width, 2)\n" in between(region)


GIVEN = {
    "as it is": code(WRITTEN),
    "spaced otherwise": code(WRITTEN.replace(" ", "  ").replace("(", "( ")),
    "in several lines": code(WRITTEN.replace(" + 2", "\n    + 2")),
    "commented out": code(f"x = 1\n# {WRITTEN}"),
    "in a string": code(f"answer = '''{WRITTEN}'''"),
    "in a docstring": code(f'def help_me():\n    """Write {WRITTEN}."""'),
    "in words": text(f"Solution: `{WRITTEN}`"),
    "in quotes": text(f'Write "{WRITTEN}".'),
    "with an apostrophe before": text(f"That's it: {WRITTEN}. It isn't hard."),
    "in a drawing": text("![x](attachment:a.svg)",
                         attachments={"a.svg": {"image/svg+xml": f"<text>{WRITTEN}</text>"}}),
    "around the markers": code(f"{framed('x = f(1)')}\n    # {WRITTEN}"),
}  # fmt: skip


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_a_cell_that_gives_the_solution_away_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=f"^{SOLUTION}, cell 2.*10 tokens in a row") as raised:
        released(code(CELL), given)
    assert "the tag release:keep" in str(raised.value)


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_it_is_not_where_the_author_says_so(given: dict[str, object]) -> None:
    assert released(code(CELL), given | {"metadata": {"tags": ["release:keep"]}})


def test_it_is_not_where_students_get_that_line_anyway() -> None:
    source = framed(f"{WRITTEN}  # release: keep\nx = f(1)")
    assert released(code(source), code(WRITTEN))


def test_a_dotted_name_counts_as_one_token() -> None:
    solution = framed("model.add(tf.keras.layers.Dense(512, activation='relu'))")
    assert released(code(solution), code("tiny.add(tf.keras.layers.Dense(512, input_dim=1))"))


def test_less_than_ten_tokens_may_be_the_same() -> None:
    assert released(code(CELL), code("total = (width + 2)"), text("`(width + 2 * border)`"))
