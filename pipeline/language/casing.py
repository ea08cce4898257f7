"""Capital and small letters: what is set in capitals, and names written with a capital."""

from __future__ import annotations


def in_capitals(text: str, *, share: float = 0.9, letters: int = 2) -> bool:
    """Whether a text is set in capitals.

    Args:
        text: a line, a title or a name.
        share: of the letters, 0 to 1: at least so many are capitals. Readers take some for small ones.
        letters: a text that has fewer is in capitals or not by chance, and not taken to be.
    """
    if sum(map(str.islower, text[: len(text) // 4 + 8])) > (1 - share) * len(text) + 1:
        return False  # so many small letters that the rest cannot make up for them
    found = list(filter(str.isalpha, text))
    return len(found) >= letters and sum(map(str.isupper, found)) >= share * len(found)


def with_capital(text: str) -> str:
    """`text` with a capital first letter, the others as they are: "sở Y tế" -> "Sở Y tế"."""
    return text[:1].upper() + text[1:]


def title_case(text: str) -> str:
    """A name of a place with a capital for each word: "đắk lắk" and "ĐẮK LẮK" -> "Đắk Lắk"."""
    return text.title()


def like(word: str, model: str) -> str:
    """`word` with capitals where `model`, of the same length, has them.

    Raises:
        ValueError: the two differ in length.
    """
    return "".join(a.upper() if b.isupper() else a for a, b in zip(word, model, strict=True))
