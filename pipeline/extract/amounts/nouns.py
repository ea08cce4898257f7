"""Unit and subject of a figure: the noun counted behind it, or the subject named before it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.amounts.figures import words_anywhere, words_at
from pipeline.knowledge.passages import figure_words
from pipeline.knowledge.places import level_names
from pipeline.language.folding import fold

_MEASURE = re.compile(r"\s*(?:triệu|tỷ|tỉ|nghìn|ngàn|vạn)?\s*(?:đồng|usd|đô la|kwh|mw|tấn)(?!\w)")
_SCALE = re.compile(r"^(?:triệu|nghìn|vạn|tỷ)\s+(?!đồng)")
_CHANGED = re.compile(
    r"(?:tăng|nâng)\s+(?P<up>(?:tỷ lệ|số|mức|chỉ số|tỷ trọng)\s[^,;\d]{3,90}?)(?:\s+từ\s+\d[\d.,]*(?:\s?%)?)?"
    r"\s+(?:lên|đạt|tới|đến|thêm|trên|ít nhất|tối thiểu|từ)\b[^,;]{0,30}$"
    r"|(?:giảm|hạ)\s+(?P<down>[^,;\d]{3,90}?)(?:\s+từ\s+\d[\d.,]*(?:\s?%)?)?\s+(?:xuống|còn)\b[^,;]{0,30}$"
    r"|(?:tăng|giảm)(?: thêm)?\s+(?P<by>(?:sản lượng|khối lượng|diện tích|doanh thu|thu nhập|năng suất|công suất)"
    r"[^\d,;:/]{0,40}?)(?:/\w+)?(?:\s+(?:khoảng|trên|hơn|dưới|ít nhất|tối thiểu|từ|đạt|lên|thêm))*\s*$"
)
LONGEST_UNIT = 5  # syllables: "trung tâm phân phối thuốc"; what is longer has more than the counted noun in it


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(figure_words().subject_leads)})*")


def unit_behind(text: str, folded: str, at: int, end: int) -> tuple[str, str, int] | None:
    """Read what a number counts.

    Args:
        text: the text.
        folded: the folded text.
        at: the offset behind the number.
        end: where its clause ends.

    Returns:
        Unit, full noun and the offset behind it; None where it counts nothing that is a target.
    """
    noun: str | None
    measure = _MEASURE.match(folded, at, end)
    if measure:
        noun, last = measure.group().strip(), measure.end()
    else:
        noun, last = noun_behind(text, folded, at, end)
    if not noun or words_at("not_counted").match(fold(noun)):
        return None
    if measure:
        return noun, noun, last
    noun = _SCALE.sub("", noun)
    return counted(noun), noun, last


def counted(noun: str) -> str:
    """The unit of a noun: of a long one the first two words, and the levels behind it ("thư viện quận, huyện")."""
    first, *rest = re.split(r"(?=, )", noun)
    words = first.split()
    unit = " ".join(words if len(words) <= LONGEST_UNIT else words[:4])
    if len(words) <= LONGEST_UNIT:
        for more in rest:
            if fold(more).removeprefix(", ") not in level_names("city", "district", "commune", new=False):
                break
            unit += more
    return unit


def noun_behind(text: str, folded: str, at: int, end: int) -> tuple[str | None, int]:
    """Read the noun behind a figure: up to a comma before another figure, a verb or a word of grammar.

    Args:
        text: the text.
        folded: the folded text.
        at: the offset behind the figure.
        end: where its clause ends.

    Returns:
        The noun, None where there is none, and the offset behind it.
    """
    while at < end and folded[at] == " ":
        at += 1
    index, last = at, at
    while index < end:
        word = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\([^)]{1,40}\)|\S").match(folded, index, end)
        if word is None:
            break
        token = word.group()
        if token == "/":
            break
        if token == "," or token == "-":
            following = folded[word.end() : end]
            if token == "," and (
                re.match(r"\s*(?:\d|phấn|đạt|trong đó|và|bảo|đến|có|tăng|giảm|góp|nhằm)", following)
                or words_at("noun_stops").match(following)
            ):
                break
            if index == at:
                break
        elif (
            not token[0].isalpha()
            and token[0] != "("
            or words_at("noun_stops").match(folded, index, end)
            and not (token == "và" and index > at and _joins(folded, word.end(), end))
            and not (folded[at:last] == "người" and words_at("who").match(folded, index, end))
        ):
            break
        else:
            last = word.end()
        index = word.end()
        while index < end and folded[index] == " ":
            index += 1
        if last - at > 140:
            break
    noun = text[at:last].strip(" ,-")
    return (noun or None), last


def _joins(folded: str, at: int, end: int) -> bool:
    """Whether "và" joins two halves of a counted noun rather than two figures or orders."""
    return not re.match(r"\s*(?:\d|đến|phấn|đạt|được|năm)", folded[at:end])


def subject_before(text: str, folded: str, start: int, at: int) -> str | None:
    """Read what changes or is reached, named before the figure, also behind the verb: "giảm tỷ lệ A xuống".

    Args:
        text: the text.
        folded: the folded text.
        start: where the clause begins.
        at: the offset of the figure.
    """
    piece = folded[start:at]
    if inner := _CHANGED.search(piece):
        begin, end = inner.span(str(inner.lastgroup))
        return text[start + begin : start + end].strip()
    cut = re.search(r"(?:tăng(?! trưởng)|giảm|nâng|đạt|chiếm|còn|lên|cho khoảng|khoảng|cho)\b[^,;]*$", piece)
    piece = piece[: cut.start()] if cut and not piece.rstrip().endswith(":") else piece
    lead = _leads().match(piece)
    begin = lead.end() if lead else 0
    rest = piece[begin:]
    stop = words_anywhere("subject_stops").search(rest)
    if stop and stop.start() > 6:
        rest = rest[: stop.start()]
    comma = rest.find(", ")
    if comma > 12:
        rest = rest[:comma]
    rest = rest.rstrip(" ,:(-")
    return text[start + begin : start + begin + len(rest)].strip() or None
