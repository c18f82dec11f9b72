"""Advice for files and entries that are not found."""

import ast
import re

from grader.checks.advice.rules import Match, Rules
from grader.checks.advice.scene import Scene, last_name, text_of

RULES = Rules()
FOLDER = "Is the path the one that the notebook gives? It begins where the notebook lies."
ELSEWHERE = (
    "There is no such path where notebooks are graded. The images are in the folder that the "
    "notebook gives, whose path begins where the notebook lies."
)
SLASHES = "Write paths with /, which every system reads."
NOT_HANDED_IN = "Only the notebook is handed in: a file beside it is not there when it is graded."
_MISSING = r"\[Errno 2\] No such file or directory: ['\"](.*)['\"](?: -> .*)?"
_READS_FOLDER = frozenset({
    "chdir", "flow_from_directory", "glob", "image_dataset_from_directory", "iterdir", "listdir",
    "load_img", "scandir", "walk",
})  # fmt: skip
_READS_FILE = frozenset({
    "ZipFile", "imread", "load", "load_model", "load_weights", "loadtxt", "open", "read_bytes",
    "read_csv", "read_text",
})  # fmt: skip
_WRITES = frozenset("wax")
_ABSOLUTE = re.compile(r"(?:/|~|[A-Za-z]:).*", re.DOTALL)


@RULES.on("FileNotFoundError", _MISSING)
def _file(found: Match, scene: Scene) -> str:
    call = scene.calls.get("open")
    modes = [text_of(each) or "" for each in (call.args[1:2] if call else ())]
    if any(_WRITES & set(mode) for mode in modes):
        return "A folder must be there before a file is written into it."
    if not scene.calls.keys() & _READS_FOLDER:
        return NOT_HANDED_IN if scene.calls.keys() & _READS_FILE else ""
    if _ABSOLUTE.fullmatch(found[1]):
        return ELSEWHERE
    return SLASHES if "\\" in found[1] else FOLDER


@RULES.on("FileNotFoundError", r"\[Errno 2\] Unable to (?:synchronously )?open file .*")
@RULES.on("ValueError", r"File not found: filepath=.*")
def _model(_: Match, __: Scene) -> str:
    return NOT_HANDED_IN


@RULES.on("NotADirectoryError", r"\[Errno 20\] Not a directory: .*")
def _no_folder(_: Match, scene: Scene) -> str:
    reads = "flow_from_directory" in scene.calls
    return "directory must be the folder that holds a folder for each class." if reads else ""


@RULES.on("KeyError", r"'pop from an empty set'")
def _nothing_to_learn(_: Match, scene: Scene) -> str:
    """Keras says so of None."""
    fits = not scene.direct and scene.calls.keys() & {"fit", "evaluate", "predict"}
    return f"{min(fits)} was given no images: what it got is None." if fits else ""


@RULES.on("KeyError", r"'(\w+)'")
def _entry(found: Match, scene: Scene) -> str:
    """Logs and histories have what compile's metrics are called."""
    key = found[1]
    owner = next((node.value for node in scene.nodes(ast.Subscript) if _has(node, key)), None)
    if owner is None or not scene.direct or last_name(owner) not in ("logs", "history"):
        return ""
    if key.startswith("val_"):
        return f"{key} is there only where fit is given validation data."
    if key == "accuracy":
        return (
            "There is no accuracy where compile was given none. How does a dictionary answer None "
            "instead?"
        )
    owned = f"The keys of {last_name(owner)} are loss and the metrics"
    return f"{owned}, under the names that compile gives them."


def _has(node: ast.Subscript, key: str) -> bool:
    return isinstance(node.slice, ast.Constant) and node.slice.value == key
