"""Patterns of the words that `knowledge.documents` lists for heads, feet and titles of sections, compiled once."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from pipeline.knowledge.agencies import continuations, posts, sector_names
from pipeline.knowledge.documents import document_types, parts, section_titles
from pipeline.knowledge.passages import figure_words, words_that
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.sentences import ends_sentence
from pipeline.schema import SectionKind

LONGEST_NAME = 14  # syllables of a line below who acts that is a name and no order
MEASURED = re.compile(r"\d[\d.,]*\s+[^\W\d_]|\d\s*[/%]")  # a figure of something, or a day; "Quân khu 9" has none
_BRACKETS = re.compile(r"\([^()]*\)")
_JOINS = ("và", "của", "các")  # what stands between names too
SHORT = 4  # words of a title that only says what kind of things stand below it
_FIGURE = re.compile(r"(?!(?:19|20)\d\d\b)\d[\d.,]*(?: ?%| [^\W\d_]{2})[^A-ZĐ]*?[a-zđ]")
TITLE = 12  # words: a whole sentence with more of them says what is to be done, whatever words are in it


def _known(key: str) -> tuple[str, ...]:
    """The words under `key`: "document_types", "posts", "positions", or a list of `knowledge.documents.Parts`."""
    if key == "document_types":
        return tuple(name for name, one in document_types().items() if one.titled)
    if key == "posts":
        return tuple(posts())
    if key == "positions":
        return tuple(name for name, one in posts().items() if one.signs)
    found: tuple[str, ...] = getattr(parts(), key)
    if key == "authorities":
        return (*found, *(name for name, one in posts().items() if one.decides))
    return found


def words(key: str) -> tuple[str, ...]:
    """The folded words under a key, longest first.

    Args:
        key: a field of `knowledge.documents.Parts`, "document_types", "posts" or "positions" (posts that sign).
    """
    return tuple(sorted(map(fold, _known(key)), key=len, reverse=True))


@cache
def pattern(key: str) -> re.Pattern[str]:
    """The patterns under a key as one, for folded text; keys as in `words`."""
    return re.compile("|".join(f"(?:{one})" for one in _known(key)))


@cache
def opening(key: str) -> re.Pattern[str]:
    """A pattern of folded text that begins with one of the words under a key; keys as in `words`."""
    return re.compile("(?:" + "|".join(map(re.escape, words(key))) + r")(?!\w)")


@cache
def whole(key: str) -> re.Pattern[str]:
    """A pattern of folded text that is one of the words under a key and nothing else; keys as in `words`."""
    return re.compile("(?:" + "|".join(map(re.escape, words(key))) + r")[\s.:,]*$")


@cache
def open_end() -> re.Pattern[str]:
    """What ends a line that a sentence or a name goes on behind."""
    return re.compile(rf"(?:[,(“‘/–-]|\b(?:{'|'.join(words_that('goes_on'))}))$", re.IGNORECASE)


def goes_over(before: str, after: str) -> bool:
    """Tell whether a line goes on in the next by its last word; behind "số" stands a number, or what is left of one."""
    end = open_end().search(before)
    return end is not None and not (fold(end.group()) == "số" and after[:1].isupper() and after[1:2].islower())


def begins_deed(text: str) -> bool:
    """Tell whether a text begins with a verb of two syllables that says what is to be done: no part of a name does.

    "Phòng Hành chính" on one line and "- Tổ chức" on the next are one name.
    """
    return fold(text).startswith(_deeds())


def begins_lower(text: str) -> bool:
    """Tell whether a line may go on with the one before it: it begins with a small letter, a figure or a sign."""
    for char in text:
        if char.isalpha():
            return char.islower()
        if char.isdigit() or char in ")]”’,.;:%":
            return True
    return True


def is_period(text: str) -> bool:
    """Tell whether a line is only a time, and so the title of what is done then: "Tháng 9:", "Thứ Hai (03/9):"."""
    return text[:1].isupper() and bool(pattern("period_titles").match(fold(text).strip()))


def says_when(text: str) -> bool:
    """Tell whether a line says by when and nothing else: "Trước ngày 30/9/2025", "Quý IV/2025"."""
    return is_period(text) or bool(pattern("time_lines").match(fold(text)))


def begins_figure(text: str) -> bool:
    """Tell whether a text begins with how much of something is to be reached: "90% bạn đọc hài lòng"."""
    return bool(_FIGURE.match(text))


def heads_figure(title: str, text: str, *, whole: bool) -> bool:
    """Tell whether a line begins with how much is to be reached below a title: "Mục tiêu", "90% bạn đọc hài lòng".

    Args:
        title: the line above, less its number.
        text: the line.
        whole: the line above is the first of its paragraph; in small letters a title has no more.
    """
    if not begins_figure(text) or open_end().search(title):
        return False
    words = len(title.split())
    if in_capitals(title):
        return words > 1
    return whole and words <= SHORT and kind_of(title) is not None


def parts_words(before: str, after: str) -> bool:
    """Tell whether a line break parts a date ("… quý", "III/2026.") or a department's name ("Bộ", "Tài chính")."""
    if pattern("before_date").search(fold(before)):
        return bool(pattern("rest_of_date").match(fold(after)))
    if not before.endswith((" Bộ", " Sở")) or before.endswith(("các Bộ", "các Sở", "Các Bộ", "Các Sở")):
        return False
    return after[:1].isupper() and fold(after).startswith(_sectors())


