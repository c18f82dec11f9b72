"""The optimizers and the schedules of their learning rates."""

from grader.training.tables.kinds import Kind, either, flag, optional, real, several, whole
from grader.training.tables.signatures import Signature, Table, part_of, signature
from grader.training.tables.weights import POSITIVE, SHARE

_STEPS = whole(1, 10**9)
_RATE = real(0, 1e6)
_START: dict[str, Kind] = {"initial_learning_rate": _RATE}

SCHEDULES: Table = {
    **dict.fromkeys(
        ("ExponentialDecay", "InverseTimeDecay"),
        signature(
            "initial_learning_rate",
            "decay_steps",
            "decay_rate",
            decay_steps=_STEPS,
            decay_rate=POSITIVE,
            staircase=flag(),
            **_START,
        ),
    ),
    "PiecewiseConstantDecay": signature(
        "boundaries",
        "values",
        boundaries=several(whole(0, 10**9), 1, 16),
        values=several(_RATE, 2, 17),
    ),
    "PolynomialDecay": signature(
        "initial_learning_rate",
        "decay_steps",
        decay_steps=_STEPS,
        end_learning_rate=_RATE,
        power=real(0, 100),
        cycle=flag(),
        **_START,
    ),
    "CosineDecay": signature(
        "initial_learning_rate",
        "decay_steps",
        decay_steps=_STEPS,
        alpha=SHARE,
        warmup_target=optional(_RATE),
        warmup_steps=whole(0, 10**9),
        **_START,
    ),
    "CosineDecayRestarts": signature(
        "initial_learning_rate",
        "first_decay_steps",
        first_decay_steps=_STEPS,
        t_mul=real(1, 1000),
        m_mul=POSITIVE,
        alpha=SHARE,
        **_START,
    ),
}


def _optimizer(**arguments: Kind) -> Signature:
    return signature(
        learning_rate=either(_RATE, part_of(SCHEDULES, "learning-rate schedules")),
        weight_decay=optional(POSITIVE),
        clipnorm=optional(POSITIVE),
        clipvalue=optional(POSITIVE),
        global_clipnorm=optional(POSITIVE),
        use_ema=flag(),
        ema_momentum=SHARE,
        ema_overwrite_frequency=optional(_STEPS),
        loss_scale_factor=optional(real(1e-9, 1e9)),
        gradient_accumulation_steps=optional(whole(2, 1000)),
        **arguments,
    )


_MOMENTS: dict[str, Kind] = {"beta_1": SHARE, "beta_2": SHARE, "epsilon": POSITIVE}

OPTIMIZERS: Table = {
    "SGD": _optimizer(momentum=SHARE, nesterov=flag()),
    "RMSprop": _optimizer(rho=SHARE, momentum=SHARE, epsilon=POSITIVE, centered=flag()),
    "Adam": _optimizer(amsgrad=flag(), **_MOMENTS),
    "AdamW": _optimizer(amsgrad=flag(), **_MOMENTS),
    "Adamax": _optimizer(**_MOMENTS),
    "Nadam": _optimizer(**_MOMENTS),
    "Adagrad": _optimizer(initial_accumulator_value=POSITIVE, epsilon=POSITIVE),
    "Adadelta": _optimizer(rho=SHARE, epsilon=POSITIVE),
}
