"""The text of a plan spoilt as programs, readers of pictures and copies spoil it: by kind and seed, the same each time.

A text is lines, each a paragraph or a row of a table in bars. What is put in its place is what such copies really have.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from functools import cache
from random import Random

from pipeline.language.accents import remove_accents
from pipeline.language.encodings import _table

WIDE = 88  # characters of a printed line
PAGE = 38  # lines of a page
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(
    r"(?P<roman>[IVX]{1,5})\.(?= )|(?P<digit>\d{1,2})\.(?= )|(?P<letter>[a-zđ])\)(?= )|(?P<bullet>[-+–•])(?= )"
)
_OTHER_ROMAN = {
    "I": ("1", "l", "|"),
    "II": ("Il", "H", "11", "IL"),
    "III": ("HI", "IH", "IIL", "111"),
    "IV": ("TV", "IY", "1V"),
    "V": ("Y",),
    "VI": ("VL", "V1", "Vl"),
}
_ANNEX = re.compile(r"\W*(?:PHỤ LỤC|Phụ lục|Biểu|\|)")
_OTHER_BULLET = ("e", "«", "~", "_", "—", "", "*", "¢")


def stripped(text: str, rng: Random) -> str:
    """Typed without accents."""
    return remove_accents(text)


def partly_stripped(text: str, rng: Random) -> str:
    """Lines without accents among others, words without them, words that lost their tone alone."""
    way = rng.choice(("lines", "words", "tones"))

    def of_word(match: re.Match[str]) -> str:
        word = match.group()
        if rng.random() > 0.3:
            return word
        return remove_accents(word) if way == "words" else toneless(word)

    if way == "lines":
        return "\n".join(remove_accents(line) if rng.random() < 0.35 else line for line in text.split("\n"))
    return _WORD.sub(of_word, text)


def toneless(word: str) -> str:
    """A word with its hats and without its tone."""
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(char for char in apart if char not in _TONES))


def misread_letters(text: str, rng: Random) -> str:
    """A reader of Vietnamese that errs in one mark or letter of thirty, in digits, and joins or cuts words."""

    def of_word(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < 2 or word.isupper() or rng.random() > 0.035:
            return word
        at = rng.randrange(len(word))
        return word[:at] + _misread(word[at], rng) + word[at + 1 :]

    def of_number(match: re.Match[str]) -> str:
        number = match.group()
        if rng.random() > 0.04:
            return number
        at = rng.randrange(len(number))
        return number[:at] + {"0": "O", "1": "l", "5": "S", "8": "§"}.get(number[at], number[at]) + number[at + 1 :]

    text = re.sub(r"\d+", of_number, _WORD.sub(of_word, text))
    text = re.sub(r"(?<=[a-zà-ỹ,]) (?=[a-zà-ỹ])", lambda _: "" if rng.random() < 0.004 else " ", text)
    return re.sub(r"(?<=[a-zà-ỹ])(?=[a-zà-ỹ])", lambda _: " " if rng.random() < 0.0008 else "", text)


def _misread(char: str, rng: Random) -> str:
    plain = {"l": "1I", "I": "l1", "o": "0", "m": ("rn",), "u": "ư", "i": "ì", "đ": "d", "O": "0", "c": "e", "e": "c"}
    apart = unicodedata.normalize("NFD", char)
    if len(apart) > 1:
        base, marks = apart[0], apart[1:]
        tone = next((mark for mark in marks if mark in _TONES), "")
        kept = marks.replace(tone, "") if tone else marks
        other = rng.choice(_TONES) if tone or rng.random() < 0.5 else ""
        if kept and rng.random() < 0.4:
            kept = ""
        return unicodedata.normalize("NFC", base + kept + other)
    return rng.choice(plain.get(char, (char,)))


def misread_signs(text: str, rng: Random) -> str:
    """The signs of lists as a reader of pictures has them."""
    return "\n".join(
        _SIGN.sub(lambda found: _other_sign(found, rng), line, count=1) if _SIGN.match(line) else line
        for line in text.split("\n")
    )


def _other_sign(found: re.Match[str], rng: Random) -> str:
    if rng.random() > 0.3:
        return found.group()
    if roman := found["roman"]:
        return rng.choice(_OTHER_ROMAN.get(roman, (roman,))) + rng.choice((".", ".", ",", " ."))
    if digit := found["digit"]:
        read = digit.replace("1", rng.choice("1lI")) if rng.random() < 0.5 else digit
        return read + (rng.choice((" .", ",", ".")) if read == digit else ".")
    if letter := found["letter"]:
        return rng.choice(
            (
                f"{letter} )",
                f"{letter}}}",
                f"{letter}]",
                f"{letter}.",
                {"a": "8)", "g": "9)", "b": "6)", "e": "c)"}.get(letter, f"{letter})"),
            )
        )
    return rng.choice(_OTHER_BULLET)


def broken(text: str, rng: Random) -> str:
    """Lines as a page breaks them, a page's number and head in mid-sentence, the sides of head and foot in one line."""
    lines = text.split("\n")
    running = rng.choice(("", "Kế hoạch năm học tập suốt đời", "CÔNG BÁO/Số 143 + 144/Ngày 12-7-2024"))
    out: list[str] = []
    page = 1
    at = 0
    for line in lines:
        folds = (
            textwrap.wrap(line, WIDE + rng.randrange(-4, 5))
            if len(line) > WIDE and not line.startswith("|")
            else [line]
        )
        for fold in folds:
            out.append(fold)
            at += 1
            if at == PAGE:
                page, at = page + 1, 0
                out += [str(page) if rng.random() < 0.7 else f"- {page} -", *([running] if running else [])]
    return "\n".join(out)


