"""Scope: which headings and introductions hold for a line."""

from __future__ import annotations

from vnadmin.citation.scope import Scope, body_segments
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.outline import read_outline


def scopes(*lines: str) -> list[list[str]]:
    """For each line the words of what stands over it, the nearest first."""
    builder = DocumentBuilder("text/plain")
    for line in lines:
        builder.line(line)
    document = builder.build()

    def words(scope: Scope | None) -> list[str]:
        return [document.text[scope.start : scope.end], *words(scope.parent)] if scope else []

    segments = body_segments(document, document.paragraphs, read_outline(document, document.paragraphs))
    return [words(segment.scope) for segment in segments]


def test_an_item_stands_under_its_parents() -> None:
    """Điều over khoản over điểm."""
    found = scopes("Điều 1. Bãi bỏ văn bản", "1. Các Quyết định:", "a) Số 5/QĐ-UBND;", "Điều 2. Thi hành")
    assert found == [[], ["Bãi bỏ văn bản"], ["Các Quyết định:", "Bãi bỏ văn bản"], []]


def test_an_introduction_holds_until_the_next_one() -> None:
    """It holds for each item after it, and a plain line that ends with a colon takes its place."""
    found = scopes("Thực hiện các văn bản sau:", "- A;", "- B.", "Bãi bỏ các văn bản:", "- C.")
    assert found[1:3] == [["Thực hiện các văn bản sau:"]] * 2
    assert found[4][0] == "Bãi bỏ các văn bản:"


def test_an_introduction_inside_an_article() -> None:
    """An unnumbered line of an article introduces the bullets under it, and stands under the article."""
    found = scopes("Điều 2. Hiệu lực", "Bãi bỏ nội dung công bố:", "- Thứ tự A.5;", "- Thứ tự B.1.")
    assert found[2:] == [["Bãi bỏ nội dung công bố:", "Hiệu lực"]] * 2


def test_headings_without_numbers() -> None:
    """A heading in capitals holds for the lines under it, up to the next one."""
    found = scopes("CĂN CỨ PHÁP LÝ", "Căn cứ Luật Giá;", "- Luật Thuế.", "MỤC ĐÍCH", "- Nâng cao hiệu quả.")
    assert [found[at][:1] for at in (0, 1, 2, 4)] == [[], ["CĂN CỨ PHÁP LÝ"], ["CĂN CỨ PHÁP LÝ"], ["MỤC ĐÍCH"]]


def test_quoted_words_stand_under_nothing() -> None:
    """The new wording of an amendment is no item of the act that amends."""
    found = scopes("1. Sửa đổi Điều 4 như sau:", "“Điều 4. Hồ sơ", "Hồ sơ gồm có:", "đơn.”")
    assert found[2] == []
