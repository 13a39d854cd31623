"""The rules that tell a relation, in the order in which they are asked: each a function of the words around a mention."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import regex

from vnadmin.citation.mention.mention import Relation
from vnadmin.citation.mention.words import trigger_words
from vnadmin.citation.relation import patterns
from vnadmin.citation.relation.patterns import HOLE
from vnadmin.citation.scope import Place


class Context(NamedTuple):
    """What a rule sees of a mention. All words are folded, earlier and later mentions in them are holes."""

    place: Place
    is_opening: bool  # stands in the opening passage of a letter or plan
    is_first: bool  # stands in its first sentence
    is_article: bool  # stands in `Điều 2.` itself, where the document acts
    opening: str  # the first words of the paragraph
    left: str  # the sentence up to the mention and its pinpoint
    clause: str  # `left` from where the main clause opens: what governed the words before ends there
    link: str  # from the pinpoint to the mention
    right: str  # the rest of the sentence; of the body alone, whose rules ask for it
    kind: str  # the type of the instrument
    is_inner: bool = False  # in the title or the history of another instrument
    governor: Relation | None = None  # what the headings and introductions over the paragraph do


Rule = Callable[[Context], str | None]


def relation_of(context: Context) -> Relation:
    """The relation that the first rule which answers gives."""
    for rule in (INNER,) if context.is_inner else RULES[context.place]:
        answer = rule(context)
        if answer:
            return Relation(answer, f"relation.{rule.__name__.replace('_', '-')}")
    return Relation("cites", "relation.default")


def _found(kind: str, pattern: regex.Pattern[str], words: str) -> regex.Match[str] | None:
    """What `pattern.search` gives; the words of `triggers(kind)`, one of which it needs, are looked for first."""
    return pattern.search(words) if _holds(kind, words) else None


def _holds(kind: str, words: str) -> bool:
    return any(map(words.__contains__, trigger_words(kind)))


def _is_own(before: str) -> bool:
    """Whether the words before a verb let the document itself do it, and do not speak of an act that another makes."""
    return not _found("draft", patterns.DRAFT, before)


def _is_excepted(tail: str) -> bool:
    """Whether the words between a verb and a mention make the mention only what is followed: `bãi bỏ phí theo [Luật]`."""
    near = next((part for part in reversed(tail.split(HOLE)) if part.strip(" ,;") not in _AND), "")
    return patterns.EXCEPTION.search(near) is not None and patterns.PART_OF_ACT.match(near) is None


_AND: Final = ("", "và", "hoặc", "các", "và các")


def inner(context: Context) -> str | None:
    """A mention in the title or history of another instrument: `basis` in a line of grounds, else but cited."""
    preamble = context.place is Place.PREAMBLE
    first = patterns.BASIS_FIRST if preamble else patterns.BASIS
    grounds = (preamble or context.is_opening) and bool(first.match(context.opening))
    if preamble and not patterns.IMPLEMENT_FIRST.match(context.opening):
        grounds = grounds or not patterns.ENACTS.search(context.left)
    return "basis" if grounds and "đề nghị" not in context.left else "cites"


def title_amends(context: Context) -> str | None:
    """`Sửa đổi, bổ sung một số điều của [Nghị định]` as the document's own title."""
    match = _found("amend", patterns.AMENDS_ANYWHERE, context.left)
    if match is None or _is_excepted(match[0]):
        return None
    return "amends" if _is_own(context.left[: match.start()]) else None


def title_repeals(context: Context) -> str | None:
    """`Bãi bỏ [Quyết định]` as the document's own title."""
    match = _found("repeal", patterns.REPEALS, context.left)
    return "repeals" if match and _is_own(context.left[: match.start()]) else None


def title_replies(context: Context) -> str | None:
    """`V/v trả lời [Công văn]`."""
    return "replies_to" if _found("reply", patterns.REPLY, context.left) else None


def title_implements(context: Context) -> str | None:
    """`Triển khai thực hiện [Nghị quyết]`, `Quy định chi tiết một số điều của [Luật]`."""
    match = patterns.IMPLEMENT_TITLE.search(context.left)
    return "implements" if match and _is_own(context.left[: match.start()]) else None


