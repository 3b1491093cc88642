"""From bytes to text, and what a line says about not being reported."""

import codecs

import pytest

from flake8_bgtasks.javascript.decoding import decode
from flake8_bgtasks.javascript.suppression import file_is_suppressed, is_suppressed

TEXT = "setInterval(poll, 1000); // für é"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), id="UTF-8 with a mark"),
        pytest.param(TEXT.encode("latin-1"), id="latin-1"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), id="UTF-16, little end first"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), id="UTF-16, big end first"),
        pytest.param(codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), id="UTF-32"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert decode(data) == TEXT


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(
            "// -*- coding: cp1251 -*-\n// да".encode("cp1251"), "// -*- coding: cp1251 -*-\n// да", id="declared"
        ),
        pytest.param(b"// coding: cp1251\n\n// \xfc", "// coding: cp1251\n\n// ь", id="declared, further down"),
        pytest.param(b"\n\n// coding: cp1251\n// \xfc", "\n\n// coding: cp1251\n// ü", id="declared too late"),
        pytest.param(b"// coding: utf-8\n// \xfc", "// coding: utf-8\n// ü", id="declared wrongly"),
        pytest.param(b"// coding: nonsense\n// \xfc", "// coding: nonsense\n// ü", id="declared, unknown"),
        pytest.param(b"// coding: rot13\nx", "// coding: rot13\nx", id="declared, no encoding of text"),
        pytest.param(b"// coding: utf-nonsense\nx", "// coding: utf-nonsense\nx", id="declared, almost known"),
        pytest.param(codecs.BOM_UTF16_LE + b"x", "\ufffd", id="cut in the middle of a character"),
        pytest.param(b"", "", id="nothing"),
        pytest.param(bytes(range(256)), bytes(range(256)).decode("latin-1"), id="no text at all"),
    ],
)
def test_odd_encodings(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("poll()", id="nothing is said"),
        pytest.param("poll() // noqa: BG040", id="another code"),
        pytest.param("poll() // noqa: BG0410", id="a longer code"),
        pytest.param("poll() // noqa: E501,W291", id="other codes"),
        pytest.param("poll() // no qa", id="almost"),
        pytest.param("noqa()", id="a name"),
        pytest.param("poll() // flake8: noqa", id="said of a file, behind code"),
        pytest.param("poll() /* noqa */", id="not the form"),
        pytest.param("poll('http://noqa.example')", id="an address"),
    ],
)
def test_lines_that_are_not_suppressed(line: str) -> None:
    assert not is_suppressed(line, "BG041")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("poll() // noqa: BG041", id="the code"),
        pytest.param("poll() // # noqa: BG041", id="the code, as in Python"),
        pytest.param("poll() // noqa", id="any"),
        pytest.param("poll() // # noqa", id="any, as in Python"),
        pytest.param("poll() // noqa: BG04", id="how the code starts"),
        pytest.param("poll() // noqa: BG", id="letters only, which flake8 takes for any"),
        pytest.param("poll() // noqa:BG041", id="without a space"),
        pytest.param("poll() //noqa: bg041", id="small letters"),
        pytest.param("poll() // NOQA : BG040", id="a space before the colon, which flake8 takes for any"),
        pytest.param("poll() // noqa: E501, BG041", id="several codes"),
        pytest.param("poll() // noqa: E501 BG041", id="several codes, without commas"),
        pytest.param("poll() // fast on purpose // noqa: BG041", id="behind a comment"),
        pytest.param("poll() // fast on purpose # noqa: BG041", id="within a comment"),
        pytest.param("poll() // noqa: BG041 - fast on purpose\r\n", id="before a reason"),
    ],
)
def test_lines_that_are_suppressed(line: str) -> None:
    assert is_suppressed(line, "BG041")


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        pytest.param("f();", False, id="nothing is said"),
        pytest.param("f(); // flake8: noqa", False, id="behind code"),
        pytest.param("// flake8: noqa: BG041", False, id="of one code, which flake8 does not know"),
        pytest.param("'// flake8'", False, id="another word"),
        pytest.param("// flake8: noqa", True, id="on a line of its own"),
        pytest.param("f();\r\n  // # FLAKE8: NOQA  \r\ng();", True, id="anywhere, as in Python"),
        pytest.param("//flake8=noqa", True, id="tightly"),
    ],
)
def test_files_that_are_suppressed(text: str, is_whole: bool) -> None:
    assert file_is_suppressed(text) is is_whole
