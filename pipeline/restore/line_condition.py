"""The condition of each line: right Vietnamese, Vietnamese without diacritics, misread Vietnamese, or something else.

Letters that only Vietnamese has are 21 to 24 % of the letters of a plan, at least 18.8 % where it was read as
Vietnamese, and none where it was read as another language. A line too short to say is judged with its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, islice

from pipeline.document import Page, TextOrigin
from pipeline.language.accents import without_tone
from pipeline.language.letters import LETTER, VIETNAMESE_LETTER, WORD
from pipeline.language.syllables import bare_inventory, inventory, share_of_syllables
from pipeline.language.tones import modern
from pipeline.restore.readings import LineCondition
from pipeline.restore.undecoded.lost_letters import SIGN

ENOUGH = 25  # letters that speak for themselves
AROUND = 3  # lines on either side that are asked where they are fewer
FEW = 100  # letters: a page with fewer is judged with its neighbours
RIGHT = 0.08  # share of letters only Vietnamese has, above which a line has its marks
# Share of words that are syllables without marks, above which it is Vietnamese that lost them, or was misread.
VIETNAMESE = {LineCondition.STRIPPED: 0.5, LineCondition.MISREAD: 0.3}
NOISE = 0.004  # share of characters that stripping leaves none of, above which a text was misread

# Of the different small words of right text at most 18 % have no marks, of those that have some at most 21 % no tone;
# where one word of three lost them it is 32 and 24 % and more (231 pieces of plans, of 300 words each, each word once:
# what a list says again and again tells nothing).
BARE, LEVEL = 0.24, 0.225  # shares above which part of them was lost
MANY = 80  # different small words that tell the one or the other
BOTH = 0.8  # share of their words that are syllables
MARKED = 0.35  # share of words with marks from which a line has its marks, if all of its words are syllables
RUN = 8  # small words of a line without marks among right ones, all of them, that are a line which lost them

# Letters with marks, and letters and signs inside a word: what a text typed without marks never has.
_NOISE = re.compile(
    r"[\u00a1-\u024f\ufb00-\ufb06€]|(?<=[a-z])[0-9$§¥&\\|](?=[a-z])|\b[$§¥&\\|](?=[a-z])|(?<=[a-z])[$§¥&\\]\b"
)


def judge(lines: Sequence[str]) -> list[LineCondition]:
    """Judge the condition of each line of a document or a page; a letter that was lost (U+FFFD) was a marked one."""
    lines = [line.replace(SIGN, "ạ") if SIGN in line else line for line in lines]
    letters = [len(LETTER.findall(line)) for line in lines]
    own = [len(VIETNAMESE_LETTER.findall(line)) for line in lines]
    bare = [at for at in range(len(lines)) if letters[at] and own[at] < RIGHT * letters[at]]
    noise = sum(len(_NOISE.findall(lines[at])) for at in bare)
    lost = LineCondition.MISREAD if noise > NOISE * max(sum(letters[at] for at in bare), 1) else LineCondition.STRIPPED
    mostly_right = sum(own) >= RIGHT * max(sum(letters), 1)
    kinds = []
    for at in range(len(lines)):
        if not letters[at]:
            kinds.append(LineCondition.FOREIGN)
            continue
        near = slice(max(at - AROUND, 0), at + AROUND + 1)
        if mostly_right and (letters[at] < ENOUGH or sum(own[near]) >= RIGHT / 2 * sum(letters[near])):
            kinds.append(LineCondition.RIGHT)
            continue
        first, last = at, at + 1
        reach = 0
        while sum(letters[first:last]) < ENOUGH and reach < AROUND:
            reach += 1
            first, last = max(at - reach, 0), min(at + reach + 1, len(lines))
        count = sum(letters[first:last])
        if own[at] >= RIGHT * letters[at] or sum(own[first:last]) >= RIGHT * count or _is_spelt(lines[first:last]):
            kinds.append(LineCondition.RIGHT)
        elif _share(" ".join(lines[first:last])) >= VIETNAMESE[lost]:
            kinds.append(lost)
        else:
            kinds.append(LineCondition.FOREIGN)
    return kinds


def judge_pages(pages: Sequence[Page]) -> list[list[LineCondition]]:
    """Judge the lines of each page; one with too few letters to tell is judged with those around it."""
    texts = [[line.text.replace(SIGN, "ạ") for line in page.lines] for page in pages]
    out = []
    for at, own in enumerate(texts):
        few = next(islice(filter(str.isalpha, chain.from_iterable(own)), FEW - 1, None), None) is None
        before, after = (texts[at - 1] if few and at else []), (texts[at + 1] if few and at + 1 < len(texts) else [])
        out.append(judge([*before, *own, *after])[len(before) : len(before) + len(own)])
    typed = [at for at, page in enumerate(pages) if page.text_origin is not TextOrigin.OCR]
    told = iter(lost_in_part([text for at in typed for text in texts[at]], [kind for at in typed for kind in out[at]]))
    for at in typed:
        out[at] = [next(told) for _ in out[at]]
    return out


def lost_in_part(lines: Sequence[str], kinds: Sequence[LineCondition]) -> list[LineCondition]:
    """The conditions of the lines of a typed document in which part of the words lost their marks, or their tone.

    Right lines are stripped ones there: what has its marks stays so.

    Args:
        lines: of the document, in their order.
        kinds: what each line is for itself.
    """
    words = [
        [word for word in WORD.findall(line) if len(word) > 1 and word.islower()] if kind is LineCondition.RIGHT else []
        for line, kind in zip(lines, kinds, strict=True)
    ]
    different = {word for own in words for word in own}
    count = len(different)
    bare = sum(word.isascii() and word in bare_inventory() for word in different)
    level = sum(not word.isascii() and word == without_tone(word) for word in different)
    everywhere = count >= MANY and (bare > BARE * count or level > LEVEL * (count - bare))
    return [
        LineCondition.STRIPPED
        if (everywhere and kind is LineCondition.RIGHT)
        or (len(own) >= RUN and all(map(str.isascii, own)) and share_of_syllables(own) > BOTH)
        else kind
        for own, kind in zip(words, kinds, strict=True)
    ]


def _is_spelt(lines: Sequence[str]) -> bool:
    """Whether each word is a syllable as it stands, and enough of them have marks, if only such as French has too.

    "Bơm tiêu úng" and "các xã Bình Khê, An Sinh" are right; what was misread has syllables with the wrong letters.
    """
    words = [word for line in lines for word in WORD.findall(line) if not (word.isupper() and len(word) > 1)]
    marked = sum(not word.isascii() for word in words)
    return marked >= max(2, MARKED * len(words)) and all(modern(word.lower()) in inventory() for word in words)


def _share(text: str) -> float:
    """The share of words that are Vietnamese syllables when all marks are taken off."""
    found = WORD.findall(text)
    plain = [word for word in found if not (word.isupper() and len(word) > 1)]
    # Abbreviations say nothing; but in a head in capitals they are few, and what is left over is what was misread.
    return share_of_syllables(plain if 2 * len(plain) >= len(found) else found)
