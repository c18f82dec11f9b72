import pytest

from grader.checks.made_by import makers

KNOWN = {"build", "load"}


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
    ],
)
def test_arguments_were_made_by_the_functions_that_bound_them_last(
    cells: list[str], found: set[str]
) -> None:
    assert makers(cells, "train", KNOWN) == found
