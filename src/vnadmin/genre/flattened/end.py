"""Takes apart a line that holds several parts of a document's end: recipients, authority, post, mark and name (ô 7, 9b)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from vnadmin.genre.attachment_line import attachment_label
from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import Place, Role, mark_end, may_hold_label
from vnadmin.genre.person_name import NameLikeness, name_likeness, without_rank
from vnadmin.genre.post_and_authority import (
    authority_end,
    is_deputy,
    is_plain_post,
    is_post,
    is_unit,
    may_be_signature,
    opens_with_post_or_act,
    signs_and_posts,
)
from vnadmin.genre.signs import line_signs
from vnadmin.text.fold import CAPITALS, bare, fold
from vnadmin.text.pattern import pattern

LONGEST = 3000  # characters of a line that may hold all recipients
# Where an item of the recipients begins inside a line: "- Như trên; - Sở Xây dựng", "- Như trên;- Sở Xây dựng"
_ITEM = pattern(r"[;.,:)](?P<item>\s*+[-–+•]\s*+)(?=[^\W\d_])")
# "- Quốc hội; Nguyễn Văn An", "- Quốc hội; Nguyễn Văn An - Văn phòng Quốc hội;"
_NAME_AMONG = pattern(
    r"(?P<item>[^;]{3,200}+;)\s++(?P<name>\p{Lu}\p{Ll}*+(?: \p{Lu}\p{Ll}*+){1,4})(?=\s*+$|\s++[-–]\s)"
)
# "Nơi nhận: - Như trên;", "Nơi nhận KT. CHỦ TỊCH", "... thông báo./. Nơi nhận:"; not "Nơi nhận được trình bày tại ô số 9"
_LABEL = pattern(r"(?<!\p{Ll} )(?<![\w\"“])(?:Nơi nhận|NƠI NHẬN)\s*+(?:[:;.]|$|(?=[-–+•] ?\S)|(?=\p{Lu}{2}))")
# A bracket, or a word of which its first letters may be capitals (`SắC`): nearly no item of a list has one
_MAY_HOLD_RIGHT = pattern(rf"[(\[]|(?<!\S)[{CAPITALS}](?![a-z])(?:[^\w]|[{CAPITALS}\d]|\w[{CAPITALS}]|$)")
_WORD = pattern(r"\S++")
# "- - Văn phòng Tổng Bí thư;": a converter's before the printed one
_DOUBLE_BULLET = pattern(r"\s*+[-–+•]\s++(?=[-–+•]\s)|\s*+")
# Where a signature may hang on an item: "- Lưu: VT.HIỆU TRƯỞNG", "- Sở Nội vụ;(Đã ký)"; a sign hangs on its post: "KT.GIÁM ĐỐC"
_SEAM = pattern(r"(?<=[\p{L}\d) ]{2}[.;,:)/])(?<!(?<!\p{L})(?:K\.?T|T\.?M|T\.?L|T?\.?U\.?Q|P|Q)[./])(?=[\p{Lu}(])")
# A body whose name holds a post: "TM. ĐOÀN" "CHỦ TỊCH", "TM. BAN" "BÍ THƯ TRUNG ƯƠNG ĐOÀN"
_OPEN_BODY = pattern(r"\bt/?m[./]? ?(?:doan|ban)$")
_FOR = pattern(r"KT\. ?")
_LABEL_REACH = 60  # characters of an attachment's label
_AHEAD = 400  # characters behind a word that tell whether a name or another post follows
_LOUD = 2000  # characters of a text that is set in capitals alone
_NAME_WORDS = 6
_BRACKETS = frozenset("([")
_MARK, _MARK_OPENS = 160, frozenset("*_([/dDđĐÐ")  # "(Đã ký)": letters at most, and with what one opens


class EndPiece(NamedTuple):
    """A part of the end: its place in the line that was asked about, its words, and in which column it stands.

    `whole` says that it is all of its line. Its words have the blanks that were lost on the line.
    """

    start: int
    end: int
    text: str
    right: bool
    whole: bool

    @property
    def kind(self) -> Role:
        """Label, item, filing entry, authority, post, mark or name; `OTHER` and the like for what belongs to no end."""
        return line_signs(self.text).role


@lru_cache(maxsize=256)  # each step of the layout asks about the same lines
def cut_end(text: str) -> tuple[EndPiece, ...]:
    """The parts of the end on one line, in their order; one for a line that is one part, or too long to hold only an end."""
    if len(text) > LONGEST:
        whole = _trimmed(text, 0, len(text))
        return (EndPiece(whole.start, whole.end, text[whole.start : whole.end], False, True),)
    opening = _DOUBLE_BULLET.match(text)
    offset = opening.end() if opening else 0
    words, seams = _unglued(text[offset:].rstrip())
    parts: list[tuple[Place, bool]] = []
    position = 0
    while position < len(words):
        right = _next_right(words, position)
        start = right[0].start if right else len(words)
        parts += [own for item in _left_parts(words, position, start) for own in _without_name(words, item)]
        parts += [(part, True) for part in right]
        position = right[-1].end if right else len(words)
    return tuple(
        [
            EndPiece(
                offset + part.start - sum(at < part.start for at in seams),
                offset + part.end - sum(at < part.end for at in seams),
                words[part.start : part.end],
                is_right,
                len(parts) == 1,
            )
            for part, is_right in parts
        ]
    )


def _unglued(text: str) -> tuple[str, list[int]]:
    """The text with a blank before each part of a signature that hangs on what stands before it, and where those blanks are."""
    found = [seam.start() for seam in _SEAM.finditer(text)]
    seams: list[int] = []
    for at in reversed(found):
        part = _right_parts(text, at, named=False)
        if part and not _runs_on(text, part[-1].end):
            text = f"{text[:at]} {text[at:]}"
            seams = [at, *(seam + 1 for seam in seams)]
    return text, seams


def _trimmed(text: str, start: int, end: int) -> Place:
    """A slice without the blanks around it."""
    part = text[start:end]
    return Place(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))


def may_hold_parts(text: str) -> bool:
    """Whether a line may hold several parts of the end: it opens with capitals or a bracket, or has the label in it."""
    head = text.lstrip()[:2]
    return ((head[:1].isupper() or head[:1] in _BRACKETS) and not head[1:].islower()) or may_hold_label(text)


def may_open_right(text: str) -> bool:
    """Whether a line may open with a part of a signature, a mark, an authority or a post: `cut_end` says if it does."""
    if not _may_open(text.split(maxsplit=1)[0]):
        return False
    return text[0] in _MARK_OPENS or may_be_signature(text, bare(text))


def _without_name(text: str, item: Place) -> list[tuple[Place, bool]]:
    """`- TTgCP, các PTTg; Nguyễn Văn An`: an item that has ended, and a name from the other column."""
    among = _NAME_AMONG.match(text, item.start, item.end) if ";" in text[item.start : item.end - 1] else None
    if not among or name_likeness(among["name"]) is not NameLikeness.FULL:
        return [(item, False)]
    after = _trimmed(text, among.end(), item.end)
    rest = [(after, False)] if after.start < after.end else []
    return [(Place(*among.span("item")), False), (Place(*among.span("name")), True), *rest]


def _next_right(text: str, position: int) -> list[Place]:
    """The parts of the next signature in a line: marks, capitals, names; none where no signature follows."""
    if not position and not _MAY_HOLD_RIGHT.search(text):
        return []
    for word in _WORD.finditer(text, position):
        parts: list[Place] = []
        end = word.start()
        while (parts or _may_open(word[0])) and (more := _right_parts(text, end, bool(parts))):
            parts += more
            end = parts[-1].end
        if parts:
            head = _trimmed(text, position, word.start())
            start = word.start() + _filed(text[head.start : head.end], [text[a:b] for a, b in parts])
            head = _trimmed(text, position, start)
            begun = _is_begun(text[head.start : head.end], text[start : parts[0].end])
            parts[0] = Place(head.start if begun else start, parts[0].end)
            return parts
    return []


def _filed(head: str, parts: Sequence[str]) -> int:
    """Letters of `KT. ` in `- Lưu: VT, KT. GIÁM ĐỐC Trần Văn An`: an office that files, for who signs so has a post of his own.

    Without the name on the same line that post may stand on the next one.
    """
    sign = _FOR.match(parts[0])
    if sign is None or not head.endswith(",") or "luu" not in bare(head):
        return 0
    posts, named = parts[1:], name_likeness(parts[-1]) is NameLikeness.FULL
    return int(sign.end()) if named and not any(is_deputy(bare(post)) for post in posts) else 0


def _is_begun(head: str, part: str) -> bool:
    """Whether words in capitals are the first of a post: `KHOA ĐỘI TRƯỞNG`; `TRƯỜNG TIỂU HỌC A HIỆU TRƯỞNG` is a unit and its post."""
    if not head[:1].isupper() or head.endswith((";", ",", ".", ":", ")", "-", "–")) or not in_capitals(head):
        return False
    return not authority_end(part, bare(part)) and not (" " in head and is_unit(head, fold(head)))


def _may_open(word: str) -> bool:
    """A word in capitals or the bracket of a mark: nearly no word of prose."""
    if word[0].isupper():
        return not "a" <= word[1:2] <= "z" and in_capitals(word.rstrip(".,/"))
    return word[0] in _BRACKETS


def _right_parts(text: str, start: int, named: bool) -> list[Place]:
    """What of a signature begins here or after blanks: a mark, posts; a name is one only where another part stands before it."""
    while text[start : start + 1].isspace():
        start += 1
    if start == len(text):
        return []
    end = start + (mark_end(bare(text[start : start + _MARK])) if text[start : start + 1] in _MARK_OPENS else 0)
    if end > start:
        return [_trimmed(text, start, end)]
    if named and (name := _name(text[start : start + _AHEAD])):
        return [Place(start, start + len(name))]
    end = _capitals_end(text, start)
    head = text[start:end].strip()
    if " " not in head and "." not in head:  # two words of a post at least
        return []
    if bullet_end(text[max(start - 2, 0) : start + 1]) and _runs_on(text, end):
        return []
    plain = bare(head)
    if not _is_sign(text[:start], head, plain) and not is_post(head, plain):
        return []
    cuts = [start + at for at in inner_posts(plain)]  # `KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC` as the two lines that it was
    return [_trimmed(text, a, b) for a, b in zip([start, *cuts], [*cuts, end], strict=True)]


def _is_sign(before: str, head: str, plain: str) -> bool:
    """`KT. CHỦ TỊCH`; without its stop, behind words, only over a post: `- Sở Nội vụ TM CHỦ TỊCH`, not `- Cục KT VB và QLVP`."""
    end = authority_end(head, plain)
    if not end or not head[:end].rstrip().isalpha() or not before[-2:].strip().isalpha():
        return end > 0
    return opens_with_post_or_act(plain, end, len(plain))


def _capitals_end(text: str, start: int, *, over_dashes: bool = True) -> int:
    """Where a run of words in capitals ends, at the first dash or behind those that it goes on over."""
    end = start
    loud = text[start : start + _LOUD].isupper()  # and holds no name, which is set in small letters
    for word in _WORD.finditer(text, start):
        letters = word[0].strip(".,/&()-–")
        if any(map(str.islower, letters)) or word[0][0] in "([" or (not letters and word[0] not in ("&", "-", "–")):
            break
        ahead = text[word.start() : word.start() + _AHEAD]
        if not loud and end > start and without_rank(ahead) and _name(ahead):
            break  # "GIÁM ĐỐC BSCKII. Trần Quốc Khánh"
        if not letters and not (
            over_dashes and _goes_on_behind_dash(text[start:end], text[word.end() : word.end() + _AHEAD].lstrip())
        ):
            break
        end = word.end()
    return end


def _goes_on_behind_dash(head: str, rest: str) -> bool:
    """`BỘ LAO ĐỘNG - THƯƠNG BINH`, `PHÓ CHỈ HUY TRƯỞNG - THAM MƯU TRƯỞNG`; behind another post stands an item: `PHÓ CHỦ TỊCH - UBND ...`."""
    if not _is_capital_word(rest):
        return False
    if not _is_signers_post(head):
        return True
    end = _capitals_end(
        rest, 0, over_dashes=False
    )  # one look a dash: looks within looks took twice the time a dash more
    post = rest[:end].strip()
    return is_post(post, bare(post)) and not _runs_on(rest, end)


def _runs_on(text: str, end: int) -> bool:
    """`- CHỦ TỊCH UBND các xã;`: behind its capitals an item goes on in small letters."""
    return text[end : end + 2].lstrip()[:1].islower()


def _is_signers_post(text: str) -> bool:
    """`PHÓ CHỦ TỊCH`, `KT.CHỦ TỊCH`: no name of a body, which might go on behind a dash."""
    return is_plain_post(bare(text[authority_end(text, bare(text)) :]).strip())


def _is_capital_word(rest: str) -> bool:
    """Whether the next word is in capitals: "BỘ LAO ĐỘNG - THƯƠNG BINH" goes on, "PHÓ CHỦ TỊCH - Văn phòng" does not."""
    word = rest.split(maxsplit=1)[0] if rest.strip() else ""
    return in_capitals(word) and len(word) > 1


def inner_posts(plain: str) -> list[int]:
    """Where further authorities and posts begin inside a line that opens with one."""
    return [start for start in signs_and_posts(plain) if start > 0 and not _OPEN_BODY.search(plain[:start].rstrip())]


def _name(text: str) -> str:
    """The longest name that opens a text, its rank before it; empty where none does."""
    words = list(islice(_WORD.finditer(text), _NAME_WORDS + 3))
    for number, word in enumerate(words[2:], 2):
        if attachment_label(line_signs(text[word.start() : word.start() + _LABEL_REACH])):
            del words[number:]  # "Nguyễn Văn Tùng Phụ lục DANH MỤC ..."
            break
    for count in range(len(words), 1, -1):
        head = text[: words[count - 1].end()]
        if name_likeness(head) is NameLikeness.FULL and len(head[without_rank(head) :].split()) <= _NAME_WORDS:
            return head
    return ""


def _left_parts(text: str, start: int, end: int) -> list[Place]:
    """The label and the items in a text between two signatures."""
    start, end = _trimmed(text, start, end)
    whole = text[start:end]
    parts: list[Place] = []
    label = _LABEL.search(whole) if may_hold_label(whole) else None
    if label:
        stop = start + max(line_signs(whole).label_end, label.end())
        while stop < end and text[stop] in " :;.":
            stop += 1
        parts += [_trimmed(text, start, start + label.start()), _trimmed(text, start + label.start(), stop)]
        start = _trimmed(text, stop, end).start
    for item in _ITEM.finditer(text, start, end):
        if item.start("item") > start:
            parts.append(_trimmed(text, start, item.start("item")))
            start = item.start("item")
    parts.append(_trimmed(text, start, end))
    return [part for part in parts if any(map(str.isalnum, text[part.start : part.end]))]


def holds_label(text: str) -> bool:
    """Whether a line holds the label of the recipients and more of the end beside it."""
    label = _LABEL.search(text) if may_hold_label(text) else None
    return label is not None and len(text) <= LONGEST and any(map(str.isalnum, text[label.end() :]))
