"""Values of all kinds that cross between the grader and a kernel."""

from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.values.records import ColourModel, Column, History, Link, MadeFolder, Opaque, Table

# No text can be made of it.
HUGE = st.none().map(lambda _: -(10**5_000))
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=2**200)
    | HUGE
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text()
    | st.text(st.characters(categories=["Cs", "L"]))
    | st.binary()
)
HASHABLE = st.recursive(
    PLAIN, lambda each: st.tuples(each, each) | st.frozensets(each, max_size=3), max_leaves=4
)
DTYPES = (
    hnp.boolean_dtypes()
    | hnp.integer_dtypes(endianness="?")
    | hnp.floating_dtypes(endianness="?", sizes=(16, 32, 64))
    | hnp.complex_number_dtypes(endianness="?", sizes=(64, 128))
    | hnp.datetime64_dtypes()
    | hnp.unicode_string_dtypes(min_len=1)
    | hnp.byte_string_dtypes(min_len=1)
)
ARRAYS = DTYPES.flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0)))
VALUES = st.recursive(
    HASHABLE | ARRAYS | st.floats() | st.complex_numbers(),
    lambda each: (
        st.lists(each, max_size=4)
        | st.tuples(each, each)
        | st.dictionaries(HASHABLE, each, max_size=3)
        | st.sets(HASHABLE, max_size=3)
    ),
    max_leaves=8,
)
TABLES = st.lists(st.text(max_size=3), max_size=3).flatmap(
    lambda names: st.tuples(*(st.lists(HASHABLE, min_size=2, max_size=2) for _ in names)).map(
        lambda data: Table(list(names), range(2), list(data))
    )
)
COLUMNS = st.lists(HASHABLE, max_size=3).map(lambda rows: Column("a", range(len(rows)), rows))
RANGES = st.builds(range, st.integers(), st.integers() | HUGE)
HISTORIES = st.dictionaries(
    st.text(max_size=3), st.lists(st.floats(), min_size=2, max_size=2), max_size=3
).map(History)
FOLDERS = st.dictionaries(
    st.text("abc", min_size=1, max_size=3),
    st.binary(max_size=9) | st.none() | st.text(max_size=3).map(Link),
    max_size=3,
).map(MadeFolder)
MODELS = st.builds(
    ColourModel,
    st.tuples(*[st.integers(1, 300)] * 2),
    st.tuples(*[st.floats(allow_nan=False)] * 3),
    st.floats(allow_nan=False),
)
ANYTHING = (
    VALUES
    | TABLES
    | COLUMNS
    | HISTORIES
    | MODELS
    | FOLDERS
    | RANGES
    | st.just(Opaque("a generator"))
)
