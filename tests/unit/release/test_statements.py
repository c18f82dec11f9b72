"""What stands in the place of statements."""

import pytest
from releasing import END, START, between, code, framed, got

CASES = {
    "a name": ("x = f(1)", "x = None"),
    "an item in several lines": ("x = [\n    1,\n    g(\n        2\n    ),\n]", "x = None"),
    "several names": ("x, y = f()", "x, y = None, None"),
    "names within names": ("(x, y), z = f()", "(x, y), z = (None, None), None"),
    "one name in a tuple": ("x, = f()", "x, = None,"),
    "a starred name": ("x, *y = f()", "x, y = None, None"),
    "two names of one value": ("x = y = f()", "x = None\ny = None"),
    "an attribute of self": ("self.x = f()", "self.x = None"),
    "another attribute": ("model.trainable = f()", "None"),
    "an item": ("x[f(y)] = 1", "None"),
    "a name with a type": ("x: list[int] = f()", "x = None"),
    "a type alone": ("x: list[int]", "None"),
    "a sum": ("x += f()", "x = None"),
    "a value that is returned": ("return f(1)", "return None"),
    "nothing that is returned": ("return", "return"),
    "a call": ("model.compile(\n    loss=1,\n)", "None"),
    "several calls": ("f()\n\ng()\nh()", "None"),
    "a call and a name": ("f()\nx = 1\ng()", "None\nx = None\nNone"),
    "the same name twice": ("x = f()\nx = g(x)", "x = None"),
    "the same name with a comment between": (
        "x = f()\n# Scale it.\nx = g(x)", "x = None\n# Scale it.\nx = None"),
    "a loop": ("for x in y:\n    f(x)\nelse:\n    g()", "None"),
    "a condition": ("if a:\n    f()\nelif b:\n    g()\nelse:\n    h()", "None"),
    "a with": ("with f() as x, g():\n    h()", "None"),
    "a try": ("try:\n    f()\nexcept E as e:\n    g()\nfinally:\n    h()", "None"),
    "a match": ("match f():\n    case [a, *b]:\n        g()\n    case _:\n        h()", "None"),
    "a function": ("@wraps(f)\ndef helper(x=1):\n    return x", "None"),
    "a class": ("class Helper(Base):\n    x = 1", "None"),
    "an import": ("from a import b as c", "None"),
    "several in a line": ("x = 1; f(x); y = 2", "x = None\nNone\ny = None"),
    "a line that goes on": ("x = a + \\\n    b", "x = None"),
    "a deletion": ("del x[0]", "None"),
    "a walrus": ("(x := f())", "None"),
    "IPython's line": ("!pip install x\nx = 1", "None\nx = None"),
    "IPython's value": ("x = !ls", "x = None"),
    "a magic before a statement": ("%time x = f(1)", "x = None"),
    "a string with a marker in it": ('x = """\n### END CODE HERE\n"""', "x = None"),
}  # fmt: skip
COMMENTS = {
    "above a statement": ("# Scale it.\nx = f(1)", "# Scale it.\nx = None"),
    "below all statements": ("x = f(1)\n\n# Now go on.", "x = None\n\n# Now go on."),
    "behind a statement": ("x = f(1)  # by 255", "x = None"),
    "within a statement": ("x = f(\n    # by 255\n    1\n)", "x = None"),
    "within a block": ("for x in y:\n    # by 255\n    f(x)", "None"),
    "at the end of a block": ("for x in y:\n    f(x)\n    # all of it\ng()", "None"),
    "after a block": ("for x in y:\n    f(x)\n# Now go on.\nx = 1", "None\n# Now go on.\nx = None"),
    "with blank lines around": (
        "# One.\n\n# Two.\n\nx = 1\n\n# Three.", "# One.\n\n# Two.\n\nx = None\n\n# Three."),
    "of several lines": ("# Scale it:\n# - by 255\nx = 1", "# Scale it:\n# - by 255\nx = None"),
}  # fmt: skip


@pytest.mark.parametrize(("solution", "expected"), CASES.values(), ids=CASES)
def test_a_statement_is_replaced(solution: str, expected: str) -> None:
    assert between(solution) == expected


