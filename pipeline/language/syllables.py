"""The syllable, the unit Vietnamese is written in: those that can be written, and those of a text.

Which can be written follows from onset, rhyme and tone; `syllables.toml` has them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from pipeline.language.accents import remove_accents
from pipeline.language.folding import fold
from pipeline.language.normal import nfc
from pipeline.language.tones import TONES, modern, with_tone

LONGEST_SYLLABLE = 7  # letters: "nghiêng"
_STOPPED = (TONES[4], TONES[5])  # the tones that a syllable ending in c, ch, p or t can have

Syllables = tuple[str, ...]

SYLLABLE = re.compile(r"\w+|%")  # to compare wordings
# A run of characters without a space, less the punctuation around it: to count what was read right, to the letter.
PRINTED_SYLLABLE = re.compile(r"[^\W_](?:\S*[^\W_])?")

# A printed mark in front of an item: a bullet, "a)", "1.", "1.1.", "IV.", "Điều 3."
_MARKER = re.compile(
    r"\s*(?:[-+*•·○●▪–—]\s*|\(?(?:[a-zđ]|\d{1,3}|[ivxlc]{1,6})\)\s*|(?:điều\s+)?\d{1,3}(?:\.\d{1,3})*[.:]\s+"
    r"|\d{1,2}(?:\.\d{1,2})+\s+|(?:[ivxlc]{1,6}|[a-zđ])\.\s+)"
)


def syllables(text: str) -> Syllables:
    """The folded syllables of `text`, with numbers and "%", without a list's marker in front ("a)", "1.", "-")."""
    plain = fold(nfc(text))
    marker = _MARKER.match(plain)
    return tuple(SYLLABLE.findall(plain[marker.end() :] if marker else plain))


@cache
def inventory() -> frozenset[str]:
    """Every syllable that can be written, in lower case and NFC, with the tone where current schoolbooks put it."""
    return frozenset(_every())


@cache
def bare_inventory() -> frozenset[str]:
    """Every syllable that can be written, without its accents."""
    return frozenset(map(remove_accents, inventory()))


def rejoined(text: str) -> str:
    """A name in which blanks stand inside syllables, with these closed: "H À N Ộ I", "Qu ả ng Ng ãi".

    A stretch is closed where one of its pieces is no syllable and the whole is.
    """
    pieces = text.split(" ")
    whole = [piece.lower() in inventory() or not piece.isalpha() for piece in pieces]
    best: list[tuple[int, int, int, Syllables]] = [(0, 0, 0, ())]  # strays, single letters, less words, the words
    for end in range(1, len(pieces) + 1):
        found = []
        for start in range(max(end - LONGEST_SYLLABLE, 0), end):
            word = "".join(pieces[start:end])
            alone = end - start == 1
            if alone or (not all(whole[start:end]) and word.isalpha() and word.lower() in inventory()):
                strays, letters, count, words = best[start]
                stray = not whole[start] if alone else False
                found.append((strays + stray, letters + (len(word) == 1), count - 1, (*words, word)))
        best.append(min(found))
    return " ".join(best[-1][3])


def parted(text: str, behind: frozenset[str]) -> str:
    """A name in which one of the syllables of `behind` follows another without a blank, with one: "NHÂN DÂNTỈNH"."""
    return " ".join(_parted(piece, behind) for piece in text.split(" "))


def _parted(piece: str, behind: frozenset[str]) -> str:
    low = piece.lower()
    if low in inventory():
        return piece
    cuts = [at for at in range(2, len(low) - 1) if low[:at] in inventory() and low[at:] in behind]
    return f"{piece[: cuts[0]]} {piece[cuts[0] :]}" if cuts else piece


# Onset, then rhyme, both without accents and each one that is written (the joint regulation of 1980 on spelling).
_BARE_SHAPE = re.compile(
    r"(?:ngh?|nh|kh|gh|gi|ch|th|tr|ph|qu|[bcdghklmnprstvx])?"
    r"(?:uy(?:en|et|nh|ch|[autp])?|ie(?:ng|[cmnptu])|ye(?:ng|[mntu])|uo(?:ng|[cimnptu])|oa(?:ng|nh|ch|[cimnopty])?"
    r"|oe[not]?|ua(?:ng|[nty])?|ue(?:nh|ch|u)?|oo(?:ng|c)|a(?:ng|nh|ch|[cimnoptuy])?|e(?:ng|nh|ch|[cmnoptu])?"
    r"|i(?:nh|ch|[amnptu])?|o(?:ng|[cimnpt])?|u(?:ng|[cimnptu])?|y)"
)


def has_syllable_shape(word: str) -> bool:
    """Whether a word, in lower case and without accents, is an onset and a rhyme: of Vietnamese, or misread from it.

    Wider than `bare_inventory`, as onset and rhyme need not go together ("kang"): what OCR made of a Vietnamese word
    still counts, and the thresholds for the language of a page were measured with that.
    """
    return bool(_BARE_SHAPE.fullmatch(word))


def share_of_syllables(words: Sequence[str]) -> float:
    """The share of words (NFC) that are syllables once their accents are taken off; 0.0 where there are none."""
    return sum(remove_accents(word.lower()) in bare_inventory() for word in words) / max(len(words), 1)


def are_one_word(word: str, other: str) -> bool:
    """Whether two syllables in lower case are spellings of one word, by the place of the tone or otherwise."""
    return modern(word) == modern(other) or other_spelling(modern(word)) == modern(other)


def other_spelling(word: str) -> str | None:
    """The other common spelling of a syllable in lower case ("quí": "quý"); None where it has one only."""
    return _either().get(word)


@cache
def _rules() -> dict[str, list[str] | str]:
    return tomllib.loads(files("pipeline.language").joinpath("syllables.toml").read_text(encoding="utf-8"))


@cache
def _either() -> dict[str, str]:
    pairs = [modern(pair).split() for pair in _rules()["either"]]
    pairs += [[with_tone(onset, rhyme, tone) for rhyme in "iy"] for onset in _rules()["i_or_y"] for tone in TONES]
    return {a: b for one, other in pairs for a, b in ((one, other), (other, one))}


def _every() -> Iterator[str]:
    rules = _rules()
    stops = tuple(rules["stops"])
    for onset, rhyme in _shapes(rules):
        for tone in _STOPPED if rhyme.endswith(stops) else TONES:
            yield with_tone(onset, rhyme, tone)


def _shapes(rules: dict[str, list[str] | str]) -> Iterator[tuple[str, str]]:
    def listed(key: str) -> list[str]:
        value = rules[key]
        return value.split() if isinstance(value, str) else value

    for rhyme in listed("rhymes"):
        front = rhyme[0] in "ieêy"
        for onset in [*listed("onsets"), *listed("front_onsets" if front else "back_onsets")]:
            if not (onset == "" and rhyme.startswith("iê")):
                yield onset, rhyme
        if rhyme in listed("g_before_i"):
            yield "g", rhyme
    yield from (("", rhyme) for rhyme in listed("initial"))
    yield from ((onset, "y") for onset in listed("y_onsets"))
    yield from (("qu", rhyme) for rhyme in listed("after_qu"))
    yield from (("gi", rhyme) for rhyme in listed("after_gi"))
