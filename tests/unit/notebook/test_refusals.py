"""A file that should be a notebook and is none is told what it is."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from handed_in import SOLUTION

from grader.errors import RejectedError
from grader.notebook.read import read

Write = Callable[[bytes], Path]
TEXT = SOLUTION.decode()
HALF = TEXT[: len(TEXT) // 2]
PLAIN = '{"cells": [],\n "author": "%s"}'
AT_LAST = TEXT.rstrip()[:-1].rstrip()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: bytes) -> Path:
        path = tmp_path / "a.ipynb"
        path.write_bytes(content)
        return path

    return write


def refused(path: Path) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        read(path)
    return caught.value


def zipped(*names: str, content: bytes = SOLUTION) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("a.ipynb")
        member.size = len(SOLUTION)
        archive.addfile(member, io.BytesIO(SOLUTION))
    return file.getvalue()


@pytest.mark.parametrize(
    "behind", [b"\0" * 4096, b"\0", b"\n\n\0\0\n", b"\x1a", b"\r\n \t"],
    ids=["zeros", "a zero", "lines and zeros", "end of a text under DOS", "blanks"],
)  # fmt: skip
def test_what_is_blank_behind_a_notebook_does_no_harm(write: Write, behind: bytes) -> None:
    assert len(read(write(SOLUTION + behind)).cells) == len(json.loads(SOLUTION)["cells"])


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_python_writes_are_read(write: Write, word: str) -> None:
    content = TEXT.replace('"nbformat"', f'"loss": {word}, "nbformat"', 1)
    assert read(write(content.encode())).cells


@pytest.mark.parametrize(
    "content",
    [
        HALF, HALF + "\0" * 9000, AT_LAST, '{"cells": [', '{"cells": "abc', '{"cells": tru',
        '{"cells": -', '{"cells": 1.', '{"cells": 1e', '{"cells": 1.5e-', '{"cells": "\\',
        '{"cells": "\\u', '{"cells": "\\u12', '{"cells":', '{"cells', "{",
    ],
)  # fmt: skip
def test_what_breaks_off_is_truncated(write: Write, content: str) -> None:
    assert refused(write(content.encode())).code == "truncated"


@pytest.mark.parametrize("end", [b"\xc3", b"\xe2\x82", b"\xc3\0\0\0"])
def test_what_breaks_off_in_a_character_is_truncated(write: Write, end: bytes) -> None:
    assert refused(write(b'{"cells": "' + end)).code == "truncated"


def test_what_breaks_off_in_utf_16_is_truncated(write: Write) -> None:
    assert refused(write(TEXT.encode("utf-16")[:999])).code == "truncated"


BROKEN = {
    "a comma before the last brace": (f"{AT_LAST},\n}}", "a comma stands before the closing"),
    "a comma before a bracket": ('{"cells": [1,]}', "a comma stands before the closing"),
    "a brace too many": (f"{TEXT.rstrip()}}}", "something else follows"),
    "words behind the end": (f"{TEXT}\nmy solution", "something else follows"),
    "single quotes": ("{'cells': []}", "single quotes"),
    "one of single quotes": ("{\"cells\": [], 'metadata': {}}", "single quotes"),
    "quotes of a word processor": ("{\u201ccells\u201d: []}", "quotes of a word processor"),
    "True": ('{"cells": [], "trusted": True}', "Python's words"),
    "None": ('{"cells": [], "trusted": None}', "Python's words"),
    "a comment": ('{"cells": [], // mine\n "metadata": {}}', "a comment"),
    "a line within quotes": ('{"cells": "a\nb"}', "a line ends"),
    "a missing comma": ('{"cells": [] "metadata": {}}', "delimiter"),
    "a missing comma near the end": (f'{AT_LAST} "a": 1}}', "delimiter"),
    "an escape that is none": ('{"cells": "\\d+"}', "escape"),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN)
def test_json_that_is_broken_is_told_how(write: Write, content: str, words: str) -> None:
    error = refused(write(content.encode()))
    assert (error.code, words in error.reason) == ("not-json", True)


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN)
def test_json_that_is_broken_is_told_where(write: Write, content: str, words: str) -> None:
    assert words
    assert ", column " in refused(write(content.encode())).reason


WRAPPED = {"name": "a.ipynb", "type": "notebook", "content": json.loads(SOLUTION)}
OTHERS: dict[str, tuple[bytes, str, str]] = {
    "two notebooks": (SOLUTION + SOLUTION, "two-notebooks", "two notebooks"),
    "two notebooks in lines": (SOLUTION + b"\n\n" + SOLUTION, "two-notebooks", "begins at line"),
    "windows": ((PLAIN % "é").encode("cp1252"), "not-text", "byte 0xe9"),
    "mac": ((PLAIN % "é").encode("mac-roman"), "not-text", "byte 0x8e"),
    "japan": ((PLAIN % "\u6f22").encode("shift-jis"), "not-text", "in line 2"),
    "drive": (b'{"url": "https://colab.research.google.com/x", "doc_id": "x"}', "link", "Drive"),
    "drive by url": (b'{"url": "https://drive.google.com/open?id=x"}', "link", "Drive"),
    "gdoc": (b'{"": "WARNING!", "doc_id": "x", "resource_key": ""}', "link", "Drive"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n", "link", "LFS"),
    "shortcut": (b"[InternetShortcut]\r\nURL=https://example.org/\r\n", "link", "a link"),
    "address": (b"https://colab.research.google.com/drive/1?usp=sharing\n", "link", "a link"),
    "address alone": (b" HTTP://example.org/C1W4.ipynb", "link", "a link"),
    "contents of Jupyter": (json.dumps(WRAPPED).encode(), "wrapped", "as 'content'"),
    "any wrapper": (b'{"data": {"cells": []}}', "wrapped", "as 'data'"),
    "login page": (b"<!DOCTYPE html>\n<html><title>Log in</title>", "html", "a web page"),
    "export as HTML": (b'<?xml version="1.0"?><html lang="en">', "html", "a web page"),
    "xml": (b'<?xml version="1.0"?><svg/>', "not-a-notebook", "XML"),
    "cells by number": (b'{"cells": {"0": {}}}', "not-a-notebook", "cells that are an object"),
    "cells as a text": (b'{"cells": "[]"}', "not-a-notebook", "found: cells that are a text"),
    "no cells": (b'{"cells": null}', "not-a-notebook", "found: cells that are null"),
    "a number of cells": (b'{"cells": 3}', "not-a-notebook", "found: cells that are no list"),
    "list": (b'[{"cell_type": "code"}]', "not-a-notebook", "a JSON list"),
    "null": (b"null", "not-a-notebook", "JSON's null"),
    "true": (b"true", "not-a-notebook", "true or false"),
    "script": (b"import os\n", "not-json", "plain text or a script"),
    "export": (b"#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n", "not-json", "exported"),
    "gzip": (gzip.compress(SOLUTION), "not-a-notebook", "an archive (gzip)"),
    "tar": (tarred(), "not-a-notebook", "an archive (tar)"),
    "zip": (zipped("a/b.ipynb"), "not-a-notebook", "an archive (zip) with b.ipynb in it"),
    "zip of two": (zipped("a.ipynb", "b.ipynb"), "not-a-notebook", "a.ipynb and 1 more"),
    "zip of a Mac": (
        zipped("a.ipynb", "__MACOSX/._a.ipynb"), "not-a-notebook", "(zip) with a.ipynb in",
    ),
    "zip of others": (zipped("a.py"), "not-a-notebook", "an archive (zip)."),
    "zip of nothing": (zipped(), "not-a-notebook", "an archive (zip)."),
    "zip that is broken": (zipped("a.ipynb")[:99], "not-a-notebook", "an archive (zip)."),
    "zip of many": (
        zipped(*map(str, range(1001)), content=b""), "not-a-notebook", "an archive (zip).",
    ),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), "not-a-notebook", "Word"),
    "odt": (zipped("mimetype", "content.xml"), "not-a-notebook", "OpenDocument"),
    "keras": (zipped("config.json", "model.weights.h5"), "not-a-notebook", "saved model"),
    "rtf": (b"{\\rtf1\\ansi hello}", "not-a-notebook", "RTF"),
    "pdf": (b"%PDF-1.4\n%...", "not-a-notebook", "a PDF"),
    "gif": (b"GIF89a\1\0\1\0", "not-a-notebook", "a picture"),
    "h5": (b"\x89HDF\r\n\x1a\n", "not-a-notebook", "HDF5"),
    "bytes": (b"\x80\x81\x82", "not-text", "no text"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "code", "words"), OTHERS.values(), ids=OTHERS)
def test_what_is_something_else_is_told_what(
    write: Write, content: bytes, code: str, words: str
) -> None:
    error = refused(write(content))
    assert (error.code, words in error.reason) == (code, True)


ALL = [content for content, *_ in OTHERS.values()] + [c.encode() for c, _ in BROKEN.values()]


@pytest.mark.parametrize("content", ALL, ids=[*OTHERS, *BROKEN])
def test_nobody_is_sent_to_jupyter_with_what_it_cannot_open(write: Write, content: bytes) -> None:
    assert "Open it in Jupyter" not in refused(write(content)).fix


def test_names_in_an_archive_are_told_as_they_can_be_printed(write: Write) -> None:
    reason = refused(write(zipped("a\x1b[31m\n.ipynb"))).reason
    assert "a?[31m?.ipynb" in reason
