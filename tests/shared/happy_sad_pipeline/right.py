"""Solutions of "Happy or Sad in the Wild" that are right in other ways."""

from .divided import OF_SPLITS
from .submission import (
    BUILD,
    CLASSIFY,
    CLEAN,
    COMPILE,
    CURVES,
    DOUBLES,
    FILTER,
    FLIPS,
    INPUT,
    LOG,
    MATRIX,
    PLOT,
    PREDICT,
    QUICKER,
    SAVE,
    SCORES,
    SHOWN,
    SORT,
    SPLIT,
    Variant,
)

OUTPUT = '            layers.Dense(1, activation="sigmoid"),\n'
WALKED = """\
# GRADED FUNCTION: sort_files
def sort_files(folder):
    found = {what: [] for what in ("remove", "list", "convert", "keep")}
    for label in os.listdir(folder):
        for name in os.listdir(os.path.join(folder, label)):
            path = os.path.join(folder, label, name)
            ends = os.path.splitext(name)[1].casefold() in SUFFIXES
            if os.path.islink(path):
                what = "list"
            else:
                try:
                    with open(path, "rb") as file:
                        picture = Image.open(file)
                        picture.load()
                except (OSError, SyntaxError):
                    what = "remove" if ends else "list"
                else:
                    what = "keep" if ends and picture.format in FORMATS else "convert"
            found[what].append(label + "/" + name)
    return found
"""
COMPARED = """\
# GRADED FUNCTION: find_doubles
def find_doubles(folder):
    held = {}
    for path in Path(folder).rglob("*"):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(folder).as_posix()
            held.setdefault(path.read_bytes(), []).append(name)
    groups = [tuple(names) for names in held.values() if len(names) > 1]
    both = [names for names in groups if len({name.split("/")[0] for name in names}) == 2]
    return {"both labels": both, "one label": [names for names in groups if names not in both]}
"""
OF_SKLEARN = """\
# GRADED FUNCTION: scores
def scores(labels, predictions, positive):
    from sklearn import metrics

    more = {"pos_label": positive, "zero_division": 0.0}
    return {
        "accuracy": metrics.accuracy_score(labels, predictions),
        "precision": metrics.precision_score(labels, predictions, **more),
        "recall": metrics.recall_score(labels, predictions, **more),
        "f1": metrics.f1_score(labels, predictions, **more),
    }
"""
MATRIX_OF_SKLEARN = """\
# GRADED FUNCTION: confusion
def confusion(labels, predictions):
    from sklearn.metrics import confusion_matrix

    return confusion_matrix(labels, predictions, labels=[0, 1])
"""
CONCATENATED = """\
# GRADED FUNCTION: predict_all
def predict_all(model, batches):
    pairs = [(np.array(y), np.array(model(x)) >= 0.5) for x, y in batches]
    labels, told = (np.concatenate([pair[place] for pair in pairs]) for place in (0, 1))
    return labels.reshape(-1), told.astype("int32").reshape(-1)
"""
SHOWN_BY_MATSHOW = """\
# GRADED FIGURE: plot_confusion
def plot_confusion(matrix):
    plt.matshow(matrix)
    plt.colorbar()
    plt.xticks(range(2), labels=["Happy", "Sad"])
    plt.yticks(range(2), labels=["Happy", "Sad"])
    plt.xlabel("Predicted label")
    plt.ylabel("True label")
    plt.title("Confusion matrix")
    plt.show()
"""
BY_PILLOW = """\
# GRADED FUNCTION: classify_image
def classify_image(path, model):
    with Image.open(path) as picture:
        pixels = np.asarray(picture.convert("RGB").resize((IMAGE_SIZE, IMAGE_SIZE)))
    share = model.predict(pixels[None] * (1 / 255), verbose=0).item()
    return ("sad", share) if share >= 0.5 else ("happy", 1 - share)
"""
BY_SCIPY = """\
# GRADED FUNCTION: apply_filter
def apply_filter(picture, kernel):
    return correlate2d(picture, kernel, mode="valid")
"""
TWO_FIGURES = """\
# GRADED FIGURE: plot_curves
def plot_curves(history):
    logged = history.history
    for name in ("acc", "accuracy", "loss"):
        if name not in logged:
            continue
        plt.figure()
        plt.plot(range(1, len(logged[name]) + 1), logged[name], label="train")
        plt.plot(range(1, len(logged[name]) + 1), logged["val_" + name], label="val")
        plt.title("Loss" if name == "loss" else "Accuracy")
        plt.xlabel("Epoch")
        plt.ylabel("value")
        plt.legend()
    plt.show()
"""
# What is not about the training: all of them have the same one.
OF_FUNCTIONS = (
    Variant("right-quicker", "a smaller network, of pictures of a quarter", QUICKER),
    Variant("right-walked", "files are listed by os, and opened before Pillow sees them", QUICKER,
            cells={SORT: WALKED}),
    Variant("right-compared", "contents are compared as they are", QUICKER,
            cells={DOUBLES: COMPARED}),
    Variant("right-cleaned-otherwise", "removed by pathlib, counted by a loop",
            [*QUICKER, (CLEAN, "os.remove(os.path.join(folder, path))",
                        "Path(folder, path).unlink()")]),
    Variant("right-sklearn", "scores and matrix of scikit-learn", QUICKER,
            cells={SCORES: OF_SKLEARN, MATRIX: MATRIX_OF_SKLEARN}),
    Variant("right-concatenated", "the model is called, and arrays are put together", QUICKER,
            cells={PREDICT: CONCATENATED}),
    Variant("right-matshow", "the matrix by matshow, with a bar of colours", QUICKER,
            cells={PLOT: SHOWN_BY_MATSHOW}),
    Variant("right-pillow", "a picture is read by Pillow", QUICKER, cells={CLASSIFY: BY_PILLOW}),
    Variant("right-scipy", "the filter by SciPy", QUICKER, cells={FILTER: BY_SCIPY}),
    Variant("right-two-figures", "a figure for each, lines alone", QUICKER,
            cells={CURVES: TWO_FIGURES}),
    Variant("right-word", "the answer in capitals",
            [*QUICKER, (FLIPS, '"convolve2d"', '"Convolve2d"')]),
    Variant("right-passes", "names are listed by a loop",
            [*QUICKER, (SHOWN, "[pictures_in(part) for _ in range(passes)]",
                        "list(map(pictures_in, passes * [part]))")]),
    Variant("right-saved-otherwise", "saved by keras.saving",
            [*QUICKER, (SAVE, 'model.save("happy_sad.keras")',
                        'keras.saving.save_model(model, "./happy_sad.keras")')]),
    Variant("right-log-with-more", "the log has histograms and the graph as well",
            [*QUICKER, (LOG, 'log_dir="logs"', 'log_dir="./logs", histogram_freq=5')]),
)  # fmt: skip
# Each is trained anew.
OF_TRAINING = (
    Variant("right-rescaling-layer", "the network scales, not the dataset",
            [(SPLIT, "    data = data.map(lambda x, y: (x / 255, y)).cache()\n",
              "    data = data.cache()\n"),
             (BUILD, INPUT, f"{INPUT}            layers.Rescaling(1 / 255),\n"),
             (BUILD, "            layers.Rescaling(1 / 255),\n",
              "            layers.Rescaling(1 / 255),\n            layers.AveragePooling2D(4),\n"),
             QUICKER[1]]),
    Variant("right-two-units", "two units and softmax, whole labels",
            [*QUICKER, (BUILD, 'Dense(1, activation="sigmoid")', 'Dense(2, activation="softmax")'),
             (COMPILE, "binary_crossentropy", "sparse_categorical_crossentropy"),
             (PREDICT, "(shares[:, 0] > 0.5)", "(shares[:, -1] > 0.5)")]),
    Variant("right-acc", "the accuracy is called acc",
            [*QUICKER, (COMPILE, '"accuracy"', '"acc"')]),
    Variant("right-dropout", "with dropout before the last layer",
            [*QUICKER, (BUILD, OUTPUT, f"            layers.Dropout(0.2),\n{OUTPUT}")]),
)  # fmt: skip
RIGHT = (*OF_FUNCTIONS, *OF_SPLITS, *OF_TRAINING)
