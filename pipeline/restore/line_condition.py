"""The condition of each line: right Vietnamese, Vietnamese without diacritics, misread Vietnamese, or something else.

Letters that only Vietnamese has are 21 to 24 % of the letters of a plan, at least 18.8 % where it was read as
Vietnamese, and none where it was read as another language. A line too short to say is judged with its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.letters import LETTER, VIETNAMESE_LETTER, WORD
from pipeline.language.syllables import share_of_syllables
from pipeline.restore.readings import LineCondition
from pipeline.restore.undecoded.lost_letters import SIGN

ENOUGH = 25  # letters that speak for themselves
AROUND = 3  # lines on either side that are asked where they are fewer
RIGHT = 0.08  # share of letters only Vietnamese has, above which a line has its marks
# Share of words that are syllables without marks, above which it is Vietnamese that lost them, or was misread.
VIETNAMESE = {LineCondition.STRIPPED: 0.5, LineCondition.MISREAD: 0.3}
NOISE = 0.004  # share of characters that stripping leaves none of, above which a text was misread

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
        if own[at] >= RIGHT * letters[at] or sum(own[first:last]) >= RIGHT * count:
            kinds.append(LineCondition.RIGHT)
        elif _share(" ".join(lines[first:last])) >= VIETNAMESE[lost]:
            kinds.append(lost)
        else:
            kinds.append(LineCondition.FOREIGN)
    return kinds


def _share(text: str) -> float:
    """The share of words that are Vietnamese syllables when all marks are taken off."""
    found = WORD.findall(text)
    plain = [word for word in found if not (word.isupper() and len(word) > 1)]
    # Abbreviations say nothing; but in a head in capitals they are few, and what is left over is what was misread.
    return share_of_syllables(plain if 2 * len(plain) >= len(found) else found)
