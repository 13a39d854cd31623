"""Patterns of the words around a mention that tell its relation; their words stand in data/relation_triggers.tsv.

All are for folded words in which earlier and later mentions are holes; those over the left side end at the mention.
"""

from __future__ import annotations

from vnadmin.citation.mention.words import triggers, types_folded
from vnadmin.text.pattern import pattern

HOLE = "§"
"""Stands for an earlier or later mention in the words around a mention."""

_AMONG = rf"(?:[\s,;]|và|hoặc|các|tại|của|{HOLE})*"


def _repeal() -> str:
    """`thay thế Quyết định` repeals, `thay thế cụm từ` amends."""
    return rf"(?:{triggers('repeal')})(?!\s+(?:một\s+số\s+)?cụm\s+từ(?!,))"


def _acts() -> str:
    return types_folded("act", "law")


def _listed() -> str:
    """Instruments and what of them may be listed below a heading."""
    return rf"{types_folded('act', 'law', 'letter', 'paper')}|{triggers('listed')}"


# "được sửa đổi, bổ sung bởi [Nghị định]", "(đã được thay thế tại [Thông tư], [Thông tư]"
HISTORY = pattern(
    lambda: (
        rf"(?:được|đã|bị|\()\s*(?:được\s+)?(?:{triggers('amend')}|{triggers('repeal')}|hợp\s+nhất)[^.;§)]{{0,80}}?\s(?:bởi|tại|(?<!kèm\s)theo|bằng)\s{_AMONG}$"
    )
)
AMENDS_FIRST = pattern(lambda: rf"(?:hướng\s+dẫn\s+)?(?:việc\s+)?(?:{triggers('amend')})(?!\w)")
AMENDS_ANYWHERE = pattern(lambda: rf"(?:^|\s)(?:{triggers('amend')})(?!\w)[^.;]*$")
# "Bộ trưởng Bộ Tài chính ban hành Thông tư sửa đổi, bổ sung một số điều của [Thông tư]"
ENACTS_AMENDING = pattern(
    lambda: rf"(?:ban\s+hành|quyết\s+định|hướng\s+dẫn)\s*:?\s*(?:{_acts()})?\s*(?:{triggers('amend')})(?!\w)[^.;§]*$"
)
ENACTS_REPEALING = pattern(lambda: rf"ban\s+hành\s+(?:{_acts()})\s+{_repeal()}(?!\w)[^.;§]*$")
ENACTS = pattern(lambda: rf"ban\s+hành\s+(?:{_acts()})(?!\w)")
ENACTS_CHANGE = pattern(lambda: rf"ban\s+hành\s+(?:{_acts()})\s+(?:{triggers('amend')}|{_repeal()})(?!\w)")
REPEALS = pattern(lambda: rf"(?<!\w)(?<!được\s)(?<!bị\s)(?<!dự\skiến\s){_repeal()}(?!\w)(?P<tail>.*)$")
REPEALED = pattern(
    lambda: (
        rf"[^.]{{0,600}}?\s(?<!đã\s)(?:(?:{triggers('repealed')})(?!\w)|được\s+thay\s+thế\s+(?:bởi|bằng)\s+\S+\s+\S+\s+này(?!\w))"
    )
)
UNTIL = pattern(lambda: rf"(?:{triggers('until')})\s+$")
# "công trình", "chương trình", "quy trình" hold the word and are none
DRAFT = pattern(lambda: rf"(?<!\w)(?<!(?:{triggers('not_draft')})\s)(?:{triggers('draft')})(?!\w)")
# "Quyết định này thay thế", "Quyết định có hiệu lực từ ngày ký và thay thế"
ITSELF = pattern(lambda: rf"(?:{triggers('self')})\s+này(?!\w)|^(?:{triggers('self')})\s+có\s+hiệu\s+lực")
# "Quyết định này sửa đổi", "Quyết định này có hiệu lực từ ngày ký và sửa đổi, bổ sung, thay thế"
ITSELF_AMENDS = pattern(
    lambda: (
        rf"(?:(?:{triggers('self')})\s+này|^(?:{triggers('self')})\s+có\s+hiệu\s+lực)(?:\s+có\s+hiệu\s+lực)?(?:(?<=lực)[^.;§]{{0,90}}?(?:,|\svà|\sđồng\s+thời))?\s+(?:{triggers('amend')})(?!\w)"
    )
)
# "bãi bỏ phí theo [Thông tư]", never "bãi bỏ Quy chế ban hành theo [Quyết định]"
EXCEPTION = pattern(r"(?<!kèm)(?<!hành)\s(?:theo|trừ|như\s+đề\s+nghị)\s")
# "Bãi bỏ các nội dung về đăng ký dự thi theo [Quyết định]": of what an act says, `theo` tells where
PART_OF_ACT = pattern(
    lambda: (
        rf"^\s*(?:(?:các|toàn\s+bộ|một\s+số|những)\s+){{0,4}}+(?:{triggers('part')})(?!\w)[^{HOLE}]*\stheo\s+(?:các\s+)?$"
    )
)
AS_FOLLOWS = pattern(r"như\s+sau\s*:")
# "đề nghị của Giám đốc Sở Nội vụ tại [Tờ trình]", "theo đề nghị nêu tại [Công văn]", "theo đề nghị của Sở Y tế ([Tờ trình])",
# "xét đề nghị Sở Tài chính tại [Công văn]"
PROPOSAL = pattern(
    lambda: (
        rf"(?<!\w)(?:{triggers('proposal')})(?:(?:\s+\w+){{0,4}}?\s+của\s[^.;§(]{{2,160}}?|(?<=(?<!\w)(?:xét|theo)\s(?:{triggers('proposal')}))(?:\s+\w+){{2,9}}?)?"
        rf"(?:\s(?:tại|theo)(?=\s)|\s*\((?=\s*(?:$|{HOLE})))"
    )
)
# between the members of such a list: "và Chủ tịch Hội Làm vườn tại", "; của Ủy ban nhân dân tỉnh tại", "; và", "), Sở Y tế ("
PROPOSAL_GAP = pattern(
    r"(?:;(?=\s(?:của|và)\s))?[\s,]*(?:và|hoặc)?(?:\s*(?:các|số))?(?:\s[^,;(]{0,100}\s(?:tại|theo)(?:\s+các)?)?\s*"
    r"|\s*\)\s*(?:[,;]|và)(?:\s+(?:của|và))?\s[^,;()]{2,90}\(\s*"
)
# "Xét đề nghị của các đơn vị:" over letters, and before each who wrote it: "Công ty An Bình tại [Công văn]"
PROPOSERS = pattern(lambda: rf"(?<!\w)(?:{triggers('proposal')})\s+của\s+(?:các|những|một\s+số)\s[^,;:.§]{{2,90}}$")
WHO_AT = pattern(r"[^,;:.§]{3,110}(?:\stại|\()\s*$")
OPINION = pattern(r"(?<!\w)ý\s+kiến(?!\w)")
# "ý kiến của Bộ Tài chính tại §, Bộ Tư pháp tại [Công văn]"
OPINION_AT = pattern(
    rf"(?<!\w)ý\s+kiến(?:\s+\w+){{0,4}}?\s+của\s(?:[^.;§]{{3,90}}\s(?:tại|theo)\s+{HOLE}\s*,\s){{0,8}}+[^.;§]{{3,90}}\s(?:tại|theo)\s{_AMONG}$"
)
# "Theo [Công văn], ...", "Qua xem xét [Tờ trình], ..." as the first words of a letter
OPENING_FIRST = pattern(lambda: rf"(?:{triggers('opening_first')})(?!\w)")
# the reach of `Căn cứ` ends where another such clause opens: "Căn cứ [A], thực hiện [B]"
BASIS = pattern(
    lambda: rf"(?:^|[\s,;])(?:{triggers('basis')})(?!\w)(?:(?!(?:[,;]|\svà)\s(?:{triggers('implement')})\s).)*$"
)
# "Đề nghị Công ty căn cứ [Luật] để thực hiện": on what grounds another is to act
OTHERS_GROUNDS = pattern(
    lambda: (
        rf"(?<!\w)(?:{triggers('asks')})\s(?!căn\s)[^,;.:{HOLE}]{{2,90}}\scăn\s+cứ(?!\w)(?:(?!,\s(?:căn\s+cứ|theo)\s).)*$"
    )
)
# "(tiếp theo [Công văn])": a letter goes on with what an earlier one said
FOLLOWS_ON = pattern(lambda: rf"(?<!\w)(?:{triggers('follows_on')})\s{_AMONG}$")
BASIS_FIRST = pattern(lambda: rf"(?:-\s*)?(?:{triggers('basis_first')})(?!\w)")
REPLY = pattern(lambda: rf"(?<!\w)(?:{triggers('reply')})(?!\w)(?P<tail>.*)$")
# "có hiệu lực thi hành", "tình hình thực hiện", "Kinh phí thực hiện:" carry nothing out
IMPLEMENT = pattern(lambda: rf"(?<!\w)(?<!hiệu\slực\s)(?<!tình\shình\s)(?:{triggers('implement')})(?!\w)(?!\s*:)")
IMPLEMENT_FIRST = pattern(r"(?:tiếp\s+tục\s+)?(?:thực\s+hiện|triển\s+khai|thi\s+hành)(?!\w)")
IMPLEMENT_NOTE = pattern(r"\(\s*(?:thực\s+hiện|triển\s+khai)\s[^()]*$")
IMPLEMENT_TITLE = pattern(lambda: rf"(?<!\w)(?<!tình\shình\s)(?:{triggers('implement_title')})(?!\w)")
GUIDES_FIRST = pattern(r"(?:hướng\s+dẫn|quy\s+định\s+chi\s+tiết)\s+(?:thi\s+hành|thực\s+hiện)(?!\w)")
# "thực hiện theo quy định tại Nghị định" follows a rule; "kèm theo" is neither
ACCORDING = pattern(lambda: rf"(?<!\w)(?<!kèm\s)theo(?!\w)|{triggers('according')}")
# "đã triển khai và xây dựng [Kế hoạch]", "tổng kết [Luật], [Luật]; [Luật]"
OTHER_VERB = pattern(lambda: rf"(?<!\w)(?:{triggers('other_verb')})\s++(?:các\s++)?(?:[\s,;]|và|{HOLE})*+$")
# "bố trí kinh phí thực hiện Kế hoạch từ nguồn đã giao tại [Quyết định]": what is carried out was named before
PASSED_OVER = pattern(r"\s(?:từ|bằng)\s+(?:các\s+)?nguồn\s")
# "thực hiện đánh giá tác động 02 thủ tục tại [Quyết định]": an act of its own, where it stands
OWN_ACT_AT = pattern(lambda: rf"^\s*(?:{triggers('own_act')})(?!\w)[^{HOLE}]*\stại\s+(?:các\s+)?$")
# "- Dự thảo Kế hoạch thực hiện [Nghị quyết]": another act will carry it out
DRAFT_FIRST = pattern(r"\s*(?:các\s+)?dự\s+thảo(?!\w)")
# "thực hiện đúng các quy định tại [Thông tư]": what is told to be kept strictly is carried out; "theo đúng quy định tại" follows it
STRICTLY = pattern(
    lambda: rf"\s+(?:{triggers('strictly')})\s+(?:(?:các|những)\s+)?(?:quy|qui)\s+định\s+(?:tại|của|trong)\s"
)
CARRIED_OUT = pattern(lambda: rf"(?:{triggers('carried_out')})(?!\w)")
# "Chế độ kế toán ban hành theo [Quyết định]", "danh mục kèm theo [Nghị định]"; no "hồ sơ kèm theo [Công văn]"
ISSUED_WITH = pattern(
    lambda: (
        rf"(?:ban\s+hành\s+(?:(?:kèm\s+)?theo|tại)|\(\s*(?:được\s+)?kèm\s+theo|ban\s+hành\s+kèm|(?<!\w)(?:{triggers('attached')})(?!\w)[^,;.§]{{0,90}}?\s(?:gửi\s+)?kèm(?:\s+theo)?)(?:\s+các)?\s*$"
    )
)
# between the mention and the pinpoint that leads to it
ISSUED_WITH_LINK = pattern(lambda: rf"ban\s+hành\s+kèm|^(?:{triggers('attached')})(?!\w).*\skèm\s+theo\s")
# headings whose verb holds for the instruments under them: "Bãi bỏ một số văn bản", "Thực hiện các Nghị quyết sau:"
REPEALS_FIRST = pattern(lambda: rf"(?:(?:công\s+bố|nay|quyết\s+định)\s+)?{_repeal()}(?!\w)")
LISTED = pattern(lambda: rf"(?<!\w)(?:{_listed()})(?!\w)")
ACTS = pattern(lambda: rf"(?<!\w)(?:{types_folded('act', 'law', 'letter', 'paper')})(?!\w)")
# "Các Thông tư sau đây hết hiệu lực:"
LISTED_FIRST = pattern(lambda: rf"(?:(?:các|những|một\s+số|toàn\s+bộ|danh\s+mục)\s+)?(?:{_listed()})(?!\w)")
# "[Nghị định] quy định: “...", "Khoản 2 Điều 30 [Nghị định] quy định hội bị giải thể ..."
STATES = pattern(r"\s*(?:có\s+)?(?:quy\s+định|nêu|ghi)(?:\s+rõ)?(?!\w)\s*(?P<colon>:)?")
# "việc chuyển tiếp thực hiện theo [Nghị định]" in an item under `Bãi bỏ`
OWN_VERB = pattern(r"(?<!kèm)(?<!hành)\s(?:theo|trừ)\s|thực\s+hiện|áp\s+dụng|căn\s+cứ")
