"""What students get in the place of a line where the author says so."""

import pytest
from releasing import END, START, between, framed, got

CASES = {
    "a line is kept": ("x = f(1)  # release: keep\ny = 2", "x = f(1)\ny = None"),
    "with its own comment": ("x = f(1)  # scaled\ny = 2", "x = None\ny = None"),
    "in capitals": ("x = f(1)  ## Release: Keep\ny = 2", "x = f(1)\ny = None"),
    "a line is left out": ("x = f(1)\ng()  # release: drop", "x = None"),
    "a line gets another one": ("x = f(1)  # release as: x = f(...)\ny = 2",
                                "x = f(...)\ny = None"),
    "several lines are kept": ("# release: keep\nx = f(\n    1,\n)\ny = 2",
                               "x = f(\n    1,\n)\ny = None"),
    "behind the last of several lines": ("x = f(\n    1,\n)  # release: keep\ny = 2",
                                         "x = f(\n    1,\n)\ny = None"),
    "several lines are left out": ("x = 1\n# release: drop\ng(\n    1,\n)", "x = None"),
    "several lines get others": (
        "# release as: x = f(\n# release as:     None,\n# release as: )\nx = f(\n    1,\n)\ny = 2",
        "x = f(\n    None,\n)\ny = None"),
    "a block is kept": ("# release: keep\nfor x in y:\n    # Add.\n    f(x)\ny = 2",
                        "for x in y:\n    # Add.\n    f(x)\ny = None"),
    "a block is left out": ("y = 2\n# release: drop\nfor x in y:\n    f(x)", "y = None"),
    "a block gets a line": ("# release as: x = None\nfor x in y:\n    f(x)", "x = None"),
    "the first line of a block is kept": (
        "for x in y:  # release: keep\n    # Add.\n    f(x)\n    z = 1",
        "for x in y:\n    # Add.\n    None\n    z = None"),
    "the first line of a block gets another": (
        "for x in f(y):  # release as: for x in None:\n    f(x)", "for x in None:\n    None"),
    "a first line of several lines": (
        "for x in f(\n    y\n):  # release: keep\n    f(x)", "for x in f(\n    y\n):\n    None"),
    "blocks within blocks": (
        "with f() as x:  # release: keep\n    for y in x:  # release: keep\n        g(y)\n    h()",
        "with f() as x:\n    for y in x:\n        None\n    None"),
    "all first lines": (
        ("if a:  # release as: if None:\n    f()\nelif b:  # release as: elif None:\n    g()\n"
         "else:\n    x = h()"),
        "if None:\n    None\nelif None:\n    None\nelse:\n    x = None"),
    "a try": (
        "try:\n    f()\nexcept E:  # release: keep\n    g()\nelse:\n    h()\nfinally:\n    k()",
        "try:\n    None\nexcept E:\n    None\nelse:\n    None\nfinally:\n    None"),
    "a match": (
        ("match f(x):  # release as: match x:\n    case 1:  # release: keep\n        g()\n"
         "    case _:  # release: keep\n        x = h()"),
        "match x:\n    case 1:\n        None\n    case _:\n        x = None"),
    "a function": (
        '@cache\ndef f(x):  # release: keep\n    """Help."""\n    return x + 1',
        '@cache\ndef f(x):\n    """Help."""\n    return None'),
    "all of a block is left out": (
        "for x in y:  # release: keep\n    f(x)  # release: drop", "for x in y:\n    None"),
    "all is left out": ("x = f(1)  # release: drop", "None"),
    "a comment is left out": ("# release: drop\n# For us.\nx = 1", "x = None"),
    "a comment gets another": (
        "# release as: # For you.\n# For us.\nx = 1", "# For you.\nx = None"),
    "a comment that is code is kept": (
        "# release: keep\n# x = f(y, z, 1)\nx = f(y, z, 1)", "# x = f(y, z, 1)\nx = None"),
    "IPython's line is kept": ("# release: keep\n!pip install x\ny = f(2)",
                               "!pip install x\ny = None"),
    "in words": ("# Release the lock, and keep it as it is.\nx = 1",
                 "# Release the lock, and keep it as it is.\nx = None"),
}  # fmt: skip


@pytest.mark.parametrize(("solution", "expected"), CASES.values(), ids=CASES)
def test_the_author_says_what_students_get(solution: str, expected: str) -> None:
    assert between(solution) == expected


def test_blank_lines_do_not_add_up_where_something_is_left_out() -> None:
    assert between("x = 1\n\nf()  # release: drop\n\ny = 2") == "x = None\n\ny = None"


def test_blank_lines_go_with_what_is_left_out_at_the_end() -> None:
    assert between("x = 1\n\nf()  # release: drop") == "x = None"


def test_a_string_is_no_comment() -> None:
    assert between('x = f("""\n# release: keep\n""")') == "x = None"


def test_directives_need_no_function() -> None:
    source = f"x = 1\n{START}\ny = f(x)  # release: keep\nz = 2\n{END}"
    assert got(source) == f"x = 1\n{START}\ny = f(x)\nz = None\n{END}"


def test_the_rest_of_a_region_stays_aligned() -> None:
    source = framed("if a:  # release as: if None:\n    f()")
    assert got(source) == framed("if None:\n    None")
