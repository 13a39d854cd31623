"""Kinds of doubt and what was counted of them."""

from __future__ import annotations

import vnadmin
from vnadmin.assemble.doubts import expected, kinds_of


def test_a_kind_is_the_issue_about_the_value_before_its_rule() -> None:
    text = "Số: ....../UBND-VX\nHải Vân, ngày 5 tháng 2 năm 2026\nKính gửi: Sở Y tế\nĐề nghị Sở Y tế báo cáo."
    assert ("number", "number_blank") in list(kinds_of(vnadmin.parse(text.encode())))


def test_a_kind_that_was_never_counted_is_an_even_chance() -> None:
    assert expected("number", "no.such.rule") == 0.5


def test_a_kind_that_was_often_right_comes_before_one_that_was_not() -> None:
    assert expected("number", "number.title-block") > expected("subject", "subject.title")
