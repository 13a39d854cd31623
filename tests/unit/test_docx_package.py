"""Parts of a .docx package: what is cut from them before libxml2 sees it."""

from __future__ import annotations

import time

import pytest

from vnadmin.source.docx_package import _without_conditional


@pytest.mark.parametrize(
    ("styles", "kept"),
    [
        (b'<a><w:tblStylePr w:type="x"><b/></w:tblStylePr><c/></a>', b"<a><c/></a>"),
        (
            b'<a><w:tblStylePr w:type="x"/><b/><w:tblStylePr><c/></w:tblStylePr></a>',
            b'<a><w:tblStylePr w:type="x"/><b/></a>',
        ),
        (b"<a><w:tblStylePr><b/></a>", b"<a><w:tblStylePr><b/></a>"),
        (b"<a><w:tblStylePr", b"<a><w:tblStylePr"),
    ],
)
def test_conditional_formats_are_cut_out(styles: bytes, kept: bytes) -> None:
    """Whole elements go; an empty or an unclosed one stays for libxml2 to judge."""
    assert _without_conditional(styles) == kept


def test_cutting_is_linear() -> None:
    """Many empty or unclosed elements cost no second look at the rest of the part."""
    start = time.process_time()
    _without_conditional(b"<w:tblStylePr>" * 300_000)
    _without_conditional(b"<w:tblStylePr/>" * 300_000 + b"</w:tblStylePr>")
    assert time.process_time() - start < 2
