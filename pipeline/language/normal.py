"""Normal forms of Unicode (Unicode Standard Annex #15): a marked letter is one character."""

from __future__ import annotations

import unicodedata


def nfc(text: str) -> str:
    """`text` in NFC."""
    return unicodedata.normalize("NFC", text)
