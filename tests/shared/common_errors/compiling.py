"""Models that cannot be compiled."""

from common_errors.common_error import (
    LOSS,
    OPTIMIZER,
    CommonError,
    trainer,
)

_BY_NAME = f"""
        loss={LOSS},
        optimizer={OPTIMIZER},
        metrics=["accuracy"],
    """

ERRORS = (
    CommonError("lr", "lr", (trainer("learning_rate=", "lr="),)),
    CommonError("learning-rate-slip", "a slip in learning_rate",
                (trainer("learning_rate=", "learning_rat="),)),
    CommonError("rate-string", "a learning rate in quotes", (trainer("0.001", "'0.001'"),)),
    CommonError("optimizer-name", "a slip in an optimizer", (trainer(OPTIMIZER, "'rmsprp'"),)),
    CommonError("optimizer-class", "an optimizer's class",
                (trainer(OPTIMIZER, "optimizers.RMSprop"),)),
    CommonError("optimizer-none", "an optimizer that is still None", (trainer(OPTIMIZER, "None"),)),
    CommonError("loss-slip", "a slip in a loss", (trainer(LOSS, '"binary_crosentropy"'),)),
    CommonError("loss-called", "a loss that is called",
                (trainer(LOSS, "losses.binary_crossentropy()"),)),
    CommonError("loss-missing", "no loss", (trainer(f"        loss={LOSS},\n", ""),)),
    CommonError("metric-slip", "a slip in a metric", (trainer('["accuracy"]', '["acuracy"]'),)),
    CommonError("metric-string", "a metric that is not in a list",
                (trainer('["accuracy"]', '"accuracy"'),)),
    CommonError("metrics-positional", "metrics by their place, as in Keras 2",
                (trainer(_BY_NAME, f'{OPTIMIZER}, {LOSS}, ["accuracy"]'),)),
    CommonError("compile-argument", "a slip in metrics", (trainer("metrics=", "metric="),)),
    CommonError("compile-missing", "no compile", (trainer("model.compile(", "dict("),)),
)  # fmt: skip
