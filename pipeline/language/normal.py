"""Normal forms of a text: marked letters as one character (Unicode Standard Annex #15), what cannot be seen, spaces."""

from __future__ import annotations

import re
import unicodedata

# What no reader sees: control and format characters, zero-width spaces and joiners, soft hyphens, fillers, tags.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not a Char of XML 1.0, 2.2
ODD_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")  # seen as a plain one


# Typed for another sign that looks the same: the Icelandic ð for đ, and the wide forms of East Asian keyboards (Unicode
# block "Halfwidth and Fullwidth Forms"), which have the width of two letters and the meaning of ASCII.
LOOKALIKES = {"ð": "đ", "Ð": "Đ"} | {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
LOOKALIKE = re.compile("[ðÐ\uff01-\uff5e]")


def nfc(text: str) -> str:
    """`text` in NFC."""
    return unicodedata.normalize("NFC", text)


def is_nfc(text: str) -> bool:
    """Whether `text` is in NFC."""
    return unicodedata.is_normalized("NFC", text)