def enacts_amending(context: Context) -> str | None:
    """`Bộ trưởng Bộ Y tế ban hành Thông tư sửa đổi, bổ sung một số điều của [Thông tư]`."""
    return "amends" if _found("amend", patterns.ENACTS_AMENDING, context.left) else None


def enacts_repealing(context: Context) -> str | None:
    """`Chính phủ ban hành Nghị định bãi bỏ [Nghị định]`."""
    return "repeals" if patterns.ENACTS_REPEALING.search(context.left) else None


def proposes(context: Context) -> str | None:
    """`Theo đề nghị của Giám đốc Sở Y tế tại [Tờ trình]`; an opinion or a report of appraisal in the same line is grounds."""
    if context.kind.startswith(("báo cáo thẩm", "báo cáo kết quả thẩm")):
        return None
    if not _holds("proposal", context.left):
        return None
    at = 0
    while match := patterns.PROPOSAL.search(context.left, at):
        at = match.start() + 1  # one may stand within another: "đề nghị của A và đề nghị của B tại [Tờ trình]"
        between = context.left[match.end() :].split(HOLE)
        if all(patterns.PROPOSAL_GAP.fullmatch(words) for words in between):
            return None if any(map(patterns.OPINION.search, between)) else "proposal"
    return None


def carries_out_first(context: Context) -> str | None:
    """A line of the preamble that opens with `Thực hiện [Kế hoạch]`, or a note in it: `(thực hiện [Quyết định])`."""
    first = patterns.IMPLEMENT_FIRST.match(context.opening) or patterns.IMPLEMENT_NOTE.search(context.left)
    return "implements" if first else None


def grounds(context: Context) -> str | None:
    """Every other line of the preamble."""
    return "basis"


def new_wording(context: Context) -> str | None:
    """What stands after `như sau:` is the new wording of another act, not what the document does."""
    quoted = list(patterns.AS_FOLLOWS.finditer(context.left))
    if not quoted:
        return None
    words = context.left[quoted[-1].end() :].lstrip()
    return "implements" if _carries_out(context, words) else issued_with(context) or "cites"


def amends(context: Context) -> str | None:
    """`Điều 1. Sửa đổi khoản 2 Điều 5 [Nghị định] như sau:`, `Quyết định này sửa đổi, bổ sung [Quyết định]`."""
    first, itself = patterns.AMENDS_FIRST.match(context.left), _found("amend", patterns.ITSELF_AMENDS, context.left)
    does = first or (itself if itself and _is_own(context.left[: itself.start()]) else None)
    if does and not _is_excepted(context.left[does.end() :]):
        return "amends"
    amending = enacts_amending(context)
    return amending if amending and _is_own(context.left) else None


def repeals(context: Context) -> str | None:
    """`Bãi bỏ Điều 5 [Nghị định]`, `Quyết định này có hiệu lực từ ngày ký và thay thế [Quyết định]`."""
    match = _found("repeal", patterns.REPEALS, context.left)
    before = context.left[: match.start()] if match else ""
    if match is None or not _is_own(before):
        return None
    opens = not before.strip(' -"“') or (context.is_article and before.rstrip().endswith(";"))
    itself = opens or patterns.ITSELF.search(before) or patterns.ENACTS_CHANGE.search(before)
    return "repeals" if itself and not _is_excepted(match["tail"]) else None


def is_repealed(context: Context) -> str | None:
    """`[Nghị định] hết hiệu lực kể từ ngày Nghị định này có hiệu lực`."""
    if not (_holds("repealed", context.right) or "được thay thế" in context.right):  # nearly every mention
        return None
    return "repeals" if patterns.REPEALED.match(context.right) and not patterns.UNTIL.search(context.left) else None


def follows_on(context: Context) -> str | None:
    """`Tiếp theo [Công văn], Ủy ban nhân dân tỉnh bổ sung ...`: an earlier letter of its own series."""
    return "cites" if _found("follows_on", patterns.FOLLOWS_ON, context.left) else None