def side_by_side(text: str, rng: Random) -> str:
    """The head and the foot, whose two columns stand in one line each, as programs copy them from a page."""
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines[:12]) if line.upper().startswith("CỘNG H")), None)
    if first:
        left = [line for line in lines[:first] if line.strip()]
        rest = [line for line in lines[first:] if line.strip()][:3]
        end = lines.index(rest[-1], first) + 1
        high = max(len(left), len(rest))
        left, rest = (side + [""] * (high - len(side)) for side in (left, rest))
        lines[:end] = [f"{a}   {b}".strip() for a, b in zip(left, rest, strict=True)]
    foot = next((n for n, line in enumerate(lines) if line.strip(" *_").startswith("Nơi nhận")), None)
    if foot is not None:
        annex = next((n for n in range(foot, len(lines)) if _ANNEX.match(lines[n])), len(lines))
        tail, behind = [line for line in lines[foot:annex] if line.strip()], lines[annex:]
        signs = next((n for n, line in enumerate(tail) if re.match(r"\W*(?:TM|KT|TL|Q)\. ?", line)), None)
        if signs:
            left, right = tail[:signs], tail[signs:]
            high = max(len(left), len(right))
            left, right = (side + [""] * (high - len(side)) for side in (left, right))
            lines[foot:] = [f"{a}        {b}".strip() for a, b in zip(left, right, strict=True)] + behind
    return "\n".join(lines)


def as_ocr(text: str, rng: Random) -> str:
    """All that a reader of Vietnamese does to a text."""
    return misread_letters(broken(misread_signs(side_by_side(text, rng), rng), rng), rng)


def lost_letters(text: str, rng: Random) -> str:
    """Letters that the old code page lacks saved as "?", or some lost as U+FFFD or as a box."""
    way = rng.choice(("ansi", "\ufffd", "□", "?"))
    if way == "ansi":
        return text.encode("cp1252", "replace").decode("cp1252")
    return "".join(way if ord(char) > 0xBF and char.isalpha() and rng.random() < 0.04 else char for char in text)


def mojibake(text: str, rng: Random) -> str:
    """UTF-8 that was taken for Windows-1252 or 1258, once or twice; old encodings; marks apart: in all or in parts."""
    way = rng.choice(("utf-8", "twice", "cp1258", "tcvn3", "vni", "nfd"))
    whole = rng.random() < 0.5
    turn: dict[str, Callable[[str], str]] = {
        "utf-8": _as_1252,
        "twice": lambda line: _as_1252(_as_1252(line)),
        "cp1258": lambda line: line.encode().decode("cp1258", "replace"),
        "tcvn3": lambda line: _old(line, "tcvn3"),
        "vni": lambda line: _old(line, "vni"),
        "nfd": lambda line: unicodedata.normalize("NFD", line),
    }
    return "\n".join(turn[way](line) if whole or rng.random() < 0.4 else line for line in text.split("\n"))


def _as_1252(text: str) -> str:
    return "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in text.encode())


@cache
def _writing(name: str) -> dict[str, str]:
    return {meant: written for written, meant in reversed(_table(name)[1].items())}


def _old(text: str, name: str) -> str:
    """In an encoding before Unicode; TCVN3 has the marked capitals as small codes in a font of capitals."""
    table = _writing(name)
    return "".join(table.get(char) or table.get(char.lower(), char) for char in text)


def cell_a_line(text: str, rng: Random) -> str:
    """Tables of which each cell is a line, as programs copy them."""
    return _tables(text, lambda row: "\n".join(cell for cell in row if cell), empty=rng.random() < 0.3)


def joined_columns(text: str, rng: Random) -> str:
    """Tables of which each row is a line, with blanks between its cells."""
    gap = rng.choice((" ", "   ", "\t"))
    return _tables(text, gap.join)


def lost_bars(text: str, rng: Random) -> str:
    """Tables of which some bars were lost, and the outer ones."""
    return _tables(text, lambda row: "".join(cell + (" | " if rng.random() > 0.15 else " ") for cell in row).strip())


def _tables(text: str, write: Callable[[list[str]], str], empty: bool = False) -> str:
    out = []
    for line in text.split("\n"):
        if not line.startswith("|"):
            out.append(line)
        elif not re.fullmatch(r"[| :-]+", line) or "-" not in line:
            out.append(
                write([cell.strip().replace("<br>", " ") for cell in line.strip("| ").split("|")])
                + ("\n" if empty else "")
            )
    return "\n".join(out)


KINDS: dict[str, Callable[[str, Random], str]] = {
    "1 stripped": stripped,
    "2 partly stripped": partly_stripped,
    "4a letters misread": misread_letters,
    "4b signs misread": misread_signs,
    "4c lines broken": broken,
    "4d side by side": side_by_side,
    "4 read as Vietnamese": as_ocr,
    "5 letters lost": lost_letters,
    "6 mojibake": mojibake,
}
OF_TABLES: dict[str, Callable[[str, Random], str]] = {
    "7a a cell a line": cell_a_line,
    "7b columns joined": joined_columns,
    "7c bars lost": lost_bars,
}
