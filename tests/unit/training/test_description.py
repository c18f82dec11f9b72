import json
from typing import Any

import pytest
from descriptions import description, layer, part, rich, sent

from grader.training.accept import accept
from grader.training.description import canonical, digest, key, to_json


def key_of(found: Any) -> str:
    return key(accept(sent(found)))


def shuffled(value: Any) -> Any:
    """The same with the members of every object in another order."""
    if isinstance(value, dict):
        return {name: shuffled(value[name]) for name in reversed(list(value))}
    return [shuffled(each) for each in value] if isinstance(value, list) else value


def test_the_order_of_keyword_arguments_does_not_matter() -> None:
    assert key_of(shuffled(rich())) == key_of(rich())


def test_the_order_of_class_weights_does_not_matter() -> None:
    found = rich()
    found["fit"]["class_weight"].reverse()
    assert key_of(found) == key_of(rich())


CHANGED = {
    "epochs": description(fit={"epochs": 16}),
    "callback": description(callbacks=[part("TerminateOnNaN")]),
    "layer": description(layer("Flatten"), layer("Dense", units=1)),
    "loader": description(loader=rich()["loader"]),
    "compile": description(compile=rich()["compile"]),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_is_asked_for_matters(name: str) -> None:
    assert key_of(CHANGED[name]) != key_of(description())


def test_the_order_in_which_layers_were_made_matters() -> None:
    found = description()
    found["architecture"]["created"].reverse()
    assert key_of(found) != key_of(description())


def test_the_name_of_a_metric_matters() -> None:
    found = description()
    found["compile"]["metrics"] = [part("accuracy", name="acc")]
    assert key_of(found) != key_of(description())


def test_the_type_of_a_number_matters() -> None:
    found = rich()
    found["loader"]["generator"]["rescale"] = 1 / 255
    assert key_of(found) != key_of(rich())


def test_a_whole_number_is_not_the_float_beside_it() -> None:
    assert canonical((1,)) != canonical((1.0,)) != canonical((True,))


def test_a_description_is_written_as_it_is_read() -> None:
    accepted = accept(sent(rich()))
    assert to_json(accepted) == json.loads(canonical(accepted))


def test_only_what_a_description_may_hold_is_written() -> None:
    with pytest.raises(TypeError, match="holds no object"):
        to_json((object(),))


def test_the_digest_of_files_does_not_depend_on_their_order() -> None:
    files = [("happy/1.png", 0), ("sad/1.png", 1)]
    assert digest(files) == digest(reversed(files))


def test_the_digest_of_files_depends_on_their_labels() -> None:
    assert digest([("a/1.png", 0)]) != digest([("a/1.png", 1)])