def opens_with_grounds(context: Context) -> str | None:
    """`Căn cứ [Nghị định], Sở Y tế ...`, `Qua xem xét [Tờ trình]`, `ý kiến của Sở Y tế tại [Công văn]` in the opening."""
    if not context.is_opening:
        return None
    if patterns.BASIS.search(context.clause):
        return None if _found("asks", patterns.OTHERS_GROUNDS, context.clause) else "basis"
    if _found("implement", patterns.IMPLEMENT, context.clause):
        return None
    first = context.is_first and context.clause == context.left and patterns.OPENING_FIRST.match(context.left)
    return "basis" if first or patterns.OPINION_AT.search(context.left) else None


def replies(context: Context) -> str | None:
    """`Trả lời [Công văn]`, `Sở Y tế nhận được [Công văn]`."""
    reply = _found("reply", patterns.REPLY, context.clause)
    near = reply and len(reply["tail"].replace(HOLE, "")) < 60 and (context.is_opening or reply.start() == 0)
    return "replies_to" if near else None


def as_governed(context: Context) -> str | None:
    """What a heading or an introduction says of its items: `Bãi bỏ các văn bản sau đây:`, `Thực hiện các văn bản sau:`."""
    governor = context.governor
    if governor is None or governor.name in ("cites", "basis"):
        return None  # lines of grounds are read as those of a preamble
    if governor.name == "proposal" and patterns.WHO_AT.fullmatch(context.left):
        return governor.name
    if governor.name in ("repeals", "amends"):
        return None if patterns.OWN_VERB.search(context.left) else governor.name
    return None if context.left.replace(HOLE, "").strip(' ,;-"“') else governor.name


def carries_out(context: Context) -> str | None:
    """`Thực hiện nghiêm [Chỉ thị]`; `thực hiện theo [Thông tư]` follows a rule and carries nothing out."""
    return "implements" if _carries_out(context, context.clause) else None


def issued_with(context: Context) -> str | None:
    """`Quy chế ban hành kèm theo [Quyết định]`, `Phụ lục I kèm theo [Nghị định]`."""
    if context.link and patterns.ISSUED_WITH_LINK.search(context.link):
        return "issued_with"
    ends = context.left.removesuffix("các ").endswith(("theo ", "kèm ", "hành tại "))
    return "issued_with" if ends and patterns.ISSUED_WITH.search(context.left) else None


def _carries_out(context: Context, clause: str) -> bool:
    matches = list(patterns.IMPLEMENT.finditer(clause)) if _found("implement", patterns.IMPLEMENT, clause) else []
    if not matches:
        return bool(patterns.GUIDES_FIRST.match(clause))
    tail = clause[matches[-1].end() :]
    if patterns.OTHER_VERB.search(tail) or tail.lstrip().startswith(("tại ", "bởi ")):
        return False
    if patterns.PASSED_OVER.search(tail) or patterns.OWN_ACT_AT.match(tail) or patterns.DRAFT_FIRST.match(clause):
        return False
    if patterns.ACCORDING.search(tail):
        if " theo " not in tail and patterns.STRICTLY.match(tail):
            return True
        # "Thực hiện quy định tại Điều 22 [Luật]" carries it out, "thực hiện theo [Luật]" follows it
        ordered = bool(patterns.CARRIED_OUT.match(context.kind) or " theo " not in tail) and len(tail) < 110
        before = clause[: matches[-1].start()].strip()
        leads = not before or before.endswith((",", ";", "và"))
        return context.is_first and ordered and leads and bool(patterns.IMPLEMENT_FIRST.match(matches[-1][0]))
    return True


INNER: Final[Rule] = inner
RULES: Final[dict[Place, tuple[Rule, ...]]] = {
    Place.TITLE: (title_amends, title_repeals, title_replies, title_implements),
    Place.PREAMBLE: (enacts_amending, enacts_repealing, proposes, follows_on, carries_out_first, grounds),
    Place.BODY: (
        new_wording, proposes, amends, repeals, is_repealed, follows_on, opens_with_grounds, replies, as_governed,
        carries_out, issued_with,
    ),
}  # fmt: skip
