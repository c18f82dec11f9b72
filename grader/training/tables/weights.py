"""What begins, punishes and bounds a layer's weights: of scalars only, so that none holds them."""

from grader.training.tables.kinds import either, one_of, optional, real, several, whole
from grader.training.tables.signatures import Table, part_of, signature

ANY = real(-1e9, 1e9)
POSITIVE = real(0, 1e9)
SHARE = real(0, 1)
SEED = optional(whole(0, 2**31 - 1))
AXIS = whole(-4, 3)
AXES = either(AXIS, several(AXIS, 1, 4))

_SEEDED = signature(seed=SEED)
_NORMAL = signature(mean=ANY, stddev=POSITIVE, seed=SEED)

INITIALIZERS: Table = {
    "Zeros": signature(),
    "Ones": signature(),
    "Constant": signature(value=ANY),
    "RandomNormal": _NORMAL,
    "RandomUniform": signature(minval=ANY, maxval=ANY, seed=SEED),
    "TruncatedNormal": _NORMAL,
    "VarianceScaling": signature(
        scale=real(1e-9, 1e9),
        mode=one_of("fan_in", "fan_out", "fan_avg"),
        distribution=one_of("truncated_normal", "untruncated_normal", "uniform"),
        seed=SEED,
    ),
    "GlorotNormal": _SEEDED,
    "GlorotUniform": _SEEDED,
    "HeNormal": _SEEDED,
    "HeUniform": _SEEDED,
    "LecunNormal": _SEEDED,
    "LecunUniform": _SEEDED,
    "Orthogonal": signature(gain=ANY, seed=SEED),
}

REGULARIZERS: Table = {
    "L1": signature(l1=POSITIVE),
    "L2": signature(l2=POSITIVE),
    "L1L2": signature(l1=POSITIVE, l2=POSITIVE),
}

CONSTRAINTS: Table = {
    "MaxNorm": signature(max_value=POSITIVE, axis=AXES),
    "MinMaxNorm": signature(min_value=POSITIVE, max_value=POSITIVE, rate=SHARE, axis=AXES),
    "NonNeg": signature(),
    "UnitNorm": signature(axis=AXES),
}

INITIALIZER = part_of(INITIALIZERS, "initialisers")
REGULARIZER = optional(part_of(REGULARIZERS, "regularisers"))
CONSTRAINT = optional(part_of(CONSTRAINTS, "constraints"))
