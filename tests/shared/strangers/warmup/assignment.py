"""The assignment "Warm-up": five functions, a figure, an answer and a file; nothing is trained."""

from pathlib import Path

import numpy as np

from grader.authoring import (
    Assignment,
    Case,
    Expectation,
    Figure,
    FigureView,
    File,
    FileView,
    Function,
    FunctionView,
    Tolerance,
    Value,
    ValueView,
)

from . import reference

HERE = Path(__file__).parent
NAMES = ("Ada Lovelace", "Grace Brewster Hopper", "alan mathison turing", "Katherine Johnson")
DEGREES = Tolerance(relative=0, absolute=0.01)
TABLE = np.array([("a", 1.0), ("b", 4.0), ("a", 2.0)], dtype=[("kind", "U1"), ("price", "f8")])
SAVED: dict[str, list[object]] = {"kind": ["a", "b"], "price": [1.5, 4.0]}
CHOICES = ("a", "b", "c", "d")


def a_temperature(generator: np.random.Generator) -> tuple[float]:
    """Draw a temperature."""
    return (round(float(generator.uniform(-80, 220)), 1),)


def a_name(generator: np.random.Generator) -> tuple[str]:
    """Draw two to four names."""
    words = " ".join(NAMES).split()
    return (" ".join(generator.choice(words, int(generator.integers(2, 5))).tolist()),)


def some_words(generator: np.random.Generator) -> tuple[list[str]]:
    """Draw words, some of them several times."""
    return (generator.choice(["red", "green", "Green", "blue"], 12).tolist(),)


def an_image(generator: np.random.Generator) -> tuple[object]:
    """Draw pixels from 0 to 255."""
    return (generator.integers(0, 256, (4, 4, 3)).astype(np.uint8),)


def a_table(generator: np.random.Generator) -> tuple[object]:
    """Draw a table of kinds and prices."""
    table = np.zeros(8, TABLE.dtype)
    table["kind"] = generator.choice(["a", "b", "c"], 8)
    table["price"] = generator.uniform(1, 9, 8).round(2)
    return (table,)


def some_losses(generator: np.random.Generator) -> tuple[list[float]]:
    """Draw the losses of six epochs."""
    return (generator.uniform(0, 2, 6).round(3).tolist(),)


warmup = Assignment(
    id="warmup", title="Warm-up", notebook=HERE / "warmup.ipynb", version="2026", pass_mark=0.6
)
celsius = warmup.part(
    Function(
        "to_celsius",
        cases=[(32,), Case((212,), expected=100)],
        reference=reference.to_celsius,
        draw=a_temperature,
        tolerance=DEGREES,
    )
)
initials = warmup.part(
    Function(
        "initials", cases=[(name,) for name in NAMES], reference=reference.initials, draw=a_name
    )
)
counts = warmup.part(
    Function(
        "count_words", cases=[(["a", "b", "a"],), ([],)], reference=reference.count_words,
        draw=some_words,
    )
)  # fmt: skip
scaled = warmup.part(
    Function("scale_image", reference=reference.scale_image, draw=an_image, draws=3)
)
means = warmup.part(
    Function("mean_prices", cases=[(TABLE,)], reference=reference.mean_prices, draw=a_table)
)
curve = warmup.part(Figure("plot_losses", draw=some_losses, draws=2))
saved = warmup.part(File("save_prices", path="prices.csv"))
answer = warmup.part(Value("answer", form="a letter from a to d"))
functions = warmup.group("functions")
results = warmup.group("results")


@functions.check(celsius, points=10, hint="What comes first: taking 32 away, or the factor?")
def temperatures(function: FunctionView) -> Expectation:
    """Degrees Fahrenheit become degrees Celsius."""
    return function.agrees()


@functions.check(initials, points=10, hint="Look at a name that is written in small letters.")
def first_letters(function: FunctionView) -> Expectation:
    """Of each name, the first letter is there as a capital."""
    return function.agrees()


@functions.check(counts, points=10, hint="How often does each word occur, spelled as it is?")
def words_counted(function: FunctionView) -> Expectation:
    """Words are counted in a dictionary."""
    return function.agrees()


@functions.check(scaled, points=10, hint="What is the largest value that a pixel can have?")
def image_scaled(function: FunctionView) -> Expectation:
    """Pixel values are scaled to the range 0 to 1."""
    return function.agrees()


@functions.check(scaled, points=10, hint="Does your function write into its argument?")
def image_kept(function: FunctionView) -> Expectation:
    """The image itself is as it was before."""
    return function.keeps_arguments()


@functions.check(means, points=20, hint="Which rows of the table are of one kind?")
def prices_averaged(function: FunctionView) -> Expectation:
    """The mean price of each kind is right."""
    return function.agrees()


@results.check(curve, points=10, hint="Which epoch does the first loss belong to?")
def curve_shown(figure: FigureView) -> Expectation:
    """The losses are drawn as a line, from epoch 1 on."""
    return figure.shows("line", lambda losses: [(range(1, len(losses) + 1), losses)])


@results.check(curve, points=5, hint="What would somebody ask who sees your figure?")
def curve_labelled(figure: FigureView) -> Expectation:
    """The figure has a title, and both axes are labelled."""
    return figure.labelled(x="epoch", y="loss")


@results.check(saved, points=10, hint="Open the file: is there a line for each kind?")
def prices_saved(file: FileView) -> Expectation:
    """The prices are saved in a CSV file."""
    return file.holds(SAVED)


@results.check(answer, points=5, hint="Which axis of a batch of images counts the images?")
def right_answer(value: ValueView) -> Expectation:
    """The question about axes is answered rightly."""
    return value.one_of(CHOICES, "a")
