"""The subject of a figure that stands behind it: what is measured, named before the figure in its clause."""

from __future__ import annotations

from pipeline.extract.amounts.clauses import ClausePart, Sentence, TokenSpan
from pipeline.knowledge.passages import words_that

LONGEST_TOPIC = 14  # tokens: "Đối với nhóm gà lông màu phục vụ chăn nuôi công nghiệp:"
_WITH = frozenset({"với", "cùng"})
_HOLDS = ("tổ chức", "thực hiện")
# What stands right before the words that begin what is measured, where they do not begin the clause.
_BEFORE_HEAD = ("up", "down", "lead", "verb", "among", "reach", "ends", "aside", "lead_in")
_LEADING = ("lead", "lead_in", "brings", "time", "comma", "joins", "rate", "closes", "ends", "colon")
_TRAILING = (
    "time",
    "comma",
    "joins",
    "before_verb",
    "colon",
    "opens",
    "lead",
    "among",
    "trail",
    "up",
    "down",
    "dash",
    "start",
    "repeated",
)


def phrase_before(sentence: Sentence, start: int, end: int, *, follows: bool) -> TokenSpan | None:
    """The phrase that ends at a token: what is measured by the figure behind it.

    Args:
        sentence: the sentence.
        start: where the words before the figure begin: behind the figure before it, or with the sentence.
        end: the token behind the last of them.
        follows: whether a figure stands before `start`; what follows it up to a comma belongs to it.
    """
    segments = _segments(sentence, start, end, follows)
    colons = [part for part in sentence.between(start, end) if part.does("colon")]
    if not segments and colons and not follows:  # "Số xã có nhà văn hóa: năm 2027 là 60%"
        return phrase_before(sentence, start, colons[-1].first, follows=False)
    if not segments:
        heads = [part.first for part in sentence.between(start + 1, end) if part.heads()] if follows else []
        inner = heads[-1] if heads else None
        return None if inner is None else _clean(sentence, (inner, end))
    for first, _ in segments:
        part = sentence.at(first)
        if part is not None and part.does("head", "growth"):
            return _clean(sentence, (first, segments[-1][1]))
    inner = _head_within(sentence, segments[-1])
    if inner is not None:
        return _clean(sentence, (inner, segments[-1][1]))
    opening = sentence.at(segments[0][0])
    if len(segments) > 1 and opening is not None and opening.does("verb", "up", "down", "holds"):
        return _clean(sentence, segments[-1])
    done = [part.last for part in sentence.between(segments[0][0], segments[-1][1]) if part.does("completes")]
    return _clean(sentence, (done[-1] if done else segments[0][0], segments[-1][1]))


def _segments(sentence: Sentence, start: int, end: int, follows: bool) -> list[TokenSpan]:
    """The stretches between commas, leads and colons; what belongs to the figure before is left out."""
    out: list[TokenSpan] = []
    first = start
    skip = start
    for part in sentence.between(start, end):
        if part.first < max(first, skip):
            continue
        opens = part.first == first
        if part.does("opens") and (close := sentence.closing(part, end)) is not None:
            skip = close.last
            continue
        if part.does("colon", "opens", "closes") or (
            part.does("lead") and (opens or part.does("cuts") and part.last < end)
        ):
            out, follows = [], False
        elif part.does("comma", "dash") or (part.does("joins") and follows):
            if first < part.first and not follows:
                out.append((first, part.first))
            follows = False
        elif part.does("time") and opens:
            follows = False
        else:
            continue
        first = part.last
    if first < end and not follows:
        out.append((first, end))
    trimmed = [sentence.trimmed(one, _LEADING, ("time", "comma")) for one in out]
    return [one for one in trimmed if one[0] < one[1]]


def _head_within(sentence: Sentence, span: TokenSpan) -> int | None:
    """The last word that begins what is measured, behind a verb or "với": "các dự án với tổng công suất"."""
    found = None
    before: ClausePart | None = None
    for part in sentence.between(*span):
        behind = before is not None and before.last == part.first and before.does(*_BEFORE_HEAD)
        if behind and part.does("head", "growth"):
            found = part.first
        before = part
    return found


