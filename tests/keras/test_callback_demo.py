"""The cell of "Happy or Sad" that tries a callback tries it as Keras would."""

import json
from pathlib import Path

import pytest

# Keras' own warning, of how it turns weights into arrays when it saves them.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "C1W4_Assignment.ipynb"
CELLS = {cell["id"]: "".join(cell["source"]) for cell in json.loads(NOTEBOOK.read_text())["cells"]}
EXPECTED = CELLS["callback-expected"].split("```")[1].lstrip("\n")
MESSAGE = 'print("\\nReached 99.9% accuracy so cancelling training!")'
CALLBACK = """\
class myCallback(tf.keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.best = 0.0

    def on_epoch_end(self, epoch, logs=None):
        self.best = max(self.best, (logs or {{}}).get("accuracy", 0.0))
        if self.best > 0.999:
            {message}
            self.model.stop_training = True
            {more}
"""
MORE = {
    "nothing": "",
    "saves-its-model": 'self.model.save("happy.keras")',
    "saves-its-weights": 'self.model.save_weights("happy.weights.h5")',
    "reads-its-learning-rate": "assert float(self.model.optimizer.learning_rate) > 0",
    "reads-its-parameters": 'assert self.params["epochs"] >= 1',
    "looks-at-its-layers": "self.model.summary(print_fn=lambda *_, **__: None)",
    "copies-its-model": "tf.keras.models.clone_model(self.model)",
}


@pytest.mark.parametrize("more", MORE.values(), ids=MORE)
def test_a_callback_that_uses_its_model_is_shown_as_expected(
    more: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import tensorflow as tf

    monkeypatch.chdir(tmp_path)
    names = {"tf": tf}
    exec(CALLBACK.format(message=MESSAGE, more=more), names)  # noqa: S102 - a test's own
    exec(CELLS["callback-demo"], names)  # noqa: S102 - the kit's own
    assert capsys.readouterr().out == EXPECTED


def test_an_empty_callback_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    import tensorflow as tf

    names = {"tf": tf}
    exec(CELLS["callback"], names)  # noqa: S102 - the kit's own
    exec(CELLS["callback-demo"], names)  # noqa: S102 - the kit's own
    assert capsys.readouterr().out.count("goes on") == 4
