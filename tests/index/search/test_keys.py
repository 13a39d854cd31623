"""The keys and lines that the rule of now makes: who changes one of them raises `RULE`, so that catalogues are brought up."""

from __future__ import annotations

from hashlib import sha256

import pytest

from vnadmin.index.catalog.rows import issuer_key
from vnadmin.index.search import keys
from vnadmin.index.search.facets import line_of

MADE = {
    ("SỞ Y TẾ", "UBND TỈNH LAM HẢI"): ("so y te tinh lam hai", "SỞ Y TẾ (UBND TỈNH LAM HẢI)"),
    ("SỞ Y TẾ GIA LAI", None): ("so y te tinh gia lai", "SỞ Y TẾ GIA LAI"),
    ("SỞ Y TẾ", "Sở Y tế"): ("so y te", "SỞ Y TẾ"),
    ("UBND XÃ TÂN AN", "UBND HUYỆN TÂN AN"): (
        "uy ban nhan dan xa tan an huyen tan an",
        "UBND XÃ TÂN AN (UBND HUYỆN TÂN AN)",
    ),
    ("VĂN PHÒNG UBND TỈNH", "UBND TỈNH LAM HẢI"): ("van phong tinh lam hai", "VĂN PHÒNG UBND TỈNH (UBND TỈNH LAM HẢI)"),
    ("CHI CỤC KIỂM LÂM", "CỤC KIỂM LÂM"): ("chi cuc kiem lam cuc kiem lam", "CHI CỤC KIỂM LÂM (CỤC KIỂM LÂM)"),
    ("THÔN TÂN AN", "UBND XÃ TÂN AN"): ("thon tan an xa tan an", "THÔN TÂN AN (UBND XÃ TÂN AN)"),
    ("BỘ Y TẾ", None): ("bo y te", "BỘ Y TẾ"),
}
VALUES = {
    "year": 2026, "type_code": "QĐ", "type_name": "Quyết định", "signer": "Phạm Thị Sửa", "place": "Lam Hải", "urgency": "KHẨN", "secrecy": None,
}  # fmt: skip
# What each rule made of the bodies of `MADE`: another key or line is another rule. No row is changed: one more comes below.
DIGESTS = {2: "24dfd3706ea5"}


def line(printed: tuple[str, str | None], key: str | None) -> str:
    """The line of facets of a document by this body."""
    issuer, parent = printed
    return line_of({**VALUES, "issuing_agency": issuer, "parent_agency": parent, "issuer_key": key}, "0" * 64, "/kho")


def test_another_key_is_another_rule() -> None:
    """Who changes a key or a line raises `RULE` and writes its digest in a row of its own; keys of old catalogues are then made anew."""
    told = "".join(line(printed, issuer_key(*printed)) for printed in MADE)
    assert {keys.RULE: sha256(told.encode()).hexdigest()[:12]} == {keys.RULE: DIGESTS.get(keys.RULE)}
    assert max(DIGESTS) == keys.RULE


@pytest.mark.parametrize("printed", MADE)
def test_keys_of_the_rule(printed: tuple[str, str | None]) -> None:
    """One key for each body, and its line."""
    key, name = MADE[printed]
    assert issuer_key(*printed) == key
    assert line(printed, key) == (
        f"{'0' * 64}\x1fy2026\x1e2026\x1ftQĐ\x1eQuyết định\x1fi{key}\x1e{name}\x1fspham thi sua\x1ePhạm Thị Sửa"
        "\x1fplam hai\x1eLam Hải\x1fukhan\x1eKHẨN\x1ff/kho\x1e/kho\x1f"
    )


def test_a_row_more_is_another_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that the table names has one key wherever it is printed."""
    before = keys.rule()
    keys.rule.cache_clear()
    with monkeypatch.context() as changed:
        changed.setattr(keys, "resource", lambda name: name)
        assert keys.rule() != before
    keys.rule.cache_clear()
    assert keys.rule() == before
