"""Patterns of the words around a mention that tell its relation, built from data/relation_triggers.tsv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from vnadmin.citation.mention.words import triggers, types_folded
from vnadmin.text.pattern import pattern

HOLE = "§"
"""Stands for an earlier or later mention in the words around a mention."""


@dataclass(frozen=True, slots=True)
class ClausePatterns:
    """All patterns are for folded words with holes; those over the left side end at the mention."""

    history: regex.Pattern[str]
    amends_first: regex.Pattern[str]
    amends_anywhere: regex.Pattern[str]
    enacts_amending: regex.Pattern[str]
    enacts_repealing: regex.Pattern[str]
    enacts: regex.Pattern[str]
    enacts_change: regex.Pattern[str]
    repeals: regex.Pattern[str]
    repealed: regex.Pattern[str]
    until: regex.Pattern[str]
    draft: regex.Pattern[str]
    itself: regex.Pattern[str]
    itself_amends: regex.Pattern[str]
    exception: regex.Pattern[str]
    as_follows: regex.Pattern[str]
    proposal: regex.Pattern[str]
    proposal_gap: regex.Pattern[str]
    opinion: regex.Pattern[str]
    opinion_at: regex.Pattern[str]
    opening_first: regex.Pattern[str]
    basis: regex.Pattern[str]
    basis_first: regex.Pattern[str]
    reply: regex.Pattern[str]
    implement: regex.Pattern[str]
    implement_first: regex.Pattern[str]
    implement_note: regex.Pattern[str]
    implement_title: regex.Pattern[str]
    guides_first: regex.Pattern[str]
    according: regex.Pattern[str]
    other_verb: regex.Pattern[str]
    carried_out: regex.Pattern[str]
    issued_with: regex.Pattern[str]
    issued_with_link: regex.Pattern[str]
    grounds_heading: regex.Pattern[str]
    repeals_first: regex.Pattern[str]
    listed: regex.Pattern[str]
    acts: regex.Pattern[str]
    listed_first: regex.Pattern[str]
    own_verb: regex.Pattern[str]
    states: regex.Pattern[str]


@cache
def clause_patterns() -> ClausePatterns:
    """The patterns, compiled once, at first use."""
    amend, acts, basis = triggers("amend"), types_folded("act", "law"), triggers("basis")
    # "thay thế cụm từ" amends, "thay thế Quyết định" repeals
    repeal = rf"(?:{triggers('repeal')})(?!\s+(?:một\s+số\s+)?cụm\s+từ)"
    among = rf"(?:[\s,;]|và|hoặc|các|tại|của|{HOLE})*"
    listed = rf"{types_folded('act', 'law', 'letter', 'paper')}|quy\s+định|thủ\s+tục|nội\s+dung|tài\s+liệu|điều|khoản|điểm|phần|mục|phụ\s+lục"
    doing, own = triggers("implement"), triggers("self")
    return ClausePatterns(
        # "được sửa đổi, bổ sung bởi [Nghị định]", "(đã được thay thế tại [Thông tư], [Thông tư]"
        history=pattern(
            rf"(?:được|đã|bị|\()\s*(?:được\s+)?(?:{amend}|{triggers('repeal')}|hợp\s+nhất)[^.;§)]{{0,80}}?\s(?:bởi|tại|(?<!kèm\s)theo|bằng)\s{among}$"
        ),
        amends_first=pattern(rf"(?:hướng\s+dẫn\s+)?(?:việc\s+)?(?:{amend})(?!\w)"),
        amends_anywhere=pattern(rf"(?:^|\s)(?:{amend})(?!\w)[^.;]*$"),
        # "Bộ trưởng Bộ Tài chính ban hành Thông tư sửa đổi, bổ sung một số điều của [Thông tư]"
        enacts_amending=pattern(
            rf"(?:ban\s+hành|quyết\s+định|hướng\s+dẫn)\s*:?\s*(?:{acts})?\s*(?:{amend})(?!\w)[^.;§]*$"
        ),
        enacts_repealing=pattern(rf"ban\s+hành\s+(?:{acts})\s+{repeal}(?!\w)[^.;§]*$"),
        enacts=pattern(rf"ban\s+hành\s+(?:{acts})(?!\w)"),
        enacts_change=pattern(rf"ban\s+hành\s+(?:{acts})\s+(?:{amend}|{repeal})(?!\w)"),
        repeals=pattern(rf"(?<!\w)(?<!được\s)(?<!bị\s)(?<!dự\skiến\s){repeal}(?!\w)(?P<tail>.*)$"),
        repealed=pattern(
            rf"[^.]{{0,600}}?\s(?<!đã\s)(?:(?:{triggers('repealed')})(?!\w)|được\s+thay\s+thế\s+(?:bởi|bằng)\s+\S+\s+\S+\s+này(?!\w))"
        ),
        until=pattern(rf"(?:{triggers('until')})\s+$"),
        # "công trình", "chương trình", "quy trình" hold the word and are none
        draft=pattern(rf"(?<!\w)(?<!(?:công|chương|quy|quá|lộ|giáo|tiến|tờ)\s)(?:{triggers('draft')})(?!\w)"),
        # "Quyết định này thay thế", "Quyết định có hiệu lực từ ngày ký và thay thế"
        itself=pattern(rf"(?:{own})\s+này(?!\w)|^(?:{own})\s+có\s+hiệu\s+lực"),
        # "Quyết định này sửa đổi", "Quyết định này có hiệu lực từ ngày ký và sửa đổi, bổ sung, thay thế"
        itself_amends=pattern(
            rf"(?:(?:{own})\s+này|^(?:{own})\s+có\s+hiệu\s+lực)(?:\s+có\s+hiệu\s+lực)?(?:(?<=lực)[^.;§]{{0,90}}?(?:,|\svà|\sđồng\s+thời))?\s+(?:{amend})(?!\w)"
        ),
        # "bãi bỏ phí theo [Thông tư]", never "bãi bỏ Quy chế ban hành theo [Quyết định]"
        exception=pattern(r"(?<!kèm)(?<!hành)\s(?:theo|trừ|như\s+đề\s+nghị)\s"),
        as_follows=pattern(r"như\s+sau\s*:"),
        # "đề nghị của Giám đốc Sở Nội vụ tại [Tờ trình]", "theo đề nghị nêu tại [Công văn]"
        proposal=pattern(
            rf"(?<!\w)(?:{triggers('proposal')})(?:(?:\s+\w+){{0,4}}?\s+của\s[^.;§(]{{2,160}}?)?\s(?:tại|theo)(?=\s)"
        ),
        # between the members of such a list: "và Chủ tịch Hội Làm vườn tại"
        proposal_gap=pattern(r"[\s,]*(?:và|hoặc)?(?:\s*(?:các|số))?(?:\s[^,;(]{0,100}\s(?:tại|theo)(?:\s+các)?)?\s*"),
        opinion=pattern(r"(?<!\w)ý\s+kiến(?!\w)"),
        opinion_at=pattern(rf"(?<!\w)ý\s+kiến(?:\s+\w+){{0,4}}?\s+của\s[^.;§]{{3,90}}\s(?:tại|theo)\s{among}$"),
        # "Theo [Công văn], ...", "Qua xem xét [Tờ trình], ..." as the first words of a letter
        opening_first=pattern(rf"(?:{triggers('opening_first')})(?!\w)"),
        # the reach of `Căn cứ` ends where another such clause opens: "Căn cứ [A], thực hiện [B]"
        basis=pattern(rf"(?:^|[\s,;])(?:{basis})(?!\w)(?:(?!(?:[,;]|\svà)\s(?:{doing})\s).)*$"),
        basis_first=pattern(rf"(?:-\s*)?(?:{triggers('basis_first')})(?!\w)"),
        reply=pattern(rf"(?<!\w)(?:{triggers('reply')})(?!\w)(?P<tail>.*)$"),
        # "có hiệu lực thi hành", "tình hình thực hiện", "Kinh phí thực hiện:" carry nothing out
        implement=pattern(rf"(?<!\w)(?<!hiệu\slực\s)(?<!tình\shình\s)(?:{doing})(?!\w)(?!\s*:)"),
        implement_first=pattern(r"(?:tiếp\s+tục\s+)?(?:thực\s+hiện|triển\s+khai)(?!\w)"),
        implement_note=pattern(r"\(\s*(?:thực\s+hiện|triển\s+khai)\s[^()]*$"),
        implement_title=pattern(rf"(?<!\w)(?<!tình\shình\s)(?:{triggers('implement_title')})(?!\w)"),
        guides_first=pattern(r"(?:hướng\s+dẫn|quy\s+định\s+chi\s+tiết)\s+(?:thi\s+hành|thực\s+hiện)(?!\w)"),
        # "thực hiện theo quy định tại Nghị định" follows a rule; "kèm theo" is neither
        according=pattern(rf"(?<!\w)(?<!kèm\s)theo(?!\w)|{triggers('according')}"),
        # "đã triển khai và xây dựng [Kế hoạch]", "tổng kết [Luật], [Luật]; [Luật]"
        other_verb=pattern(rf"(?<!\w)(?:{triggers('other_verb')})\s++(?:các\s++)?(?:[\s,;]|và|{HOLE})*+$"),
        carried_out=pattern(rf"(?:{triggers('carried_out')})(?!\w)"),
        # "Chế độ kế toán ban hành theo [Quyết định]", "danh mục kèm theo [Nghị định]"; no "hồ sơ kèm theo [Công văn]"
        issued_with=pattern(
            rf"(?:ban\s+hành\s+(?:kèm\s+)?theo|\(\s*(?:được\s+)?kèm\s+theo|ban\s+hành\s+kèm|(?<!\w)(?:{triggers('attached')})(?!\w)[^,;.§]{{0,90}}?\s(?:gửi\s+)?kèm(?:\s+theo)?)(?:\s+các)?\s*$"
        ),
        # between the mention and the pinpoint that leads to it
        issued_with_link=pattern(rf"ban\s+hành\s+kèm|^(?:{triggers('attached')})(?!\w).*\skèm\s+theo\s"),
        # "CĂN CỨ PHÁP LÝ", "Cơ sở xây dựng kế hoạch", "Căn cứ các văn bản sau đây:"
        grounds_heading=pattern(rf"(?:các\s+)?(?:căn\s+cứ|(?:{triggers('grounds_heading')})(?:,?\s+\w+){{0,10}})"),
        # headings whose verb holds for the instruments under them: "Bãi bỏ một số văn bản", "Thực hiện các Nghị quyết sau:"
        repeals_first=pattern(rf"(?:(?:công\s+bố|nay|quyết\s+định)\s+)?{repeal}(?!\w)"),
        listed=pattern(rf"(?<!\w)(?:{listed})(?!\w)"),
        acts=pattern(rf"(?<!\w)(?:{types_folded('act', 'law', 'letter', 'paper')})(?!\w)"),
        # "Các Thông tư sau đây hết hiệu lực:"
        listed_first=pattern(rf"(?:(?:các|những|một\s+số|toàn\s+bộ|danh\s+mục)\s+)?(?:{listed})(?!\w)"),
        # "[Nghị định] quy định: “...", "Khoản 2 Điều 30 [Nghị định] quy định hội bị giải thể ..."
        states=pattern(r"\s*(?:có\s+)?(?:quy\s+định|nêu|ghi)(?:\s+rõ)?(?!\w)\s*(?P<colon>:)?"),
        # "việc chuyển tiếp thực hiện theo [Nghị định]" in an item under `Bãi bỏ`
        own_verb=pattern(r"(?<!kèm)(?<!hành)\s(?:theo|trừ)\s|thực\s+hiện|áp\s+dụng|căn\s+cứ"),
    )
