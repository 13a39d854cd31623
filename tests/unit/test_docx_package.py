"""Parts of a .docx package: what is cut from them before libxml2 sees it."""

from __future__ import annotations

import time

import pytest

from vnadmin.source.docx_package import _without_conditional, without_table_styles


@pytest.mark.parametrize(
    ("styles", "kept"),
    [
        (b'<w:style><a/><w:tblStylePr w:type="x"><b/></w:tblStylePr></w:style>', b"<w:style><a/></w:style>"),
        (
            b'<w:style><w:tblStylePr w:type="x"/><w:tblStylePr><c/></w:tblStylePr></w:style><w:style/>',
            b"<w:style></w:style><w:style/>",
        ),
        (b"<w:style><w:tblStylePr><b/></a>", b"<w:style><w:tblStylePr><b/></a>"),
        (b"<a><w:tblStylePr", b"<a><w:tblStylePr"),
    ],
)
def test_conditional_formats_are_cut_out(styles: bytes, kept: bytes) -> None:
    """They go with all that follows them in a style; an unclosed style stays for libxml2 to judge."""
    assert _without_conditional(styles) == kept


def _style(name: bytes, kind: bytes = b"table", inner: bytes = b"") -> bytes:
    return b'<w:style w:type="' + kind + b'" w:styleId="' + name + b'">' + inner + b"</w:style>"


@pytest.mark.parametrize(
    ("styles", "named", "kept"),
    [
        (_style(b"Grid") + _style(b"Light"), b'<w:tblStyle w:val="Grid"/>', _style(b"Grid")),
        (
            _style(b"Base") + _style(b"Grid", inner=b'<w:basedOn w:val="Base"/>'),
            b'<w:tblStyle w:val="Grid"/>',
            _style(b"Base") + _style(b"Grid", inner=b'<w:basedOn w:val="Base"/>'),
        ),
        (_style(b"Body", b"paragraph") + _style(b"Grid"), b"", _style(b"Body", b"paragraph")),
        (
            b'<w:style w:type="table" w:styleId="A"/>' + _style(b"Body", b"paragraph"),
            b"",
            _style(b"Body", b"paragraph"),
        ),
        (b'<w:style w:type="table" w:styleId="A"><b/>', b"", b'<w:style w:type="table" w:styleId="A"><b/>'),
    ],
)
def test_table_styles_that_nothing_names_are_cut_out(styles: bytes, named: bytes, kept: bytes) -> None:
    """Those that a table or another style names stay, and so do all styles of another kind."""
    assert without_table_styles(styles, named) == kept


def test_cutting_is_linear() -> None:
    """Many empty or unclosed elements cost no second look at the rest of the part."""
    start = time.process_time()
    _without_conditional(b"<w:tblStylePr>" * 300_000)
    _without_conditional(b"<w:style><w:tblStylePr/></w:style>" * 100_000)
    without_table_styles(b'<w:style w:type="table" w:styleId="A"/>' * 100_000, b"")
    without_table_styles(b"<w:style " * 300_000, b"")
    assert time.process_time() - start < 2
