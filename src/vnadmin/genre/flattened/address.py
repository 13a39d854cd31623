"""Parts the addressees of a joined text from one another and from the body that follows them on their line."""

from __future__ import annotations

from itertools import pairwise

from vnadmin.gazetteer import words_where
from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.header_line import starts_with
from vnadmin.genre.landmarks import address_label_end
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

_REACH = 600  # characters in which a body begins
_SHORTEST_BODY = 40
_HEAD = 80  # characters that tell what opens there
_OPENS_WITHOUT_COLON = frozenset("KКĐÐƉ")  # first letters of "Kính gửi", "Đồng kính gửi"; the other labels have a colon
_LABEL_ENDS = frozenset("iInN")  # the last letters of the others: "Gửi", "THỦ TƯỚNG CHÍNH PHỦ điện"
_BEFORE_VERB = 80  # characters of the name of who writes
# "- Các chi bộ trực thuộc, Thực hiện Kế hoạch ..." as the Party prints its lists
# "... trực thuộc Sở GDĐT. Nhằm thiết thực ...", not "TP. Hồ Chí Minh", "Th.S. Trần"
_STOP = pattern(r"(?<=[\p{Ll}\p{Lu})]{2})(?<!\b(?:TP|Tp|TX|TT|Q|P|H|Đ/c))[.;,] ++(?=\p{Lu}\p{Ll}*+ )")
_DAY = pattern(r"(?<=\w) ++(?=Ngày \d)")  # "Chủ tịch UBND tỉnh Ngày 12/8/2024, Sở nhận được ..."
_DASH = pattern(r"(?<=\w) ++[-–] ++(?=\p{Lu})")
# "Đồng kính gửi: - Ban Tuyên giáo Trung ương"
_LABEL = pattern(r"(?<=[.;]) ++(?=Đồng [kK]ính [gG]ửi)")


# "Bộ Xây dựng nhận được ...", "Ủy ban nhân dân tỉnh đề nghị ...", behind the last addressee's name
_WRITER = pattern(lambda: rf"(?<=\w[.]? )(?:{_listed('head')})(?!\w)")
_VERB = pattern(lambda: rf"(?<!\w)(?:{_listed('sentence')})(?!\w)")


def _listed(kind: str) -> str:
    return alternation(map(fold, words_where("header_words", "kind", kind)))


def is_address(text: str) -> bool:
    """Whether a line opens with the label of addressees."""
    head = text[:_HEAD]
    if not head[:1].isupper():
        return False
    label, colon, _ = head.partition(":")
    if head[0] not in _OPENS_WITHOUT_COLON and not (colon and label.rstrip()[-1:] in _LABEL_ENDS):
        return False  # nearly every line
    return address_label_end(fold(head)) > 0


def runs_into_body(text: str) -> bool:
    """Whether the body's first sentence goes on behind the addressee: `Kính gửi: Sở Y tế. Thực hiện Kế hoạch số 12 ...`."""
    body = text[body_start(text) :]
    return bool(body) and starts_with(fold(body[:_HEAD]), "opener")


def addressees(text: str) -> list[str]:
    """The lines of a block of addressees that came as one, its label first, and the body behind them."""
    at = body_start(text)
    block, body = text[:at].rstrip(), text[at:]
    cuts = [0, *(match.end() for match in _LABEL.finditer(block)), len(block)]
    lines = [block[start:end].strip(" ") for start, end in pairwise(cuts)]
    bulleted = bullet_end(block[address_label_end(fold(block)) :]) > 0 and len(cuts) == 2 and ";" not in block
    if bulleted:  # "Kính gửi: - Thủ trưởng các đơn vị - Tổ trưởng các tổ"
        cuts = [0, *(match.start() + 1 for match in _DASH.finditer(block)), len(block)]
        lines = [block[start:end].strip() for start, end in pairwise(cuts)]
    return [*filter(None, lines), *([body] if body else [])]


def body_start(text: str) -> int:
    """Where the body begins on a line of addressees: after a stop, or with the writer's name before a verb; its length without one."""
    folded = fold(text[:_REACH])
    label = address_label_end(folded)
    for stop in _STOP.finditer(text, label, len(folded)):
        following = fold(text[stop.end() : stop.end() + _HEAD])
        if len(text) - stop.end() < _SHORTEST_BODY or address_label_end(following):
            continue
        if stop[0][0] == "." or starts_with(following, "opener"):  # "...; Theo thông tin từ cơ quan báo chí"
            return int(stop.end())
    if (day := _DAY.search(text, label, len(folded))) and len(text) - day.end() >= _SHORTEST_BODY:
        return int(day.end())
    verb = _VERB.search(folded, label)
    if verb is None:
        return len(text)
    start = 0
    for head in _WRITER.finditer(folded, label + 1, verb.start()):
        before = folded[label : head.start()].split()
        names = text[head.start()].isupper() and verb.start() - head.start() <= _BEFORE_VERB
        if names and before and before[-1] not in words_where("header_words", "kind", "before_name"):
            start = head.start()
    return start or len(text)
