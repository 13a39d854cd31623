"""The word lists of bodies (`data/body_words.tsv`), of what they do (`data/action_verbs.tsv`) and of links (`data/link_words.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from vnadmin.fields.directives.phrases import Phrases
from vnadmin.gazetteer import columns, rows, words_where
from vnadmin.text.fold import fold

# Punctuation that ends the name of a body, looked for together with the words that do
MARKS: Final = frozenset(":()")

# What somebody bears, in no order: "có trách nhiệm", "chịu nghĩa vụ"
DUTIES: Final = ("trách nhiệm", "nghĩa vụ", "nhiệm vụ")
DUTY: Final = rf"(?:{'|'.join(DUTIES)})"

PREDICATES: Final = frozenset({"modal", "verb"})  # kinds of word that are a predicate
_HELPERS: Final = frozenset({"quantifier", "clause", "plural", "thing", "committee", "no subject"})
# Kinds of word that do not end a name by themselves
_SILENT: Final = frozenset(
    {"partner", "opener", "strong", "decides", "invite", "link", "serial", "imperative", "agent"}
)
_ASIDE: Final = _SILENT | {"passive"}


def names_duty(folded: str, start: int, end: int) -> bool:
    """Whether one of these may stand in a stretch of text; hardly anywhere does."""
    return folded.find("trách nhiệm", start, end) >= 0 or folded.find(" vụ", start, end) >= 0


@cache
def link_words(kind: str) -> frozenset[str]:
    """Small words that tell how a name and a verb hang together."""
    return frozenset(map(fold, words_where("link_words", "kind", kind)))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Nouns that begin the name of a body, and verbs that end it, by kind."""

    quantifiers: Phrases  # các, những, đồng chí
    heads: frozenset[str]  # first words of all that may begin a name
    nouns: Phrases  # all nouns: after a quantifier each may begin a name
    alone: Phrases  # nouns that begin a name without one
    unless: dict[str, frozenset[str]]  # "bộ" not before "máy", "luật"
    capital: frozenset[str]  # bodies only when written with a capital: Thanh tra, Hội
    subject: frozenset[str]  # in small letters a subject only after a quantifier: cán bộ
    posts: frozenset[str]  # giám đốc, chủ tịch
    listed: frozenset[str]  # nouns that stand in lists of bodies
    known: frozenset[str]  # every noun
    committees: frozenset[str]  # ban, tổ, đoàn: named by a verb, Ban quản lý
    clause: frozenset[str]  # nouns that a clause may follow: cơ quan, đơn vị
    anybody: frozenset[str]  # persons and generic nouns: in the singular and small letters nobody in particular
    persons: frozenset[str]  # học sinh, giáo viên
    no_subject: Phrases  # hồ sơ, việc, trong: what opens a phrase that names nobody
    initials: tuple[str, ...]  # of nouns of several syllables: GV, TT, BQL
    no_bodies: frozenset[str]  # abbreviations of things: CNTT, PCCC
    plural: frozenset[str]  # các, những, and so a sentence and no clause
    stops: Phrases  # verbs and marks
    kinds: dict[str, frozenset[str]]  # what a verb may be: modal, verb, order, never, inner
    orders: Phrases
    partners: Phrases
    strong: Phrases  # có trách nhiệm
    openers: Phrases  # trong, căn cứ, khi
    agents: Phrases  # có trách nhiệm, chủ động: only somebody does this
    imperatives: Phrases  # thực hiện, để: may open a clause without a subject
    links: frozenset[str]  # về, của: a verb after one belongs to the name
    serial: frozenset[str]  # gửi, trình: a second verb of the same body
    invites: frozenset[str]  # mời: an order at the head of an item only
    decides: Phrases  # quy định, ban hành: what `do X ban hành` describes obliges nobody


@cache
def lexicon() -> Lexicon:
    """The lists, read once."""
    body: dict[str, set[str]] = {}
    unless: dict[str, frozenset[str]] = {}
    for row in rows("body_words"):
        word = fold(row["word"])
        body.setdefault(row["kind"], set()).add(word)
        if row["kind"] not in _HELPERS:
            body.setdefault(f"alone={row['alone']}", set()).add(word)
        if row["unless"]:
            unless[word] = frozenset(fold(part) for part in row["unless"].split(","))
    kinds: dict[str, set[str]] = {}
    verbs = columns("action_verbs")
    for verb, kind in zip(verbs["word"], verbs["kind"], strict=True):
        kinds.setdefault(fold(verb), set()).add(kind)
    alone = body["alone=yes"] | body["alone=capital"] | body["alone=subject"]
    quantifiers, bare = Phrases(body["quantifier"]), Phrases(alone)
    return Lexicon(
        quantifiers=quantifiers,
        heads=quantifiers.firsts | bare.firsts,
        nouns=Phrases(alone | body["alone="]),
        alone=bare,
        unless=unless,
        capital=frozenset(body["alone=capital"]),
        subject=frozenset(body["alone=subject"]),
        posts=frozenset(body["post"]),
        listed=frozenset(alone | {fold("tổ chức")}),
        known=frozenset(alone | body["alone="]),
        committees=frozenset(body["committee"]),
        clause=frozenset(body["clause"]),
        anybody=frozenset(body["person"] | body["clause"] | {fold("doanh nghiệp")}),
        persons=frozenset(body["person"]),
        no_subject=Phrases(body["no subject"]),
        initials=tuple(
            {
                letters
                for noun in alone | body["alone="]
                if 2 <= len(letters := "".join(part[0] for part in noun.upper().split() if part[0].isalpha())) <= 4
            }
        ),
        no_bodies=frozenset(row["word"] for row in rows("body_words") if row["kind"] == "thing"),
        plural=frozenset(body["plural"]),
        stops=Phrases({word for word, of in kinds.items() if not of <= _ASIDE} | MARKS),
        kinds={word: frozenset(of - _SILENT) for word, of in kinds.items()},
        orders=Phrases(word for word, of in kinds.items() if "order" in of),
        partners=Phrases(word for word, of in kinds.items() if "partner" in of),
        strong=Phrases(word for word, of in kinds.items() if "strong" in of),
        openers=Phrases(word for word, of in kinds.items() if "opener" in of),
        agents=Phrases(word for word, of in kinds.items() if "agent" in of),
        imperatives=Phrases(word for word, of in kinds.items() if "imperative" in of),
        links=frozenset(word for word, of in kinds.items() if "link" in of),
        serial=frozenset(word for word, of in kinds.items() if "serial" in of),
        invites=frozenset(word for word, of in kinds.items() if "invite" in of),
        decides=Phrases(word for word, of in kinds.items() if "decides" in of),
    )
