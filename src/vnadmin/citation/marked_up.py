"""Marks citations in a text with whatever markup a caller gives, so that a portal can link them."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Final

from vnadmin.citation.cited import Citation, CitedText

Markup = Callable[[Citation], tuple[str, str] | None]
"""What to put before and after a citation; None leaves it unmarked."""


def annotate(cited: CitedText, markup: Markup, *, escape: Callable[[str], str] = str) -> str:
    """The text with each citation marked; of two that overlap, the first and larger one.

    >>> from vnadmin.citation import annotate, cite_text
    >>> annotate(cite_text("Theo Điều 5 Nghị định số 30/2020/NĐ-CP."), lambda c: (f"[{c.targets[0]} ", "]"))
    'Theo [/vn/nghi-dinh/2020/30-nd-cp#art_5 Điều 5 Nghị định số 30/2020/NĐ-CP].'

    Args:
        cited: what `cite_text`, or `vnadmin.citing.cite` of a file, found.
        markup: asked for each citation in order.
        escape: applied to the words of the text and never to the markup: `html.escape` for a page.
    """
    pieces: list[str] = []
    at = 0
    for citation in cited.citations:
        marks = markup(citation) if citation.start >= at else None
        if marks is None:
            continue
        before, after = marks
        pieces += (escape(cited.text[at : citation.start]), before)
        pieces += (escape(cited.text[citation.start : citation.end]), after)
        at = citation.end
    pieces.append(escape(cited.text[at:]))
    return "".join(pieces)


_LINK: Final = '<a href="{href}" data-kind="{kind}">'


def html_links(base: str = "") -> Markup:
    """HTML links to the first target of each citation, `base` before its identifier; what has no target stays plain.

    Use it with `escape=html.escape`.
    """

    def links(citation: Citation) -> tuple[str, str] | None:
        if not citation.targets:
            return None
        href = html.escape(base + citation.targets[0], quote=True)
        return _LINK.format(href=href, kind=citation.kind), "</a>"

    return links
