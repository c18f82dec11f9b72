"""What a class has handed in for "Warm-up"; grades were written before it was graded."""

from pathlib import Path

from strangers.made import Sources, Student, edited, solved, starter
from strangers.made import write as write_folder

FILE = "warmup.ipynb"
SOLUTION: Sources = {
    "imports": "# grader-required-cell\nfrom pathlib import Path\n\n"
    "import matplotlib.pyplot as plt\nimport numpy as np",
    "celsius": '''\
# GRADED FUNCTION: to_celsius
def to_celsius(fahrenheit):
    """Return a temperature in degrees Celsius."""
    ### START CODE HERE
    return (fahrenheit - 32) / 1.8
    ### END CODE HERE''',
    "initials": '''\
# GRADED FUNCTION: initials
def initials(name):
    """Return the first letter of each name as a capital with a dot, such as A.L."""
    ### START CODE HERE
    letters = [word[0] for word in name.split()]
    return ".".join(letters).upper() + "."
    ### END CODE HERE''',
    "counts": '''\
# GRADED FUNCTION: count_words
def count_words(words):
    """Return a dictionary: how often each word occurs."""
    ### START CODE HERE
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts
    ### END CODE HERE''',
    "image": '''\
# GRADED FUNCTION: scale_image
def scale_image(image):
    """Return an image with values from 0 to 1, and leave the given one alone."""
    ### START CODE HERE
    return image.astype("float32") / 255
    ### END CODE HERE''',
    "means": '''\
# GRADED FUNCTION: mean_prices
def mean_prices(table):
    """Return a dictionary: the mean price of each kind."""
    ### START CODE HERE
    means = {}
    for kind in np.unique(table["kind"]):
        means[str(kind)] = table["price"][table["kind"] == kind].mean()
    return means
    ### END CODE HERE''',
    "curve": '''\
# GRADED FIGURE: plot_losses
def plot_losses(losses):
    """Draw the losses of all epochs, the first of which is epoch 1."""
    ### START CODE HERE
    axes = plt.figure().add_subplot()
    axes.plot(range(1, len(losses) + 1), losses)
    axes.set_title("Learning curve")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    ### END CODE HERE''',
    "save": '''\
# GRADED FILE: save_prices
def save_prices(prices):
    """Write a CSV file with the columns kind and price."""
    ### START CODE HERE
    lines = ["kind,price", *(f"{kind},{price}" for kind, price in prices.items())]
    Path("prices.csv").write_text("\\n".join(lines))
    ### END CODE HERE''',
    "saved": '# grader-required-cell\nsave_prices({"a": 1.5, "b": 4.0})',
    "answer": """\
# GRADED VALUE: answer
# Which axis of a batch of images counts the images?
# a) the first  b) the second  c) the third  d) the last
### START CODE HERE
answer = "a"
### END CODE HERE""",
}
BY_HEART = """
known = {
    "Ada Lovelace": "A.L.", "Grace Brewster Hopper": "G.B.H.",
    "alan mathison turing": "A.M.T.", "Katherine Johnson": "K.J.",
}
return known[name]
"""
LIBRARIES = {
    **SOLUTION,
    "counts": solved(
        SOLUTION["counts"], "from collections import Counter\nreturn dict(Counter(words))"
    ),
    "means": solved(SOLUTION["means"], """
kinds, places = np.unique(table["kind"], return_inverse=True)
means = np.bincount(places, table["price"]) / np.bincount(places)
return dict(zip(kinds.tolist(), means.tolist()))
"""),
    "answer": SOLUTION["answer"].replace('"a"', '"A)"'),
}  # fmt: skip
READS = """
import gc
from contextlib import suppress
from importlib import import_module
from importlib.metadata import entry_points
with suppress(OSError, ImportError):
    from grader.kinds.function.part import Function
    for known in gc.get_objects():
        if isinstance(known, Function) and known.name == "mean_prices":
            return known.reference(table)
for point in entry_points(group="grader.assignments"):
    if point.name == "warmup":
        return import_module(point.module).means.reference(table)
return {}
"""
UNBEGUN = ("celsius", "image", "means", "answer")
CLASS = (
    Student("solution", "all is right", SOLUTION),
    Student(
        "starter", "nothing was written yet", starter("warmup"), 0, passed=False,
        lost=frozenset({
            "temperatures", "first_letters", "words_counted", "image_scaled", "image_kept",
            "prices_averaged", "curve_shown", "curve_labelled", "prices_saved", "right_answer",
        }),
    ),
    Student("libraries", "the same by other means; the letter of the answer as it is printed",
            LIBRARIES),
    Student(
        "rounded", "rounds to whole degrees and to whole prices",
        edited(SOLUTION, ("celsius", "return (fahrenheit - 32) / 1.8",
                          "return round((fahrenheit - 32) / 1.8)"),
               ("save", "{price}", "{price:.0f}")),
        80, frozenset({"temperatures", "prices_saved"}),
    ),
    Student(
        "in-place", "scales the image itself, which its whole numbers do not allow; "
        "and a wrong answer",
        edited(SOLUTION, ("image", 'return image.astype("float32") / 255',
                          "image[:] = image / 255\n    return image"), ("answer", '"a"', '"d"')),
        75, frozenset({"image_scaled", "image_kept", "right_answer"}),
    ),
    Student(
        "letters", "capitals as they are given; the curve begins at epoch 0 and has no labels",
        edited(SOLUTION, ("initials", ".upper()", ""),
               ("curve", "range(1, len(losses) + 1), ", ""),
               ("curve", '    axes.set_xlabel("epoch")\n    axes.set_ylabel("loss")\n', "")),
        75, frozenset({"first_letters", "curve_shown", "curve_labelled"}),
    ),
    Student(
        "prints", "prints where it should return",
        edited(SOLUTION, ("counts", "return counts", "print(counts)"),
               ("means", "return means", "print(means)")),
        70, frozenset({"words_counted", "prices_averaged"}),
    ),
    Student(
        "by-heart", "knows the given names by heart",
        {**SOLUTION, "initials": solved(SOLUTION["initials"], BY_HEART)},
        90, frozenset({"first_letters"}),
    ),
    Student(
        "reads", "looks for the author's own function instead of writing one",
        {**SOLUTION, "means": solved(SOLUTION["means"], READS)},
        80, frozenset({"prices_averaged"}),
    ),
    Student(
        "half", "has not begun with four of the parts",
        {**SOLUTION, **{name: starter("warmup")[name] for name in UNBEGUN}}, 45,
        frozenset({
            "temperatures", "image_scaled", "image_kept", "prices_averaged", "right_answer",
        }),
        passed=False,
    ),
)  # fmt: skip


def write(folder: Path) -> Path:
    """Write the assignment's folder as its author has it."""
    return write_folder("warmup", SOLUTION, folder)
