"""Cells as solutions have them, drawn at random: calls, layers, loops, brackets, comments."""

from hypothesis import strategies as st

NAMES = ("model", "x_train", "y_train", "x_test", "means", "größe", "words")
METHODS = ("get", "mean", "astype", "flow_from_directory", "add", "split", "upper")
LAYERS = ("Input", "Conv2D", "MaxPooling2D", "Flatten", "Dense", "Dropout")
KEYWORDS = ("epochs", "batch_size", "loss", "activation", "class_mode", "axis", "target_size")
CONSTANTS = (
    "0", "1", "20", "0.999", "255", "True", "None", '"relu"', '"sigmoid"', '"mse"', "'binary'",
    '"é\\n"', "(150, 150)", "(28, 28, 1)", "1 / 255", '"../data/train/x"',
)  # fmt: skip
OPERATORS = ("+", "-", "*", "/", "//", "%", "**")
COMPARISONS = (">", ">=", "<", "==", "!=", "is not", "in", "not in")
_SPACES = st.sampled_from(("", " ", "\n    ", " # ü, (\n    "))


def _bracketed(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from((text, f"({text})", f"(\n    ({text})\n)"))


@st.composite
def _sequence(draw: st.DrawFn, items: st.SearchStrategy[str], ends: str) -> str:
    found = draw(st.lists(items, max_size=4))
    joined = "".join(f"{draw(_SPACES)}{each}{draw(_SPACES)}," for each in found)
    trailing = draw(st.booleans())
    return f"{ends[0]}{joined if trailing else joined[:-1]}{draw(_SPACES)}{ends[1]}"


@st.composite
def _call(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    function = draw(
        st.sampled_from(NAMES)
        | st.sampled_from([f"layers.{name}" for name in LAYERS])
        | st.tuples(inner, st.sampled_from(METHODS)).map(lambda pair: f"({pair[0]}).{pair[1]}")
    )
    places = draw(st.lists(inner, max_size=2))
    named = draw(st.lists(st.sampled_from(KEYWORDS), unique=True, max_size=2))
    arguments = [*places, *(f"{name}={draw(inner)}" for name in named)]
    space = draw(_SPACES)
    return f"{function}({', '.join(f'{space}{each}' for each in arguments)}{draw(_SPACES)})"


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(inner, inner)
    return (
        _call(inner)
        | _sequence(inner, "[]")
        | _sequence(inner, "()")
        | st.tuples(pairs, st.sampled_from(OPERATORS + COMPARISONS + ("and", "or"))).map(
            lambda each: f"({each[0][0]} {each[1]} {each[0][1]})"
        )
        | pairs.map(lambda each: f"({each[0]} if {each[1]} else 0)")
        | inner.map(lambda each: f'table["kind"][{each}]')
        | inner.map(lambda each: f"sum({each} for i in range(9))")
        | inner.flatmap(_bracketed)
    )


EXPRESSIONS = st.recursive(st.sampled_from(NAMES + CONSTANTS), _grown, max_leaves=6)


@st.composite
def _stack(draw: st.DrawFn) -> str:
    made = draw(st.lists(st.sampled_from(LAYERS), min_size=1, max_size=4))
    lines = "".join(f"        layers.{name}({draw(EXPRESSIONS)}),\n" for name in made)
    return f"model = Sequential(\n    [\n{lines}    ]\n)"


@st.composite
def _statement(draw: st.DrawFn) -> str:
    value, other = draw(EXPRESSIONS), draw(EXPRESSIONS)
    name = draw(st.sampled_from(NAMES))
    return draw(
        st.sampled_from(
            (
                f"{name} = {value}",
                f"{name}.stop_training = {value}",
                f"self.model.stop_training = {value}",
                f"{name}[{value}] += {other}",
                f"print({value})",
                f"({value})",
                f"model.compile({value})",
                f"if {value}:\n    {name} = 1\nelse:\n    pass",
                f"for i in range({value}):\n    {name} = i",
                f"with open({value}) as file:\n    file.write({other})",
                f"try:\n    {name} = 1\nexcept ValueError:\n    raise",
                f"assert {value}, {other}",
                f'"""Ein Satz: {name}."""',
                f"return {value}",
            )
        )
        | _stack()
    )


@st.composite
def _cell(draw: st.DrawFn) -> str:
    body = "\n".join(draw(st.lists(_statement(), min_size=1, max_size=3)))
    # Within brackets a line may begin anywhere, and a comment may end any.
    inner = "\n".join(f"    {line}" for line in body.split("\n"))
    return f"# GRADED FUNCTION: solve\ndef solve(self, größe):\n{inner}\n"


CELLS = _cell()
