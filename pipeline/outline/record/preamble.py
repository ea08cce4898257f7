"""What stands above the first item: grounds, what tells of the situation; orders where no item has a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.document import Node, Passage
from pipeline.knowledge.documents import document_types
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.outline.paragraphs import Paragraph
from pipeline.outline.rules import begins_figure, is_period, opening, pattern, words

HEADING = "title"  # the style of a heading without a number, as in the tree
_TITLES = ("phan", "chuong", "upper", "roman")  # what stands above all else in a plan


def split_preamble(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs before the first element; a căn cứ may carry a dash, as may what tells of the situation."""
    first, grounds = _first_title(paragraphs), are_grounds(paragraphs)
    for index, one in enumerate(paragraphs):
        marker = one.marker
        if one.sheet is not None:
            return list(paragraphs[:index]), list(paragraphs[index:])
        if marker is None:
            continue
        if marker.is_bullet and (grounds[index] or index < first):
            continue
        index -= index > 0 and is_period(paragraphs[index - 1].passage.text)
        return list(paragraphs[:index]), list(paragraphs[index:])
    return list(paragraphs), []


def are_grounds(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Tell which paragraphs are grounds of a document: "Căn cứ …", or one cited alone below what asks nobody."""
    out, asked = [], False
    for one in paragraphs:
        folded = fold(one.passage.text)
        if one.marker is None:
            asked = bool(pattern("asked_below").search(folded))
        out.append(bool(opening("basis").match(folded) or not asked and _cited_alone().match(folded)))
    return out


def passed_over(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs above the first item that may be items: with a mark, or a figure below a title in capitals."""
    out, titled = [], False
    for one, ground in zip(paragraphs, are_grounds(paragraphs), strict=True):
        text = one.passage.text
        if in_capitals(text):
            titled = not ends_sentence(text)
        elif not ground and (one.marker is not None or titled and begins_figure(text) and ends_sentence(text)):
            out.append(one)
    return out


@cache
def _cited_alone() -> re.Pattern[str]:
    """A law by its name and day, or a document by its number, and its title: "Nghị định số 12/2020/NĐ-CP về phí;"."""
    types = "|".join(sorted((name for name, one in document_types().items() if one.cited), key=len, reverse=True))
    law = r"(?:bộ )?luật\b[^.;:]{2,120}?(?: năm \d{4}| số \d[\w/-]*|(?=,? ngày \d))"
    number = rf"(?:các )?(?:{types})(?: (?:của|số)\b[^.;:]{{0,60}}?)? \d+(?:/\d{{4}})?[/-][a-zđ][\w/-]*"
    day = r"(?:,? ngày (?:\d[\d/.-]*|\d+ tháng \d+ năm \d{4}))?"
    issuer = r"(?: của (?:ủy ban nhân dân |hội đồng nhân dân |ubnd |hđnd |bộ trưởng )?[^\W\d_]+(?: [^\W\d_]+){0,4}?)?"
    title = rf"(?: của [^.;:]{{2,80}}?)?{day},? (?:{'|'.join(words('cited_titles'))})\b[^.;:]*"
    return re.compile(rf"(?:{law}|{number}){day}(?:{title}|{issuer}{day})\s*[;.]?$")


def _first_title(paragraphs: Sequence[Paragraph]) -> int:
    """Where the first number is, if above it only text and bullets stand that order nothing; else 0.

    They tell of the situation where nothing announces them and a title stands below ("I. …"); and they are the grounds
    where they are announced as such and behind them the document announces its orders.
    """
    at = next((n for n, one in enumerate(paragraphs) if one.sheet or one.marker and not one.marker.is_bullet), 0)
    bullet = next((n for n, one in enumerate(paragraphs[:at]) if one.marker is not None), 0)
    marker = paragraphs[at].marker if paragraphs else None
    if marker is None or bullet == 0:
        return 0
    above, last = paragraphs[bullet - 1].passage.text.rstrip(), paragraphs[at - 1]
    if pattern("grounds_below").search(fold(above)) and last.passage.text.rstrip().endswith(":"):
        return at
    return at if marker.style.name in _TITLES and above.endswith(".") else 0


def split_orders(passages: list[Passage], letter: bool) -> tuple[list[Passage], tuple[Node, ...]]:
    """What a document without numbered items says, and its paragraphs as elements of the body.

    Those behind words that ask somebody, "… yêu cầu các sở thực hiện như sau:", are orders, each of its own, and one
    that ends in a colon is the heading of those behind it. In a letter so are those behind its first colon, as they
    stand, but for those that tell how things are. Where nothing announces them each is a "passage", which orders
    something only where it asks somebody; in other documents only those are that ask. What others asked in the past
    announces nothing, and orders nothing itself.
    """
    asked = (n for n, one in enumerate(passages, 1) if pattern("orders_below").search(fold(one.text.rstrip())))
    if at := next(asked, 0):
        return passages[:at], _headed(passages[at:])
    colons = (n for n, one in enumerate(passages, 1) if _announces(one))
    if letter and (at := next(colons, 0)):
        return passages[:at], tuple(Node(_style(one), None, None, None, one, None) for one in passages[at:])
    said = (one for one in passages if letter and not _told(one) or _asks(fold(one.text)))
    return passages, tuple(Node("passage", None, None, None, one, None) for one in said)


def _announces(passage: Passage) -> bool:
    return passage.text.rstrip().endswith(":") and not _told(passage)


def _told(passage: Passage) -> bool:
    return bool(pattern("told_below").search(fold(passage.text.rstrip())))


def _style(passage: Passage) -> str:
    return "passage" if pattern("told_state").match(fold(passage.text)) else "paragraph"


def _asks(folded: str) -> bool:
    return bool(pattern("asks").search(folded)) and not opening("basis").match(folded)


def _headed(passages: Sequence[Passage]) -> tuple[Node, ...]:
    """Paragraphs as orders, those behind one that announces them below it."""
    out: list[Node] = []
    for one in passages:
        if one.text.rstrip().endswith(":"):
            out.append(Node(HEADING, None, 0, one, None, None))
            continue
        order = Node("order", None, None, None, one, None)
        if out and out[-1].style == HEADING:
            out[-1] = replace(out[-1], children=(*out[-1].children, order))
        else:
            out.append(order)
    return tuple(out)
