"""Forms of numbers: each example is matched by its own form alone, no counter-example by any."""

from __future__ import annotations

import pytest
import regex

from vnadmin.citation.mention.forms.tokens import Form, find_numbers, forms


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_examples_belong_to_one_form(form: Form) -> None:
    """An example is matched whole by its form and by no other."""
    for example in form.examples:
        assert [f.name for f in forms() if regex.compile(f.pattern).fullmatch(example)] == [form.name], example


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_counter_examples_belong_to_no_form(form: Form) -> None:
    """A counter-example is no number at all."""
    for example in form.counter_examples:
        assert [f.name for f in forms() if regex.compile(f.pattern).search(example)] == [], example


def test_every_form_has_proof() -> None:
    """A form without examples could be broken unseen; the blank number is tested in its sentence."""
    assert [f.name for f in forms() if not f.examples] == ["blank"]


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_scan_finds_examples_in_a_sentence(form: Form) -> None:
    """The fast scan finds what the patterns match."""
    for example in form.examples:
        text = f"Căn cứ Quyết định số {example} ngày 01/02/2020 của"
        assert [text[t.start : t.end] for t in find_numbers(text, 0, len(text))] == [example]


def test_blank_number() -> None:
    """A number left blank in a draft is found by the word before it."""
    text = "tại Tờ trình số ...../TTr-SNV ngày"
    (token,) = find_numbers(text, 0, len(text))
    assert text[token.start : token.end].strip() == "...../TTr-SNV"


@pytest.mark.parametrize(
    "text",
    [
        "tỷ lệ 1/500, 24/7, tháng 12/2021, ngày 12/3, điện thoại 024.3825/7788",
        "giá 23.410đ/tháng, 100 km/h, 5/6 thành viên, COVID-19, 3G/4G",
        "60 Trần Phú - Ba Đình, nhiệm kỳ 2020-2025, Công báo số 75 + 76",
    ],
)
def test_no_number(text: str) -> None:
    """Dates, shares, addresses, prices and spans of years have no notation."""
    assert list(find_numbers(text, 0, len(text))) == []
