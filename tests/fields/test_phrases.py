"""Phrases found by their first word, and where the name of a body ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin.fields.directives.bodies import split_bodies, starts_body
from vnadmin.fields.directives.deadline.forms import opens_task
from vnadmin.fields.directives.name_end import find_stop
from vnadmin.fields.directives.phrases import Phrases
from vnadmin.fields.directives.predicate import Subject
from vnadmin.fields.directives.relative_clause import beyond_clause
from vnadmin.gazetteer import rows
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import SourceDocument, Span

WORDS = st.lists(st.sampled_from(["sở", "sở y tế", "y tế", "chủ trì", "có", "có trách nhiệm"]), max_size=8)


def build(text: str) -> SourceDocument:
    """A document of one line."""
    builder = DocumentBuilder("text/plain")
    builder.line(text)
    return builder.build()


def test_longest_phrase_stands() -> None:
    """Of phrases that begin at one word the longest is found, and found phrases do not overlap."""
    phrases = Phrases(["có", "có trách nhiệm", "trách nhiệm"])
    assert [hit.phrase for hit in phrases.find("sở có trách nhiệm và có vốn", 0, 27)] == ["có trách nhiệm", "có"]


def test_a_phrase_is_whole_words() -> None:
    """`cấp` does not stand in `cấpthiết`."""
    assert list(Phrases(["cấp"]).find("cấpthiết, cung_cấp", 0, 18)) == []


@given(WORDS)
def test_short_and_long_lists_agree(words: list[str]) -> None:
    """A list looked for by its first words finds what a list looked up word by word finds."""
    text = " ".join(words)
    phrases = ["sở y tế", "y tế", "có trách nhiệm", "chủ trì"]
    filler = [f"zz{n} {n}" for n in range(40)]
    short, long = Phrases(phrases), Phrases(phrases + filler)
    assert list(short.find(text, 0, len(text))) == list(long.find(text, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sở Y tế chủ trì việc này", "Sở Y tế"),
        ("Ban Chỉ đạo có trách nhiệm họp", "Ban Chỉ đạo"),
        ("Cục Quản lý Dược rà soát", "Cục Quản lý Dược"),
        ("cơ quan quản lý thuế phải trả lời", "cơ quan quản lý thuế"),
        ("người có nghĩa vụ kê khai phải ký", "người có nghĩa vụ kê khai"),
        ("các đơn vị rà soát số liệu", "các đơn vị"),
        ("Ban Quản lý dự án đầu tư xây dựng huyện chỉ đạo", "Ban Quản lý dự án đầu tư xây dựng huyện"),
        ("các doanh nghiệp, tổ chức phải báo cáo", "các doanh nghiệp, tổ chức"),
    ],
)
def test_where_a_name_ends(text: str, name: str) -> None:
    """A name ends at the verb of its sentence; verbs inside names do not end it."""
    document = build(text)
    head = starts_body(document, 0, len(text))
    assert head is not None
    stop = find_stop(document, head.start, head.end, len(text))
    assert stop is not None
    assert text[: stop.start].strip() == name


@pytest.mark.parametrize(
    "text", ["bộ máy", "Tổ chức họp", "phòng ngừa", "ban hành", "hội nghị", "báo cáo", "trường hợp", "Bộ luật"]
)
def test_common_words_are_no_bodies(text: str) -> None:
    """bộ, tổ, phòng, ban, hội, báo, trường begin other words as well."""
    assert starts_body(build(text), 0, len(text)) is None


def test_lists_split_at_names() -> None:
    """Commas inside a name, and in lists of common nouns, do not split."""
    text = "Bộ Văn hóa, Thể thao và Du lịch, Bộ Y tế; các sở, ban, ngành và Chủ tịch UBND các huyện, thị xã"
    document = build(text)
    assert [document.of(span) for span in split_bodies(document, 0, len(text))] == [
        "Bộ Văn hóa, Thể thao và Du lịch",
        "Bộ Y tế",
        "các sở, ban, ngành",
        "Chủ tịch UBND các huyện, thị xã",
    ]


def quoted(table: str, *kinds: str) -> list[str]:
    """The examples in the sources of these kinds, each once."""
    sources = dict.fromkeys(row["source"] for row in rows(table) if row["kind"] in kinds)
    return [example for source in sources for example in source.split('"')[1::2]]


@pytest.mark.parametrize("text", quoted("limit_words", "before a task", "before a task, with a figure"))
def test_the_examples_of_what_opens_a_task(text: str) -> None:
    document = build(text)
    assert opens_task(document, 0, len(document.text))
    assert not opens_task(build(f"Khi {text.lower()}"), 0, len(document.text))


@pytest.mark.parametrize(
    ("opener", "clause", "name"),
    [
        ("", "các tổ chức được giao quản lý cổ vật gửi hồ sơ về Sở", "các tổ chức được giao quản lý cổ vật"),
        ("Trong thời hạn 05 ngày, ", "cơ quan tiếp nhận hồ sơ gửi kết quả", "cơ quan tiếp nhận hồ sơ"),
        ("", "cơ quan tiếp nhận hồ sơ xử lý đơn", None),  # nothing says that a task follows
        ("Trong thời hạn 05 ngày, ", "cơ quan chỉ tiếp nhận hồ sơ", None),
        ("Sau 30 ngày, ", "đơn vị thực hiện để nâng cao chất lượng phục vụ", None),
        ("Sau khi ", "ngân hàng đang quản lý tài khoản thì trả lời", None),
    ],
)
def test_a_name_goes_on_to_the_main_verb(opener: str, clause: str, name: str | None) -> None:
    document = build(opener + clause)
    start, end = len(opener), len(document.text)
    head = starts_body(document, start, end, loose=True)
    assert head is not None
    stop = find_stop(document, head.start, head.end, end)
    assert stop is not None
    found = beyond_clause(document, Subject(Span(start, stop.start), stop), 0, end)
    assert (found and document.text[slice(*found.span)].strip()) == name
