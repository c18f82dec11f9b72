"""Advice for what Python cannot read."""

import re

from grader.checks.advice.rules import Match, Rules
from grader.checks.advice.scene import Scene

RULES = Rules()
LINE = "Python cannot read that line. Look at it, and at the end of the one before it."
# A text in f"" whose braces are still open where a quote ends it, and a word begins.
_NESTED = re.compile(r"""\bf(["'])(?:(?!\1).)*\{(?:(?!\1)[^}])*\1\w""")
_CONDITION = re.compile(r"(?:if|elif|while|assert)\b")
COPIED = "as happens in copied text"


@RULES.on("SyntaxError IndentationError TabError")
def _text_of_its_own(_: Match, scene: Scene) -> str:
    """What the notebook has Python read while it runs, the line of the cell does not show."""
    own = scene.raised.direct or scene.raised.module == "__main__"
    return "The text that is read there is not valid Python." if own else ""


@RULES.on("SyntaxError", r"expected ':'")
def _colon(_: Match, scene: Scene) -> str:
    if scene.raised.source_line.startswith("else if "):
        return "Python writes else if as one word: elif."
    return "A line that begins a block, as def, class, if and for do, ends with a colon."


@RULES.on("SyntaxError", r"closing parenthesis '(.)' does not match opening parenthesis '(.)'.*")
def _mismatch(found: Match, _: Scene) -> str:
    return (
        f"Brackets are closed in the reverse order of opening: before {found[1]} there must be one "
        f"that closes {found[2]}."
    )


@RULES.on(
    "SyntaxError", r"invalid (?:non-printable )?character (?:'(.)' )?\(?U\+([0-9A-F]{4,6})\)?"
)
def _character(found: Match, _: Scene) -> str:
    character = chr(int(found[2], 16))
    if character in "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2032\u2033\u0060\u00b4":
        return f"Python knows straight quotes only: type them anew, {character} is another one."
    if character.isspace() or not found[1]:
        return f"There is a special space or an invisible character, {COPIED}: type it anew."
    return "Type that character anew: Python does not know it, though it may look like one it does."


@RULES.on("SyntaxError", r"f-string: .*")
def _f_string(_: Match, scene: Scene) -> str:
    if found := _NESTED.search(scene.raised.source_line):
        other = "single" if found[1] == '"' else "double"
        return f"Within a text in such quotes, also within its braces, use {other} ones."
    return ""


@RULES.on("SyntaxError", r"cannot assign to .* here\..*")
def _target(_: Match, scene: Scene) -> str:
    condition = _CONDITION.match(scene.raised.source_line)
    return "" if condition else "On the left of = stands the name that gets the value."


@RULES.on("SyntaxError", r".*Maybe you meant '==' (?:or ':=' )?instead of '='\?")
def _equals(_: Match, scene: Scene) -> str:
    """Elsewhere than in a condition, a bracket before it may be what is missing."""
    if _CONDITION.match(scene.raised.source_line):
        return "One = gives a name a value, two of them compare."
    return LINE


@RULES.on("SyntaxError", r"keyword argument repeated: (\w+)")
def _repeated(found: Match, _: Scene) -> str:
    return f"{found[1]} is given twice in one call. Which of the two is meant?"


RULES.say(
    "TabError", ".*", "Some lines are indented with tabs, others with spaces: use spaces only."
)
RULES.say(
    "IndentationError",
    r"unexpected indent",
    "That line is indented further than the one before it, which begins no block. Should both "
    "begin at the same place?",
)
RULES.say(
    "IndentationError",
    r"expected an indented block after .*",
    "What belongs to such a line stands below it and is indented further than it is.",
)
RULES.say(
    "IndentationError",
    r"unindent does not match any outer indentation level",
    "That line must begin exactly where a line above it begins: count the spaces.",
)
RULES.say(
    "SyntaxError",
    r"'[(\[{]' was never closed",
    "Each bracket needs a partner. Count them from that line on.",
)
RULES.say(
    "SyntaxError",
    r"unmatched '[)\]}]'",
    "That closing bracket has no partner: is it one too many, or is an opening one missing?",
)
RULES.say(
    "SyntaxError",
    r"unterminated string literal.*",
    "A text ends on its own line, with the same kind of quote that it begins with.",
)
RULES.say(
    "SyntaxError",
    r"unterminated triple-quoted string literal.*",
    "A text that begins with three quotes goes on to the next three. Where should it end?",
)
RULES.say(
    "SyntaxError",
    r"incomplete input|unexpected EOF while parsing",
    "The cell ends too early: is a bracket or a text in three quotes still open, or does a "
    "block have no lines?",
)
RULES.say(
    "SyntaxError",
    r"invalid syntax\. Perhaps you forgot a comma\?",
    "Is a comma missing, in that line or at the end of the one before it?",
)
RULES.say(
    "SyntaxError",
    r"Missing parentheses in call to '(\w+)'\..*",
    "print and the like are functions in Python 3: what they are given stands in brackets.",
)
RULES.say(
    "SyntaxError",
    r"positional argument follows keyword argument.*",
    "In a call, what is given without a name comes first, what has a name after it.",
)
RULES.say(
    "SyntaxError",
    r"expression cannot contain assignment, perhaps you meant \"==\"\?",
    "In a call, before = there can only be the bare name of an argument.",
)
RULES.say(
    "SyntaxError",
    r"\(unicode error\) 'unicodeescape' codec can't decode bytes.*",
    "In a text, a backslash begins a special character. Write paths with / instead.",
)
RULES.say(
    "SyntaxError",
    r"'return' outside function",
    "return belongs to a function. Is the line indented like the lines of the function before it?",
)
RULES.say(
    "SyntaxError",
    r"(?:'break' outside loop|'continue' not properly in loop)",
    "Is the line indented like the other lines of its loop?",
)
RULES.say("SyntaxError", r"invalid syntax|invalid decimal literal", LINE)
