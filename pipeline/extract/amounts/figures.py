"""The words around figures: comparison, rate ("per"), baseline; `knowledge.passages` lists them."""

from __future__ import annotations

import re
from functools import cache

from pipeline.knowledge.passages import Use, figure_words, words_that
from pipeline.language.numerals import NUMBER
from pipeline.schema import Comparison

FIGURE = re.compile(
    rf"(?<![\w/.,])(?P<low>{NUMBER})(?:\s?%)?\s?(?:(?:-|đến|tới)\s?(?P<high>{NUMBER}))?"
    rf"(?:(?P<percent>\s?%)|/(?P<of>\d{{1,4}})(?=\s+[^\W\d_]))?(?!\d|/\d|[.,]\d)"
)

_TIMES = {"năm": "year", "tháng": "month", "quý": "quarter", "tuần": "week"}


_USES: dict[str, Use] = {
    "noun_stops": "ends_noun",
    "small_goals": "before_goal",
    "subject_stops": "ends_subject",
    "who": "tells_who",
}


def _any_of(key: str) -> str:
    """The words of `key`: those that do something, and a list of `knowledge.passages.FigureWords`."""
    patterns: tuple[str, ...] = getattr(figure_words(), key, ())
    if key in _USES:
        patterns += words_that(_USES[key])
    return "|".join(patterns)


@cache
def words_before(key: str) -> re.Pattern[str]:
    """The pattern of one of the words under a key right before a figure: at the end of the text before it."""
    return re.compile(rf"(?<!\w)(?:{_any_of(key)})\s*(?:khoảng\s*)?$")


@cache
def words_at(key: str) -> re.Pattern[str]:
    """The pattern of one of the words under a key right behind a figure."""
    return re.compile(rf"\s*(?:{_any_of(key)})(?!\w)")


@cache
def words_anywhere(key: str) -> re.Pattern[str]:
    """The pattern of one of the words under a key, wherever it stands."""
    return re.compile(rf"(?<!\w)(?:{_any_of(key)})(?!\w)")


def comparison(before: str, *behind: str) -> Comparison:
    """How a figure is compared.

    Args:
        before: the folded text before it.
        behind: the folded text behind it, and behind what it counts.
    """
    if any(words_at("at_least_after").match(one) for one in behind):
        return Comparison.AT_LEAST
    if any(words_at("at_most_after").match(one) for one in behind):
        return Comparison.AT_MOST
    if words_before("at_most").search(before):
        return Comparison.AT_MOST
    if words_before("at_least").search(before) and not before.rstrip().endswith("từ"):
        return Comparison.AT_LEAST
    if words_before("about").search(before):
        return Comparison.ABOUT
    return Comparison.EQUAL


def per(folded: str, at: int, end: int) -> str | None:
    """What a figure is reckoned per: "year", "người", "100 trẻ"; None when nothing is.

    Args:
        folded: the folded text.
        at: the offset behind the figure, or behind what it counts.
        end: where its clause ends.
    """
    match = re.match(figure_words().per_after.lstrip("^"), folded[at:end])
    if match:
        per = match["per"].strip()
        return _TIMES.get(per, per)
    if re.match(r"\s*(?:hằng|hàng) năm", folded[at:end]):
        return "year"
    return None


def per_before(before: str) -> str | None:
    """The time a figure is reckoned per, where it is named before it: "mỗi tháng ít nhất 02 số"."""
    match = words_before("per_before").search(before)
    return _TIMES[match["time"]] if match else None


def baseline(text: str, folded: str, at: int, end: int) -> str | None:
    """What a figure is compared with: "so với năm 2020"; None where nothing is named.

    Args:
        text: the text.
        folded: the folded text.
        at: the offset behind the figure, or behind what it counts.
        end: where its clause ends.
    """
    match = re.search(r"so với\s+[^,;.]{3,80}", folded[at : end + 1])
    return text[at + match.start() : at + match.end()].strip() if match else None