@pytest.mark.parametrize(("solution", "expected"), COMMENTS.values(), ids=COMMENTS)
def test_a_comment_that_is_for_students_stays(solution: str, expected: str) -> None:
    assert between(solution) == expected


@pytest.mark.parametrize(
    ("solution", "expected"),
    [
        ("for x in y:\n    total = x", "total = None"),
        ("with f() as total:\n    g()", "total = None"),
        ("import a as total", "total = None"),
        ("def total():\n    return 1", "total = None"),
        ("if (total := f()):\n    other = 1", "total = None"),
        ("match f():\n    case [*total]:\n        g()", "total = None"),
        ("[total for total in y]", "None"),
        ("def other():\n    total = 1", "None"),
    ],
)
def test_names_that_the_rest_of_a_function_needs_are_bound(solution: str, expected: str) -> None:
    assert between(solution, after="return total") == expected


def test_names_that_other_cells_need_are_bound() -> None:
    source = "### START CODE HERE\nfor x in y:\n    total = x\n### END CODE HERE"
    assert "total = None" in got(source, code("print(total)"))


def test_names_of_a_function_are_not_bound_for_other_cells() -> None:
    source = framed("for x in y:\n    total = x")
    assert "total" not in got(source, code("print(total)"))


def test_of_the_graded_definition_students_get_the_first_line_and_the_docstring() -> None:
    source = '''\
# GRADED FUNCTION: area
### START CODE HERE
@cache
def area(width, height):
    """Return it."""
    # Multiply.
    return width * height
### END CODE HERE'''
    assert (
        got(source)
        == '''\
# GRADED FUNCTION: area
### START CODE HERE
def area(width, height):
    """Return it."""
    # Multiply.
    return None
### END CODE HERE'''
    )


@pytest.mark.parametrize(
    ("solution", "expected"),
    [
        ("loss='mse',\noptimizer=f(\n    1,\n),", "loss=None,\noptimizer=None,"),
        ("1,\ng(2),\nk=3,", "None,\nk=None,"),
        ("1, *rest", "None,"),
        ("# The loss.\nloss='mse'", "# The loss.\nloss=None"),
        ("(1 + 2),\nk=(3),", "None,\nk=None,"),
        ("loss='mse',  # release: keep\nmetrics=[1],", "loss='mse',\nmetrics=None,"),
        ("loss='mse',  # release: drop\nmetrics=[1],", "metrics=None,"),
        ("# release as: loss=..., metrics=...\nloss='mse', metrics=[1],", "loss=..., metrics=..."),
    ],
)
def test_arguments_between_markers_are_replaced(solution: str, expected: str) -> None:
    call = f"model.compile(\n{START}\n{solution}\n{END}\n)"
    source = f"# GRADED VALUE: area\n{call}\narea = 1"
    assert got(source) == source.replace(solution, expected)


@pytest.mark.parametrize(
    ("opened", "solution", "expected", "closed"),
    [
        ("x = [", "Dense(1),\nDense(2),", "None,", "]"),
        ("x = {", "'a': 1,\n'b': f(2),\n**c,", "None: None,", "}"),
        ("x = (", "a + b", "None", ")"),
        ("x = f(1, [", "2,", "None,", "], k=3)"),
        ("if (", "a > b", "None", "): f()"),
    ],
)
def test_items_between_markers_are_replaced(
    opened: str, solution: str, expected: str, closed: str
) -> None:
    source = f"# GRADED VALUE: x\n{opened}\n{START}\n{solution}\n{END}\n{closed}"
    assert got(source) == source.replace(solution, expected)


@pytest.mark.parametrize("indentation", ["\t", "  ", "        "])
def test_indentation_stays_what_it_is(indentation: str) -> None:
    source = f"def area():\n{indentation}{START}\n{indentation}x = f(1)\n{indentation}{END}"
    assert got(source) == source.replace("f(1)", "None")


def test_a_cell_may_have_several_regions() -> None:
    source = f"{framed('x = f(1)')}\n    y = 1\n    {START}\n    z = g(2)\n    {END}"
    assert got(source) == source.replace("f(1)", "None").replace("g(2)", "None")


def test_code_around_the_markers_stays_to_the_letter() -> None:
    source = f"x  =  1 # one\n\n{START}\ny = f(1)\n{END}\n\nz=[  2]\n"
    assert got(source) == source.replace("f(1)", "None")
