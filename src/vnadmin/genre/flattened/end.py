"""Takes apart a line that holds several parts of a document's end: recipients, authority, post, mark and name (ô 7, 9b)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from vnadmin.genre.attachment_line import attachment_label
from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import mark_end, may_hold_label
from vnadmin.genre.person_name import NameLikeness, name_likeness, without_rank
from vnadmin.genre.post_and_authority import (
    authority_end,
    is_deputy,
    is_plain_post,
    is_post,
    is_unit,
    may_be_signature,
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
_DOUBLE_BULLET = pattern(r"^[-–+•]\s++(?=[-–+•]\s)")
# Where a signature may hang on an item: "- Lưu: VT.HIỆU TRƯỞNG", "- Sở Nội vụ;(Đã ký)"; a sign hangs on its post: "KT.GIÁM ĐỐC"
_SEAM = pattern(r"(?<=[\p{L}\d) ]{2}[.;,:)/])(?<!(?<!\p{L})(?:K\.?T|T\.?M|T\.?L|T?\.?U\.?Q|P|Q)[./])(?=[\p{Lu}(])")
# A body whose name holds a post: "TM. ĐOÀN" "CHỦ TỊCH", "TM. BAN" "BÍ THƯ TRUNG ƯƠNG ĐOÀN"
_OPEN_BODY = pattern(r"\bt/?m[./]? ?(?:doan|ban)$")
_FOR = pattern(r"KT\. ?")
_LABEL_REACH = 60  # characters of an attachment's label
_NAME_WORDS = 6
_BRACKETS = frozenset("([")
_MARK, _MARK_OPENS = 160, frozenset("*_([/dDđĐÐ")  # "(Đã ký)": letters at most, and with what one opens


class EndPiece(NamedTuple):
    """A part of the end, and in which column it stands; `whole` says that it is all of its line."""

    text: str
    right: bool
    whole: bool


@lru_cache(maxsize=256)  # each step of the layout asks about the same lines
def end_pieces(text: str) -> tuple[EndPiece, ...]:
    """The parts of the end on one line, in their order; one for a line that is one part."""
    text = _unglued(_DOUBLE_BULLET.sub("", text.strip()))
    pieces: list[tuple[str, bool]] = []
    position = 0
    while position < len(text):
        start, end, right = _next_right(text, position)
        pieces += [(item, False) for item in _left_pieces(text[position:start])]
        pieces += [(part, True) for part in right]
        position = end
    pieces = [own for piece in pieces for own in _without_name(*piece)]
    return tuple([EndPiece(part, right, len(pieces) == 1) for part, right in pieces])


def _unglued(text: str) -> str:
    """The text with a blank before each part of a signature that hangs on what stands before it."""
    seams = [seam.start() for seam in _SEAM.finditer(text)] if len(text) <= LONGEST else []
    for at in reversed(seams):
        part = _right_part(text, at, named=False)
        if part and not _runs_on(text, part.end):
            text = f"{text[:at]} {text[at:]}"
    return text


def may_hold_parts(text: str) -> bool:
    """Whether a line may hold several parts of the end: it opens with capitals or a bracket, or has the label in it."""
    head = text.lstrip()[:2]
    return ((head[:1].isupper() or head[:1] in _BRACKETS) and not head[1:].islower()) or may_hold_label(text)


def may_open_right(text: str) -> bool:
    """Whether a line may open with a part of a signature, a mark, an authority or a post: `end_pieces` says if it does."""
    if not _may_open(text.split(maxsplit=1)[0]):
        return False
    return text[0] in _MARK_OPENS or may_be_signature(text, bare(text))


def _without_name(text: str, right: bool) -> list[tuple[str, bool]]:
    """`- TTgCP, các PTTg; Nguyễn Văn An`: an item that has ended, and a name from the other column."""
    among = None if right or ";" not in text[:-1] else _NAME_AMONG.match(text)
    if not among or name_likeness(among["name"]) is not NameLikeness.FULL:
        return [(text, right)]
    after = text[among.end() :].strip()
    return [(among["item"], False), (among["name"], True), *([(after, False)] if after else [])]


def _next_right(text: str, position: int) -> tuple[int, int, list[str]]:
    """Where the next signature begins and ends in a line, and its parts: marks, capitals, names."""
    if not position and not _MAY_HOLD_RIGHT.search(text):
        return len(text), len(text), []
    for word in _WORD.finditer(text, position):
        start = end = word.start()
        parts: list[str] = []
        while (parts or _may_open(word[0])) and (part := _right_part(text, end, bool(parts))):
            end = part.end
            parts += part.texts
        if parts:
            filed = _filed(text[position:start], parts)
            start, parts[0] = start + filed, parts[0][filed:]
            if _is_begun(text[position:start].strip(), parts[0]):
                start, parts[0] = position, f"{text[position:start].strip()} {parts[0]}"
            return start, end, parts
    return len(text), len(text), []


def _filed(head: str, parts: Sequence[str]) -> int:
    """Letters of `KT. ` in `- Lưu: VT, KT. GIÁM ĐỐC Trần Văn An`: an office that files, for who signs so has a post of his own.

    Without the name on the same line that post may stand on the next one.
    """
    sign = _FOR.match(parts[0])
    if sign is None or not head.rstrip().endswith(",") or "luu" not in bare(head):
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


class _Part(NamedTuple):
    """Where a part of a signature ends on its line, and the lines that it was."""

    end: int
    texts: list[str]


def _right_part(text: str, start: int, named: bool) -> _Part | None:
    """The part of a signature that begins here or after blanks; a name is one only where another part stands before it."""
    while text[start : start + 1].isspace():
        start += 1
    if start == len(text):
        return None
    end = start + (mark_end(bare(text[start : start + _MARK])) if text[start : start + 1] in _MARK_OPENS else 0)
    if end > start:
        return _Part(end, [text[start:end].strip()])
    if named and (name := _name(text[start:])):
        return _Part(start + len(name), [name])
    end = _capitals_end(text, start)
    head = text[start:end].strip()
    if " " not in head and "." not in head:  # two words of a post at least
        return None
    if bullet_end(text[max(start - 2, 0) : start + 1]) and _runs_on(text, end):
        return None
    plain = bare(head)
    return _Part(end, _split_posts(head)) if authority_end(head, plain) or is_post(head, plain) else None


def _capitals_end(text: str, start: int) -> int:
    """Where a run of words in capitals ends."""
    end = start
    loud = text.isupper()  # and holds no name, which is set in small letters
    for word in _WORD.finditer(text, start):
        letters = word[0].strip(".,/&()-–")
        if any(map(str.islower, letters)) or word[0][0] in "([" or (not letters and word[0] not in ("&", "-", "–")):
            break
        if not loud and end > start and without_rank(text[word.start() :]) and _name(text[word.start() :]):
            break  # "GIÁM ĐỐC BSCKII. Trần Quốc Khánh"
        if not letters and not _goes_on_behind_dash(text[start:end], text[word.end() :].lstrip()):
            break
        end = word.end()
    return end


def _goes_on_behind_dash(head: str, rest: str) -> bool:
    """`BỘ LAO ĐỘNG - THƯƠNG BINH`, `PHÓ CHỈ HUY TRƯỞNG - THAM MƯU TRƯỞNG`; behind another post stands an item: `PHÓ CHỦ TỊCH - UBND ...`."""
    if not _is_capital_word(rest):
        return False
    if not _is_signers_post(head):
        return True
    end = _capitals_end(rest, 0)
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


def _split_posts(text: str) -> list[str]:
    """`KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC` as the two lines that it was."""
    cuts = inner_posts(bare(text))
    return [text[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


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


def _left_pieces(text: str) -> list[str]:
    """The label and the items in a text between two signatures."""
    text = text.strip()
    if not text:
        return []
    pieces: list[str] = []
    label = _LABEL.search(text) if may_hold_label(text) else None
    if label:
        end = max(line_signs(text).label_end, label.end())
        while end < len(text) and text[end] in " :;.":
            end += 1
        pieces += [text[: label.start()].strip(), text[label.start() : end].strip()]
        text = text[end:].strip()
    start = 0
    for item in _ITEM.finditer(text):
        if item.start("item") > start:
            pieces.append(text[start : item.start("item")].strip())
            start = item.start("item")
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if any(map(str.isalnum, piece))]


def holds_label(text: str) -> bool:
    """Whether a line holds the label of the recipients and more of the end beside it."""
    label = _LABEL.search(text) if may_hold_label(text) else None
    return label is not None and len(text) <= LONGEST and any(map(str.isalnum, text[label.end() :]))


def is_label(text: str) -> bool:
    """Whether a part is the label of the recipients."""
    return _LABEL.match(text) is not None
