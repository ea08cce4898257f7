"""The letters of Vietnamese, as they are looked for in a text and as lists count with them."""

from __future__ import annotations

import re

LETTER = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[^\W\d_]+")

# A letter that only Vietnamese has: ă â đ ê ô ơ ư with marks, and every marked vowel that is not in Latin-1.
VIETNAMESE_LETTER = re.compile("[ăđơưĂĐƠƯĩũĨŨ\u1ea0-\u1ef9]")
# The same and â, ê, ô, which French has too: in one line they tell more than they mislead.
ACCENTED_LETTER = re.compile("[ăđơưĂĐƠƯĩũĨŨâêôÂÊÔ\u1ea0-\u1ef9]")

# Capital and small letters, for the sets of patterns. In Unicode the two alternate from Ā on: no range holds one case.
CAPITALS = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"

_FOREIGN_LETTER = re.compile(rf"(?![{CAPITALS}{SMALL}])[^\W\d_]")
MOST_FOREIGN = 0.05  # of the letters: more have no misread ones, but belong to another writing


def is_vietnamese(text: str) -> bool:
    """Tell whether (nearly) all letters of a text (NFC) are such as Vietnamese is written with; f, j, w and z too."""
    return len(_FOREIGN_LETTER.findall(text)) <= MOST_FOREIGN * len(LETTER.findall(text))


LIST_LETTERS = "abcdđeghiklmnopqrstuvxy"  # what lists count with: f, j, w and z are not used
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"  # what a word processor's lists count with