@cache
def _sectors() -> tuple[str, ...]:
    return tuple(fold(one) for one in sector_names())


@cache
def _deeds() -> tuple[str, ...]:
    verbs = {*words_that("acts"), *words_that("resumes"), *figure_words().verb} - {"tổ chức"}
    return tuple(f"{one} " for one in verbs if " " in one)


@cache
def _kinds() -> tuple[tuple[SectionKind, re.Pattern[str], bool], ...]:
    return tuple((SectionKind(one.name), re.compile("|".join(one.patterns)), one.renames) for one in section_titles())


def kind_of(title: str) -> SectionKind | None:
    """The kind of a section by its title; None when the title does not say, or is a whole sentence."""
    folded = fold(title)
    asks = title.rstrip().endswith("?")  # as copies of portals put their headings
    if ends_sentence(title) and not asks and len(folded.partition(":")[0].split()) > TITLE and not in_capitals(title):
        return None
    return next((kind for kind, rule, _ in _kinds() if rule.search(folded)), None)


def renames(title: str) -> bool:
    """Tell whether a title that says a kind says it in a section of another known kind too."""
    folded = fold(title)
    return next((one for _, rule, one in _kinds() if rule.search(folded)), False)


def is_name(text: str) -> bool:
    """Tell whether a text that begins as a name does may be one to its end: no more than one may be, and no order."""
    return len(text.split()) <= LONGEST_NAME and not any(map(str.isdigit, text)) and not says_deed(text)


def says_deed(text: str) -> bool:
    """Tell whether a text that begins with a name goes on with what somebody does, a figure or a day."""
    return bool(MEASURED.search(_BRACKETS.sub("", text))) or goes_on_with_deed(text)


def goes_on_with_deed(text: str) -> bool:
    """Tell whether a text that begins with a name goes on with what somebody does, less brackets."""
    text = _BRACKETS.sub("", text)
    words = text.strip(" .;,").split()
    if _deeds_behind().search(text[len(words[0]) :] if words else ""):
        return True
    known = continuations()
    sectors = " ".join(map(fold, sector_names()))
    for one, two in pairwise(words[1:]):
        small = one.islower() and two.islower() and one not in _JOINS
        if small and known.says_deed(one, two) and f"{one} {two}" not in sectors:
            return True
    return False


@cache
def _deeds_behind() -> re.Pattern[str]:
    """A verb in small letters behind other words, of one syllable with what it is done to; no noun ("các tổ chức")."""
    known = figure_words()
    short = "|".join(one for one in known.verb if " " not in one)
    noun = r"(?<!các)(?<!quan)(?<!của)(?<!và)(?<!,)\s" + rf"(?!(?:{'|'.join(known.nouns)})(?!\w))"
    return re.compile(rf"{noun}(?:(?:{'|'.join(known.acts)})(?!\w)|(?:{short})\s+[^\W\d_])")
