"""What an exception says, without what Keras and TensorFlow put around it."""

import re

from grader.evidence import Raised

_KERAS = re.compile(
    r"Exception encountered when calling (?P<name>[^\n]+)\.\n\n(?P<said>.*?)"
    r"(?:\n\nArguments received by .*|…)?",
    re.DOTALL,
)
_GRAPH = re.compile(r"in user code:\n.*?\n    (?P<kind>\w+): (?P<said>.*)", re.DOTALL)
_TENSORFLOW = re.compile(
    r"(?:Graph execution error:\s+)?(?:\{\{function_node [^}]*\}\}\s*)?(?P<said>.*?)"
    r"(?:\s*\[\[\{\{node .*|\s*\[Op:\w+\].*)?",
    re.DOTALL,
)


def inner_message(raised: Raised) -> str:
    """Return an exception's own words."""
    said = raised.message
    if found := _GRAPH.fullmatch(said):
        said = found["said"] if found["kind"] == raised.name else said
    if found := _KERAS.fullmatch(said.strip()):
        said = found["said"]
    if "OpError" in raised.bases or raised.name == "InvalidArgumentError":
        said = found["said"] if (found := _TENSORFLOW.fullmatch(said)) else said
    return said.strip()
