"""Full names of agencies: letterheads in capitals turned into names, abbreviations written out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import from_capitals, spaced
from pipeline.extract.agencies.mention import Grade, Mention
from pipeline.extract.agencies.mentions import find
from pipeline.extract.tokens import Syllable, spelled_out
from pipeline.knowledge.agencies import groups, posts
from pipeline.language.abbreviations import CALLED, EXPLAINED
from pipeline.language.accents import bare
from pipeline.language.casing import in_capitals
from pipeline.language.folding import fold
from pipeline.language.syllables import inventory

SHORTEST = 3  # letters: two may stand for too much to be written out in names
ALIKE = 0.9  # of the letters of a post
LONGEST_TERM = 90  # characters before the bracket that makes an abbreviation


def full(text: str) -> str:
    """The full name of the agency that a text names; the text with abbreviations written out when it names none."""
    words = spelled_out(text)
    named = from_capitals(words) if in_capitals(text, share=0.6, letters=0) else spaced([one.word for one in words])
    found = find(spelled_out(named))
    return found[0].name if found and found[0].start == 0 and found[0].end >= len(named) - 1 else named


def names_body(text: str) -> bool:
    """Tell whether a text is the name of one body and nothing else: "Hội đồng Giáo sư Nhà nước"."""
    found = find(spelled_out(text))
    return len(found) == 1 and found[0].grade is Grade.PROPER and found[0].start == 0 and found[0].end == len(text)


def post(printed: str) -> str:
    """A post in capitals as the list of posts writes it, and what it is of as the name of an agency.

    A second one is left out, "TRƯỞNG BAN PHÓ THỦ TƯỚNG"; letters that were misread are those of the nearest post.
    """
    words = printed.split()
    count = _length(words)
    rest = " ".join(words[count:])
    near = None if count == len(words) else _nearest(printed)
    if near is not None:
        return near
    if count and begins_post(rest):
        rest = ""
    if not count and len(words) > 1 and fold(words[0]) == "phó":
        return f"Phó {post(rest.partition(' ')[2])}"
    if rest and in_capitals(rest, letters=0):
        rest = from_capitals(spelled_out(rest))
    return " ".join(filter(None, (_posts().get(fold(" ".join(words[:count]))), rest)))


def behind_post(text: str) -> str:
    """What stands behind the body or post that a text begins with, from the next post on; "" where none does."""
    words = text.split()
    rests = (" ".join(words[at:]) for at in range(max(_length(words), 1), len(words)))
    return next(filter(begins_post, rests), "")


def begins_post(text: str) -> bool:
    """Tell whether a text begins with a post."""
    words = fold(text).split()
    return bool(_length(words)) or words[:1] == ["phó"]


def _length(words: Sequence[str]) -> int:
    """How many words the post is that some words begin with; 0 for none."""
    return next((n for n in range(len(words), 0, -1) if fold(" ".join(words[:n])) in _posts()), 0)


def _nearest(printed: str) -> str | None:
    """The post that a misread one is: all but its accents, "PHÓ GIÁM ĐÓC", or nearly, where it holds no syllable."""
    words = re.findall(r"[^\W\d_]+", printed)
    letters, known = " ".join(map(bare, words)), _bare_posts()
    if letters in known or all(word.lower() in inventory() for word in words):
        return known.get(letters)
    near = get_close_matches(letters, known, n=1, cutoff=ALIKE)
    return known[near[0]] if near else None


@cache
def _posts() -> dict[str, str]:
    return {fold(name): name for name in posts()}


@cache
def _bare_posts() -> dict[str, str]:
    return {bare(name): name for name in posts()}


_DEFINED = re.compile(EXPLAINED)
_ANY_WORD = re.compile(r"\w+")


def defined(text: str) -> dict[str, str]:
    """The abbreviations that a document defines: "an toàn, an ninh thông tin (ATANTT)".

    The words are those right before the bracket whose first letters spell the abbreviation; "và" may be left out. Of a
    body the first words alone may be spelled: "Ban Chỉ đạo phát triển du lịch (viết tắt: BCĐ)".

    Args:
        text: of the document.
    """
    out: dict[str, str] = {}
    for found in _DEFINED.finditer(text):
        letters = found["short"].replace(" ", "").lower()
        if len(letters) < SHORTEST:
            continue
        window = max(0, found.start() - LONGEST_TERM)
        words = spelled_out(text[window : found.start()])
        at = _spelled_at_end(words, letters)
        at = _body_spelled(words, letters) if at is None else at
        if at is not None:
            term = text[window + words[at].start : found.start()]
            out.setdefault(found["short"], " ".join(term.split()))
    return out


def _spelled_at_end(words: Sequence[Syllable], letters: str) -> int | None:
    """Where the words begin that end a text and whose first letters are these; None where they do not."""
    left = list(letters)
    at = len(words)
    while at and left:
        at -= 1
        if words[at].low[0] == left[-1]:
            left.pop()
        elif words[at].low != "và" and words[at].low.isalnum():
            return None
    return None if left else at


def _body_spelled(words: Sequence[Syllable], letters: str) -> int | None:
    """Where the name of a body begins that ends a text, its first words spelled by these letters; None without one."""
    for at in range(len(words) - len(letters), -1, -1):
        if "".join(one.low[0] for one in words[at : at + len(letters)]) != letters or not words[at].capital:
            continue
        names = find(words[at:])
        return at if len(names) == 1 and names[0].first == 0 and names[0].last == len(words) - at else None
    return None


@cache
def _short_unit() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_unit()}\s+(?P<short>[A-ZĐ][A-ZĐ&-]{{1,9}})(?!\w)")


@cache
def _long_unit() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_unit()}(?=\s+[A-ZĐ][^\W\d_A-ZĐ])")


def _unit() -> str:
    nouns = [noun.capitalize() for noun, one in groups().items() if one.named_short]
    return f"(?P<unit>{'|'.join(nouns)})"


_WORD = r"\s+(?P<word>[^\W\d_]*[^\W\d_A-ZĐ])(?!\w)"
_STEPS = (re.compile(rf"(?:\s+(?:và|-)|,)?{_WORD}"), re.compile(rf",?{_WORD}"))  # "và" has a letter of its own, or none
_MOST_LETTERS = 10


def spelled(text: str) -> dict[str, str]:
    """Units whose names a document abbreviates, in full: "Vụ PC" is the "Vụ Pháp chế" it names elsewhere.

    A name that the document nowhere writes in full is taken from `pipeline.knowledge`, or stays as it is.
    """
    wanted: dict[str, tuple[str, str, str]] = {}
    for found in _short_unit().finditer(text):
        unit, short = found["unit"], found["short"]
        letters = "".join(one for one in short if one.isalpha()).lower()
        wanted.setdefault(f"{unit} {short}", (unit, short, letters))
    names = _in_full(text, {(unit, letters) for unit, _, letters in wanted.values()})
    out: dict[str, str] = {}
    for key, (unit, short, letters) in wanted.items():
        known = lexicon.unit_name(short)
        if (unit, letters) in names:
            out[key] = names[unit, letters]
        elif known is not None:
            out[key] = f"{unit} {known}"
    return out


def _in_full(text: str, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The first name in a text of each unit whose words begin with the wanted letters."""
    out: dict[tuple[str, str], str] = {}
    for found in _long_unit().finditer(text) if wanted else ():
        for step in _STEPS:
            letters, at = "", found.end()
            while len(letters) < _MOST_LETTERS and (word := step.match(text, at, found.end() + LONGEST_TERM)):
                letters, at = letters + word["word"][0].lower(), word.end()
                if (found["unit"], letters) in wanted:
                    out.setdefault((found["unit"], letters), " ".join(text[found.start() : at].split()))
    return out


