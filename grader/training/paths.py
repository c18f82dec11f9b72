"""Ways through a network, from its input to its output."""

from grader.training.description import Architecture

CONVOLUTIONS = frozenset({"Conv2D", "SeparableConv2D", "DepthwiseConv2D"})
POOLING = frozenset({"MaxPooling2D", "AveragePooling2D"})
# Their output is nothing but their input seen as classes.
_SCORING = frozenset({"Activation", "Softmax"})


def is_chain(architecture: Architecture) -> bool:
    """Whether there is one way only: each layer is called with the one before it."""
    layers = architecture.layers
    one_by_one = all(layer.inputs == (place,) for place, layer in enumerate(layers[1:]))
    return one_by_one and architecture.output == len(layers) - 1


def places_of(architecture: Architecture, *kinds: frozenset[str]) -> list[int]:
    """Return the positions of all layers of these classes."""
    wanted = frozenset().union(*kinds)
    return [at for at, layer in enumerate(architecture.layers) if layer.part.name in wanted]


def ancestors(architecture: Architecture) -> list[frozenset[int]]:
    """Return for each layer the positions of those that its output is computed from."""
    found: list[frozenset[int]] = []
    for layer in architecture.layers:
        found.append(frozenset(layer.inputs).union(*(found[place] for place in layer.inputs)))
    return found


def scores_at(architecture: Architecture) -> int:
    """Return the position of the last layer that is more than an activation of another."""
    place = architecture.output
    while architecture.layers[place].part.name in _SCORING:
        (place,) = architecture.layers[place].inputs
    return place


def between(architecture: Architecture, place: int, ends: frozenset[int]) -> bool:
    """Whether a layer lies on a way from one of some layers to another of them.

    Args:
        architecture: The network.
        place: Position of the layer.
        ends: Positions of the others.
    """
    before = ancestors(architecture)
    return bool(before[place] & ends) and any(place in before[end] for end in ends)


def first(architecture: Architecture, places: frozenset[int]) -> list[int]:
    """Return those of some layers that see the input before any other of them does."""
    before = ancestors(architecture)
    return [place for place in sorted(places) if not before[place] & places]
