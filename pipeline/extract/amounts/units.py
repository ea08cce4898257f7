"""The unit of a count: what is counted, without what says which; and its number, where it is of whole things."""

from __future__ import annotations

import re

from pipeline.extract.amounts.clauses import LONGEST_UNIT, ClausePart, Sentence, TokenSpan
from pipeline.extract.amounts.model import Amount

_COMMAS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d.,]|\s*[-–])")
_NEAR = 5  # tokens between a figure and the stroke behind its unit
TERMS = ("day", "week", "month", "quarter", "year")
# The unit ends before them, the noun goes on.
_UNIT_ENDS = ("attribute", "holds", "aside", "opens", "joins", "refused", "before_verb")
_OF_ONE_SYLLABLE = frozenset({"người", "khách", "hộ", "xe", "em"})  # who comes: "lượt khách", but "lượt bạn đọc"


def unit_of(sentence: Sentence, noun: TokenSpan) -> str:
    """What is counted, without what says which: "chương trình giáo dục" of "… lịch sử, văn hóa"."""
    first, last = noun
    inside = sentence.between(first + 1, last)
    end = min([last, *(part.first for part in inside if part.does(*_UNIT_ENDS))])
    pieces = _pieces(sentence, (first, end))
    listed = len(pieces) > 1 and all(piece[1] - piece[0] <= 3 for piece in pieces[:-1])
    if listed and (pieces[0][1] - pieces[0][0] > 1 or len(pieces) > 2 or sentence.text.lows[pieces[0][1]] == "/"):
        start, end = pieces[-1]
        end = _until_name(sentence, start, min(end, start + 2) if end - start > 3 else end)
        return sentence.words((first, end))
    if len(pieces) == 2 and all(piece[1] - piece[0] == 1 for piece in pieces):  # "04 tin, bài về sách"
        return sentence.words((first, end))
    first, end = pieces[0]
    if sentence.text.lows[first] == "lượt":
        whole = _OF_ONE_SYLLABLE.isdisjoint(sentence.text.lows[first + 1 : first + 2])
        end = min(end, first + (3 if whole else 2))
    end = _until_name(sentence, first, end)
    if end - first > LONGEST_UNIT:
        short = first + 4 + (sentence.text.lows[first : first + 4].count(","))  # "tổ chức, doanh nghiệp"
        verb = next((part.first for part in inside if part.does("verb", "acts") and first < part.first < end), short)
        end = min(verb, end)
    elif end - first == LONGEST_UNIT and len(pieces) > 1:
        end = first + 4
    if end > first + 1 and sentence.text.lows[end - 1] == "không":  # "mô hình chợ không dùng tiền mặt"
        end -= 1
    return sentence.words((first, end))


def _until_name(sentence: Sentence, first: int, end: int) -> int:
    return next((token for token in range(first + 1, end) if _shouted(sentence, token)), end)


def _shouted(sentence: Sentence, token: int) -> bool:
    word = sentence.text.text[sentence.text.starts[token] : sentence.text.ends[token]]
    return len(word) > 2 and word.isupper()


def _pieces(sentence: Sentence, span: TokenSpan) -> list[TokenSpan]:
    out, start = [], span[0]
    for part in sentence.between(*span):
        if part.does("comma"):
            out.append((start, part.first))
            start = part.last
    return [*out, (start, span[1])]


def thousands(sentence: Sentence, part: ClausePart, amount: Amount) -> int | None:
    """The number of things in thousands parted by a comma, as programs write them: "1,250 cây"; None of others."""
    found = _COMMAS.search(sentence.words((part.first, part.last)))
    whole = found is not None and amount.value < 1000 and amount.value != int(amount.value)
    if not found or not whole or _is_ratio(sentence, part):
        return None
    return int(found[0].replace(",", ""))


def _is_ratio(sentence: Sentence, figure: ClausePart) -> bool:
    """Whether a figure is so many of something to something: "mức sinh 2,085 con", "3,125 người/hộ"."""
    for part in reversed(sentence.between(sentence.first, figure.first)):
        if part.does("amount", "comma", "closes"):
            break
        if part.does("ratio") or _is_stroke(sentence, part.first):
            return True
    return any(_is_stroke(sentence, token) for token in range(figure.last, min(figure.last + _NEAR, sentence.last)))


def _is_stroke(sentence: Sentence, token: int) -> bool:
    """Whether a stroke says what a figure is per, and no time: "/hộ", not "/năm"."""
    rate = sentence.at(token)
    return sentence.text.lows[token] == "/" and (rate is None or rate.per not in TERMS)
