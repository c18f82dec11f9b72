"""Submissions of "The Happy House" that try to earn what they have not learnt.

Each is named in its report, and what it tries for either earns nothing or waits for a person.
"""

from dataclasses import dataclass
from typing import Any

import nbformat

from .submission import COMPILE, CREATE, FIT, PREDS, Variant, graded, step


@dataclass(frozen=True)
class Forged(Variant):
    """A variant that is no mistake.

    Args:
        named: Code of the issue that the report must have, or words of a lost check's finding.
        waits: Whether points wait for a person.
        own: Text of a cell of one's own, which stands before the graded one.
        before: Name of that one.
    """

    named: str = ""
    waits: bool = False
    own: tuple[str, ...] = ()
    before: str = CREATE

    def notebook(self) -> Any:
        """Build the notebook."""
        notebook = super().notebook()
        if self.own:
            place = [graded(cell.source) for cell in notebook.cells].index(self.before)
            cell = nbformat.v4.new_code_cell("\n".join(self.own), id="own")
            notebook.cells.insert(place, cell)
        return notebook


def _fit(*lines: str) -> dict[str, str]:
    return step(FIT, "\n".join(lines))


EVALUATED = frozenset({"evaluated_on_test_pictures"})
UNLEARNT = EVALUATED | {"test_accuracy"}
PREDS_SAID = "preds[1] is 0.9967"
COMPILED = 'compile("adam", "binary_crossentropy", metrics=["accuracy"])'
# Another model, which has learnt the test pictures.
OTHER = (
    "other = HappyModel((64, 64, 3))",
    f"other.{COMPILED}",
    "other.fit(X_test, Y_test, epochs=1, batch_size=50)",
)
FORGED = (
    Forged("forged-fit-on-test", "trains on the test pictures", (
        (FIT, "x=X_train, y=Y_train", "x=X_test, y=Y_test"),), UNLEARNT, named="other-split"),
    Forged("forged-fit-on-both", "trains on all pictures there are", (), UNLEARNT, cells=_fit(
        "x, y = np.concatenate([X_train, X_test]), np.concatenate([Y_train, Y_test])",
        "happyModel.fit(x, y, epochs=2, batch_size=16)"),
        named="x has 750 samples, and train of the dataset has 600", waits=True),
    Forged("forged-labels-swapped", "unhappy is called happy", (), UNLEARNT, cells=_fit(
        "happyModel.fit(X_train, 1 - Y_train, epochs=2, batch_size=16)"),
        named="labels in y are not made of those", waits=True),
    Forged("forged-recall", "a recall by the name of accuracy", (
        (COMPILE, '["accuracy"]', '[keras.metrics.Recall(name="accuracy")]'),
        (COMPILE, "### START", "import keras\n### START")), UNLEARNT | {"metric"},
        named="Recall logged as accuracy, which is no accuracy", waits=True),
    Forged("forged-weights", "weights are numbers that were computed before", (), UNLEARNT,
           cells=_fit("happyModel.set_weights([0.01 * np.ones(w.shape) for w in "
                      "happyModel.get_weights()])",
                      "happyModel.fit(X_train, Y_train, epochs=1, batch_size=16)"),
           named="weights-set", waits=True),
    Forged("forged-pixel", "the label is a pixel of the picture", (), UNLEARNT, cells=_fit(
        "marked = X_train.copy()", "marked[:, 0, 0, 0] = Y_train[:, 0]",
        "happyModel.fit(marked, Y_train, epochs=2, batch_size=16)"),
        named="values of x were computed in a way that the grader does not know", waits=True),
    Forged("forged-preds", "numbers of somebody else's", (),
           EVALUATED, cells=step(PREDS, "preds = [0.09, 0.9967]"), named=PREDS_SAID),
    Forged("forged-evaluate", "evaluate returns what it is told to", (), EVALUATED, cells=step(
        PREDS, "happyModel.evaluate = lambda x, y: [0.09, 0.9967]\n"
        "preds = happyModel.evaluate(x=X_test, y=Y_test)"), named=PREDS_SAID),
    Forged("forged-equal", "numbers that say that they are equal to any other", (), EVALUATED,
           cells=step(PREDS, "class Any(float):\n    __eq__ = lambda self, other: True\n"
                      "    __sub__ = __rsub__ = lambda self, other: 0.0\n"
                      "preds = [Any(0.09), Any(0.9967)]"), named=PREDS_SAID),
    Forged("forged-mixed", "test pictures lie among those to train on", (), UNLEARNT, waits=True,
           cells=_fit("X_train[:150], Y_train[:150] = X_test, Y_test",
                      "happyModel.fit(x=X_train, y=Y_train, epochs=2, batch_size=16)"),
           named="samples of x are none of the dataset's, or were changed beyond knowing"),
    Forged("forged-test-first", "learns the test pictures before those to train on", (), UNLEARNT,
           cells=_fit("happyModel.fit(X_test, Y_test, epochs=1, batch_size=16)",
                      "happyModel.fit(X_train, Y_train, epochs=1, batch_size=16)"),
           named="the model's weights were set or trained before", waits=True),
    Forged("forged-weights-of-another", "weights of a model that has learnt the test pictures", (),
           UNLEARNT, own=OTHER, before=FIT, cells=_fit(
               "happyModel.set_weights(other.get_weights())",
               "happyModel.fit(X_train, Y_train, epochs=1, batch_size=16)"),
           named="weights-set", waits=True),
    Forged("forged-file-of-another", "a saved file of a model that has learnt the test pictures",
           (), UNLEARNT, cells=step(CREATE, "\n".join((
               "import keras", *OTHER, 'other.save("other.keras")',
               'happyModel = keras.models.load_model("other.keras")')))
           | _fit("happyModel.fit(X_train, Y_train, epochs=1, batch_size=16)"),
           named="the model's weights were set or trained before", waits=True),
    Forged("forged-files", "the file of the test is put in the place of the other", (),
           UNLEARNT, cells=_fit(
               "import shutil", 'folder = "../data/happy_house/"',
               'shutil.copy(folder + "test_happy.h5", folder + "train_happy.h5")',
               "x, y, *_ = load_dataset()",
               "happyModel.fit(x / 255, y.T, epochs=1, batch_size=16)"), named="images-changed"),
    Forged("forged-fit-replaced", "fit trains nothing, and says what it likes", (), UNLEARNT,
           cells=_fit("class Made:", '    history = {"accuracy": [0.99], "loss": [0.01]}',
                      "Model.fit = lambda self, *args, **more: Made()",
                      "happyModel.fit(X_train, Y_train, epochs=1, batch_size=16)"),
           named="keras-patched"),
    Forged("forged-metric", "a metric that is always 1", (
        (COMPILE, '["accuracy"]', "[accuracy]"),
        (COMPILE, "### START", "def accuracy(y, p):\n    return 0 * p + 1\n### START")),
        UNLEARNT, waits=True, cells=_fit(
            "happyModel.fit(X_train, Y_train, epochs=1, batch_size=100)"),
        named="a metric is a function that is not Keras' own"),
    # What it says of its last model is true.
    Forged("forged-many-models", "makes models until one of them is lucky", (),
           frozenset({"test_accuracy"}),
           cells=_fit("for _ in range(5):", "    happyModel = HappyModel((64, 64, 3))",
                      f"    happyModel.{COMPILED}",
                      "    happyModel.fit(X_train, Y_train, epochs=5, batch_size=300)",
                      "    if happyModel.evaluate(X_test, Y_test)[1] > 0.75:", "        break"),
        named="after 25 epochs of 5 trainings together"),
)  # fmt: skip