def _clean(sentence: Sentence, span: TokenSpan) -> TokenSpan | None:
    first, last = sentence.trimmed(span, _LEADING, _TRAILING)
    only = sentence.at(first)
    if only is not None and only.does("adverb") and only.last >= last:  # "Bình quân đạt 12,5 bác sĩ trên 1 vạn dân"
        return None
    return (first, last) if first < last else None


def deed(sentence: Sentence, span: TokenSpan) -> TokenSpan:
    """What is done so often, without who does it: "Sở Y tế chịu trách nhiệm tổ chức | kiểm tra" 02 lần/năm."""
    first, last = span
    lows = sentence.text.lows
    first = sentence.said if first < sentence.said < last else first
    for token in range(first, last):
        for end in range(token + 2, min(token + 4, last)):
            if " ".join(lows[token:end]) in words_that("opens") and _WITH.isdisjoint(lows[end - 1 : end + 1]):
                first = end
    each = sentence.at(first)
    if each is not None and each.does("each"):
        first = each.last + 1  # with its unit: "mỗi ngày"
    verb = sentence.at(first)
    if verb is not None and verb.does("verb") and " ".join(lows[first : first + 2]) in _HOLDS:
        first += 2
    return (first, last) if first < last else span


def changed(sentence: Sentence, start: int, end: int) -> tuple[ClausePart, TokenSpan] | None:
    """What changes, behind its verb: "giảm | tỷ lệ hộ nghèo | xuống còn …"; the verb and the words behind it.

    Args:
        sentence: the sentence.
        start: where the words before the figure begin.
        end: where they end: at the figure, or at "xuống còn".
    """
    for part in reversed(sentence.between(start, end)):
        if part.does("up", "down", "brings"):
            span = _clean(sentence, (part.last, end))
            return (part, span) if span else None
        ends = part.does("colon", "opens", "closes", "lead", "ends", "reach") and not part.does("joins", "head")
        if ends or (
            part.does("comma") and not _inside_list(sentence, part) and not _of_measured(sentence, part, start)
        ):
            return None
    return None


def _inside_list(sentence: Sentence, comma: ClausePart) -> bool:
    after = sentence.at(comma.last)
    return after is None or not after.does("verb", "head", "lead", "time", "ends", "up", "down")


def _of_measured(sentence: Sentence, comma: ClausePart, start: int) -> bool:
    """Whether a comma parts what one verb changes: "nâng tỷ lệ hồ sơ trực tuyến, thanh toán trực tuyến lên 90%"."""
    after = sentence.at(comma.last)
    verbs = [part for part in sentence.between(start, comma.first) if part.does("up", "down")]
    measured = sentence.at(verbs[-1].last) if verbs else None
    return measured is not None and measured.does("head") and after is not None and not after.does("up", "down", "head")


def topic(sentence: Sentence, end: int) -> TokenSpan | None:
    """What the sentence is about, before its colon: "Đối với gà hướng thịt: …"; None where its lead is no noun.

    Args:
        sentence: the sentence.
        end: the token where the subject begins.
    """
    colons = [part for part in sentence.between(sentence.first, end) if part.does("colon")]
    if not colons:
        return None
    colon = colons[-1]
    inside = sentence.between(sentence.first, colon.first)
    start = sentence.first
    for part in inside:
        if part.does("comma", "colon", "time") and not sentence.between(part.last, colon.first) or part.does("colon"):
            start = part.last
    if any(
        part.does("amount", "refused", "lead", "head", "opens", "time", "past", "money")
        for part in inside
        if part.first >= start
    ):
        return None
    lows = sentence.text.lows
    if lows[start : start + 2] == ["đối", "với"]:
        start += 2
    opening = sentence.at(start)
    if opening is not None and opening.does("verb"):
        return None
    return (start, colon.first) if 0 < colon.first - start <= LONGEST_TOPIC else None
