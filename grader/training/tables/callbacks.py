"""The callbacks of Keras that act on training and need neither a function nor a file.

``verbose`` is left out: what they print, they print elsewhere.
"""

from grader.training.tables.kinds import flag, one_of, optional, real, text, whole
from grader.training.tables.signatures import Table, signature
from grader.training.tables.weights import ANY, POSITIVE

_EPOCHS = whole(0, 10**6)
_MODE = one_of("auto", "min", "max")

CALLBACKS: Table = {
    "EarlyStopping": signature(
        monitor=text(),
        # Keras takes it without its sign, and gives it one when training begins.
        min_delta=ANY,
        patience=_EPOCHS,
        mode=_MODE,
        baseline=optional(ANY),
        restore_best_weights=flag(),
        start_from_epoch=_EPOCHS,
    ),
    "ReduceLROnPlateau": signature(
        monitor=text(),
        # Keras refuses a factor of 1 or more when the callback is made.
        factor=real(0, 0.999999999),
        patience=_EPOCHS,
        mode=_MODE,
        min_delta=POSITIVE,
        cooldown=_EPOCHS,
        min_lr=real(0, 1e6),
    ),
    "SwapEMAWeights": signature(swap_on_epoch=flag()),
    "TerminateOnNaN": signature(raise_error=flag()),
}
