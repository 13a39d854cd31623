"""Landmarks: the words by which a layout knows the header and the end of a document, before any zone is cut.

Patterns run on text as printed (NFC), because capitals are part of the evidence.
"""

from __future__ import annotations

import regex

from vnadmin.text.pattern import pattern

# "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in capitals (in prose it is "nước Cộng hòa ..."), also "CỘNG HOÀ", "CONG HOA";
# "ĐẢNG CỘNG SẢN VIỆT NAM" at the end of a line (NĐ 30/2020 PL I, ô 1; HD 36-HD/VPTW)
MOTTO = pattern(
    r"\bC[ỘÔO]NG\s+H(?:[ÒOÓÔ]A|O[ÀA])\s+X[ÃA]\s+H[ỘÔO]I\s+CH"
    r"|\b[ĐÐD][ẢA]NG\s+C[ỘÔO]NG\s+S[ẢA]N\s+VI[ỆÊE]T\s+NAM\s*$"
)
# The same in small letters, where a capital font was lost: "Bộ Tài chính      cộng hoà xã hội chủ nghĩa Việt nam".
# In prose one blank stands before it, so it counts at the start of a line or after a gap. "VIỆT NAM DÂN CHỦ CỘNG HÒA" (to 1976).
MOTTO_SMALL = pattern(
    r"(?:^\s*+|(?<=\S) {3,}+)(?P<motto>vi[ệê]t\s++nam\s++d[âa]n\s++ch[ủu]\s++c[ộô]ng\s++h(?:[òoó]a|o[àa])|c[ộô]ng\s++h(?:[òoó]a|o[àa])\s++x[ãa]\s++h[ộô]i\s++ch[ủu]\s++ngh(?:[ĩi]a|iã)"
    r"\s++vi[ệê]t\s++nam)\s*+$",
    regex.IGNORECASE,
)
# "Độc lập - Tự do - Hạnh phúc", "Độc Lập – Tự Do – Hạnh Phúc", "Ðộc lập", also without hyphens
LIBERTY = pattern(r"[đĐÐ][ộỘôÔ][cC]\s+[lL][ậẬâÂ][pP]\s*+(?:[-–—_.]\s*+)?[tT][ựỰưƯ]\s+[dD][oO]\b")
# "ngày 6 tháng 4 năm 2011", "ngày     tháng 9 năm 2021", "ngày … tháng …", "ngày 05/4/2012"
DATE = pattern(r"\b[nN]gày(?:[\s.…_\d/]{0,40}[tT]háng|\s{0,9}\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d)")
# The date line of a header to its end: "ngày 6 tháng 4 năm 2011", "ngày   tháng   năm 20..."
DATE_LINE = pattern(
    r"\b[nN]gày(?:[\s.…_\d/]{0,40}+[tT]háng[\s.…_\d/]{0,40}+(?:[nN]ăm[\s.…_\d/]{0,40}+)?+"
    r"|\s{0,9}+\d{1,2}\s?+[/.-]\s?+\d{1,2}\s?+[/.-]\s?+(?:19|20)\d\d)[\s.,;)*]*+$"
)
# "Số: 12/UBND-VX", "Số      /UBND-VX", "Luật số: 12/2020/QH14"
NUMBER = pattern(r"^\s*(?:[^\W\d]+ ){0,2}[sS][ốỐ]\s*+(?:[:.]\s*+)?[\d.…/_]")
# "V/v trả lời kiến nghị", "V/V:", "Về việc ..."
SUBJECT = pattern(r"^\s*+(?:\(\s*+)?(?:[vV]\s*/\s*[vV]\b|VV:|Về việc\b|VỀ VIỆC\b)")
ADDRESS = pattern(r"^\s*[kK][íÍ][nN][hH]\s+(?:[gG][ửỬ][iI]|[tT]r[ìÌ]nh|[cC]huyển)\b")  # "Kính gửi:", "KÍNH GỬI"
RECIPIENTS = pattern(r"^\s*[nN][ơƠ][iI]\s+[nN][hH][ậẬ][nN]\s*(?:[:;.]|$|(?= {3}|\p{Lu}))")  # "Nơi nhận:"
# Begins a signature: "TM. ỦY BAN NHÂN DÂN", "KT.CHỦ TỊCH", "T/M CHI BỘ", and positions in capitals
SIGNER = pattern(
    r"(?<![\w/])(?:(?:TM|KT|TL|TUQ|TN|Q)\s?[.](?=\s?\p{Lu})|[TK]/[MTL]\b|(?:PHÓ |QUYỀN |TỔNG |CHI |THAY MẶT |CÁC ){0,8}+"
    r"(?:CHỦ TỊCH|CHỦ NHIỆM|CHỦ TRÌ|CHỦ T[ỌO][AẠ]|GIÁM ĐỐC|BÍ THƯ|HIỆU TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TRƯỞNG"
    r"|THỦ TƯỚNG|CỤC TRƯỞNG|VIỆN TRƯỞNG|ĐỘI TRƯỞNG|VỤ TRƯỞNG|TRƯỞNG|CHÁNH|THƯ KÝ|ĐẠI DIỆN|NGƯỜI|XÁC NHẬN)\b)"
)
