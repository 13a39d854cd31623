"""Sets a made page as a web page, as portals do, and prints it to PDF as a browser does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import zip_longest

from tests.makers.every_format import Columns, Page

_FACES = ("'Liberation Serif'", "'Liberation Sans'", "'DejaVu Serif'")
_STYLE = """body {{ font: {size}px {face}; margin: 0 {margin}px; line-height: {height} }} td {{ vertical-align: top }}
table.pair {{ width: 100%; border-collapse: collapse }} .c {{ text-align: center }} .pair .c p {{ margin: 0 }}
p.t {{ text-align: justify; text-indent: {indent}px; margin: 6px 0 }} p.title {{ text-align: center; font-weight: bold }}
.left {{ float: left; width: 45% }} .right {{ float: right; width: 54% }} .below {{ clear: both }}
.flex {{ display: flex }} .flex > div {{ flex: 1; padding: 0 4px }} nav, footer, aside {{ font: 12px 'Liberation Sans'; color: #555 }}
nav a {{ margin-right: 12px }}"""
_MENU = """<nav><a href="/">Trang chủ</a><a href="/gt">Giới thiệu</a><a href="/vb">Văn bản</a><a href="/lh">Liên hệ</a>
<div>Trang chủ &gt; Văn bản chỉ đạo điều hành</div></nav>"""
_FOOT = """<aside><p>Tải văn bản | In trang | Gửi email</p></aside>
<footer><p>Trang thông tin điện tử xã Sơn Hải</p><p>Điện thoại: 0200.3812.345 - Email: vanthu@sonhai.example</p></footer>"""


def _centred(lines: Iterable[str]) -> str:
    """Lines of a column in the middle of it, those in capitals bold."""
    shown = (f"<b>{escape(line)}</b>" if line.isupper() else escape(line) or "&nbsp;" for line in lines)
    return "".join(f"<p>{line}</p>" for line in shown)


def _list(lines: Sequence[str]) -> str:
    """The recipients, a size smaller, their label bold and sloping."""
    items = "".join(f"<br>{escape(line)}" for line in lines[1:])
    return f'<p style="font-size: 80%"><b><i>{escape(lines[0])}</i></b>{items}</p>'


def _column(lines: Sequence[str]) -> str:
    return _list(lines) if lines and lines[0].startswith("Nơi nhận") else _centred(lines)


def _cells(pair: Columns) -> str:
    return '<table class="pair"><tr><td class="c" width="42%">{}</td><td class="c">{}</td></tr></table>'.format(
        *(_column([line for line in lines if line]) for lines in (pair.left, pair.right))
    ).replace('class="c" width="42%"><p style', 'width="42%"><p style')


def _rows(pair: Columns) -> str:
    """A row for each pair of lines, the number level with the date."""
    rows = zip_longest(pair.left, pair.right, fillvalue="")
    cells = (f'<tr><td class="c">{_centred([one])}</td><td class="c">{_centred([two])}</td></tr>' for one, two in rows)
    return f'<table class="pair">{"".join(cells)}</table>'


def _floats(pair: Columns) -> str:
    return (
        f'<div class="left c">{_column(pair.left)}</div><div class="right c">{_column(pair.right)}</div>'
        '<div class="below"></div>'
    )


def _flex(pair: Columns) -> str:
    return (
        f'<div class="flex"><div class="c">{_column(pair.left)}</div><div class="c">{_column(pair.right)}</div></div>'
    )


def _breaks(pair: Columns) -> str:
    """One cell each, its lines parted by breaks alone."""
    columns = ("<br>".join(escape(line) for line in lines if line) for lines in (pair.left, pair.right))
    return '<table class="pair"><tr><td class="c">{}</td><td class="c">{}</td></tr></table>'.format(*columns)


PAIRS: dict[str, Callable[[Columns], str]] = {
    "cells": _cells,
    "rows": _rows,
    "floats": _floats,
    "flex": _flex,
    "breaks": _breaks,
}


def web_page(page: Page, index: int) -> str:
    """A page of the way that its place in a list gives: how columns stand, the face, its size, the portal around it."""
    pair = list(PAIRS.values())[index % len(PAIRS)]
    style = _STYLE.format(
        size=(16, 14, 18)[index % 3],
        face=_FACES[index // 2 % 3],
        margin=(0, 30, 60)[index // 3 % 3],
        height=("normal", "1.5")[index // 5 % 2],
        indent=(0, 36)[index // 7 % 2],
    )
    menu, foot = (_MENU, _FOOT) if index % 4 == 1 else ("", "")
    title = "Văn bản chỉ đạo" if index % 2 else "Cổng thông tin điện tử"
    body = "".join(_parts(page, pair))
    head = f"<meta charset='utf-8'><title>{title}</title><style>{style}</style>"
    return f"<!DOCTYPE html><html lang='vi'><head>{head}</head><body>{menu}{body}{foot}</body></html>"


def _parts(page: Page, pair: Callable[[Columns], str]) -> Iterator[str]:
    titled = False
    for part in page:
        if not isinstance(part, str):
            yield pair(part)
            titled = False
            continue
        title = part.isupper() or titled
        titled = part.isupper() and not part.startswith("CỘNG")
        yield f'<p class="{"title" if title else "t"}">{escape(part)}</p>'


def printed(pages: Sequence[Page]) -> Iterator[bytes]:
    """Each page as the PDF that Chromium prints, every other with the browser's own head and foot."""
    from playwright.sync_api import sync_playwright

    foot = '<div style="font-size:8px;width:100%;padding:0 20px"><span class="url"></span> <span style="float:right"><span class="pageNumber"></span>/<span class="totalPages"></span></span></div>'
    head = '<div style="font-size:8px;width:100%;padding:0 20px"><span class="date"></span> <span class="title" style="margin-left:30%"></span></div>'
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        sheet = browser.new_page()
        for index, page in enumerate(pages):
            sheet.set_content(web_page(page, index))
            yield sheet.pdf(
                format=("A4", "Letter")[index % 5 == 4],
                margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"),
                display_header_footer=index % 2 == 0,
                header_template=head,
                footer_template=foot,
                scale=(1.0, 0.8)[index % 7 == 3],
            )
        browser.close()
