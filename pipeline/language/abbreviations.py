"""Abbreviations as documents explain them: "thủ tục hành chính (sau đây gọi tắt là TTHC)"."""

from __future__ import annotations

# The bracket behind the words, as the source of a pattern; its group "short" is the abbreviation.
CALLED = r"(?:sau đây,? )?(?:được )?(?:gọi|viết)(?: tắt| chung)?"
EXPLAINED = (
    rf"\((?:{CALLED}(?:\s+là\s+|\s*:\s*|\s+))?"
    r"[“\"]?(?P<short>[A-ZĐ]{2,10}(?: [A-ZĐ]{2,6})?)[”\"]?\)"
)
