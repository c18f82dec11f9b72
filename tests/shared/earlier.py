"""The kit's notebook as it was handed out at first: three given cells were worded differently."""

from typing import Any

CELLS = {
    "callback-demo": """\
from types import SimpleNamespace

pretended_logs = [
    None,
    {"loss": 0.7},
    {"accuracy": 0.999, "loss": 0.1},
    {"accuracy": 1.0, "loss": 0.02},
]
for logs in pretended_logs:
    callback = myCallback()
    callback.set_model(SimpleNamespace(stop_training=False))
    callback.on_epoch_end(0, logs)
    print(f"{logs}: {'stops' if callback.model.stop_training else 'goes on'}")""",
    "epochs-reached": """\
# grader-required-cell
curves = hist.history if isinstance(hist, tf.keras.callbacks.History) else {}

if not curves:
    print("There is no training history yet. Complete train_happy_sad_model, then run its cells.")
elif max(curves.get("accuracy", [0])) > 0.999:
    print(f"Your model reached the desired accuracy after {len(hist.epoch)} epochs")
else:
    print(f"Your model trained for {len(hist.epoch)} epochs and did not reach the accuracy.")""",
    "metric-check": """\
if "accuracy" in curves:
    print("The metric was correctly defined.")
else:
    print("Use 'accuracy' as metric when compiling your model.")
    print(f"Names that the training has recorded: {', '.join(curves) or 'none'}")""",
}


def as_at_first(content: dict[str, Any]) -> None:
    """Give a notebook of today the cells of the first release."""
    for one in content["cells"]:
        one["source"] = CELLS.get(one["id"], one["source"])
