import pytest

from grader.checks.made_by import makers

KNOWN = {"build", "load", "prepare"}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["net = build()", "past = train(net)"], {"build"}),
        (["net = build()\npast = train(net)"], {"build"}),
        (["net, other = build(), 1", "train(net)"], set()),
        (["net = twin = build(3)", "images = load()", "train(twin, x=images)"], {"build", "load"}),
        (["net = build()", "net = wrap(net)", "train(net)"], set()),
        (["net = build()", "for net in nets:\n    pass", "train(net)"], set()),
        (["net = wrap()", "net = build()", "if True:\n    past = train(net)"], {"build"}),
        (["train(net)", "net = build()", "past = train(net)"], {"build"}),
        (["past = train(net)\nnet = build()"], set()),
        (["net = build()", "past = train(build())"], set()),
        (["net = build()", "!ls", "past = train(net"], set()),
        (["net = build()", "pass"], set()),
        (["net = build()", "prepare(net)", "past = train(net)"], {"build", "prepare"}),
        (["net = build()", "ready = prepare(model=net)", "train(net)"], {"build", "prepare"}),
        (["net, other = build(), build()", "prepare(net)", "train(other)"], set()),
        (["net = build()", "other = build()", "prepare(other)", "train(net)"], {"build"}),
        (["net = build()", "unknown(net)", "train(net)"], {"build"}),
    ],
)
def test_arguments_went_through_the_functions_that_bound_them_last_and_were_given_them(
    cells: list[str], found: set[str]
) -> None:
    assert makers(cells, "train", KNOWN) == found