def written_out(name: str, terms: Mapping[str, str]) -> str:
    """Write out the document's own abbreviations in a name."""
    if not terms:
        return name
    if (full := terms.get(fold(name))) is not None:  # "Ban Chỉ đạo", as the document calls it for short
        return full
    whole = _short_unit().sub(lambda unit: terms.get(f"{unit['unit']} {unit['short']}", unit.group()), name)
    return _ANY_WORD.sub(lambda word: terms.get(word.group(), word.group()), whole)


LONGEST_DEFINED = 220  # characters before the bracket in which the full name stands
SAME_BEGINNING = 2  # syllables with which both names begin, where one is not the other's beginning
_IN_WORDS = re.compile(rf"\({CALLED} là:? [“\"]?(?P<short>[^\W\d_][^()“”\"]{{2,60}}?)[”\"]?\)")
_ENDS = re.compile(r"[.;:()]\s")


def short_names(text: str) -> dict[str, str]:
    """Find the short names, folded, each with the full name; none that stands for two bodies.

    Args:
        text: of the document.
    """
    out: dict[str, str] = {}
    twice: set[str] = set()
    flat = " ".join(text.split()) if "gọi" in text or "viết" in text else ""
    for found in _IN_WORDS.finditer(flat):
        short = found["short"].strip()
        named = find(spelled_out(short))
        if len(named) != 1 or named[0].start or named[0].end != len(short) or any(map(str.isdigit, short)):
            continue  # "Ban Chỉ đạo quốc gia 1237" is a name of its own
        full = _full_before(flat[max(found.start() - LONGEST_DEFINED, 0) : found.start()].rstrip(), short)
        if full is not None and fold(full) != fold(short):
            twice |= {fold(short)} if out.setdefault(fold(short), full) != full else set()
    return {short: full for short, full in out.items() if short not in twice}


def _full_before(before: str, short: str) -> str | None:
    """The full name right before a bracket: the body that ends there, or words that begin as the short name does."""
    stops = list(_ENDS.finditer(before))
    before = before[stops[-1].end() :] if stops else before
    last: Mention | None = next(reversed(find(spelled_out(before))), None)
    words = fold(short).split()
    if last is not None and last.end == len(before) and set(words) <= set(re.findall(r"\w+", fold(last.name))):
        return last.name
    folded = f" {fold(before)} "
    for begin in (" ".join(words), " ".join(words[: SAME_BEGINNING + 1])):
        at = folded.rfind(f" {begin} ")
        if at >= 0 and len(begin.split()) > SAME_BEGINNING:
            return before[at:]
    return None
