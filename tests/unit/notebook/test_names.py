import pytest

from grader.notebook.names import Names, names_of


@pytest.mark.parametrize(
    ("source", "bound"),
    [
        ("x = y = 1", {"x", "y"}),
        ("a, *b = range(3)", {"a", "b"}),
        ("for i in x: pass", {"i"}),
        ("with open(p) as f: pass", {"f"}),
        ("import os.path, numpy as np", {"os", "np"}),
        ("from a import b as c", {"c"}),
        ("if x:\n    import json\n    def f():\n        hidden = 1", {"json", "f"}),
        ("if x:\n    async def f():\n        hidden = 1", {"f"}),
        ("class C:\n    hidden = 1", {"C"}),
    ],
)
def test_names_bound_at_the_top_level(source: str, bound: set[str]) -> None:
    assert names_of(source).bound == bound


def test_names_of_functions_that_are_not_their_own_are_needed() -> None:
    assert names_of("def f(a):\n    return g(a) + b").used == {"g", "b"}


def test_a_cell_that_does_not_parse_binds_what_it_defines() -> None:
    assert names_of("def f(:\n    return g") == Names(frozenset({"f"}), frozenset())


@pytest.mark.parametrize(
    "source",
    [
        "x = 1\nprint(x)",
        "def f(model):\n    model = g\n    return model",
        "a = [model for model in b]",
        "class C:\n    model = 1\n    other = model",
        "def f():\n    import model\n    return model",
    ],
)
def test_a_name_of_ones_own_is_not_needed(source: str) -> None:
    assert not names_of(source).used & {"x", "model"}


def test_a_name_that_a_method_reads_is_needed() -> None:
    assert "LIMIT" in names_of("class C:\n    def f(self):\n        return self.x > LIMIT").used


def test_an_import_of_everything_may_bind_anything() -> None:
    assert names_of("from tensorflow.keras.layers import *").bound == {"*"}


def test_variables_are_neither_functions_nor_classes_nor_imports() -> None:
    source = "import os\nx = 1\ndef f(): pass\nif x:\n    class C: pass"
    assert names_of(source).variables == {"x"}


@pytest.mark.parametrize(
    ("source", "name"),
    [("%time x = f(1)", "x"), ("files = !ls", "files"), ("    x = 1\n    !ls", "x")],
)
def test_a_line_of_ipython_binds_its_name(source: str, name: str) -> None:
    assert name in names_of(source).bound
