"""Solutions of "Warm-up" that are right in other ways, and mistakes that students make."""

from grader.authoring import Variant

COUNTER = """
# GRADED FUNCTION: count_words
def count_words(words):
    from collections import Counter
    return dict(Counter(words))
"""
BINS = """
# GRADED FUNCTION: mean_prices
def mean_prices(table):
    kinds, places = np.unique(table["kind"], return_inverse=True)
    means = np.bincount(places, table["price"]) / np.bincount(places)
    return dict(zip(kinds.tolist(), means.tolist()))
"""
CURRENT_FIGURE = """
# GRADED FIGURE: plot_losses
def plot_losses(losses):
    epochs = np.arange(len(losses)) + 1
    plt.figure(figsize=(6, 4))
    plt.plot(epochs, losses, "o-")
    plt.title("Loss of each epoch")
    plt.xlabel("Epoch")
    plt.ylabel("Loss")
"""
ROWS = """
# GRADED FILE: save_prices
def save_prices(prices):
    import csv
    with open("prices.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["kind", "price"])
        writer.writerows(prices.items())
"""
BY_HEART = """
# GRADED FUNCTION: initials
def initials(name):
    known = {
        "Ada Lovelace": "A.L.", "Grace Brewster Hopper": "G.B.H.",
        "alan mathison turing": "A.M.T.", "Katherine Johnson": "K.J.",
    }
    return known[name]
"""
SCALED = 'return image.astype("float32") / 255'
LABELS = '    axes.set_xlabel("epoch")\n    axes.set_ylabel("loss")\n'
RIGHT = (
    Variant("factor", "a product in the place of a quotient",
            [("to_celsius", "/ 1.8", "* 5 / 9")]),
    Variant("counter", "counted by the standard library", cells={"count_words": COUNTER}),
    Variant("doubles", "scaled to numbers of twice the size",
            [("scale_image", '.astype("float32")', "")]),
    Variant("bins", "means of bins", cells={"mean_prices": BINS}),
    Variant("numpy-texts", "the kinds as NumPy has them",
            [("mean_prices", "str(kind)", "kind")]),
    Variant("current-figure", "drawn into the current figure, with dots",
            cells={"plot_losses": CURRENT_FIGURE}),
    Variant("rows", "written row by row", cells={"save_prices": ROWS}),
    Variant("printed", "the letter as it is printed", [("answer", '"a"', '"A)"')]),
)  # fmt: skip
MISTAKES = (
    Variant("whole-degrees", "rounds to whole degrees",
            [("to_celsius", "(fahrenheit - 32) / 1.8", "round((fahrenheit - 32) / 1.8)")],
            loses=frozenset({"temperatures"})),
    Variant("as-given", "capitals only where they are given", [("initials", ".upper()", "")],
            loses=frozenset({"first_letters"})),
    Variant("by-heart", "knows the given names by heart", cells={"initials": BY_HEART},
            loses=frozenset({"first_letters"})),
    Variant("prints-counts", "prints the counts", [("count_words", "return counts",
            "print(counts)")], loses=frozenset({"words_counted"})),
    Variant("in-place", "scales the image itself, which its whole numbers do not allow",
            [("scale_image", SCALED, "image[:] = image / 255\n    return image")],
            loses=frozenset({"image_scaled", "image_kept"})),
    Variant("emptied", "returns a scaled copy, and clears the image",
            [("scale_image", SCALED,
              "scaled = image / 255\n    image[:] = 0\n    return scaled")],
            loses=frozenset({"image_kept"})),
    Variant("prints-means", "prints the means", [("mean_prices", "return means", "print(means)")],
            loses=frozenset({"prices_averaged"})),
    Variant("epoch-0", "the curve begins at epoch 0",
            [("plot_losses", "range(1, len(losses) + 1), ", "")],
            loses=frozenset({"curve_shown"})),
    Variant("no-labels", "the axes have no labels", [("plot_losses", LABELS, "")],
            loses=frozenset({"curve_labelled"})),
    Variant("whole-prices", "rounds to whole prices", [("save_prices", "{price}", "{price:.0f}")],
            loses=frozenset({"prices_saved"})),
    Variant("last-axis", "takes the last axis for that of the images", [("answer", '"a"', '"d"')],
            loses=frozenset({"right_answer"})),
)  # fmt: skip
VARIANTS = (*RIGHT, *MISTAKES)
